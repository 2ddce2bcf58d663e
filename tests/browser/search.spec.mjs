// Finding things: the results page and its filters, the place that a result leads to, and suggestions while typing.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { POLICY } from './server.mjs';
import { PROJECT, sites } from './sites.mjs';
import { DESKTOP, ZOOMED, addReaderStyles, expect, expectNone, forEachSite, test } from './support.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 390, height: 844 } };

const GIFTS = 'code-of-conduct/gifts-and-hospitality.html';
const example = sites.find((site) => site.has(GIFTS) || site.source === PROJECT);

// ── On the example and one real handbook: that every place of each can be found is for search-index.spec ──

forEachSite((site) => {
  test('the words of an indicator lead to that very indicator, which says that the link led there', async ({ open }) => {
    const page = await open();
    const faults = [];
    for (const { folder, indicators } of site.frameworks()) {
      for (const { text, url } of [indicators[0], indicators[indicators.length >> 1], indicators.at(-1)].filter(Boolean)) {
        await find(page, site, { q: text });
        const target = site.url(site.has(url.split('#')[0]) ? url : `${folder}/${url}`);
        const links = page.locator('#hb-search-results a');
        const at = await links.evaluateAll((all, target) => all.findIndex(({ href }) => decodeURI(href) === decodeURI(target)), target);
        if (at < 0) {
          faults.push(`${url} isn't found by its own words`);
          continue;
        }
        await links.nth(at).click();
        await page.waitForURL(({ href }) => decodeURI(href) === decodeURI(target));
        const landed = await page.evaluate(() => {
          const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
          const { top, bottom } = place?.getBoundingClientRect() ?? {};
          const label = place?.querySelector('.hb-landed');
          return { seen: bottom > 0 && top < innerHeight, label: label?.textContent, shown: label?.checkVisibility() };
        });
        if (!landed.seen) faults.push(`${url} isn't on the screen`);
        if (!landed.label || !landed.shown) faults.push(`${url} doesn't say that the link led there`);
      }
    }
    expectNone(faults, 'indicators that a search misses');
  });

  test('the title of the page begins with the words and their number', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    const name = await page.title();
    await find(page, site, { q: site.searchWord() });
    const [, number] = /^([\d,.]+) /.exec(await said(page));
    expect(await page.title()).toMatch(new RegExp(`^${site.searchWord()}: ${number} results? – `));
    expect((await page.title()).endsWith(name)).toBe(true);
  });

  test('whatever is asked, in whatever letters, nothing breaks and nothing becomes markup', async ({ open }) => {
    const page = await open();
    const faults = [];
    const queries = {
      markup: '<script>alert(1)</script><img src=x onerror=alert(1)>',
      'an entity': '&lt;b&gt; &amp;amp;',
      'ten kilobytes of words': 'kindness '.repeat(1200),
      'ten kilobytes without a space': 'x'.repeat(10_000),
      emoji: '👩🏽‍🚒 🧡',
      'half an emoji': '\ud83d',
      'right to left': 'חוק العدل \u202eabc',
      'lone combining marks': '\u0301\u0308\u0301',
      'no letters': '"\'`;--){}[]\\',
      spaces: ' \t ',
      'one letter': 'a',
      'only small words': 'the and of it',
      'names that objects have': 'constructor __proto__ toString',
      'a pattern': '.*+?^${}()|[\\]',
      'letters of Chinese': '行为守则',
      zero: '\u0000',
    };
    for (const [what, q] of Object.entries(queries)) {
      await page.goto(site.url(`search.html?${new URLSearchParams({ q })}`));
      await answered(page);
      const found = await page.evaluate(() => ({
        strangers: document.querySelectorAll('main :is(script, img, iframe, b)').length,
        message: document.querySelector('[role=status]').textContent,
        input: document.getElementById('hb-q').value.length,
      }));
      if (found.strangers > 0) faults.push(`${what}: the query became markup`);
      if (!found.message) faults.push(`${what}: nothing is said`);
      if (found.input > 200) faults.push(`${what}: ${found.input} letters are searched for`);
      if (await scrollsSideways(page)) faults.push(`${what}: the page scrolls sideways`);
      await page.getByRole('searchbox').fill(q.replaceAll('\u0000', ''));
      await page.keyboard.press('Enter');
      await answered(page);
    }
    expectNone(faults, 'queries that go wrong');
  });

  test('filters that the handbook does not have are not chosen', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html?kind=nonsense&level=%3Cb%3E&constructor=1&shown=-3&__proto__=x'));
    await expect(page.locator('#hb-search-filters label').first()).toBeAttached();
    await expect(page.locator('#hb-search-filters :checked')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Clear the filters' })).toBeHidden();
    await find(page, site, { q: site.searchWord(), kind: 'nonsense', shown: '1e9' });
    await expect(page.locator('#hb-search-results > li').first()).toBeVisible();
  });

  for (const [reader, options] of Object.entries({
    'at a desk': DESKTOP,
    'in dark mode': { ...DESKTOP, colorScheme: 'dark' },
    'with colours of their own': { ...DESKTOP, forcedColors: 'active' },
    'at 400 % zoom': ZOOMED,
  })) {
    test(`a reader ${reader} meets no barrier among results, filters and where there are none`, async ({ open }) => {
      const page = await open(options);
      const faults = [];
      const some = site.searchWord();
      for (const query of [`q=${some}`, `q=${some}&kind=page`, 'kind=page', 'q=qqqqzzzz', 'q=']) {
        await page.goto(site.url(`search.html?${query}`));
        await answered(page);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        for (const fault of await violations(page)) faults.push(`${query}: ${fault}`);
        if (await scrollsSideways(page)) faults.push(`${query}: scrolls sideways`);
        await addReaderStyles(page, '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }');
        if (await scrollsSideways(page)) faults.push(`${query}: scrolls sideways with wide text spacing`);
      }
      expectNone(faults, 'barriers');
    });
  }

  test('a handbook in a folder is searched as one on a server is', async ({ open }) => {
    const page = await open();
    await page.goto(site.fileUrl('index.html'));
    await page.getByRole('searchbox').fill(site.searchWord());
    await page.keyboard.press('Enter');
    await answered(page);
    const first = page.locator('#hb-search-results h2 a').first();
    await expect(first).toBeVisible();
    await page.getByRole('searchbox').fill('qqqqzzzz');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toContainText('qqqqzzzz');
    await page.goBack();
    await expect(first).toBeVisible();
    await first.click();
    expect(existsSync(new URL(page.url().split('#')[0]))).toBe(true);
  });

  test('without JavaScript, or when the script is gone, the page leads to the A to Z', async ({ open, browser }) => {
    const page = await open({ ...DESKTOP, javaScriptEnabled: false });
    await page.goto(site.url(`search.html?q=${site.searchWord()}`));
    const way = page.getByRole('main').getByRole('link', { name: 'A to Z' });
    await expect(way).toBeVisible();
    await expect(page.locator('#hb-search-filters, #hb-search-help')).toHaveCount(2);
    await expect(page.locator('#hb-search-filters:visible, #hb-search-help:visible')).toHaveCount(0);
    await way.click();
    expect(page.url()).toContain('a-z');

    // What doesn't load is the point here, so the page isn't guarded.
    const context = await browser.newContext(DESKTOP);
    const broken = await context.newPage();
    await broken.route('**/search/a.*', (route) => route.abort());
    await broken.goto(site.url('search.html'));
    await expect(broken.getByRole('main').getByRole('link', { name: 'A to Z' })).toBeVisible();
    await context.close();
  });
}, sites.slice(0, 2));

// ── On the example, where the answers are known ──

test.describe('the example handbook', () => {
  const site = example;
  test.skip(!site, 'the example is not among the sites');

  test('a result has its exact place, its place in words, its kind, and the words that were found', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'write down promised' });
    const result = page.locator('#hb-search-results > li').first();
    const link = result.getByRole('heading', { level: 2 }).getByRole('link');
    await expect(link).toHaveText('write down what I promised, to whom and by when');
    expect(await link.getAttribute('href')).toMatch(/^values\/keep-our-word\.html#write-down-what-i-promised/);
    await expect(result.locator('.hb-results__place').first()).toContainText('Our values › Keep our word › All colleagues › I will');
    await expect(result.locator('h2 mark')).toHaveText(['write', 'down', 'promised']);
    await find(page, site, { q: 'sandwich' });
    await expect(page.locator('.hb-results__text mark').first()).toHaveText(/sandwich/i);
  });

  test('each change is announced once, in a region that was empty before', async ({ open }) => {
    const page = await open();
    const spoken = await listen(page);
    await page.goto(site.url('search.html?q=gift'));
    expect(site.read('search.html')).toMatch(/role="status"><\/p>/);
    const one = async (message) => {
      await expect.poll(spoken).toHaveLength(1);
      await page.waitForTimeout(400);
      expect(await spoken()).toEqual([expect.stringMatching(message)]);
      await page.evaluate(() => (window.spoken = []));
    };
    await one(/^\d+ results for gift$/);
    await page.getByRole('checkbox', { name: /^Clause/ }).check();
    await one(/^\d+ results for gift$/);
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await one(/^\d+ results for gift$/);
    await page.getByRole('searchbox').fill('bulying');
    await page.keyboard.press('Enter');
    await one(/^No results for bulying\. Showing \d+ results for bullying\.$/);
    await page.getByRole('searchbox').fill('qqqqzzzz');
    await page.keyboard.press('Enter');
    await one(/^No results for qqqqzzzz\.$/);
    await page.goBack();
    await one(/bullying/);
    await page.getByRole('searchbox').fill('  ');
    await page.getByRole('button', { name: 'Search' }).click();
    await one(/^Enter a word to search for\.$/);
  });

  test('an empty search asks for a word and leaves the focus in the box', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'gift' });
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByRole('status')).toHaveText('Enter a word to search for.');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await expect(page.locator('#hb-search-results')).toBeHidden();
  });

  test('a first visit says nothing and shows every filter', async ({ open }) => {
    const page = await open();
    const spoken = await listen(page);
    await page.goto(site.url('search.html'));
    await expect(page.getByText('Type a word or two')).toBeVisible();
    await expect(page.getByRole('group', { name: 'Kind' })).toBeVisible();
    await expect(page.getByRole('checkbox', { name: /^Clause [\d,]+ results?$/ })).toBeVisible();
    expect(await spoken()).toEqual([]);
  });

  test('filters add up within one group and narrow across groups, with the focus where it was', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    const clause = page.getByRole('checkbox', { name: /^Clause/ });
    const value = page.getByRole('checkbox', { name: /^Value/ });
    const managers = page.getByRole('checkbox', { name: /^Managers/ });
    await expect(clause).toBeVisible();
    const [clauses, values] = [await countOf(clause), await countOf(value)];
    await clause.focus();
    await page.keyboard.press('Space');
    await expect(page.getByRole('status')).toHaveText(`${clauses} results`);
    await expect(clause).toBeFocused();
    await value.check();
    await expect(page.getByRole('status')).toHaveText(`${clauses + values} results`);
    expect(new URL(page.url()).searchParams.getAll('kind')).toEqual(['value', 'clause']);
    // The number beside a filter is what it would leave.
    const left = await countOf(managers);
    await managers.check();
    await expect(page.getByRole('status')).toHaveText(left === 1 ? '1 result' : left ? `${left} results` : /No results/);
    await expect(managers).toBeFocused();
    // The address is enough for somebody else to see the same.
    const other = await open();
    await other.goto(page.url());
    await answered(other);
    expect(await said(other)).toBe(await said(page));
    await expect(other.locator('#hb-search-filters :checked')).toHaveCount(3);
    // One control takes all of them away.
    const title = await page.title();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect(page.locator('#hb-search-filters :checked')).toHaveCount(0);
    expect(new URL(page.url()).searchParams.has('kind')).toBe(false);
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    expect(await page.title()).toBe(title);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'Clear the filters' })).toBeHidden();
  });

  test('the title stays the same whatever is filtered', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'gift' });
    const title = await page.title();
    const before = await said(page);
    await page.getByRole('checkbox', { name: /^Clause/ }).check();
    await expect(page.getByRole('status')).not.toHaveText(before);
    expect(await page.title()).toBe(title);
    await page.reload();
    await answered(page);
    expect(await page.title()).toBe(title);
  });

  test('Back goes through searches and filters, and returns to the results from a page', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('index.html'));
    await page.getByRole('searchbox').fill('gift');
    await page.keyboard.press('Enter');
    await answered(page);
    const gifts = await said(page);
    await page.getByRole('searchbox').fill('bullying');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('status')).toContainText('bullying');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.getByRole('checkbox', { name: /^Clause/ }).check();
    await expect(page).toHaveURL(/kind=clause/);
    await answered(page);
    await page.locator('#hb-search-results a').first().click();
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Search');
    await page.goBack();
    await expect(page.getByRole('checkbox', { name: /^Clause/ })).toBeChecked();
    await page.goBack();
    await expect(page.getByRole('checkbox', { name: /^Clause/ })).not.toBeChecked();
    await page.goBack();
    await expect(page.getByRole('status')).toHaveText(gifts);
    await expect(page.getByRole('searchbox')).toHaveValue('gift');
    await page.goBack();
    await expect(page).toHaveURL(site.url('index.html'));
  });

  test('a misspelt word is mended, and the way back searches as it was typed', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'bulying' });
    await expect(page.getByRole('status')).toHaveText(/^No results for bulying\. Showing \d+ results for bullying\.$/);
    expect(await page.title()).toMatch(/^bullying: \d+ results – /);
    await page.getByRole('link', { name: 'Search for bulying as you typed it' }).click();
    await expect(page.getByRole('status')).toHaveText('No results for bulying.');
    await expect(page.getByRole('main').getByRole('link', { name: 'A to Z' })).toBeVisible();
    await expect(page.getByText('Check the spelling')).toBeVisible();
    expect(await page.title()).toMatch(/^bulying: no results – /);
  });

  test('many places on one page are one result, with the way to all of them', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'gift' });
    const results = page.locator('#hb-search-results > li');
    const pages = await results.locator('h2 a').evaluateAll((links) => links.map(({ href }) => href.split('#')[0]));
    expect(new Set(pages).size).toBe(pages.length);
    expect(pages.length).toBeGreaterThan(2);
    const first = results.first();
    await expect(first.getByRole('list').getByRole('listitem')).toHaveCount(2);
    await expect(first.getByText('Also in Gifts and hospitality:')).toBeVisible();
    const all = first.getByRole('link', { name: /^All \d+ in Gifts and hospitality$/ });
    const number = /\d+/.exec(await all.textContent())[0];
    await all.click();
    await expect(page.getByRole('status')).toHaveText(`${number} results for gift`);
    await expect(page.getByText('Only in Gifts and hospitality.')).toBeVisible();
    await expect(results).toHaveCount(Number(number));
    expect(await page.title()).toMatch(/^gift: \d+ results – /);
    await page.getByRole('link', { name: 'Search the whole handbook' }).click();
    await expect.poll(() => results.count()).toBe(pages.length);
  });

  test('more results are a link away, and the first of them has the focus', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'people' });
    const results = page.locator('#hb-search-results > li');
    await expect(results).toHaveCount(20);
    const titles = await results.locator('h2').allTextContents();
    const more = page.getByRole('link', { name: 'Show more results' });
    expect(await more.getAttribute('href')).toContain('shown=40');
    await more.focus();
    await page.keyboard.press('Enter');
    await expect(results).toHaveCount(40);
    await expect(results.nth(20).locator('h2 a')).toBeFocused();
    expect((await results.locator('h2').allTextContents()).slice(0, 20)).toEqual(titles);
    await page.reload();
    await expect(results).toHaveCount(40);
  });

  test('slow answers never take the place of newer ones', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    await page.evaluate(() => {
      const { engine } = window.ethosSearch;
      const { search } = engine;
      engine.search = async (asked) => {
        if (asked.words === 'gift') await new Promise((done) => setTimeout(done, 600));
        return search(asked);
      };
    });
    for (const words of ['gift', 'bullying']) {
      await page.getByRole('searchbox').fill(words);
      await page.keyboard.press('Enter');
    }
    await expect(page.getByRole('status')).toContainText('bullying');
    await page.waitForTimeout(900);
    await expect(page.getByRole('status')).toContainText('bullying');
  });

  test('Tab goes from the box through the filters to the results, and Space and Enter do the rest', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('gift');
    await page.keyboard.press('Enter');
    await answered(page);
    const stops = [];
    for (let i = 0; i < 60 && stops.at(-1) !== 'result'; i += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          if (element.closest('#hb-search-results')) return 'result';
          return element.closest('#hb-search-filters') ? 'filter' : element.localName;
        }),
      );
    }
    expect([...new Set(stops)]).toEqual(['button', 'filter', 'result']);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(GIFTS.replaceAll('.', '\\.')));
  });

  test('on a phone the filters wait behind one disclosure', async ({ open }) => {
    const page = await open(PHONE);
    await find(page, site, { q: 'gift' });
    const clause = page.getByRole('checkbox', { name: /^Clause/ });
    await expect(clause).toBeHidden();
    await page.getByText('Narrow the results').click();
    await clause.check();
    await expect(page.getByText('Narrowed to: Clause.')).toBeVisible();
  });

  test('a long group of filters shows its first few, and what is chosen in the rest', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    const values = page.getByRole('group', { name: 'Value' });
    await expect(values.getByRole('checkbox')).toHaveCount(6);
    const last = await values.locator('input').last().inputValue();
    await values.getByText(/^\d+ more$/).click();
    await values.getByRole('checkbox').last().check();
    await page.reload();
    await expect(values.locator(`input[value="${last}"]`)).toBeVisible();
    await expect(values.locator(`input[value="${last}"]`)).toBeChecked();
  });

  test('nothing of the filters is printed, and all results are', async ({ open }) => {
    const page = await open();
    await find(page, site, { q: 'gift', kind: 'clause' });
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('#hb-search-filters')).toBeHidden();
    await expect(page.getByRole('button', { name: 'Clear the filters' })).toBeHidden();
    await expect(page.getByText('Narrowed to: Clause.')).toBeVisible();
    await expect(page.locator('#hb-search-results > li').last()).toBeVisible();
  });

  test('a part that is gone is said, with the A to Z, and the next search tries again', async ({ browser }) => {
    // What doesn't load is the point here, so the page isn't guarded.
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route(/search\/[tdxfv]\d+\.\w+\.js$/, (route) => route.abort());
    await page.goto(site.url('search.html?q=gift'));
    await expect(page.getByRole('status')).toContainText('not available');
    await expect(page.getByRole('main').getByRole('link', { name: 'A to Z' })).toBeVisible();
    await page.unrouteAll();
    await page.getByRole('searchbox').press('Enter');
    await expect(page.getByRole('status')).toHaveText(/^\d+ results for gift$/);
    await expect(page.locator('#hb-search-results > li').first()).toBeVisible();
    expect(errors).toEqual([]);
    await context.close();
  });

  test('a part that never comes is given up after a while', async ({ browser }) => {
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.route(/search\/[td]\d+\.\w+\.js$/, () => {});
    await page.goto(site.url('search.html?q=gift'), { waitUntil: 'commit' });
    await expect(page.getByText('Searching…')).toBeVisible();
    await expect(page.getByRole('status')).toContainText('not available', { timeout: 12_000 });
    await expect(page.getByText('Searching…')).toBeHidden();
    await context.close();
  });

  test('where a link has led is said beside headings and clauses too, and moves with the address', async ({ open }) => {
    const page = await open();
    const label = page.locator('.hb-landed');
    await page.goto(site.url(`${GIFTS}#2.4-b`));
    await expect(page.locator('[id="2.4-b"] > .hb-landed')).toBeVisible();
    expectNone(await violations(page), 'barriers where a link has led');
    await page.evaluate(() => (location.hash = 'the-gifts-register'));
    await expect(page.locator('#the-gifts-register + .hb-landed')).toBeVisible();
    await expect(page.getByRole('heading', { name: /^2\.4 The gifts register/ })).not.toContainText('link led');
    await page.evaluate(() => (location.hash = '%E0%A4%A'));
    await expect(label).toHaveCount(0);
    await page.goto(site.url(`${GIFTS}#main`));
    await expect(label).toHaveCount(0);
  });

  test('what is folded away opens for a link that leads into it', async ({ open }) => {
    const page = await open();
    await page.goto(site.url(GIFTS));
    await page.evaluate(() => {
      const details = document.createElement('details');
      const heading = document.getElementById('the-gifts-register');
      heading.before(details);
      details.append(heading);
      location.hash = 'the-gifts-register';
    });
    await expect(page.locator('#the-gifts-register')).toBeInViewport();
  });
});

// ── Suggestions, which a handbook can switch on ──

test.describe('with suggestions', () => {
  let folder;
  let built;
  test.beforeAll(() => {
    folder = sites.find((site) => site.has('search/suggest.js') && site.has(GIFTS))?.folder;
    if (folder) return;
    built = mkdtempSync(join(tmpdir(), 'ethos-suggestions-'));
    const source = join(built, 'handbook');
    for (const part of ['content', 'frameworks', 'themes', 'ethos.toml']) {
      if (existsSync(join(PROJECT, part))) cpSync(join(PROJECT, part), join(source, part), { recursive: true });
    }
    const settings = readFileSync(join(source, 'ethos.toml'), 'utf8');
    writeFileSync(join(source, 'ethos.toml'), settings.replace('[search]', '[search]\nsuggestions = true'));
    const program = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');
    folder = join(built, 'site');
    const run = spawnSync(program, ['build', '--root', source, '--output', folder], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`the handbook with suggestions did not build:\n${run.stdout}${run.stderr}`);
  });
  test.afterAll(() => {
    if (built) rmSync(built, { recursive: true, force: true });
  });

  /** A page of that handbook, at an address of the test server and under its policy. */
  async function openWith(open, address, options) {
    const page = await open(options);
    const root = `${process.env.ETHOS_ORIGIN}/with/suggestions/`;
    const types = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml' };
    await page.route(`${root}**`, (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname).slice('/with/suggestions/'.length);
      return route.fulfill({
        path: join(folder, path),
        headers: { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY },
      });
    });
    await page.goto(root + address);
    return page;
  }

  test('nothing is loaded for them until somebody goes to the box', async ({ open }) => {
    const page = await openWith(open, 'values/index.html');
    const loaded = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') loaded.push(new URL(request.url()).pathname.split('/').at(-1));
    });
    await page.keyboard.press('Tab');
    expect(loaded).toEqual([]);
    await page.locator('#hb-q').focus();
    await expect(page.getByRole('combobox')).toBeVisible();
    expect(loaded).toEqual(['suggest.js']);
    await page.keyboard.type('gift');
    await expect(page.getByRole('option').first()).toBeVisible();
    expect(loaded[1]).toMatch(/^a\.\w+\.js$/);
  });

  test('arrows choose, Enter follows what is chosen or searches, Escape closes and then clears', async ({ open }) => {
    const page = await openWith(open, 'values/index.html');
    await page.locator('#hb-q').focus();
    const box = page.getByRole('combobox', { name: 'Search the handbook' });
    await expect(box).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.type('gift');
    const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
    await expect(options.first()).toBeVisible();
    await expect(box).toHaveAttribute('aria-expanded', 'true');
    await expect(box).toHaveAttribute('aria-autocomplete', 'list');
    // Nothing is chosen by itself, and the words stay as they were typed.
    await expect(box).not.toHaveAttribute('aria-activedescendant', /./);
    expect(await options.count()).toBeLessThanOrEqual(7);
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await expect(box).toHaveAttribute('aria-activedescendant', await options.first().getAttribute('id'));
    await expect(box).toBeFocused();
    await expect(box).toHaveValue('gift');
    await page.keyboard.press('ArrowUp');
    await expect(box).not.toHaveAttribute('aria-activedescendant', /./);
    await page.keyboard.press('ArrowUp');
    await expect(options.last()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('[aria-selected=true]')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(options.first()).toBeHidden();
    await expect(box).toHaveValue('gift');
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(box).toHaveValue('');
    await page.keyboard.type('gift');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(options.first()).toBeHidden();
    await expect(page.getByRole('button', { name: 'Search' })).toBeFocused();
    await box.focus();
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveText(/^[^,]*Gifts and hospitality, \S/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/code-of-conduct\/|\/start-here\//);
    await page.goBack();
    await page.locator('#hb-q').fill('gift');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/search\.html\?q=gift$/);
    await answered(page);
  });

  test('a suggestion follows a click, in sub-folders as on the search page', async ({ open }) => {
    for (const address of ['competencies/working-with-people/index.html', 'search.html'].filter((path) => existsSync(join(folder, path)))) {
      const page = await openWith(open, address);
      await page.locator('#hb-q').focus();
      await page.keyboard.type('gifts and hosp');
      await page.getByRole('option').first().click();
      await expect(page).toHaveURL(new RegExp(GIFTS.replaceAll('.', '\\.')));
    }
  });

  test('words that are typed before the script comes are suggested for, and words that stood there are not', async ({ open }) => {
    const page = await openWith(open, 'search.html?q=candour');
    let arrives;
    const arrival = new Promise((resolve) => (arrives = resolve));
    await page.route('**/suggest.js', async (route) => {
      await arrival;
      await route.fallback();
    });
    await answered(page);
    const box = page.locator('#hb-q');
    await box.focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' gifts');
    arrives();
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.reload();
    await answered(page);
    await box.focus();
    await expect(page.getByRole('combobox')).toBeVisible();
    await page.waitForTimeout(1000);
    await expect(page.getByRole('option')).toHaveCount(0);
  });

  test('how many there are is announced once, when the typing has stopped', async ({ open }) => {
    const page = await openWith(open, 'values/index.html');
    const spoken = await listen(page);
    await page.reload();
    await page.locator('#hb-q').focus();
    await expect(page.getByRole('combobox')).toBeVisible();
    await page.keyboard.type('gift', { delay: 120 });
    await expect(page.getByRole('option').first()).toBeVisible();
    const number = await page.getByRole('option').count();
    expect(await spoken()).toEqual([]);
    await expect.poll(spoken).toEqual([`${number} suggestion${number === 1 ? '' : 's'} available`]);
    await page.waitForTimeout(1600);
    expect(await spoken()).toHaveLength(1);
  });

  for (const [reader, options] of Object.entries({ 'at a desk': DESKTOP, 'in dark mode': { ...DESKTOP, colorScheme: 'dark' }, 'at 400 % zoom': ZOOMED, 'with colours of their own': { ...DESKTOP, forcedColors: 'active' } })) {
    test(`a reader ${reader} meets no barrier among them`, async ({ open }) => {
      const page = await openWith(open, 'values/index.html', options);
      await page.locator('#hb-q').focus();
      await expect(page.getByRole('combobox')).toBeVisible();
      const closed = await violations(page);
      await page.keyboard.type('gift');
      await expect(page.getByRole('option').first()).toBeVisible();
      await page.keyboard.press('ArrowDown');
      expectNone([...closed, ...(await violations(page))], 'barriers');
      expect(await scrollsSideways(page)).toBe(false);
    });
  }
});

// ── Helpers ──

/** Opens the search page with that asked, and waits until it has answered. */
async function find(page, site, asked) {
  await page.goto(site.url(`search.html?${new URLSearchParams(asked)}`));
  await answered(page);
}

async function answered(page) {
  await expect(page.locator('#hb-search-status')).not.toBeEmpty();
}

function said(page) {
  return page.locator('#hb-search-status').textContent();
}

/** The number that a screen reader says with a filter. */
async function countOf(checkbox) {
  const label = await checkbox.locator('..').locator('.hb-filters__count [aria-hidden]').textContent();
  return Number(label.replace(/\D/g, ''));
}

/** From the next page on, notes what live regions say; gives a function that tells it. */
async function listen(page) {
  await page.addInitScript(() => {
    window.spoken = [];
    new MutationObserver((changes) => {
      const regions = new Set(changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest('[role=status]')));
      for (const region of regions) if (region?.textContent) window.spoken.push(region.textContent);
    }).observe(document, { childList: true, characterData: true, subtree: true });
  });
  return () => page.evaluate(() => window.spoken);
}

function scrollsSideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await axe.run(document, { rules, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => `${id}: ${target.flat().join(' ')}: ${[...any, ...all, ...none][0]?.message ?? ''}`));
  });
}
