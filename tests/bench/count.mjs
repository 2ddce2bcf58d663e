// Counts the instructions of a build of 1,000 pages and holds them against those in instructions.json: node count.mjs [--update]
// Unlike time, they hardly depend on what else the machine does. They do depend on the compiler, so that of another is only shown.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { number } from '../figures.mjs';
import { writeCorpus } from './corpus.mjs';

const PAGES = 1000;
const MOST = 1.05;
const KEPT = fileURLToPath(new URL('instructions.json', import.meta.url));

const { values: options } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    ethos: {
      type: 'string',
      default: process.env.ETHOS ?? fileURLToPath(new URL('../../target/checked/ethos', import.meta.url)),
    },
  },
});
if (spawnSync('valgrind', ['--version']).error) {
  console.log('instructions: not counted, since valgrind is missing');
} else {
  const compiler = execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim();
  compare(count(options.ethos), compiler);
}

/** The instructions of a first build with one thread, in millions. */
function count(ethos) {
  const folder = mkdtempSync(join(tmpdir(), 'ethos-count-'));
  try {
    writeCorpus(join(folder, 'handbook'), PAGES);
    const build = [ethos, 'build', '--quiet', '--root', join(folder, 'handbook'), '--output', join(folder, 'site')];
    const tool = ['--tool=callgrind', '--callgrind-out-file=/dev/null', ...build];
    const env = { ...process.env, RAYON_NUM_THREADS: '1' };
    const { status, stderr } = spawnSync('valgrind', tool, { env, encoding: 'utf8' });
    const collected = stderr.match(/Collected : (\d+)/);
    if (status !== 0 || !collected) throw new Error(`valgrind failed:\n${stderr}`);
    return Math.round(Number(collected[1]) / 1e6);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(counted, compiler) {
  if (options.update) {
    writeFileSync(KEPT, `${JSON.stringify({ compiler, millions: counted }, null, 2)}\n`);
  }
  const kept = JSON.parse(readFileSync(KEPT, 'utf8'));
  const ratio = counted / kept.millions;
  const share = `${(100 * ratio).toFixed(1)} % of the ${number(kept.millions)} million that are kept`;
  console.log(`instructions: ${number(counted)} million for ${number(PAGES)} pages, ${share}`);
  if (compiler !== kept.compiler) {
    console.log(`instructions: not judged, since those are of ${kept.compiler}, and this is ${compiler}`);
  } else if (ratio > MOST) {
    console.error('instructions: that is too many more. If it must be so, run tests/bench/count.mjs --update, and say why');
    process.exitCode = 1;
  }
}
