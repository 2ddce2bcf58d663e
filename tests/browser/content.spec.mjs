// What the frameworks say is on the pages, where their permalinks lead, under headings that say whose it is.

import { expect, expectNone, forEachSite, plain, test } from './support.mjs';

forEachSite((site) => {
  test('every indicator stands at its permalink, under its value, its behaviour and its points', async ({ open }) => {
    const page = await open();
    const frameworks = site.frameworks();
    expect(frameworks.length, 'frameworks').toBeGreaterThan(0);
    const faults = [];
    for (const framework of frameworks) {
      for (const [address, indicators] of byPage(site, framework)) {
        await page.goto(site.url(address));
        const places = await page.evaluate(placesOf, indicators.map(({ url }) => decodeURIComponent(url.split('#')[1] ?? '')));
        indicators.forEach((indicator, i) => {
          for (const fault of misplaced(indicator, framework, places[i])) faults.push(`${indicator.url}: ${fault}`);
        });
      }
    }
    expectNone(faults, 'indicators that are lost or misplaced');
  });

  test('every indicator has a permalink of its own', async () => {
    for (const { indicators, title } of site.frameworks()) {
      const urls = indicators.map(({ url }) => url);
      expectNone(urls.filter((url, i) => !url.includes('#') || urls.indexOf(url) !== i), `permalinks of ${title} that are used twice or lead to a whole page`);
    }
  });
});

function byPage(site, { folder, indicators }) {
  const pages = new Map();
  for (const indicator of indicators) {
    const path = decodeURIComponent(indicator.url.split('#')[0]);
    const page = site.has(path) || folder === '.' ? path : `${folder}/${path}`;
    pages.set(page, [...(pages.get(page) ?? []), indicator]);
  }
  return pages;
}

function misplaced({ text, value, behaviour, scales }, framework, place) {
  if (!place) return ['no such place in its page'];
  const faults = [];
  if (!plain(place.text).includes(plain(text))) faults.push(`"${text}" is not there, but "${place.text.trim()}"`);
  const points = Object.entries(scales).map(([scale, id]) => {
    const points = framework.scales.find((candidate) => candidate.id === scale)?.points ?? [];
    return points.find((point) => point.id === id)?.title ?? `${scale}/${id} (unknown)`;
  });
  // The page of a behaviour has its own title as its heading, and its value in the breadcrumb.
  if (behaviour && !plain(place.trail).includes(plain(value.title))) faults.push(`the way to it doesn't lead past "${value.title}"`);
  for (const title of [behaviour?.title ?? value.title, ...points]) {
    if (!place.headings.some((heading) => plain(heading).includes(plain(title)))) {
      faults.push(`nothing above it says "${title}", only: ${place.headings.map((heading) => heading.trim()).join(' › ')}`);
    }
  }
  return faults;
}

/** Runs in the page: the text at each id, and the headings it stands under, those of its table cell and list included. */
function placesOf(ids) {
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  return ids.map((id) => {
    const element = document.getElementById(id);
    if (!element) return null;
    const path = [];
    let rank = 7;
    for (let i = headings.length - 1; i >= 0; i -= 1) {
      const heading = headings[i];
      if (!(heading.compareDocumentPosition(element) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY))) continue;
      if (Number(heading.localName[1]) >= rank) continue;
      rank = Number(heading.localName[1]);
      path.unshift(heading.textContent);
    }
    const cell = element.closest('td');
    if (cell) {
      const row = cell.parentElement;
      path.push(row.querySelector('th')?.textContent ?? '');
      path.push(cell.closest('table').rows[0].cells[cell.cellIndex]?.textContent ?? '');
    }
    const definition = element.closest('dd');
    if (definition) {
      let term = definition.previousElementSibling;
      while (term && term.localName !== 'dt') term = term.previousElementSibling;
      path.push(term?.textContent ?? '');
    }
    const trail = [...document.querySelectorAll('nav ol')].filter((list) => !list.closest('main')).map((list) => list.textContent).join(' ');
    return { text: element.textContent, headings: path, trail };
  });
}
