// The report of a check, as a team opens it from a shared drive before its meeting: for every eye and ear, and on paper.

import { test as base, expect } from '@playwright/test';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './sites.mjs';
import { DESKTOP, ZOOMED, expectNone, guard, openEveryDisclosure, violations } from './support.mjs';

const require = createRequire(import.meta.url);
const VNU = require.resolve('vnu-jar/build/dist/vnu.jar');
const PROGRAM = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');

const WITHOUT_SCRIPTS = 'without JavaScript';

const READERS = {
  'at a desk': DESKTOP,
  'in dark mode': { ...DESKTOP, colorScheme: 'dark' },
  'with colours of their own': { ...DESKTOP, forcedColors: 'active' },
  'who zooms to 400 %': ZOOMED,
  [WITHOUT_SCRIPTS]: DESKTOP,
};

const page = (title, owner, due, body) =>
  `+++\ntitle = "${title}"\n${owner && `owner = "${owner}"\n`}${due && `review_by = ${due}\n`}+++\n\n${body}\n`;

/** Reviews of every kind: long overdue, overdue, due soon, due late; findings of several kinds, and some of nobody's. */
const HANDBOOK = {
  'ethos.toml': 'title = "Ottersby handbook"\norganisation = "Ottersby Council"\nlanguage = "en-GB"\n[check]\nimage-without-text = "hint"\n',
  'content/index.md': page('Ottersby handbook', 'Handbook team', '2027-03-01', 'Welcome.'),
  'content/gifts.md': page('Gifts and hospitality', 'Legal and Democratic Services', '2025-01-10', 'Ask [here](index.md) or [here](leave.md).'),
  'content/leave.md': page('Leave', 'Human Resources', '2026-11-01', 'Ask early, and read [more](gifts.md).\n\n![](logo.svg)'),
  'content/media.md': page('Social media', '', '2028-05-01', '#### A heading that skips\n\nBe kind, as [this](leave.md) says.\n\n<blink>Hello</blink>'),
  'content/pay.md': page('Pay', 'Human Resources', '2026-12-01', 'On the last day.'),
  'content/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
};

/** `folder` holds a report; `look(options)` opens it in a guarded page. */
const test = base.extend({
  folder: [
    async ({}, use) => {
      if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: build it first, or name the program with $ETHOS.`);
      const root = mkdtempSync(join(tmpdir(), 'ethos-report-'));
      for (const [path, words] of Object.entries(HANDBOOK)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), words);
      }
      const folder = join(root, 'report');
      const flags = ['check', '--root', root, '--today', '2026-11-22', '--report', folder];
      const run = spawnSync(PROGRAM, flags, { encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`no report was made:\n${run.stderr}${run.error ?? ''}`);
      await use(folder);
      rmSync(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  look: async ({ browser, folder }, use) => {
    const contexts = [];
    const faults = new Set();
    await use(async (options = DESKTOP, hasScripts = true) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      guard(context, faults);
      const tab = await context.newPage();
      const session = await context.newCDPSession(tab);
      await session.send('Emulation.setScriptExecutionDisabled', { value: !hasScripts });
      await tab.goto(pathToFileURL(join(folder, 'index.html')).href);
      // axe needs timers, which a page without scripts has none of; the page has been read by now.
      await session.send('Emulation.setScriptExecutionDisabled', { value: false });
      return tab;
    });
    for (const context of contexts) await context.close();
    expectNone([...faults], 'faults met on the way');
  },
});

for (const [reader, options] of Object.entries(READERS)) {
  test(`a reader ${reader} meets no barrier in a report`, async ({ look }) => {
    const tab = await look(options, reader !== WITHOUT_SCRIPTS);
    const barriers = await violations(tab);
    await openEveryDisclosure(tab);
    expectNone([...barriers, ...(await violations(tab))], 'barriers');
  });
}

test('a report says first what is overdue, and its plots say in words what they show', async ({ look }) => {
  const tab = await look();
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Handbook check, 22 November 2026');
  await expect(tab.getByRole('heading', { level: 2 }).first()).toHaveText('Overdue reviews');
  const overdue = tab.getByRole('table', { name: 'Overdue reviews' });
  await expect(overdue.getByRole('rowheader')).toHaveText(['Gifts and hospitality', 'Leave']);
  await expect(overdue).toContainText('22 months late');
  const line = tab.getByRole('img', { name: 'A line of time from 22 November 2025 to 22 November 2027' });
  await expect(line).toHaveAccessibleDescription(/2 reviews are overdue\. 5 reviews in all/);
  await expect(tab.getByRole('img', { name: 'How often each rule found something' })).toBeVisible();
  await tab.getByText('All reviews as a table').click();
  await expect(tab.getByRole('table', { name: 'All reviews as a table' }).getByRole('rowheader')).toHaveCount(5);
});

test('what is overdue stands left of today and what is to come right of it', async ({ look }) => {
  const tab = await look();
  const places = await tab.evaluate(() => {
    const middle = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return (left + right) / 2;
    };
    const plot = document.querySelector('.hb-report__timeline');
    const all = (name) => [...plot.querySelectorAll(name)].map(middle);
    return { today: middle(plot.querySelector('.hb-report__today')), overdue: all('.hb-report__mark--overdue'), open: all('.hb-report__mark') };
  });
  expect(places.overdue).toHaveLength(2);
  expect(places.open).toHaveLength(3);
  expect(Math.max(...places.overdue)).toBeLessThan(places.today);
  expect(Math.min(...places.open)).toBeGreaterThan(places.today);
});

test('a report fits a window of 320 px, with wide text too', async ({ look }) => {
  const tab = await look({ viewport: { width: 320, height: 640 } });
  await openEveryDisclosure(tab);
  const overflow = () => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  const words = await tab.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll('svg text')].filter((text) => text.getBoundingClientRect().right > edge + 1).map((text) => text.textContent);
  });
  expectNone(words, 'words of a plot that are cut off');
});

test('the keyboard reaches every part, and the contents list leads to each owner', async ({ look }) => {
  const tab = await look();
  await tab.keyboard.press('Tab');
  await expect(tab.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  const contents = tab.getByRole('navigation', { name: 'On this page' });
  await contents.getByRole('link', { name: 'Nobody is named' }).focus();
  await tab.keyboard.press('Enter');
  await expect(tab.getByRole('heading', { name: 'Nobody is named' })).toBeInViewport();
  const summary = tab.getByText('What each rule means, as a table');
  await summary.focus();
  await tab.keyboard.press('Enter');
  await expect(tab.getByRole('table', { name: 'What each rule means, as a table' })).toBeVisible();
});

test('on paper everything is there, in black on white', async ({ look }) => {
  const tab = await look({ ...DESKTOP, colorScheme: 'dark' });
  await tab.emulateMedia({ media: 'print' });
  const printed = await tab.evaluate(() => ({
    folded: [...document.querySelectorAll('main details > :not(summary)')].filter((part) => !part.checkVisibility()).length,
    ways: [...document.querySelectorAll('nav')].filter((nav) => nav.checkVisibility()).length,
    paper: getComputedStyle(document.documentElement).backgroundColor,
    foot: document.querySelector('.hb-footer__printed').checkVisibility(),
  }));
  expect(printed).toEqual({ folded: 0, ways: 0, paper: 'rgb(255, 255, 255)', foot: true });
});

test('the HTML checker has nothing to say about a report', async ({ folder }) => {
  const messages = await new Promise((done, failed) => {
    const java = ['-jar', VNU, '--format', 'json', '--stdout', '--exit-zero-always', join(folder, 'index.html')];
    execFile('java', java, { maxBuffer: 2 ** 26 }, (error, stdout) => (error ? failed(error) : done(JSON.parse(stdout).messages)));
  });
  expectNone(messages.map(({ lastLine, message, extract }) => `${lastLine}: ${message}: ${extract}`), 'messages of the HTML checker');
});

test('a report has nothing inline that a strict policy forbids', async ({ look }) => {
  const tab = await look();
  const inline = await tab.evaluate(() => document.querySelectorAll('script, style, [style], [onclick], [onload]').length);
  expect(inline).toBe(0);
});
