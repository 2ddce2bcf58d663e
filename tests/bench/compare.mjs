// Times builds of the same made-up handbooks by Ethos and by others, and prints the figures with their goals:
// node compare.mjs [--sizes 100,1000,10000] [--runs 5] [--peers NAME,…] [--ethos PATH [--against PATH]] [--folder DIR] [--keep]
// [--write]. A missed goal is no failure; what can't be measured is, and a build that differs from another of the same sources.

import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { number } from '../figures.mjs';
import { writeCorpus } from './corpus.mjs';
import { goalTable } from './goals.mjs';
import { difference, disturbance, extent, files, machine, measure, medians, startTime } from './measure.mjs';
import { againstTable, circumstances, figureTables, programLine, writeInto } from './report.mjs';
import { Ethos, PEERS, peersNamed } from './tools.mjs';

const project = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    runs: { type: 'string', default: '5' },
    peers: { type: 'string' },
    ethos: { type: 'string', default: join(project, 'target/release/ethos') },
    against: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
    keep: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const runs = Number(options.runs);
const sizes = options.sizes.split(',').map(Number);
if (!(runs >= 1) || !sizes.every((size) => size >= 1)) throw new Error('sizes and runs are numbers from 1 on');
if (options.against && options.write) throw new Error('the guide shows Ethos beside its peers, not beside itself');
const failures = [];
const own = new Ethos(options.ethos);
const tools = options.against ? [own, new Ethos(options.against, { name: 'Against' })] : compared();
const about = machine(options.folder);
const results = new Map();
const folder = mkdtempSync(join(options.folder, 'ethos-bench-'));
try {
  for (const size of sizes) results.set(size, measureSize(size));
  report();
} finally {
  // Nothing is removed before: ext4 is slow to make files for minutes after as many were removed.
  if (options.keep) say(`kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
failures.forEach((failure) => console.error(`FAILED: ${failure}`));
process.exit(failures.length > 0 ? 1 : 0);

function compared() {
  const names = (options.peers ?? Object.keys(PEERS).join(',')).split(',').filter(Boolean);
  return [own, new Ethos(options.ethos, { name: 'Ethos without search', hasSearch: false }), ...peersNamed(names)];
}

/** Everything on a handbook of so many pages: by tool, the medians of its runs, and how much it wrote. */
function measureSize(size) {
  say(`${number(size)} pages: writing`);
  const at = (name) => join(folder, `${size}-${name}`);
  const made = writeCorpus(at('handbook'), size);
  // What a peer is known to need minutes for, it is spared unless somebody asks.
  const able = tools.filter(({ most }) => options.peers || size <= most);
  able.forEach((tool, place) => tool.make(at('handbook'), at(`tool-${place}`)));
  const sources = files(own.folder).length;
  const cold = measureCold(able, at);
  const isClean = files(own.folder).length === sources;
  if (!isClean) failures.push('a build leaves files beside the sources, so not all were first builds');
  const again = options.against ? null : measureAgain(cold.get(own)[0].output, at);
  const figures = new Map();
  for (const [tool, all] of cold) figures.set(tool.name, { ...medians(all), ...extent(all[0].folders) });
  return { size, words: made.words, figures, again, disturbance: disturbance([...cold.values()].flat()) };
}

/** Each tool once a round, each time into a new folder. */
function measureCold(able, at) {
  const cold = new Map(able.map((tool) => [tool, []]));
  for (let round = 0; round < runs; round++) {
    // Of two builds of Ethos neither is always the first, since a difference of a hundredth counts there.
    const inTurn = options.against && round % 2 === 1 ? able.toReversed() : able;
    for (const tool of inTurn) {
      say(`round ${round + 1} of ${runs}: ${tool.name}`);
      const before = tool.after && cold.get(tool.after)[round];
      const output = at(`built-${able.indexOf(tool)}-${round}`);
      const run = measure(tool.command(output, before?.output), `${output}-home`, tool.env);
      cold.get(tool).push({ ...(before ? sum(before, run) : run), output, folders: before ? [before.output, output] : [output] });
    }
  }
  return cold;
}

/** Two programs one after the other: their times are added, and their memory is that of the hungrier. */
function sum(one, other) {
  const added = Object.fromEntries(['wall', 'user', 'system', 'others'].map((figure) => [figure, one[figure] + other[figure]]));
  return { ...added, memory: Math.max(one.memory, other.memory) };
}

/** Builds of Ethos into a folder that holds an earlier one: with nothing changed, and with a page changed each time. */
function measureAgain(output, at) {
  const page = somePage(join(own.folder, 'content'));
  const build = () => measure(own.command(output), `${output}-home`);
  const series = (name, prepare) => {
    say(`again: ${name}`);
    const all = Array.from({ length: runs }, (_, turn) => {
      prepare(turn);
      return build();
    });
    expectSame(name, output, at(`fresh-${name}`));
    return medians(all);
  };
  const unchanged = series('unchanged', () => {});
  // After a change all is made anew; what is left must be what a first build makes.
  series('changed', (turn) => appendFileSync(page, `\nRevision ${turn} of this page.\n`));
  return { unchanged };
}

/** A page in the middle of the handbook. */
function somePage(content) {
  const paths = readdirSync(content, { recursive: true }).filter((path) => path.endsWith('.md') && !path.endsWith('index.md'));
  return join(content, paths.sort()[Math.floor(paths.length / 2)]);
}

/** What a second build leaves must be, byte for byte, what a first build of the same sources makes elsewhere. */
function expectSame(name, output, fresh) {
  // From a copy, so that nothing which the program may keep beside the sources makes this a second build too.
  const sources = `${fresh}-sources`;
  cpSync(own.folder, sources, { recursive: true });
  const copy = Object.assign(new Ethos(own.program), { folder: sources });
  measure(copy.command(fresh), `${fresh}-home`);
  const wrong = difference(output, fresh);
  if (wrong) failures.push(`the second build (${name}) isn't what a first one makes: ${wrong}`);
}

function report() {
  const all = [...results.values()];
  const versions = [...new Set(tools.map(({ version }) => version).filter(Boolean))].join(', ');
  const turns = runs === 1 ? 'one run each' : `medians of ${runs} runs each`;
  const heading = `${about}\n${versions}; ${turns}.`;
  if (options.against) {
    console.log([heading, ...all.map(againstTable)].join('\n\n'));
    return;
  }
  const start = { ethos: startTime([own.program, '--version']), least: startTime(['/bin/true']) };
  const binary = statSync(own.program).size / 1e6;
  const figures = [`${heading}\n${circumstances(all)}`, figureTables(all), programLine(start, binary)].join('\n\n');
  console.log(figures);
  if (options.write) writeInto(join(project, 'docs/performance.md'), figures);
  // For whoever works on Ethos; the guide is for those who choose a tool.
  console.log(`\n${goalTable(results, start, binary)}`);
}

function say(text) {
  console.error(text);
}
