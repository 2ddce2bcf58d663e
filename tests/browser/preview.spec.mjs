// `ethos serve` as an author has it beside the editor: what is saved appears, and what is wrong is said.

import { test as base, expect } from '@playwright/test';
import { DESKTOP, expectNone, violations } from './support.mjs';
import { HANDBOOK, Preview, SETTINGS, text } from './preview.mjs';

const BROKEN_LINK = text('Leave', 'Ask early, says [nobody](nobody.md).');
const NASTY = '<img src=x onerror=alert(1)>';
const WARNINGS = text('Leave', 'Ask early.\n\n![](../logo.svg)');
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/**
 * `start(files)` gives a preview of the small handbook with some files changed; `open(preview, path)` a page of it. When the test
 * ends, it fails if a page broke the policy or a script of it failed.
 */
const test = base.extend({
  start: async ({}, use) => {
    const started = [];
    await use(async (files) => {
      const preview = new Preview(files);
      started.push(preview);
      await preview.start();
      return preview;
    });
    for (const preview of started) await preview.remove();
  },
  open: async ({ browser }, use) => {
    const faults = new Set();
    const contexts = [];
    await use(async (preview, path = '', options = DESKTOP) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      context.on('weberror', (error) => faults.add(`script error: ${error.error().stack}`));
      context.on('dialog', (dialog) => faults.add(`a dialog: ${dialog.message()}`));
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.add(message.text());
      });
      const page = await context.newPage();
      await page.goto(preview.url(path));
      return page;
    });
    for (const context of contexts) await context.close();
    expectNone([...faults], 'faults met on the way');
  },
});

test.describe.configure({ timeout: 60_000 });

const messagesOf = (page) => page.getByRole('region', { name: 'Messages of the preview' });
const aboutOf = (page) => page.getByRole('region', { name: 'About this page' });
const toggleOf = (page) => page.getByRole('button', { name: 'About this page' });

/** Waits until the preview's own things are there, so that what happens next happens to a page at rest. */
const settled = (page) => expect(toggleOf(page)).toBeVisible();

/** Sets a mark that a reload would take away. */
const mark = (page) => page.evaluate(() => void (window.isSamePage = true));
const isSamePage = (page) => page.evaluate(() => window.isSamePage === true);

test.describe('what is saved', () => {
  test('appears in place, and all that a reader has done to the page stays', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/leave.html');
    await settled(page);
    await mark(page);
    await page.getByText('Who may ask').click();
    await page.getByRole('searchbox').first().fill('half a word');
    const link = page.getByRole('main').getByRole('link', { name: 'the team' });
    await link.focus();
    await page.evaluate(() => {
      const own = document.createElement('p');
      own.id = 'of-another-script';
      document.querySelector('main h1').after(own);
    });
    const saved = HANDBOOK['content/team/leave.md'].replace('Ask early.', 'Ask very early.').replace('kindly', 'nicely');
    preview.write('content/team/leave.md', saved.replace('title = "Leave"', 'title = "Days off"'));
    await expect(page.getByText('Ask very early.')).toBeVisible();
    await expect(page.getByText('nicely')).toBeVisible();
    await expect(page).toHaveTitle(/Days off/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Days off/);
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Days off' }).first()).toBeAttached();
    expect(await isSamePage(page)).toBe(true);
    await expect(page.locator('details', { hasText: 'Who may ask' })).toHaveAttribute('open');
    await expect(page.getByRole('searchbox').first()).toHaveValue('half a word');
    await expect(link).toBeFocused();
    await expect(page.locator('#of-another-script')).toBeAttached();
  });

  test('changes the names of neighbours on a page that is open', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/leave.html');
    await settled(page);
    await mark(page);
    preview.write('content/team/meetings.md', text('Standing up', 'Short ones.'));
    await expect(page.getByRole('link', { name: /Standing up/ })).toHaveCount(2);
    await expect(page.getByRole('link', { name: /Meetings/ })).toHaveCount(0);
    expect(await isSamePage(page)).toBe(true);
  });

  for (const [browser, keepsPlace] of Object.entries({ 'that keeps the place': true, 'that leaves it to the page': false })) {
    test(`above what is read doesn't move it, in a browser ${browser}`, async ({ start, open }) => {
      const preview = await start();
      const page = await open(preview, 'team/meetings.html');
      await settled(page);
      if (!keepsPlace) {
        await page.evaluate(() => {
          document.documentElement.style.overflowAnchor = 'none';
          CSS.supports = () => false;
        });
      }
      const read = page.getByText('Paragraph 20 of');
      await read.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const before = await read.boundingBox();
      const lines = HANDBOOK['content/team/meetings.md'];
      preview.write('content/team/meetings.md', lines.replace('Paragraph 3', 'Something new, and long enough.\n\nAnd more.\n\nParagraph 3'));
      await expect(page.getByText('Something new')).toBeAttached();
      await expect(async () => expect(Math.abs((await read.boundingBox()).y - before.y)).toBeLessThan(2)).toPass({ timeout: 5000 });
    });
  }

  test('goes to its own place, whatever other scripts have moved or taken out', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/meetings.html');
    await settled(page);
    await page.evaluate(() => {
      const all = document.querySelectorAll('main p');
      all[1].remove();
      const wrap = document.createElement('section');
      all[3].replaceWith(wrap);
      wrap.append(all[3]);
    });
    const saved = HANDBOOK['content/team/meetings.md'].replace('Paragraph 2 ', 'First news.\n\nParagraph 2 ').replace('Paragraph 4 ', 'Second news.\n\nParagraph 4 ');
    preview.write('content/team/meetings.md', saved);
    await expect(page.getByText('Second news.')).toBeVisible();
    const words = await page.getByRole('main').innerText();
    const order = ['Paragraph 0', 'First news', 'Paragraph 2', 'Paragraph 3', 'Second news', 'Paragraph 4'].map((part) => words.indexOf(part));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(words).not.toContain('Paragraph 1 ');
  });

  test('as a style alone changes the look without a flash', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview);
    await settled(page);
    await mark(page);
    await page.evaluate(() => {
      window.looks = new Set();
      const look = () => {
        // Without its styles, a body has margins.
        looks.add(getComputedStyle(document.body).margin);
        requestAnimationFrame(look);
      };
      look();
    });
    const footer = page.locator('.hb-footer');
    await expect(footer).toHaveCSS('outline-color', 'rgb(1, 2, 3)');
    preview.write('themes/ours/styles/ours.css', '.hb-footer { outline-color: rgb(4, 5, 6) }\n');
    await expect(footer).toHaveCSS('outline-color', 'rgb(4, 5, 6)');
    const header = page.locator('.hb-header');
    const before = await header.evaluate((element) => getComputedStyle(element).borderTopColor);
    preview.write('ethos.toml', `${SETTINGS}[brand]\ncolour = "#8a1538"\n`);
    await expect(header).not.toHaveCSS('border-top-color', before);
    await expect(page.locator('head link[rel=stylesheet]')).toHaveCount(1);
    expect(await page.evaluate(() => [...looks])).toEqual(['0px']);
    expect(await isSamePage(page)).toBe(true);
  });

  test('as a picture shows the new picture', async ({ start, open }) => {
    const drawing = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"><path d="M0 0h9v9z"/></svg>`;
    const body = 'A plan: ![The plan](plan.svg)';
    const preview = await start({ 'content/team/leave.md': text('Leave', body), 'content/team/plan.svg': drawing(30) });
    const page = await open(preview, 'team/leave.html');
    await settled(page);
    await mark(page);
    const width = () => page.getByAltText('The plan').evaluate((image) => image.naturalWidth);
    await expect.poll(width).toBe(30);
    preview.write('content/team/plan.svg', drawing(60));
    await expect.poll(width).toBe(60);
    expect(await isSamePage(page)).toBe(true);
  });

  test('as a script loads the page anew', async ({ start, open }) => {
    const preview = await start({ 'themes/ours/components/landing/landing.js': 'document.body.dataset.by = "one";\n' });
    const page = await open(preview);
    await settled(page);
    await mark(page);
    preview.write('themes/ours/components/landing/landing.js', 'document.body.dataset.by = "two";\n');
    await expect(page.locator('body')).toHaveAttribute('data-by', 'two');
    expect(await isSamePage(page)).toBe(false);
  });

  test('is asked for by the tabs alone that show it', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/leave.html');
    const other = await page.context().newPage();
    await other.goto(preview.url());
    await settled(page);
    await settled(other);
    const asked = [];
    other.on('request', (request) => asked.push(request.url()));
    preview.write('content/team/leave.md', text('Leave', 'Ask late.'));
    await expect(page.getByText('Ask late.')).toBeVisible();
    await page.waitForTimeout(300);
    expect(asked).toEqual([]);
  });

  test('as new pages and folders comes into menus, and what is deleted and restored goes and comes back', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/leave.html');
    await settled(page);
    await mark(page);
    const menus = page.getByRole('navigation');
    preview.write('content/team/tea.md', text('Tea', 'At three.'));
    await expect(menus.getByRole('link', { name: 'Tea' }).first()).toBeAttached();
    preview.write('content/rooms/index.md', text('Rooms', 'Where we meet.'));
    await expect(menus.getByRole('link', { name: 'Rooms' }).first()).toBeAttached();
    preview.rename('content/team', 'away');
    await expect(page.getByText('Ask early.')).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/not found|no such page|isn’t here|can’t find/i);
    preview.rename('away', 'content/team');
    await expect(page.getByText('Ask early.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Leave/);
    expect(await isSamePage(page)).toBe(true);
    // An address without its last `/` is a folder's as soon as there is one.
    await page.goto(preview.url('kitchen'));
    preview.write('content/kitchen/index.md', text('Kitchen', 'Wash up.'));
    await expect(page).toHaveURL(preview.url('kitchen/'));
    await expect(page.getByText('Wash up.')).toBeVisible();
  });
});

test.describe('an error', () => {
  test('is said above the page as it was, with its place and what to do, until it is mended', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/leave.html');
    const messages = messagesOf(page);
    await settled(page);
    await expect(messages).toBeHidden();
    await mark(page);
    preview.write('content/team/leave.md', BROKEN_LINK);
    await expect(messages).toBeVisible();
    await expect(messages).toContainText('1 error to mend');
    await expect(messages).toContainText('there is no page nobody.md');
    await expect(messages).toContainText('content/team/leave.md, line 5, column 26');
    await expect(messages.locator('pre')).toHaveText('5Ask early, says [nobody](nobody.md).');
    await expect(messages.locator('mark')).toHaveText('nobody.md');
    await expect(messages).toContainText('name the page\'s own file');
    await expect(page.getByText('Ask early.', { exact: true })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'there is no page nobody.md' })).toHaveCount(1);
    expect((await messages.boundingBox()).y).toBe(0);
    // A keyboard meets it first, and gets past it at once.
    await page.keyboard.press('Tab');
    await expect(messages.getByRole('link')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    // It is on every page.
    const other = await page.context().newPage();
    await other.goto(preview.url());
    await expect(messagesOf(other)).toContainText('nobody.md');
    preview.write('content/team/leave.md', text('Leave', 'Ask early, says the law.'));
    await expect(messages).toBeHidden();
    await expect(messagesOf(other)).toBeHidden();
    await expect(page.getByText('says the law')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Mended.' })).toHaveCount(1);
    expect(await isSamePage(page)).toBe(true);
  });

  test('is in sight wherever the reader is, and can be put away', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview, 'team/meetings.html');
    const phone = await open(preview, 'team/meetings.html', { viewport: { width: 390, height: 800 } });
    for (const tab of [page, phone]) {
      await settled(tab);
      await tab.evaluate(() => scrollTo(0, 900));
    }
    preview.write('content/team/leave.md', BROKEN_LINK);
    await expect(messagesOf(page)).toBeInViewport();
    const count = phone.getByRole('button', { name: '1 error' });
    await expect(count).toBeInViewport();
    await expect(messagesOf(phone)).not.toBeInViewport();
    await count.click();
    await expect(messagesOf(phone)).toBeInViewport();
    await expect(messagesOf(phone)).toBeFocused();
    // What a link leads to isn't covered.
    await page.evaluate(() => {
      document.querySelectorAll('main p')[5].id = 'there';
      location.hash = 'there';
    });
    const { y, height } = await messagesOf(page).boundingBox();
    expect((await page.locator('#there').boundingBox()).y).toBeGreaterThan(y + height);
    await page.keyboard.press('Shift+Tab');
    await messagesOf(page).getByRole('button', { name: 'Close' }).click();
    await expect(messagesOf(page)).toBeHidden();
    await expect(page.getByRole('button', { name: '1 error' })).toBeFocused();
    // Another one comes by itself again.
    preview.write('content/team/leave.md', text('Leave', '[nobody](nobody.md) and [none](none.md)'));
    await expect(messagesOf(page)).toContainText('2 errors to mend');
  });

  test('says what an author wrote as text, never as markup', async ({ start, open }) => {
    const preview = await start();
    const page = await open(preview);
    await settled(page);
    preview.write(`content/team/${NASTY.replaceAll(' ', '_')}.md`, text('Nasty', 'A name.'));
    preview.write('content/team/leave.md', `+++\ntitle = "${NASTY}"\n"${NASTY}" = 1\n+++\n\n## ${NASTY}\n`);
    await expect(messagesOf(page)).toContainText('3 errors');
    await expect(messagesOf(page).locator('img')).toHaveCount(0);
    await expect(messagesOf(page).locator('pre').first()).toContainText(NASTY);
    await expect(messagesOf(page).locator('.place').first()).toContainText('<img_src=x_onerror=alert(1)>.md');
  });

  test('at the start has a plain page, which turns into the handbook', async ({ start, open }) => {
    const preview = await start({ 'content/team/leave.md': BROKEN_LINK });
    const page = await open(preview, 'team/leave.html');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your handbook can’t be shown yet');
    await expect(page.getByRole('main')).toContainText('there is no page nobody.md');
    preview.write('content/team/meetings.md', text('Meetings', '[none](none.md)'));
    await expect(page.getByRole('main')).toContainText('2 errors to mend');
    await expect(messagesOf(page)).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: '2 errors to mend' })).toHaveCount(1);
    preview.write('content/team/meetings.md', text('Meetings', 'Short.'));
    await expect(page.getByRole('main')).toContainText('1 error to mend');
    preview.write('content/team/leave.md', text('Leave', 'Ask early.'));
    await expect(page.getByText('Ask early.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Leave/);
  });
});

test('warnings wait in a corner until somebody asks for them', async ({ start, open }) => {
  const preview = await start({ 'content/team/leave.md': WARNINGS, 'content/logo.svg': LOGO });
  const page = await open(preview);
  const count = page.getByRole('button', { name: '1 warning' });
  const messages = messagesOf(page);
  await expect(count).toHaveAttribute('aria-expanded', 'false');
  await expect(messages).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: /./ })).toHaveCount(0);
  for (const close of [() => page.keyboard.press('Escape'), () => messages.getByRole('button', { name: 'Close' }).click()]) {
    await count.click();
    await expect(messages).toContainText('this image has no text');
    await expect(messages).toBeFocused();
    await expect(count).toHaveAttribute('aria-expanded', 'true');
    await close();
    await expect(messages).toBeHidden();
    await expect(count).toBeFocused();
    await expect(count).toHaveAttribute('aria-expanded', 'false');
  }
  await count.click();
  preview.write('content/team/leave.md', text('Leave', 'No image.'));
  await expect(messages).toBeHidden();
  await expect(count).toBeHidden();
  await expect(page.getByRole('main')).toBeFocused();
});

test('“About this page” says where a page comes from, who answers for it and what is on it', async ({ start, open }) => {
  const preview = await start({ 'content/team/leave.md': WARNINGS.replace('+++\n\n', 'owner = "Human Resources"\nlast_reviewed = 2026-01-05\n+++\n\n'), 'content/logo.svg': LOGO });
  const page = await open(preview, 'values/be-kind.html');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: preview.origin });
  const about = aboutOf(page);
  await settled(page);
  await expect(about).toBeHidden();
  await toggleOf(page).click();
  await expect(about).toContainText('frameworks/values/be-kind.md');
  await expect(about).toContainText('nobody is named');
  await expect(about).toContainText('Nothing is wrong with this page.');
  await expect(about.getByRole('listitem').filter({ hasText: 'listen before I speak' }).locator('code')).toHaveText('listen-before-i-speak');
  await about.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied: frameworks/values/be-kind.md' })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('frameworks/values/be-kind.md');
  // It follows what is saved, stays open on the way, and closes by keyboard.
  preview.write('frameworks/values/be-kind.md', HANDBOOK['frameworks/values/be-kind.md'].replace('say thank you', 'make tea'));
  await expect(about).toContainText('make-tea');
  await page.goto(preview.url('team/leave.html'));
  await expect(about).toContainText('content/team/leave.md');
  await expect(about).toContainText('Human Resources');
  await expect(about).toContainText('last reviewed 5 January 2026');
  await expect(about).toContainText('this image has no text');
  await about.getByRole('button', { name: 'Copy' }).focus();
  await page.keyboard.press('Escape');
  await expect(about).toBeHidden();
  await expect(toggleOf(page)).toBeFocused();
  await page.reload();
  await settled(page);
  await expect(about).toBeHidden();
});

test('twelve tabs all get news, also after the preview was stopped and started again', async ({ start, open }) => {
  const preview = await start();
  const tabs = [await open(preview, 'team/leave.html')];
  for (let number = 1; number < 12; number += 1) {
    const tab = await tabs[0].context().newPage();
    await tab.goto(preview.url(number % 2 ? 'team/leave.html' : 'team/meetings.html'));
    tabs.push(tab);
  }
  for (const tab of tabs) await mark(tab);
  const say = (words) => {
    preview.write('content/team/leave.md', text('Leave', words));
    preview.write('content/team/meetings.md', text('Meetings', words));
  };
  say('Everyone hears this.');
  for (const tab of tabs) await expect(tab.getByText('Everyone hears this.')).toHaveCount(1);
  await preview.stop();
  say('This was said in between.');
  await tabs[0].waitForTimeout(700);
  await preview.start();
  for (const tab of tabs) await expect(tab.getByText('This was said in between.')).toHaveCount(1);
  preview.write('content/team/leave.md', BROKEN_LINK);
  for (const tab of tabs) await expect(messagesOf(tab)).toContainText('nobody.md');
  // One that starts with an error shows nothing better, and no tab gives up what it has.
  await preview.stop();
  await preview.start();
  preview.write('content/team/leave.md', `${BROKEN_LINK}\n[none](none.md)\n`);
  for (const tab of tabs) await expect(messagesOf(tab)).toContainText('2 errors');
  await expect(tabs[0].getByText('This was said in between.')).toBeVisible();
  say('All is well.');
  for (const tab of tabs) {
    await expect(tab.getByText('All is well.')).toHaveCount(1);
    await expect(messagesOf(tab)).toBeHidden();
    expect(await isSamePage(tab)).toBe(true);
  }
});

test('a browser without shared workers gets news all the same', async ({ start, open }) => {
  const preview = await start();
  const page = await open(preview);
  await page.addInitScript(() => delete window.SharedWorker);
  await page.reload();
  await settled(page);
  preview.write('content/index.md', text('Ottersby handbook', 'Welcome back.'));
  await expect(page.getByText('Welcome back.')).toBeVisible();
});

test('without JavaScript, and in print, a page is as it is published', async ({ start, open }) => {
  const preview = await start({ 'content/team/leave.md': WARNINGS, 'content/logo.svg': LOGO });
  const plain = await open(preview, 'team/leave.html', { ...DESKTOP, javaScriptEnabled: false });
  await expect(plain.getByText('Ask early.')).toBeVisible();
  await expect(plain.locator('ethos-messages, ethos-corner')).toHaveCount(0);
  await plain.getByRole('navigation').getByRole('link', { name: 'Team' }).first().click();
  await expect(plain.getByRole('heading', { level: 1 })).toHaveText(/Team/);
  const page = await open(preview, 'team/leave.html');
  await page.getByRole('button', { name: '1 warning' }).click();
  await toggleOf(page).click();
  await page.emulateMedia({ media: 'print' });
  for (const part of [messagesOf(page), aboutOf(page), toggleOf(page)]) await expect(part).toBeHidden();
});

const READERS = {
  'a reader at a desk': DESKTOP,
  'a reader in dark mode': { ...DESKTOP, colorScheme: 'dark' },
  'a reader with colours of their own': { ...DESKTOP, forcedColors: 'active' },
  'a reader with a narrow window': { viewport: { width: 320, height: 640 } },
};

for (const [reader, options] of Object.entries(READERS)) {
  test(`${reader} meets no barrier`, async ({ start, open }) => {
    const many = Array.from({ length: 12 }, (_, number) => `[a${number}](${'no-such-page-'.repeat(6)}${number}.md)`).join(' ');
    const preview = await start({ 'content/team/leave.md': text('Leave', many) });
    const barriers = [];
    const judge = async (state, page) => {
      for (const fault of await violations(page)) barriers.push(`${state}: ${fault}`);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      if (scrollWidth > clientWidth) barriers.push(`${state}: scrolls sideways, ${scrollWidth} px in ${clientWidth}`);
    };
    const page = await open(preview, 'team/leave.html', options);
    await expect(page.getByRole('main')).toContainText('12 errors to mend');
    await judge('plain page', page);
    preview.write('content/logo.svg', LOGO);
    preview.write('content/team/leave.md', WARNINGS);
    const count = page.getByRole('button', { name: '1 warning' });
    await expect(count).toBeVisible();
    await judge('corner', page);
    await count.click();
    await judge('warnings', page);
    await page.keyboard.press('Escape');
    await toggleOf(page).click();
    await expect(aboutOf(page)).toContainText('content/team/leave.md');
    await judge('about this page', page);
    await toggleOf(page).click();
    preview.write('content/team/leave.md', text('Leave', many));
    await expect(messagesOf(page)).toContainText('12 errors to mend');
    await judge('errors', page);
    expectNone(barriers, 'barriers');
  });
}
