// The pictures of the README, taken anew from the example handbook: node pictures.mjs
// They go into docs/pictures. A test doesn't hold them to the theme: take them again when it looks different.

import { chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BROWSER } from './browser.mjs';
import { serve } from './server.mjs';
import { PROJECT, Site } from './sites.mjs';

const OUTPUT = join(PROJECT, 'docs/pictures');
/** Each ends below an element, so that no line of text is cut through. */
const PICTURES = {
  value: { address: 'values/look-after-each-other.html', last: '.hb-indicator >> nth=2' },
  search: { address: 'search.html?q=thank+you', last: '#hb-search-results > li >> nth=2' },
};
// The narrowest window that has the whole menu in one line: code hosts shrink pictures to the width of their text.
const WIDTH = 1144;
const SCALE = 1200 / WIDTH;

const FONTS = join(PROJECT, 'target/pictures');
/** Of Debian: the face of the text, and one that has the ticks and crosses. */
const FONT_PACKAGES = ['fonts-open-sans', 'fonts-dejavu-core'];

const site = new Site({ name: 'example', built: mkdtempSync(join(tmpdir(), 'ethos-pictures-')) });
try {
  const program = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');
  execFileSync(program, ['build', '--quiet', '--root', PROJECT, '--output', site.folder], { stdio: 'inherit' });
  await takeAll();
} finally {
  rmSync(site.folder, { recursive: true, force: true });
}

async function takeAll() {
  const server = await serve({ [site.mount]: site.folder });
  process.env.ETHOS_ORIGIN = server.origin;
  const browser = await chromium.launch({ ...BROWSER, env: { ...process.env, FONTCONFIG_FILE: fonts() } });
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1200 }, deviceScaleFactor: SCALE });
  mkdirSync(OUTPUT, { recursive: true });
  for (const [name, { address, last }] of Object.entries(PICTURES)) {
    await page.goto(site.url(address));
    await page.locator(last).waitFor();
    const { y, height } = await page.locator(last).boundingBox();
    const end = Math.floor(y + height);
    await page.evaluate(drawEdge, end);
    writeFileSync(join(OUTPUT, `${name}.webp`), await picture(page, end));
  }
  await browser.close();
  await server.close();
}

/** Playwright itself writes PNG, which is too large for a README, and JPEG, which blurs letters. */
async function picture(page, height) {
  const devtools = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width: WIDTH, height, scale: SCALE };
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80, clip });
  return Buffer.from(data, 'base64');
}

/** Without it, nobody sees where a white page ends on another white page. */
function drawEdge(height) {
  const edge = document.createElement('div');
  edge.style.cssText = `position: absolute; inset: 0 0 auto; height: ${height}px; border: 1px solid #c9d1ce`;
  edge.style.boxSizing = 'border-box';
  document.body.append(edge);
}

/** A configuration with these fonts alone, so that the pictures are the same whatever the machine has. */
function fonts() {
  const config = join(FONTS, 'fonts.conf');
  if (existsSync(config)) return config;
  mkdirSync(FONTS, { recursive: true });
  const inFolder = { cwd: FONTS, stdio: 'inherit' };
  // Into a folder that only root may read, apt can't download as its own user, and warns of it.
  execFileSync('apt-get', ['download', '-qq', '-o', 'APT::Sandbox::User=root', ...FONT_PACKAGES], inFolder);
  execFileSync('sh', ['-c', 'for package in *.deb; do dpkg-deb --extract "$package" .; done'], inFolder);
  writeFileSync(config, `<fontconfig><dir>${FONTS}</dir><cachedir>${FONTS}/cache</cachedir></fontconfig>\n`);
  return config;
}
