// What the engine of the search knows: the same words as the program, every place of the handbook, the answers people look for.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectNone, forEachSite, test } from './support.mjs';
import { PROJECT } from './sites.mjs';

const fixture = (path) => JSON.parse(readFileSync(join(PROJECT, 'tests', path), 'utf8'));

forEachSite((site) => {
  test('the browser takes texts apart as the program does', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    const texts = fixture('fixtures/words.json');
    const found = await page.evaluate((texts) => texts.map(([text]) => window.ethosSearch.engine.forms(text)), texts);
    expect(texts.map(([text], index) => [text, found[index]])).toEqual(texts);
  });

  test('everything that can be found is where its address says', async ({ open }) => {
    const page = await open();
    await page.goto(site.url('search.html'));
    const hits = await page.evaluate(everything);
    const faults = [];
    const ids = new Map();
    for (const { url, title } of hits) {
      const [path, fragment] = decodeURI(url).split('#');
      if (!ids.has(path)) ids.set(path, site.has(path) ? await idsOf(page, site.read(path)) : new Set());
      if (!site.has(path)) faults.push(`${url} (${title}): there is no such page`);
      else if (fragment && !ids.get(path).has(decodeURIComponent(fragment))) faults.push(`${url} (${title}): no such place`);
    }
    expectNone(faults, 'results that lead nowhere');
    const found = new Set(hits.map(({ url }) => url));
    const indicators = site.frameworks().flatMap(({ indicators }) => indicators.map(({ url }) => url));
    expectNone(indicators.filter((url) => !found.has(url)), 'indicators that cannot be found');
    expect(new Set(hits.map(({ url }) => url)).size).toBe(hits.length);
  });
});

/** Runs in the page: every document, through the lists that a reader without words goes through. */
async function everything() {
  const { engine } = window.ethosSearch;
  const { facets } = await engine.manifest;
  const kinds = facets.find(({ name }) => name === 'kind')?.values.map(({ slug }) => slug) ?? [];
  const all = await engine.search({ words: '', filters: { kind: kinds } });
  const groups = await all.page(0, all.groups);
  const hits = [];
  for (const { url } of groups) {
    const one = await engine.search({ words: '', filters: { kind: kinds }, within: url });
    hits.push(...(await one.page(0, 1))[0].hits.map(({ url, title }) => ({ url, title })));
  }
  return hits;
}

function idsOf(page, html) {
  return page
    .evaluate((html) => [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('[id]')].map(({ id }) => id), html)
    .then((ids) => new Set(ids));
}
