// Makes the pictures of the README anew, from the example handbook: node pictures.mjs [SITE]. SITE is the built example.

import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BROWSER } from './browser.mjs';
import { serve } from './server.mjs';
import { Site } from './sites.mjs';

const PROJECT = resolve(import.meta.dirname, '../..');
const PICTURES = join(PROJECT, 'docs/pictures');
/** A desk's, high enough for what a page is about. */
const WINDOW = { viewport: { width: 1280, height: 1040 }, reducedMotion: 'reduce' };
const QUALITY = 80;

const folder = mkdtempSync(join(tmpdir(), 'ethos-pictures-'));
const built = process.argv[2] ? resolve(process.argv[2]) : join(folder, 'site');
if (!process.argv[2]) execFileSync('cargo', ['run', '--release', '--', 'build', '--output', built], { cwd: PROJECT, stdio: 'inherit' });
const site = new Site({ name: 'site', built });
const server = await serve({ [site.mount]: site.folder });
process.env.ETHOS_ORIGIN = server.origin;
const browser = await chromium.launch(BROWSER);
mkdirSync(PICTURES, { recursive: true });
const page = await (await browser.newContext(WINDOW)).newPage();

await page.goto(site.url('values/look-after-each-other.html'));
await shoot('value');
await page.goto(site.url('search.html?q=gift'));
await page.locator('.hb-results li').first().waitFor();
await shoot('search');

await browser.close();
await server.close();
rmSync(folder, { recursive: true });

/** WebP, which Chromium writes for whoever asks it directly, is a third of a PNG. */
async function shoot(name) {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(PICTURES, `${name}.webp`), Buffer.from(data, 'base64'));
}
