// Pagefind and MiniSearch over the same built pages, each with the plainest page that searches with it. Each is set up as
// its own documentation would have it, and is not tuned.

import { execFileSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniSearch from 'minisearch';
import { contentPages, sections } from './sections.mjs';

const MODULES = fileURLToPath(new URL('node_modules/', import.meta.url));
const SNIPPET = 160;
/** What MiniSearch must be told again when it loads the index. */
const INDEXED = { fields: ['title', 'page', 'text'], storeFields: ['url', 'title', 'page', 'snippet'] };
const ASKED = { prefix: true, fuzzy: 0.2, boost: { title: 4, page: 1.5 } };

/** Indexes the built site with both and writes their pages. Gives back the seconds that each took. */
export function makePeers(site, folder) {
  mkdirSync(folder, { recursive: true });
  const pages = contentPages(site);
  const seconds = {};
  seconds.pagefind = timed(() => pagefind(site, pages, folder));
  seconds.minisearch = timed(() => minisearch(site, pages, folder));
  for (const name of ['pagefind', 'minisearch']) {
    writeFileSync(join(folder, `${name}.html`), searchPage(name));
    writeFileSync(join(folder, `start-${name}.html`), startPage(name));
    copyFileSync(fileURLToPath(new URL(`pages/${name}.js`, import.meta.url)), join(folder, name, 'page.js'));
  }
  copyFileSync(fileURLToPath(new URL('pages/search-page.js', import.meta.url)), join(folder, 'search-page.js'));
  return seconds;
}

function pagefind(site, pages, folder) {
  // Pagefind reads a whole folder, so it gets one with the pages that have content.
  const source = join(folder, 'pagefind-source');
  for (const page of pages) {
    mkdirSync(dirname(join(source, page)), { recursive: true });
    linkSync(join(site, page), join(source, page));
  }
  const program = join(MODULES, '.bin/pagefind');
  const output = join(folder, 'pagefind');
  const scope = ['--root-selector', 'main', '--keep-index-url'];
  execFileSync(program, ['--site', source, '--output-path', output, ...scope, '--silent']);
}

function minisearch(site, pages, folder) {
  const index = new MiniSearch(INDEXED);
  let id = 0;
  for (const page of pages) {
    for (const section of sections(readFileSync(join(site, page), 'utf8'), page)) {
      index.add({ id: id++, ...section, snippet: section.text.slice(0, SNIPPET) });
    }
  }
  const output = join(folder, 'minisearch');
  mkdirSync(output);
  writeFileSync(join(output, 'index.json'), JSON.stringify(index));
  const settings = { INDEXED, ASKED };
  const lines = Object.entries(settings).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  writeFileSync(join(output, 'settings.js'), lines.join(''));
  copyFileSync(join(MODULES, 'minisearch/dist/es/index.js'), join(output, 'minisearch.js'));
}

function searchPage(name) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${name}</title>
<link rel="icon" href="data:,">
<form action="${name}.html"><input name="q" aria-label="Search"></form>
<ol id="hb-search-results"></ol>
<script type="module" src="${name}/page.js"></script>
`;
}

/** Any other page of the site, from which a search begins. */
function startPage(name) {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Start</title>
<link rel="icon" href="data:,">
<form action="${name}.html"><input name="q" aria-label="Search"></form>
`;
}

function timed(work) {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}
