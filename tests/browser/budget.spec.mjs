// What a page costs to load, before search is used.

import { gzipSync } from 'node:zlib';
import { expectNone, forEachSite, test } from './support.mjs';

const BUDGET = 40_000;

forEachSite((site) => {
  test('no page costs more than 40 KB of HTML, CSS and JS, and none sets a cookie', async ({ open }) => {
    const page = await open();
    const loaded = new Set();
    page.on('request', (request) => {
      if (['document', 'stylesheet', 'script'].includes(request.resourceType())) loaded.add(new URL(request.url()).pathname);
    });
    const costs = [];
    for (const address of site.pages()) {
      // It is the whole handbook, made to be printed.
      if (address === 'print.html') continue;
      loaded.clear();
      await page.goto(site.url(address));
      const files = [...loaded].map((path) => decodeURIComponent(path.slice(site.mount.length)));
      const cost = files.reduce((sum, file) => sum + gzipped(site, file), 0);
      costs.push({ address, cost, files });
    }
    costs.sort((a, b) => b.cost - a.cost);
    console.log(`${site.name}: the dearest page is ${costs[0].address}, ${costs[0].cost} bytes gzipped`);
    const cookies = await page.context().cookies();
    expectNone(
      [
        ...costs.filter(({ cost }) => cost > BUDGET).map(({ address, cost, files }) => `${address}: ${cost} bytes in ${files.join(', ')}`),
        ...cookies.map(({ name }) => `a cookie named ${name}`),
      ],
      'things over budget',
    );
  });
});

const sizes = new Map();

function gzipped(site, file) {
  const key = `${site.name}/${file}`;
  if (!sizes.has(key)) sizes.set(key, gzipSync(site.read(file)).length);
  return sizes.get(key);
}
