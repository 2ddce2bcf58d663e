// Measures `ethos serve` on made-up handbooks, beside the live previews of Hugo and Zola on the same pages, and prints the figures
// with their goals: node bench.mjs [PAGES …] [--short] [--json] [--no-peers] [--ethos PATH] [--hugo PATH] [--zola PATH]
// A figure that misses its goal is no failure; a preview that doesn't show what was saved is.

import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median, number, percentile } from '../figures.mjs';
import { writeCorpus } from '../bench/corpus.mjs';
import { Ethos, findPeers } from './peers.mjs';
import { Server, quiet, until } from './server.mjs';

/** In ms, but for the factor by which the first page comes sooner than Hugo's, and the growth of memory in percent. */
const goals = (pages) => ({
  sooner: 5,
  save: pages > 1000 ? 30 : 15,
  look: pages > 1000 ? 60 : 30,
  growth: 10,
  ticks: 0,
});
const { values: options, positionals } = parseArgs({
  allowNegative: true,
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: true },
    ethos: {
      type: 'string',
      default: process.env.ETHOS ?? fileURLToPath(new URL('../../target/release/ethos', import.meta.url)),
    },
    hugo: { type: 'string', default: process.env.HUGO },
    zola: { type: 'string', default: process.env.ZOLA },
  },
});
const extent = options.short
  ? { starts: 2, saves: 3, edits: 100, rest: 2, streams: 50, fetches: 50 }
  : { starts: 5, saves: 20, edits: 2000, rest: 20, streams: 50, fetches: 200 };
const EARLY_EDITS = 50;
/** Hugo looks twice a second at what was saved, so saves come at any moment of half a second: their pauses differ by as much. */
const PAUSE = 300;
const MOMENTS = 500;
/** A peer that shows nothing new after so long never will. */
const PEERS_NEVER = 60_000;

/** What is saved, and on which page that must show. */
const SAVES = [
  { key: 'body', label: 'Text of a page', goal: 'save', part: bodyOf },
  { key: 'renamed', label: '… as a new file, renamed', goal: 'save', part: bodyOf, save: saveRenamed },
  { key: 'told', label: '… told of it, then fetched once', goal: 'save', part: bodyOf, own: true, told: true },
  { key: 'rapid', label: '… without a pause between saves', goal: 'save', part: bodyOf, own: true, pause: 0 },
  { key: 'title', label: "Title of a page, in another page's menu", goal: 'save', part: titleOf },
  { key: 'template', label: 'Template of all pages', goal: 'look', part: templateOf },
  { key: 'templateTold', label: '… told of it, then fetched once', goal: 'look', part: templateOf, own: true, told: true },
  { key: 'framework', label: "A framework's TOML", goal: 'look', part: frameworkOf, own: true },
  { key: 'frameworkTold', label: '… told of it, then fetched once', goal: 'look', part: frameworkOf, own: true, told: true },
];

const failures = [];
const ethos = new Ethos(options.ethos);
const { found: peers, missing } = options.peers && !options.short ? findPeers(options) : { found: [], missing: [] };
const tools = [ethos, ...peers];
missing.forEach((name) => say(`${name} is skipped: it isn't installed here`));
const results = [];
for (const size of positionals.length > 0 ? positionals.map(Number) : [options.short ? 100 : 1000]) {
  if (!(size >= 10)) throw new Error('a number of pages is 10 or more');
  const result = await measure(size);
  results.push(result);
  if (!options.json) console.log(report(result));
}
if (options.json) console.log(JSON.stringify({ results, missing, failures }, null, 1));
failures.forEach((failure) => console.error(`FAILED: ${failure}`));
process.exit(failures.length > 0 ? 1 : 0);

/** Measures everything on a handbook of so many pages. `figures` has lists of numbers, by tool. */
async function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), 'ethos-serve-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.on('exit', clear);
  const servers = [];
  try {
    say(`${size} pages: writing`);
    const handbook = join(folder, 'handbook');
    writeCorpus(handbook, size, { kind: 'search' });
    for (const tool of tools) tool.make(handbook, join(folder, tool.name));
    const pages = choose(handbook);
    const figures = Object.fromEntries(tools.map(({ name }) => [name, {}]));
    await measureStarts(pages, figures);
    for (const tool of tools) servers.push(await Server.start(tool, tool.address(pages.sibling)));
    for (const server of servers) figures[server.tool.name].memory = [server.memory];
    for (const kind of SAVES) await measureSaves(kind, servers, pages, figures);
    for (const server of servers) figures[server.tool.name].memoryLater = [server.memory];
    await measureRest(servers, figures);
    for (const peer of servers.splice(1)) await peer.stop();
    await measureStreams(servers[0], pages, figures.Ethos);
    expectClean(servers[0]);
    await servers.pop().stop();
    servers.push(await Server.start(ethos, ethos.address(pages.sibling)));
    await measureMemory(servers[0], pages, figures.Ethos);
    expectClean(servers[0]);
    return { size, versions: tools.map(({ version }) => version), figures, load: loadavg() };
  } finally {
    for (const server of servers) await server.stop();
    clear();
  }
}

/** Which pages are saved and looked at: some of a section in the middle, another of the same section, and many of all sections. */
function choose(handbook) {
  const paths = readdirSync(join(handbook, 'content'), { recursive: true }).sort();
  const all = paths.filter((path) => path.endsWith('.md') && !path.endsWith('index.md')).map((path) => path.slice(0, -3));
  const section = dirname(all[Math.floor(all.length / 2)]);
  const inSection = all.filter((page) => dirname(page) === section);
  const framework = readFileSync(join(handbook, 'frameworks/values.toml'), 'utf8');
  const value = /\[\[values\]\]\ntitle = "(.*)"/.exec(framework)[1].toLowerCase().replaceAll(' ', '-');
  const step = Math.ceil(all.length / 200);
  return {
    edited: inSection.slice(0, Math.min(5, inSection.length - 1)),
    sibling: inSection.at(-1),
    value: `values/${value}`,
    many: all.filter((_, index) => index % step === 0),
  };
}

// ── Start ──

async function measureStarts(pages, figures) {
  say('start');
  // The first turn only fills the caches of the disk.
  for (let turn = -1; turn < extent.starts; turn++) {
    for (const tool of tools) {
      const server = await Server.start(tool, tool.address(pages.sibling));
      if (turn >= 0) (figures[tool.name].start ??= []).push(server.started);
      await server.stop();
    }
  }
}

// ── Saves ──

/** Saves by turns in each tool. A peer has half as many turns; one that has none of a kind has nothing to show for it. */
async function measureSaves(kind, servers, pages, figures) {
  say(`saves: ${kind.key}`);
  const able = kind.own ? servers.slice(0, 1) : servers;
  for (let turn = 0; turn < extent.saves; turn++) {
    for (const server of turn % 2 === 0 ? able : able.slice(0, 1)) {
      const times = (figures[server.tool.name][kind.key] ??= []);
      if (times.includes(null)) continue;
      if (kind.pause !== 0) await quiet(servers, PAUSE + (able.length > 1 ? (turn * 197) % MOMENTS : 0));
      // Without a pause it is one page that is saved over and over, as an editor does that saves while one types.
      const page = pages.edited[kind.pause === 0 ? 0 : turn % pages.edited.length];
      times.push(await timeSave(kind, server, page, pages));
      if (server.tool === ethos) expect(times.at(-1) !== null, `what was saved shows: ${kind.label}`);
    }
  }
}

/** From just before the save to the whole answer that shows it: ms. Null if none does. */
async function timeSave(kind, server, page, pages) {
  const { path, change, shownOn, shown } = kind.part(server.tool, page, pages, nextRevision());
  const file = join(server.tool.folder, path);
  const text = change(original(file));
  const address = server.tool.address(shownOn);
  if (kind.told) await server.openStreams([address]);
  const news = kind.told ? server.news() : null;
  const began = performance.now();
  (kind.save ?? writeFileSync)(file, text);
  await news;
  const isShown = await server.until(address, shown, server.tool === ethos ? undefined : PEERS_NEVER);
  const took = performance.now() - began;
  if (kind.told) server.closeStreams();
  return isShown ? took : null;
}

function bodyOf(tool, page, pages, revision) {
  const change = (text) => `${text}\nRevision ${revision}.\n`;
  return { path: `content/${page}.md`, change, shownOn: page, shown: `Revision ${revision}.` };
}

function titleOf(tool, page, pages, revision) {
  const change = (text) => text.replace(/title = "(.*)"/, `title = "$1, revision ${revision}"`);
  return { path: `content/${page}.md`, change, shownOn: pages.sibling, shown: `, revision ${revision}<` };
}

function templateOf(tool, page, pages, revision) {
  const change = (text) => text.replace('<div class="prose">', `<p>Revision ${revision}.</p>$&`);
  return { path: tool.template, change, shownOn: page, shown: `Revision ${revision}.` };
}

function frameworkOf(tool, page, pages, revision) {
  const change = (text) => text.replace('statement = "', `$&Revision ${revision}. `);
  return { path: 'frameworks/values.toml', change, shownOn: pages.value, shown: `Revision ${revision}.` };
}

/** As editors do that never leave half a file: write another, and put it in place of the old one. */
function saveRenamed(file, text) {
  const other = join(dirname(file), '.being-saved');
  writeFileSync(other, text);
  renameSync(other, file);
}

/** No two saves are alike. */
function nextRevision() {
  nextRevision.last = (nextRevision.last ?? 1000) + 1;
  return nextRevision.last;
}

/** The text of a file before anything was saved. */
function original(file) {
  const texts = (original.texts ??= new Map());
  if (!texts.has(file)) texts.set(file, readFileSync(file, 'utf8'));
  return texts.get(file);
}

// ── Rest ──

async function measureRest(servers, figures) {
  say(`${extent.rest} seconds of rest`);
  await servers[0].openStreams(['/index.html', '/index.html']);
  await quiet(servers, 1000);
  const before = servers.map((server) => server.ticks);
  await sleep(extent.rest * 1000);
  servers.forEach((server, index) => (figures[server.tool.name].ticks = [server.ticks - before[index]]));
  servers[0].closeStreams();
}

// ── Many streams ──

async function measureStreams(server, pages, figures) {
  say(`${extent.streams} streams`);
  const address = (index) => ethos.address(pages.edited[index % pages.edited.length]);
  figures.pages = await timePages(server, pages);
  figures.threads = [server.threads];
  await server.openStreams(Array.from({ length: extent.streams }, (_, index) => address(index)));
  const heard = server.heard.map((text) => text.length);
  figures.pagesAmid = await timePages(server, pages);
  figures.threadsAmid = [server.threads];
  await timeSave(SAVES[0], server, pages.edited[0], pages);
  const isTold = () => server.heard.every((text, i) => address(i) !== address(0) || text.length > heard[i]);
  expect(await until(isTold), 'every stream of a page hears that it was saved');
  server.closeStreams();
}

async function timePages(server, pages) {
  const times = [];
  for (let turn = 0; turn < extent.fetches; turn++) {
    const page = pages.many[turn % pages.many.length];
    const began = performance.now();
    const { status } = await server.fetch(ethos.address(page));
    times.push(performance.now() - began);
    expect(status === 200, `${page} is served`);
  }
  return times;
}

// ── Memory ──

/** Ten saves of a page, then of another, each waited for; between them, other pages are read. */
async function measureMemory(server, pages, figures) {
  say(`memory after ${extent.edits} saves`);
  const held = [];
  const times = [];
  for (let edit = 1; edit <= extent.edits; edit++) {
    const page = pages.many[Math.floor(edit / 10) % pages.many.length];
    times.push(await timeSave(SAVES[0], server, page, pages));
    if (edit % 10 === 0) await readSome(server, pages, edit);
    if (edit % EARLY_EDITS === 0) {
      await quiet([server], PAUSE);
      held.push(server.memory);
    }
  }
  expect(!times.includes(null), 'each of many saves shows');
  const most = [Math.max(...held)];
  Object.assign(figures, { many: times, memoryEarly: held.slice(0, 1), memoryLate: held.slice(-1), memoryMost: most, held });
}

async function readSome(server, pages, edit) {
  const some = [1, 2, 3].map((step) => ethos.address(pages.many[(edit * 7 + step) % pages.many.length]));
  if (edit % EARLY_EDITS === 0) some.push('/a-z.html', '/search.html', '/index.html', '/assets/none.css');
  for (const address of some) await server.fetch(address);
}

// ── What must be so ──

function expect(isSo, sentence) {
  if (!isSo && !failures.includes(sentence)) failures.push(sentence);
}

/** Every save was a good one, so nothing may be found. */
function expectClean(server) {
  const findings = server.output.match(/^(error|warning)\b.*$/gm) ?? [];
  expect(findings.length === 0, `nothing is found in a good handbook: ${findings[0]}`);
  expect(!server.output.includes('panicked'), `the preview never fails inside: ${server.output.slice(-500)}`);
}

// ── The table ──

function report({ size, versions, figures, load }) {
  const goal = goals(size);
  const own = figures.Ethos;
  const sooner = figures.Hugo && {
    text: `${goal.sooner} times sooner than Hugo`,
    isMet: median(figures.Hugo.start) >= goal.sooner * median(own.start),
  };
  const atMost = (limit, list, unit) => ({
    text: `≤ ${limit} ${unit}`.trim(),
    isMet: !list.includes(null) && median(list) <= limit,
  });
  const growth = [100 * (own.memoryLate[0] / own.memoryEarly[0] - 1)];
  const grown = (list) => `${whole(list)} (${signed(growth[0])} %)`;
  const rows = [
    ['Start to first page: ms', 'start', timed, sooner],
    ...SAVES.map(({ key, label, goal: kind }) => [`${label}: ms`, key, timed, atMost(goal[kind], own[key], 'ms')]),
    [`Each of ${number(extent.edits)} saves: ms`, 'many', timed, atMost(goal.save, own.many, 'ms')],
    ['Memory after the start: MiB', 'memory', whole],
    ['… after the saves above', 'memoryLater', whole],
    [`… after ${EARLY_EDITS} saves`, 'memoryEarly', whole],
    [`… after ${number(extent.edits)} saves`, 'memoryLate', grown, atMost(goal.growth, growth, '% more')],
    ['… at most', 'memoryMost', whole],
    [`Processor in ${extent.rest} quiet s: ticks of 10 ms`, 'ticks', whole, atMost(goal.ticks, own.ticks, '')],
    ['A page: ms', 'pages', longest],
    [`… with ${extent.streams} streams open`, 'pagesAmid', longest],
    ['Threads', 'threads', whole],
    [`… with ${extent.streams} streams open`, 'threadsAmid', whole],
  ];
  const peers = Object.keys(figures).slice(1);
  const head = ['', 'Goal', 'Ethos', 'Met', ...peers];
  const lines = rows.map(([label, key, show, wanted]) => [
    label,
    wanted?.text ?? '',
    own[key] ? show(own[key]) : '–',
    wanted ? (wanted.isMet ? 'yes' : '**no**') : '',
    ...peers.map((name) => beside(figures[name][key], own[key], show)),
  ]);
  return [
    `## ${number(size)} pages: ${versions.join(', ')}\n`,
    table([head, ...lines]),
    '\nTimes are medians, with (the 90th of 100); those of single pages with (the longest).',
    'The figure of a peer is followed by how many times that of Ethos it is.',
    `Load of the machine in the last minutes: ${load.map((one) => one.toFixed(1)).join(', ')}.\n`,
  ].join('\n');
}

/** A peer's figure, and how many times Ethos's it is. */
function beside(list, own, show) {
  if (!list) return '–';
  const ratio = median(list) / median(own);
  return list.includes(null) || !Number.isFinite(ratio) ? show(list) : `${show(list)}, ${ratio.toFixed(1)} ×`;
}

function timed(list) {
  return list.includes(null) ? 'never' : `${short(median(list))} (${short(percentile(list, 0.9))})`;
}

function longest(list) {
  return `${short(median(list))} (${short(Math.max(...list))})`;
}

function whole(list) {
  return number(Math.round(list[0]));
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(rows[0]), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

function short(value) {
  return value < 100 ? value.toFixed(1) : number(Math.round(value));
}

function signed(value) {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

function say(text) {
  console.error(text);
}
