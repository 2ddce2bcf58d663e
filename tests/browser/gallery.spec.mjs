// The gallery of components in the preview: every example is drawn, and no reader meets a barrier in it, by day or by night.

import { test as base, expect } from '@playwright/test';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DESKTOP, ZOOMED, expectNone, openEveryDisclosure, violations } from './support.mjs';
import { Preview, SETTINGS } from './preview.mjs';
import { PROJECT } from './sites.mjs';

const COMPONENTS = join(PROJECT, 'themes/default/components');
const FOLDERS = readdirSync(COMPONENTS).sort();
const BUDGET = 2048;
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/** `open(path, options)` gives a page of a running preview, and fails the test at its end if any page broke the policy or its script. */
const test = base.extend({
  preview: [
    async ({}, use) => {
      // With a logo, browsers ask for no other icon.
    const preview = new Preview({ 'ethos.toml': `${SETTINGS}\n[brand]\nlogo = "logo.svg"\n`, 'content/logo.svg': LOGO });
      await preview.start();
      await use(preview);
      await preview.remove();
    },
    { scope: 'worker' },
  ],
  open: async ({ browser, preview }, use) => {
    const contexts = [];
    const faults = new Set();
    await use(async (path, options = DESKTOP) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.on('weberror', (error) => faults.add(`script error: ${error.error().stack}`));
      context.on('console', (message) => message.type() === 'error' && faults.add(`console: ${message.text()}`));
      context.on('response', (response) => response.status() >= 400 && faults.add(`${response.status()}: ${response.url()}`));
      const page = await context.newPage();
      await page.goto(preview.url(path));
      return page;
    });
    for (const context of contexts) await context.close();
    expectNone([...faults], 'faults met on the way');
  },
});

const pageOf = (folder) => `_gallery/${folder}.html`;

test('the gallery lists every component, and the keyboard leads to each', async ({ open }) => {
  const page = await open('_gallery/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Components');
  const links = page.getByRole('main').getByRole('heading', { level: 2 }).getByRole('link');
  await expect(links).toHaveText(FOLDERS);
  for (let number = 0; number < FOLDERS.length; number++) {
    if (number === 0) await links.first().focus();
    else await page.keyboard.press('Tab');
    await expect(links.nth(number)).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(FOLDERS.at(-1));
});

for (const colorScheme of ['light', 'dark']) {
  test(`no reader meets a barrier in an example, in ${colorScheme} colours`, async ({ open }) => {
    const page = await open('_gallery/', { ...DESKTOP, colorScheme });
    const barriers = (await violations(page)).map((barrier) => `the list: ${barrier}`);
    for (const folder of FOLDERS) {
      await page.goto(new URL(`${folder}.html`, page.url()).href);
      await openEveryDisclosure(page);
      barriers.push(...(await violations(page)).map((barrier) => `${folder}: ${barrier}`));
    }
    expectNone(barriers, 'barriers');
  });
}

test('every example shows something, and no word is missing', async ({ open }) => {
  const page = await open('_gallery/');
  const faults = [];
  for (const folder of FOLDERS) {
    await page.goto(new URL(`${folder}.html`, page.url()).href);
    const examples = await page.locator('.hb-gallery__example').evaluateAll((boxes) => boxes.map((box) => box.innerHTML.trim()));
    if (examples.length === 0 && folder !== 'landing') faults.push(`${folder} has no example`);
    if (examples.some((html) => html === '')) faults.push(`${folder} has an example that shows nothing`);
    const words = await page.getByRole('main').innerText();
    for (const [name] of words.matchAll(/\b(undefined|null|\[object|generated\.\w+|\{\w+\})/g)) faults.push(`${folder} says ${name}`);
  }
  expectNone(faults, 'faults');
});

test('the gallery fits a window of 320 px', async ({ open }) => {
  const page = await open('_gallery/', ZOOMED);
  const wide = [];
  for (const path of ['', ...FOLDERS.map((folder) => `${folder}.html`)]) {
    await page.goto(new URL(path, new URL('.', page.url())).href);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) wide.push(`${path}: ${overflow} px too wide`);
  }
  expectNone(wide, 'pages that are too wide');
});

test('a page loads the scripts of the components on it, and no others', async ({ open }) => {
  const scripts = async (path) => {
    const page = await open(path);
    const sources = await page.locator('script[src*="assets/"]').evaluateAll((scripts) => scripts.map((script) => script.src));
    return sources.map((source) => new URL(source).pathname.replace(/^\/assets\/|\.[0-9a-f]{8}/g, ''));
  };
  expect(await scripts(pageOf('step'))).toEqual(['main.js', 'landing.js', 'step.js']);
  expect(await scripts(pageOf('card'))).toEqual(['main.js', 'landing.js']);
});

test('the script of a component costs at most 2 KB', async () => {
  const scripts = FOLDERS.flatMap((folder) => readdirSync(join(COMPONENTS, folder)).filter((name) => name.endsWith('.js')).map((name) => join(folder, name)));
  expect(scripts.length).toBeGreaterThan(0);
  const dear = scripts.map((script) => ({ script, cost: gzipSync(readFileSync(join(COMPONENTS, script))).length })).filter(({ cost }) => cost > BUDGET);
  expectNone(dear.map(({ script, cost }) => `${script}: ${cost} bytes`), 'scripts that are too large');
});
