// Whether two builds of Ethos make the same sites: node tests/same.mjs BEFORE AFTER [HANDBOOK …]. Every file of each handbook is compared
// byte for byte, with the hashes in the names of assets and parts of the search taken out, and without the manifest, which names the
// program. Ends with 1 where anything differs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';

const HASHED = /((?:assets\/|search\/)?[\w-]+)\.[0-9a-z]{5,8}\.(css|js)/g;
const MANIFEST = '.ethos-manifest';

const [before, after, ...named] = process.argv.slice(2);
if (!after) {
  console.error('usage: node tests/same.mjs BEFORE AFTER [HANDBOOK …]');
  process.exit(2);
}
const handbooks = named.length > 0 ? named : [resolve(import.meta.dirname, '..')];

function files(folder) {
  const found = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile());
  return found.filter((name) => !basename(name).startsWith(MANIFEST));
}

function site(program, handbook) {
  const folder = mkdtempSync(join(tmpdir(), 'ethos-same-'));
  const output = join(folder, 'site');
  execFileSync(resolve(program), ['build', '--root', handbook, '--output', output], { stdio: 'ignore' });
  const plain = (text) => text.replace(HASHED, '$1.$2');
  const made = new Map(files(output).map((name) => [plain(name), plain(readFileSync(join(output, name), 'latin1'))]));
  rmSync(folder, { recursive: true });
  return made;
}

let differences = 0;
for (const handbook of handbooks) {
  const [old, now] = [site(before, handbook), site(after, handbook)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const different = names.filter((name) => old.get(name) !== now.get(name));
  differences += different.length;
  console.log(`${relative('.', handbook) || '.'}: ${names.length} files, ${different.length} differ ${different.slice(0, 12).join(' ')}`);
}
process.exit(differences > 0 ? 1 : 0);
