// Every way through a handbook leads somewhere, over http and from a shared drive.

import { DESKTOP, expect, expectNone, forEachSite, test } from './support.mjs';

// Pages that nothing needs to link to, each with its reason.
const UNLINKED = {
  '404.html': 'the web server shows it',
};

forEachSite((site) => {
  test('every link, image, style and script is there, with its fragment', async ({ open }) => {
    const crawl = await crawlFromHome(site, await open());
    expectNone(crawl.faults, 'links that lead nowhere');
  });

  test('every page can be reached from the home page', async ({ open }) => {
    const { pages } = await crawlFromHome(site, await open());
    const lost = site.pages().filter((page) => !pages.has(page) && !(page in UNLINKED));
    expectNone(lost, 'pages that no link leads to');
  });

  test('a redirect leads to a page that exists, and says so in words', async ({ open }) => {
    const reader = await open();
    const faults = [];
    for (const page of site.files().filter((file) => file.endsWith('.html') && site.isRedirect(file))) {
      const { refresh, links } = await parse(reader, site.read(page));
      const target = new URL(refresh.replace(/^[^=]*=\s*/, ''), site.url(page));
      if ((await fetch(target)).status !== 200) faults.push(`${page} leads to ${target}, which isn't there`);
      if (!links.some((link) => new URL(link.address, site.url(page)).pathname === target.pathname)) faults.push(`${page} has no link to where it leads`);
    }
    expectNone(faults, 'faults of redirects');
  });

  test('each page has one h1, a language, ids that are unique and a title like no other', async ({ open }) => {
    const reader = await open();
    const faults = [];
    const titled = new Map();
    for (const page of site.pages()) {
      const { title, headings, lang, ids } = await parse(reader, site.read(page));
      if (headings.length !== 1) faults.push(`${page} has ${headings.length} h1`);
      else if (!headings[0]) faults.push(`${page} has an empty h1`);
      if (!lang) faults.push(`${page} has no language`);
      for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`${page} has the id "${id}" more than once`);
      if (!title) faults.push(`${page} has no title`);
      else if (titled.has(title)) faults.push(`${page} and ${titled.get(title)} are both titled "${title}"`);
      titled.set(title, page);
    }
    expectNone(faults, 'faults of pages');
  });

  test('opened from a shared drive, pages work and lead to each other', async ({ open }) => {
    const page = await open(DESKTOP);
    for (const address of site.pageKinds()) {
      await page.goto(site.fileUrl(address));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const next = page.locator('a[href*=".html"]:not([href^="http"])').first();
      const target = await next.evaluate((link) => link.href);
      expect(target).toMatch(/^file:/);
      await page.goto(target);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });
});

/** Reads every page that can be reached, as a crawler without a browser would; the browser only takes HTML apart. */
async function crawlFromHome(site, reader) {
  const faults = [];
  const pages = new Map();
  const wanted = [];
  const statuses = new Map();
  const queue = ['index.html'];
  const base = site.url('');
  while (queue.length > 0) {
    const page = queue.shift();
    if (pages.has(page)) continue;
    const response = await fetch(site.url(page));
    pages.set(page, null);
    if (response.status !== 200) continue;
    const parsed = await parse(reader, await response.text());
    pages.set(page, parsed);
    for (const { address, from } of parsed.links) {
      const url = URL.canParse(address, site.url(page)) ? new URL(address, site.url(page)) : null;
      if (!url) faults.push(`${page}: "${address}" in ${from} is no address`);
      else if (!url.protocol.startsWith('http') || /^(https?:)?\/\//.test(address)) continue;
      else if (address.startsWith('/')) faults.push(`${page}: "${address}" in ${from} starts at the server's root`);
      else if (!url.href.startsWith(base)) faults.push(`${page}: "${address}" in ${from} leads out of the site`);
      else {
        const target = decodeURIComponent(url.pathname.slice(site.mount.length));
        wanted.push({ page, address, target, id: decodeURIComponent(url.hash.slice(1)) });
        if (target.endsWith('.html')) queue.push(target);
      }
    }
  }
  for (const { page, address, target, id } of wanted) {
    if (!statuses.has(target)) statuses.set(target, (await fetch(site.url(target))).status);
    if (statuses.get(target) !== 200) faults.push(`${page}: "${address}" answers ${statuses.get(target)}`);
    else if (id && pages.has(target) && !pages.get(target).ids.includes(id)) faults.push(`${page}: "${address}" has no such place in its page`);
  }
  for (const sheet of [...statuses.keys()].filter((file) => file.endsWith('.css'))) {
    for (const [, address] of site.read(sheet).matchAll(/url\(\s*["']?(?!data:|#)([^"')]+)/g)) {
      if ((await fetch(new URL(address, site.url(sheet)))).status !== 200) faults.push(`${sheet}: ${address} isn't there`);
    }
  }
  return { faults, pages };
}

function parse(reader, html) {
  return reader.evaluate((text) => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const links = [];
    for (const name of ['href', 'src', 'action', 'data', 'poster']) {
      for (const element of page.querySelectorAll(`[${name}]`)) links.push({ address: element.getAttribute(name), from: `<${element.localName}>` });
    }
    for (const element of page.querySelectorAll('[srcset]')) {
      for (const candidate of element.getAttribute('srcset').split(',')) links.push({ address: candidate.trim().split(/\s+/)[0], from: 'a srcset' });
    }
    return {
      links,
      title: page.title,
      lang: page.documentElement.lang,
      headings: [...page.querySelectorAll('h1')].map((heading) => heading.textContent.trim()),
      ids: [...page.querySelectorAll('[id]')].map((element) => element.id),
      refresh: page.querySelector('meta[http-equiv="refresh" i]')?.content ?? '',
    };
  }, html);
}
