// The built sites under test: which they are, where their files lie and what is in them. No browser here.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
export const HANDBOOKS = resolve(process.env.ETHOS_HANDBOOKS ?? join(PROJECT, '../shared/handbooks'));

// Deep, so that a link which starts at the server's root, or climbs one level too far, misses.
const MOUNT = '/any/sub/path/';

// The page says where it has moved to; it has no other content.
const REDIRECT = /<meta[^>]+http-equiv=["']?refresh/i;

export class Site {
  /** @param {{ name: string, source?: string, built?: string }} place a handbook to build, or a site that is built */
  constructor({ name, source, built }) {
    this.name = name;
    this.source = source;
    this.built = built;
    this.mount = `${MOUNT}${name}/`;
  }

  get folder() {
    return this.built ?? join(process.env.ETHOS_BUILT, this.name);
  }

  /** The address of a page, "values/index.html" say, from the test server. */
  url(page) {
    return process.env.ETHOS_ORIGIN + this.mount + page;
  }

  /** The same page opened from a shared drive. */
  fileUrl(page) {
    const [path, rest] = page.split(/(?=[?#])/, 2);
    return pathToFileURL(join(this.folder, path)).href + (rest ?? '');
  }

  read(file) {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  has(file) {
    return existsSync(join(this.folder, file));
  }

  /** Every file, in a fixed order. */
  files() {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.folder, join(entry.parentPath, entry.name)))
      .sort();
  }

  /** Every HTML page that says something itself: redirects apart. */
  pages() {
    return this.files().filter((file) => file.endsWith('.html') && !this.isRedirect(file));
  }

  isRedirect(page) {
    return REDIRECT.test(this.read(page));
  }

  /**
   * Pages that stand for all, where walking through each would take too long: all of the top folder, and of every
   * other folder its index and its longest page.
   */
  pageKinds() {
    const longest = new Map();
    for (const page of this.pages()) {
      const folder = dirname(page);
      const kind = folder === '.' || basename(page) === 'index.html' ? page : `${folder}/*`;
      const size = statSync(join(this.folder, page)).size;
      if (!(longest.get(kind)?.size >= size)) longest.set(kind, { page, size });
    }
    return [...longest.values()].map(({ page }) => page);
  }

  /** What each framework.json says, with the folder it lies in. */
  frameworks() {
    return this.files()
      .filter((file) => basename(file) === 'framework.json')
      .map((file) => ({ folder: dirname(file), ...JSON.parse(this.read(file)) }));
  }

  /** A word that this handbook is sure to hold, to search for. */
  searchWord() {
    const title = this.frameworks()[0]?.values[0]?.title ?? /<h1[^>]*>([^<]+)/.exec(this.read('index.html'))?.[1] ?? '';
    const words = title.match(/\p{L}{4,}/gu) ?? ['handbook'];
    return words.reduce((long, word) => (word.length > long.length ? word : long)).toLowerCase();
  }
}

/** Sites that are built already (ETHOS_SITES=folder:folder), or else the example handbook and the real ones. */
export const sites = process.env.ETHOS_SITES
  ? process.env.ETHOS_SITES.split(':').map((folder) => new Site({ name: basename(folder), built: resolve(folder) }))
  : [new Site({ name: 'example', source: PROJECT }), ...realHandbooks()];

export const handbooksAreMissing = !process.env.ETHOS_SITES && !existsSync(HANDBOOKS);

function realHandbooks() {
  if (!existsSync(HANDBOOKS)) return [];
  return readdirSync(HANDBOOKS)
    .filter((name) => existsSync(join(HANDBOOKS, name, 'ethos.toml')))
    .sort()
    .map((name) => new Site({ name, source: join(HANDBOOKS, name) }));
}
