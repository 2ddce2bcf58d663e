// Measures the search on made-up handbooks of several sizes, beside Pagefind and MiniSearch on the same pages, and prints
// the figures with their targets: node bench.mjs [--sizes 100,1000,10000] [--runs N] [--ethos PATH] [--no-peers]
// A figure that misses its target is no failure; only what can't be measured is.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { median, number, percentile } from '../figures.mjs';
import { writeCorpus } from '../bench/corpus.mjs';
import { ENGINES, Search, launch } from './measure.mjs';
import { makePeers } from './peers.mjs';
import { serve } from './server.mjs';

const TARGETS = {
  100: { wire: 30, raw: 60, requests: 3, misspelt: 15, enter: 150, warm: 5, share: 25 },
  1000: { wire: 35, raw: 70, requests: 6, misspelt: 30, enter: 200, warm: 15, share: 25 },
  10000: { wire: 45, raw: 90, requests: 6, misspelt: 60, enter: 300, warm: 50, share: 25, memory: 300 },
};
const FOUND_FIRST = { heading: 0.97, prefix: 0.95, typo: 0.93, inflected: 0.93, synonym: 0.95 };
const FOUND_FIRST_OF_MANY = { heading: 0.95, prefix: 0.93, typo: 0.9, inflected: 0.9, synonym: 0.93 };
const WARM_QUERIES = 100;

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    runs: { type: 'string', default: '7' },
    ethos: { type: 'string', default: fileURLToPath(new URL('../../target/release/ethos', import.meta.url)) },
    peers: { type: 'boolean', default: true },
  },
});
const run = promisify(execFile);
const runs = Number(options.runs);
const browser = await launch();
try {
  console.log(`Chromium ${browser.version()}, Node.js ${process.version}, ${runs} runs\n`);
  for (const size of options.sizes.split(',').map(Number)) await measureSize(size);
} finally {
  await browser.close();
}

async function measureSize(size) {
  const folder = mkdtempSync(join(tmpdir(), `ethos-search-${size}-`));
  try {
    say(`${size} pages: writing`);
    const corpus = writeCorpus(join(folder, 'handbook'), size, { kind: 'search' });
    const queries = JSON.parse(readFileSync(join(folder, 'handbook/queries.json'), 'utf8'));
    const site = join(folder, 'site');
    say(`${size} pages: building`);
    const build = await measureBuilds(join(folder, 'handbook'), site);
    const figures = { ethos: { ...build, ...(await measureSearch('ethos', site, queries)) } };
    if (options.peers) {
      say(`${size} pages: indexing for the peers`);
      const seconds = makePeers(site, join(folder, 'peers'));
      for (const name of ['pagefind', 'minisearch']) {
        figures[name] = { seconds: seconds[name], ...(await measureSearch(name, join(folder, 'peers'), queries)) };
      }
    }
    const [sections, words, forms] = [corpus.sections, corpus.words, corpus.forms].map(number);
    console.log(`## ${number(size)} pages (${sections} sections, ${words} words of ${forms} forms)\n`);
    console.log(table(size, figures));
    // Times mean little where others had the processor too.
    const loads = loadavg().map((load) => load.toFixed(1));
    console.log(`\nLoad of the machine in the last minutes: ${loads.join(', ')}.`);
    console.log(`Enter to a page that shows a link at once: ${await leastWait(folder)} ms.\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// ── Building ──

/** Builds by turns with the search and without. The last build, which stays, has it. */
async function measureBuilds(handbook, site) {
  const settings = readFileSync(join(handbook, 'ethos.toml'), 'utf8');
  const builds = { without: [], with: [] };
  for (let turn = 0; turn < runs; turn++) {
    for (const kind of ['without', 'with']) {
      const enabled = kind === 'with';
      writeFileSync(join(handbook, 'ethos.toml'), settings.replace('enabled = true', `enabled = ${enabled}`));
      rmSync(site, { recursive: true, force: true });
      builds[kind].push(await build(handbook, site));
    }
  }
  // The fastest build is the one least disturbed.
  const seconds = (kind) => Math.min(...builds[kind].map((one) => one.seconds));
  const extra = seconds('with') - seconds('without');
  return {
    seconds: extra,
    share: (100 * extra) / seconds('with'),
    whole: seconds('with'),
    memory: Math.max(...builds.with.map((one) => one.memory)),
  };
}

async function build(handbook, site) {
  const before = performance.now();
  const running = run(options.ethos, ['build', '--quiet', '--root', handbook, '--output', site]);
  let memory = 0;
  // The most that it ever held, which only Linux tells, and only while it runs.
  const watching = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${running.child.pid}/status`, 'utf8');
      memory = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? memory);
    } catch {
      // It has just ended.
    }
  }, 5);
  try {
    const { stderr } = await running;
    if (stderr.trim()) throw new Error(`the made-up handbook has findings:\n${stderr}`);
    return { seconds: (performance.now() - before) / 1000, memory: memory / 1024 };
  } finally {
    clearInterval(watching);
  }
}

// ── Searching ──

async function measureSearch(name, folder, queries) {
  const engine = ENGINES[name];
  const server = await serve(folder);
  const search = new Search(browser, server, engine);
  const figures = { disk: sizeOf(join(folder, engine.files)) };
  try {
    say(`${name}: what it loads`);
    const pairs = queries.typo.filter(({ meant }) => meant.split(' ').length === 2).slice(0, runs);
    const loads = [];
    for (const { meant, query } of pairs) {
      const load = await search.load(meant, query);
      if (load) loads.push(load);
    }
    if (loads.length === 0) throw new Error(`${name} shows no result for any of ${pairs.length} queries`);
    figures.requests = loads.map((load) => load.requests);
    for (const kind of ['wire', 'waited', 'raw', 'misspelt']) figures[kind] = loads.map((load) => load[kind] / 1024);

    say(`${name}: how long readers wait`);
    figures.enter = [];
    figures.enterAgain = [];
    for (const { meant } of pairs) {
      figures.enter.push(await search.fromAnotherPage(meant));
      figures.enterAgain.push(await search.onSearchPage(meant));
    }
    const asked = Object.values(queries).flatMap((list) => list.slice(0, WARM_QUERIES / Object.keys(queries).length));
    figures.warm = percentile(await search.warmTimes(asked.map(({ query }) => query)), 0.95);
    figures.indexLoad = await search.indexLoadTime();

    say(`${name}: what it finds`);
    figures.first = {};
    for (const [kind, list] of Object.entries(queries)) {
      const answers = await search.answers(list.map(({ query }) => query), 10);
      figures.first[kind] = list.filter((asked, i) => asked.answers.includes(answers[i][0])).length / list.length;
    }
  } finally {
    await server.close();
  }
  return figures;
}

/** What the same wait is where there's nothing to search: the browser's own share of it on this machine, at this moment. */
async function leastWait(folder) {
  const head = '<!doctype html><title>Nothing to search</title><link rel="icon" href="data:,">';
  writeFileSync(join(folder, 'start.html'), `${head}<form action="page.html"><input name="q"></form>`);
  writeFileSync(join(folder, 'page.html'), `${head}<ol id="hb-search-results"><li><a href="#">A link</a></ol>`);
  const server = await serve(folder);
  try {
    const search = new Search(browser, server, { start: 'start.html', page: 'page.html', files: '' });
    const waits = [];
    for (let turn = 0; turn < runs; turn++) waits.push(await search.fromAnotherPage('word'));
    return Math.round(median(waits));
  } finally {
    await server.close();
  }
}

function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  return `${(bytes / 1e6).toFixed(1)} MB in ${number(files.length)} files`;
}

// ── The table ──

function table(size, figures) {
  const target = TARGETS[size] ?? {};
  const first = size >= 10_000 ? FOUND_FIRST_OF_MANY : FOUND_FIRST;
  // What is counted is held to its worst run; what is timed to its median, since a machine may be busy.
  const both = (list, show) => `${show(median(list))} (${show(Math.max(...list))})`;
  const counted = (list) => ({ text: both(list, short), value: Math.max(...list) });
  const timed = (list) => ({ text: both(list, Math.round), value: median(list) });
  const single = (digits) => (value) => ({ text: value.toFixed(digits), value });
  const atMost = { holds: (value, limit) => value <= limit, sign: '≤' };
  const atLeast = { holds: (value, limit) => value >= limit, sign: '≥' };
  const rows = [
    ['Until the first result: KiB, gzipped', 'wire', counted, target.wire],
    ['… of it answered by then', 'waited', counted],
    ['… KiB, uncompressed', 'raw', counted, target.raw],
    ['… requests', 'requests', counted, target.requests],
    ['A misspelt word adds: KiB, gzipped', 'misspelt', counted, target.misspelt],
    ['Enter to results from another page: ms, slowed 4 times', 'enter', timed, target.enter],
    ['… on the search page', 'enterAgain', timed],
    ['Search, warm: ms, 95 in 100', 'warm', single(1), target.warm],
    ['Making the loaded index ready: ms', 'indexLoad', single(0)],
    ['Indexing: s', 'seconds', single(2)],
    ['Whole build: s', 'whole', single(2)],
    ['Share of the search in the build: %', 'share', single(0), target.share],
    ['Memory of the build: MiB', 'memory', single(0), target.memory],
    ['Index on disk', 'disk', (text) => ({ text })],
    ...Object.keys(first).map((kind) => [`Found first: ${kind}`, `first.${kind}`, single(3), first[kind], atLeast]),
  ];
  const names = Object.keys(figures);
  const head = ['', 'Target', 'Ethos', 'Met', ...(names.length > 1 ? ['Pagefind', 'MiniSearch'] : [])];
  const lines = rows.map(([label, path, show, limit, rule = atMost]) => {
    const cells = names.map((name) => {
      const figure = path.split('.').reduce((at, key) => at?.[key], figures[name]);
      return figure === undefined || figure === null ? { text: '–' } : show(figure);
    });
    const met = limit === undefined ? '' : rule.holds(cells[0].value, limit) ? 'yes' : '**no**';
    const wanted = limit === undefined ? '' : `${rule.sign} ${limit}`;
    return [label, wanted, cells[0].text, met, ...cells.slice(1).map(({ text }) => text)];
  });
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}

function short(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

function say(text) {
  console.error(text);
}
