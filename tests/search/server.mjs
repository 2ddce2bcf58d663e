// Serves one folder over loopback as a plain web server would, compressed where the browser takes that, and keeps count of
// what it sent. Nothing says how long to cache, so each page load in a new browser context asks for everything.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const COMPRESSED = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
const AS_IT_IS = { '.wasm': 'application/wasm' };
const compress = promisify(gzip);

/**
 * @param {string} folder
 * @returns {Promise<{ origin: string, sent: Map<string, { wire: number, raw: number }>, close: () => Promise<void> }>}
 *   `sent` has the bytes of each file's body, by its path without the first slash
 */
export async function serve(folder) {
  const sent = new Map();
  const compressed = new Map();
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const body = await readFile(join(folder, path)).catch(() => null);
    if (!body) {
      response.writeHead(404).end();
      return;
    }
    const ending = extname(path);
    const headers = { 'Content-Type': COMPRESSED[ending] ?? AS_IT_IS[ending] ?? 'application/octet-stream' };
    let wire = body;
    if (ending in COMPRESSED && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
      if (!compressed.has(path)) compressed.set(path, await compress(body));
      wire = compressed.get(path);
      headers['Content-Encoding'] = 'gzip';
    }
    sent.set(path, { wire: wire.length, raw: body.length });
    response.writeHead(200, { ...headers, 'Content-Length': wire.length }).end(wire);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    sent,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
