// A built site as documents for MiniSearch, which indexes what it is given: one for each page's beginning, each heading,
// indicator and clause. The HTML is Ethos's own, so a few regular expressions can read it.

import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

// They repeat what stands on other pages, or say nothing.
const NOT_CONTENT = /<body class="hb-page--(a-z|print|search|not-found)"/;
const REDIRECT = /<meta[^>]+http-equiv=["']?refresh/i;
const TOKENS = /<!--[^]*?-->|<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/g;
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'source', 'wbr', 'col']);
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' };

/** The addresses of all pages that say something themselves. */
export function contentPages(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((page) => {
      const html = readFileSync(join(folder, page), 'utf8');
      return !NOT_CONTENT.test(html) && !REDIRECT.test(html);
    })
    .sort();
}

/** @returns {{ url: string, title: string, page: string, text: string }[]} the documents of one page */
export function sections(html, address) {
  const main = html.slice(html.search(/<main\b/), html.indexOf('</main>'));
  const documents = [{ url: address, title: '', text: '' }];
  let heading = null;
  let idAround = null;
  let skipped = 0;
  for (const [, closing, tag, attributes, words] of main.matchAll(TOKENS)) {
    const now = documents.at(-1);
    if (skipped > 0) {
      // Until what is skipped closes, only how deep it nests matters.
      if (tag && !VOID.has(tag)) skipped += closing ? -1 : 1;
    } else if (words) {
      now[heading ? 'title' : 'text'] += words;
    } else if (closing) {
      if (tag === heading) heading = null;
      else now.text += ' ';
    } else if (tag) {
      const id = /\sid="([^"]*)"/.exec(attributes)?.[1];
      if (/class="permalink"/.test(attributes)) skipped = 1;
      else if (tag === 'h1') heading = tag;
      else if (/^h[2-6]$/.test(tag)) {
        // A group's heading has no id of its own; the box around it has.
        const own = id ?? idAround;
        if (own) documents.push({ url: `${address}#${own}`, title: '', text: '' });
        heading = own ? tag : null;
        idAround = null;
      } else if (tag === 'li' && id) documents.push({ url: `${address}#${id}`, title: '', text: '' });
      else if (tag === 'div' && id) idAround = id;
    }
  }
  const page = plain(documents[0].title);
  return documents.map(({ url, title, text }) => ({ url, title: plain(title), page, text: plain(text) }));
}

function plain(text) {
  return text
    .replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();
}
