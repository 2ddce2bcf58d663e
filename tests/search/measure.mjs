// How a search behaves in Chromium: what it loads until the first result is on the screen, how long that takes, how fast it
// answers once warm, and what it finds. The same for each engine; only where its pages and files lie differs.

import { BROWSER } from '../browser/browser.mjs';
// Installed once, for the browser tests.
import { chromium } from '../browser/node_modules/playwright-core/index.mjs';

/**
 * Each engine's search page, a page where a search may begin, the folder with all that it loads to search, and how its page
 * is made to answer the benchmark (the peers' pages do so themselves).
 */
export const ENGINES = {
  ethos: { page: 'search.html', start: 'index.html', files: 'search/', prepare: askEthos },
  pagefind: { page: 'pagefind.html', start: 'start-pagefind.html', files: 'pagefind/' },
  minisearch: { page: 'minisearch.html', start: 'start-minisearch.html', files: 'minisearch/' },
};

// A query that finds nothing never shows a result, so waiting must end; the largest index needs most of it.
const PATIENCE = 20_000;
const PATIENCE_SLOWED = 180_000;
const SLOWER = 4;

export function launch() {
  return chromium.launch(BROWSER);
}

/** One engine's pages on one server. Each measurement has a browser context of its own, and so an empty cache. */
export class Search {
  #browser;
  #server;
  #engine;

  constructor(browser, server, engine) {
    this.#browser = browser;
    this.#server = server;
    this.#engine = engine;
  }

  /**
   * What the search page loads, from an empty cache, until it shows the first result for a query in its address: all
   * requests that were begun by then, and `waited`, the compressed bytes of those among them that were answered by then.
   * What only follows the results, such as their texts, may be begun in the same breath, but no reader waits for it.
   * Then the page is asked for a misspelt query: `misspelt` is what that makes it load besides.
   * @returns {Promise<{ requests: number, wire: number, raw: number, waited: number, misspelt: number } | null>} null where
   *   nothing is found
   */
  async load(query, misspelt) {
    return this.#inNewPage(async (page) => {
      const requests = [];
      page.on('request', (request) => requests.push(request));
      await page.goto(this.#address(this.#engine.page, query));
      const shown = await firstResult(page, PATIENCE);
      if (!shown) return null;
      // Only when a request has ended is it known exactly when it began.
      await untilQuiet(page, requests);
      const all = this.#files(requests);
      const begun = all.filter(({ start }) => start < shown.inDocument);
      const answered = begun.filter(({ end }) => end < shown.inDocument);

      await page.locator('input[name=q]:visible').last().fill(misspelt);
      await page.keyboard.press('Enter');
      await untilQuiet(page, requests);
      const known = new Set(all.map(({ path }) => path));
      const more = this.#files(requests).filter(({ path }) => !known.has(path));
      return {
        requests: begun.length,
        wire: sum(begun, 'wire'),
        raw: sum(begun, 'raw'),
        waited: sum(answered, 'wire'),
        misspelt: sum(more, 'wire'),
      };
    });
  }

  /** The engine's own files among the requests, with when each was asked for and answered, and what it weighs. */
  #files(requests) {
    return requests
      .map((request) => {
        const path = decodeURIComponent(new URL(request.url()).pathname).slice(1);
        const { startTime, responseEnd } = request.timing();
        return { path, start: startTime, end: startTime + responseEnd, ...this.#server.sent.get(path) };
      })
      .filter(({ path }) => path.startsWith(this.#engine.files));
  }

  /** Milliseconds from Enter in another page's search form to results on the screen, on a processor slowed down. */
  fromAnotherPage(query) {
    return this.#enter(query, this.#engine.start);
  }

  /** The same from the form of the search page itself, when all that it loads by itself is there. */
  onSearchPage(query) {
    return this.#enter(query, this.#engine.page);
  }

  async #enter(query, start) {
    return this.#inNewPage(async (page) => {
      const client = await page.context().newCDPSession(page);
      await page.goto(this.#address(start));
      await page.waitForLoadState('networkidle');
      await page.locator('input[name=q]:visible').last().fill(query);
      await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      await page.keyboard.press('Enter');
      const shown = await firstResult(page, PATIENCE_SLOWED);
      if (!shown) throw new Error(`no result for "${query}" on ${start}`);
      return shown.onScreen - shown.enter;
    });
  }

  /** Milliseconds of each query's search when all that it needs has been loaded. */
  async warmTimes(queries) {
    return this.#onReadyPage((page) =>
      page.evaluate(async (all) => {
        const times = [];
        for (const query of all) await window.benchmark.search(query);
        for (const query of all) {
          const before = performance.now();
          await window.benchmark.search(query);
          times.push(performance.now() - before);
        }
        return times;
      }, queries),
    );
  }

  /** Milliseconds that the page spends on turning a loaded index into one that can be asked, if it does that at all. */
  async indexLoadTime() {
    return this.#onReadyPage((page) => page.evaluate(() => window.benchmark.loaded ?? null));
  }

  /** The first addresses found for each query, as paths below the site. */
  async answers(queries, most) {
    return this.#onReadyPage((page) =>
      page.evaluate(
        async ([all, most]) => {
          const base = new URL('.', location.href).href;
          const answers = [];
          for (const query of all) {
            const found = await window.benchmark.addresses(await window.benchmark.search(query), most);
            answers.push(found.map((url) => decodeURI(new URL(url, base).href.slice(base.length))));
          }
          return answers;
        },
        [queries, most],
      ),
    );
  }

  async #onReadyPage(use) {
    return this.#inNewPage(async (page) => {
      await page.goto(this.#address(this.#engine.page));
      await this.#engine.prepare?.(page);
      await page.waitForFunction(() => 'benchmark' in window, null, { polling: 20, timeout: PATIENCE_SLOWED });
      return use(page);
    });
  }

  async #inNewPage(use) {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.addInitScript(watch);
      return await use(page);
    } finally {
      await context.close();
    }
  }

  #address(page, query = null) {
    return `${this.#server.origin}/${page}${query === null ? '' : `?${new URLSearchParams({ q: query })}`}`;
  }
}

/** Runs in each page before its own scripts: notes when Enter was pressed, and when the first result was shown. */
function watch() {
  const now = () => performance.timeOrigin + performance.now();
  // Kept in the session, since Enter may load another page.
  addEventListener('keydown', ({ key, timeStamp }) => {
    if (key === 'Enter') sessionStorage.setItem('enter', performance.timeOrigin + timeStamp);
  }, true);
  const observer = new MutationObserver(() => {
    if (!document.querySelector('#hb-search-results:not([hidden]) a[href]')) return;
    observer.disconnect();
    const inDocument = now();
    requestAnimationFrame(() => {
      // A message's turn comes when the frame has been drawn.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.firstResult = { inDocument, onScreen: now(), enter: Number(sessionStorage.getItem('enter')) };
      };
      port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
}

/** Waits until nothing has been asked for in half a second. */
async function untilQuiet(page, requests) {
  for (let before = -1; before !== requests.length; ) {
    before = requests.length;
    await page.waitForTimeout(500);
  }
}

function sum(list, kind) {
  return list.reduce((total, one) => total + (one[kind] ?? 0), 0);
}

async function firstResult(page, timeout) {
  try {
    const shown = await page.waitForFunction(() => window.firstResult, null, { polling: 20, timeout });
    return await shown.jsonValue();
  } catch (error) {
    if (error.name === 'TimeoutError') return null;
    throw error;
  }
}

/** Ethos's own client answers the benchmark. */
async function askEthos(page) {
  await page.evaluate(async () => {
    const { engine } = window.ethosSearch;
    await engine.manifest;
    window.benchmark = {
      search: (words) => engine.search({ words, filters: {}, asTyped: false, within: null }),
      addresses: async (found, most) => {
        const groups = await found.page(0, most);
        return groups.flatMap((group) => group.hits.map(({ url }) => url)).slice(0, most);
      },
    };
  });
}
