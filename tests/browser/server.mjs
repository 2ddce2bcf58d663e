// A web server as plain as the plainest an organisation may have: files under a sub-path, no directory index, no
// rewriting, and a policy strict enough that whatever a page does beyond its own files is refused and reported.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.pdf': 'application/pdf',
};

/**
 * Serves each folder under its path until `close` is called.
 * @param {Record<string, string>} mounts path ("/any/sub/path/example/") to folder
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve(mounts) {
  const server = createServer(async (request, response) => {
    if (request.url === '/favicon.ico') {
      // Chromium asks for it of its own accord; that isn't a fault of the page.
      response.writeHead(204).end();
      return;
    }
    const file = fileFor(mounts, request.url);
    const body = file && (await readFile(file).catch(() => null));
    if (!body) {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('No such file.');
      return;
    }
    response.writeHead(200, {
      'Content-Type': TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream',
      'Content-Length': body.length,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

function fileFor(mounts, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  } catch {
    return null;
  }
  for (const [mount, folder] of Object.entries(mounts)) {
    if (!path.startsWith(mount)) continue;
    const file = normalize(join(folder, path.slice(mount.length)));
    return file.startsWith(folder + sep) ? file : null;
  }
  return null;
}
