// What a run of a program took, what it made, and on which machine.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../figures.mjs';

const SPAWN = fileURLToPath(new URL('spawn.py', import.meta.url));

/** Runs a command once, with a home folder of its own so that it finds nothing that an earlier run kept. */
export function measure(command, home, env = {}) {
  // What other runs have written goes to the disk first, so that this one needn't wait for it.
  execFileSync('sync');
  mkdirSync(home, { recursive: true });
  const run = spawn(1, command, { ...process.env, ...env, HOME: home, XDG_CACHE_HOME: home });
  if (run.said) throw new Error(`${command.join(' ')} says\n${run.said}`);
  return run.figures[0];
}

/** The median time of fifty starts of a program that has nothing to do: ms. */
export function startTime(command) {
  return 1000 * median(spawn(50, command, process.env).figures.map(({ wall }) => wall));
}

function spawn(times, command, env) {
  const options = { env, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const { status, stdout, stderr, error } = spawnSync('python3', ['-IS', SPAWN, String(times), ...command], options);
  if (error || status !== 0) throw error ?? new Error(`${command.join(' ')} failed:\n${stderr}`);
  return { figures: JSON.parse(stdout), said: stderr.trim() };
}

/** Each figure of the runs of one tool, as its median. */
export function medians(runs) {
  const each = (figure) => median(runs.map((run) => run[figure]));
  const figures = Object.fromEntries(['wall', 'user', 'system', 'memory'].map((figure) => [figure, each(figure)]));
  return { ...figures, cpu: median(runs.map(({ user, system }) => user + system)) };
}

/** What other programs took of all processors during these runs, in percent: times mean little where that is much. */
export function disturbance(runs) {
  const sum = (figure) => runs.reduce((seconds, run) => seconds + run[figure], 0);
  return (100 * sum('others')) / (sum('wall') * cpus().length);
}

/** Every file in a folder: its path there, and its size in bytes. */
export function files(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return paths.map((path) => ({ path: relative(folder, path), size: statSync(path).size }));
}

/** How a line of Ethos's manifest begins that lists an asset of the site before. */
const KEPT = /^kept \w+ \d+ /;
const MANIFEST = '.ethos-manifest';

/** How much was written: MB, files, pages of HTML, and the bytes of such a page on average. */
export function extent(folders) {
  const all = folders.flatMap(files);
  const html = all.filter(({ path }) => path.endsWith('.html'));
  const sum = (list) => list.reduce((bytes, { size }) => bytes + size, 0);
  return { size: sum(all) / 1e6, files: all.length, pages: html.length, bytes: sum(html) / html.length };
}

/** The first of what differs between two sites, byte by byte, without the assets of the site before. Null if nothing does. */
export function difference(one, other) {
  const lines = (folder) => readFileSync(join(folder, MANIFEST), 'utf8').split('\n');
  const paths = (folder) => {
    const kept = new Set(lines(folder).filter((line) => KEPT.test(line)).map((line) => line.replace(KEPT, '')));
    return files(folder).map(({ path }) => path).filter((path) => !kept.has(path));
  };
  const all = new Set([...paths(one), ...paths(other)]);
  const read = (folder, path) =>
    path === MANIFEST
      ? Buffer.from(lines(folder).filter((line) => !KEPT.test(line)).join('\n'))
      : readFileSync(join(folder, path));
  for (const path of all) {
    try {
      if (!read(one, path).equals(read(other, path))) return path;
    } catch {
      return `${path}, which is only in one of the two`;
    }
  }
  return null;
}

/** The machine in a line, and how busy it is with other things. */
export function machine(folder) {
  const filesystem = execFileSync('df', ['--output=fstype', folder], { encoding: 'utf8' }).trim().split('\n').at(-1);
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = loadavg().map((one) => one.toFixed(1)).join(', ');
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} with ${cpus().length} cores (${cpus()[0].model.trim()}), ${memory} GiB of memory, Linux ${release()}
and ${filesystem}. Load of the machine in the minutes before: ${load}.`;
}
