// The menu of a handbook that has more than a menu holds: what is around a page, and the way to all the rest.

import { test as base, expect } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './sites.mjs';
import { DESKTOP, ZOOMED, expectNone, guard, openEveryDisclosure, violations } from './support.mjs';

const PROGRAM = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');

const SERVICES = 60;
const POLICIES = 120;

const READERS = {
  'at a desk': DESKTOP,
  'in dark mode': { ...DESKTOP, colorScheme: 'dark' },
  'with colours of their own': { ...DESKTOP, forcedColors: 'active' },
  'who zooms to 400 %': ZOOMED,
};

const page = (title) => `+++\ntitle = "${title}"\nsummary = "What to know about ${title}."\n+++\n\nAsk early, and ask kindly.\n`;

function* handbook() {
  yield ['ethos.toml', 'title = "Ottersby handbook"\norganisation = "Ottersby Council"\nlanguage = "en-GB"\n'];
  yield ['content/index.md', page('Ottersby handbook')];
  yield ['content/policies/index.md', page('Policies')];
  for (let number = 1; number <= SERVICES; number++) yield [`content/service-${number}/index.md`, page(`Service ${number}`)];
  for (let number = 1; number <= POLICIES; number++) yield [`content/policies/policy-${number}.md`, page(`Policy ${number}`)];
}

/** `look(path, options)` opens a page of the built handbook, guarded. */
const test = base.extend({
  folder: [
    async ({}, use) => {
      if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: build it first, or name the program with $ETHOS.`);
      const root = mkdtempSync(join(tmpdir(), 'ethos-menu-'));
      for (const [path, words] of handbook()) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), words);
      }
      const run = spawnSync(PROGRAM, ['build', '--root', root], { encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`nothing was built:\n${run.stderr}${run.error ?? ''}`);
      await use(join(root, 'public'));
      rmSync(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  look: async ({ browser, folder }, use) => {
    const contexts = [];
    const faults = new Set();
    await use(async (path, options = DESKTOP) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      guard(context, faults);
      const tab = await context.newPage();
      await tab.goto(pathToFileURL(join(folder, path)).href);
      return tab;
    });
    for (const context of contexts) await context.close();
    expectNone([...faults], 'faults met on the way');
  },
});

for (const [reader, options] of Object.entries(READERS)) {
  test(`a reader ${reader} meets no barrier where menus are cut`, async ({ look }) => {
    const barriers = [];
    for (const path of ['index.html', 'policies/index.html', 'policies/policy-77.html', 'service-31/index.html']) {
      const tab = await look(path, options);
      await openEveryDisclosure(tab);
      barriers.push(...(await violations(tab)).map((found) => `${path}: ${found}`));
    }
    expectNone(barriers, 'barriers');
  });
}

test('a menu names the page and those around it', async ({ look }) => {
  const tab = await look('policies/policy-77.html');
  const section = tab.getByRole('navigation', { name: 'In Policies' });
  await expect(section.getByRole('link', { name: 'Policy 77', exact: true })).toHaveAttribute('aria-current', 'page');
  await expect(section.getByRole('link', { name: 'Policy 76', exact: true })).toBeVisible();
  await expect(section.getByRole('link', { name: 'Policy 1', exact: true })).toHaveCount(0);
  const top = tab.locator('.hb-menu__top');
  await expect(top.getByRole('link', { name: 'Policies', exact: true })).toHaveAttribute('aria-current', 'true');
  await expect(top.getByRole('link', { name: `All ${SERVICES + 1} in Ottersby handbook` })).toBeVisible();
});

test('the keyboard leads from a cut menu to the whole list', async ({ look }) => {
  const tab = await look('policies/policy-77.html');
  await tab.getByRole('link', { name: `All ${POLICIES} in Policies` }).press('Enter');
  await expect(tab.getByRole('heading', { name: 'Pages in Policies' })).toBeInViewport();
  await expect(tab.locator('main').getByRole('link', { name: /^Policy \d+$/ })).toHaveCount(POLICIES);
  await tab.getByRole('link', { name: `All ${SERVICES + 1} in Ottersby handbook` }).press('Enter');
  await expect(tab.getByRole('heading', { name: 'Pages in Ottersby handbook' })).toBeInViewport();
  await expect(tab.locator('main').getByRole('link', { name: /^Service \d+$/ })).toHaveCount(SERVICES);
});

test('on a phone a cut menu opens and leads on', async ({ look }) => {
  const tab = await look('service-31/index.html', { viewport: { width: 320, height: 640 } });
  await tab.getByText('Menu', { exact: true }).click();
  const all = tab.getByRole('link', { name: `All ${SERVICES + 1} in Ottersby handbook` });
  await expect(all).toBeVisible();
  const { height } = await all.boundingBox();
  expect(height).toBeGreaterThanOrEqual(24);
  await all.click();
  await expect(tab).toHaveURL(/\/index\.html#hb-pages$/);
});
