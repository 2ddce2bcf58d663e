// A page that searches with Pagefind, as its own user interface does: the first five results load at once.

import * as pagefind from './pagefind.js';
import { item, startPage } from '../search-page.js';

const RESULTS = 5;
const SECTIONS_OF_RESULT = 3;

await pagefind.init();

/** What the benchmark asks. */
window.benchmark = {
  search: (query) => pagefind.search(query),
  addresses: async ({ results }, most) => {
    const pages = await Promise.all(results.slice(0, most).map((result) => result.data()));
    return pages.flatMap((page) => bestSections(page).map(({ url }) => url)).slice(0, most);
  },
};

startPage(async (query, list) => {
  const { results } = await pagefind.search(query);
  for (const result of results.slice(0, RESULTS)) {
    result.data().then((page) => {
      const [best] = bestSections(page);
      list.append(item(best.url, best.title, best.plain_excerpt));
    });
  }
});

/** The sections of a page that fit best, or else the page. */
function bestSections(page) {
  const fit = ({ weighted_locations: found }) => found.reduce((sum, { balanced_score: score }) => sum + score, 0);
  const sections = [...page.sub_results].sort((a, b) => fit(b) - fit(a)).slice(0, SECTIONS_OF_RESULT);
  return sections.length > 0 ? sections : [{ url: page.url, title: page.meta.title, plain_excerpt: page.plain_excerpt }];
}
