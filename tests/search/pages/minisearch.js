// A page that searches with MiniSearch: the whole index comes first.

import MiniSearch from './minisearch.js';
import { ASKED, INDEXED } from './settings.js';
import { item, startPage } from '../search-page.js';

const RESULTS = 10;

const json = await (await fetch('minisearch/index.json')).text();
const before = performance.now();
const index = MiniSearch.loadJSON(json, INDEXED);
const loaded = performance.now() - before;

/** What the benchmark asks. */
window.benchmark = {
  loaded,
  search: async (query) => index.search(query, ASKED),
  addresses: async (results, most) => results.slice(0, most).map(({ url }) => url),
};

startPage((query, list) => {
  const results = index.search(query, ASKED).slice(0, RESULTS);
  list.append(...results.map(({ url, title, page, snippet }) => item(url, title || page, snippet)));
});
