// The programs that are compared: what each is called, which handbooks it builds at all, and how it is run.

import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as install from './install.mjs';
import { files } from './measure.mjs';
import { writeBook, writeHugoSite } from './sites.mjs';

/**
 * A tool has a `name` and a `version`, makes its own form of the handbook in a folder, and gives the command that builds it into
 * an output folder. It is left out above `most` pages unless it is asked for by name.
 */
export class Ethos {
  most = Infinity;

  constructor(program, { name = 'Ethos', hasSearch = true } = {}) {
    Object.assign(this, { program, name, hasSearch });
    this.version = said(program, ['--version']);
  }

  make(handbook, folder) {
    this.folder = folder;
    cpSync(handbook, folder, { recursive: true });
    const file = join(folder, 'ethos.toml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('enabled = true', `enabled = ${this.hasSearch}`));
  }

  command(output) {
    return [this.program, 'build', '--quiet', '--root', this.folder, '--output', output];
  }
}

/** The least that any generator can do: it reads the handbook, and writes files of the sizes of Hugo's. */
export class Floor {
  name = 'Floor';
  most = 10_000;
  program = install.floor();

  make(handbook, folder) {
    const hugo = new Hugo();
    hugo.make(handbook, `${folder}-site`);
    const [program, ...args] = hugo.command(`${folder}-model`);
    execFileSync(program, args);
    this.list = `${folder}-list`;
    this.folder = handbook;
    writeFileSync(this.list, files(`${folder}-model`).map(({ path, size }) => `${size} ${path}`).join('\n'));
  }

  command(output) {
    return [this.program, this.folder, this.list, output];
  }
}

export class Hugo {
  name = 'Hugo';
  most = 10_000;
  program = install.hugo();
  version = said(this.program, ['version']).split(/[-+ ]/, 2).join(' ');

  make(handbook, folder) {
    this.folder = folder;
    writeHugoSite(handbook, folder);
  }

  command(output) {
    const options = ['--noBuildLock', '--cacheDir', `${output}-cache`, '--quiet'];
    return [this.program, '--source', this.folder, '--destination', output, ...options];
  }
}

/** Pagefind over what Hugo has just built, for Hugo has no search of its own. What the two take is added up. */
export class HugoAndPagefind {
  name = 'Hugo + Pagefind';
  most = 10_000;
  program = install.pagefind();
  version = said(this.program, ['--version']);

  constructor(hugo) {
    this.after = hugo;
  }

  make() {}

  command(output, built) {
    return [this.program, '--site', built, '--output-path', output, '--root-selector', 'main', '--silent'];
  }
}

export class MdBook {
  most = 1000;
  // It warns of large search indexes.
  env = { MDBOOK_LOG: 'error' };
  program = install.mdbook();
  version = said(this.program, ['--version']);

  constructor(hasSearch) {
    this.name = hasSearch ? 'mdBook' : 'mdBook without search';
    this.hasSearch = hasSearch;
  }

  make(handbook, folder) {
    this.folder = folder;
    writeBook(handbook, folder, this.hasSearch);
  }

  command(output) {
    return [this.program, 'build', this.folder, '--dest-dir', output];
  }
}

/** Peers by the names that `--peers` takes. What comes after another tool needs that one too. */
export const PEERS = {
  floor: () => [new Floor()],
  hugo: () => [new Hugo()],
  'hugo+pagefind': ([hugo = new Hugo()]) => [hugo, new HugoAndPagefind(hugo)],
  mdbook: () => [new MdBook(true)],
  'mdbook-without-search': () => [new MdBook(false)],
};

/** The tools of those names, each once. */
export function peersNamed(names) {
  const unknown = names.find((name) => !(name in PEERS));
  if (unknown) throw new Error(`no peer is called ${unknown}: there are ${Object.keys(PEERS).join(', ')}`);
  const found = [];
  for (const name of names) found.push(...PEERS[name](found.filter((tool) => tool instanceof Hugo)));
  return [...new Set(found)];
}

function said(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
