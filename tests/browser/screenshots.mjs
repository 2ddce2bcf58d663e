// Pictures of pages as people have them before them: node screenshots.mjs SITE OUTPUT PAGE…
// SITE is a built handbook; each PAGE ("values/index.html", "search.html?q=kind") gives four PNGs in OUTPUT.

import { chromium } from '@playwright/test';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BROWSER } from './browser.mjs';
import { serve } from './server.mjs';
import { Site } from './sites.mjs';

const WINDOWS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
};

const [folder, output, ...pages] = process.argv.slice(2);
if (pages.length === 0) {
  console.error('usage: node screenshots.mjs SITE OUTPUT PAGE…');
  process.exit(2);
}

const site = new Site({ name: 'site', built: resolve(folder) });
const server = await serve({ [site.mount]: site.folder });
process.env.ETHOS_ORIGIN = server.origin;
const browser = await chromium.launch(BROWSER);
mkdirSync(output, { recursive: true });

for (const [name, options] of Object.entries(WINDOWS)) {
  const page = await (await browser.newContext(options)).newPage();
  for (const address of pages) {
    await page.goto(site.url(address));
    await page.screenshot({ path: picture(address, name), fullPage: true });
  }
}
const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
for (const address of pages) {
  await page.goto(site.url(address));
  await print(page, address);
}
await browser.close();
await server.close();

function picture(address, name) {
  return join(output, `${address.replace(/\.html/, '').replace(/[^\p{L}\p{N}]+/gu, '-')}-${name}.png`);
}

/** Its first sheet of paper; without pdftoppm (Debian: poppler-utils), the page with its print styles. */
async function print(page, address) {
  const path = picture(address, 'print');
  if (spawnSync('pdftoppm', ['-v']).error) {
    await page.emulateMedia({ media: 'print' });
    await page.screenshot({ path, fullPage: true });
    return;
  }
  const pdf = `${path}.pdf`;
  await page.pdf({ path: pdf, format: 'A4' });
  execFileSync('pdftoppm', ['-png', '-r', '96', '-f', '1', '-singlefile', pdf, path.replace(/\.png$/, '')]);
  rmSync(pdf);
}
