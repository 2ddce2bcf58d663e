// How well the search answers questions that people judged, beside Pagefind and MiniSearch:
// node relevance.mjs --sites NAME=BUILT_DIR,... [--held-out]
// The questions of each site are in questions/NAME.json. With --held-out, the worst questions are of that part.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ENGINES, Search, launch } from './measure.mjs';
import { makePeers } from './peers.mjs';
import { serve } from './server.mjs';

const RESULTS = 10;
const WORST = 10;
const NAMES = { ethos: 'Ethos', pagefind: 'Pagefind', minisearch: 'MiniSearch' };
const PARTS = ['tuning', 'held-out'];

const { values: options } = parseArgs({
  options: { sites: { type: 'string' }, 'held-out': { type: 'boolean', default: false } },
});
if (!options.sites) {
  console.error('usage: node relevance.mjs --sites NAME=BUILT_DIR,... [--held-out]');
  process.exit(2);
}
const browser = await launch();
try {
  const judged = [];
  for (const site of options.sites.split(',')) judged.push(...(await judgeSite(...site.split('='))));
  console.log(summary(judged));
  console.log(worst(judged.filter(({ part }) => part === (options['held-out'] ? 'held-out' : 'tuning'))));
} finally {
  await browser.close();
}

/** Every question of a site, with what each engine answered. */
async function judgeSite(name, folder) {
  const questions = JSON.parse(readFileSync(new URL(`questions/${name}.json`, import.meta.url), 'utf8'));
  const place = placesOf(folder);
  const peers = mkdtempSync(join(tmpdir(), 'ethos-relevance-'));
  try {
    console.error(`${name}: ${questions.length} questions`);
    makePeers(folder, join(peers, 'site'));
    const answers = {};
    for (const engine of Object.keys(NAMES)) {
      const server = await serve(engine === 'ethos' ? folder : join(peers, 'site'));
      const search = new Search(browser, server, ENGINES[engine]);
      answers[engine] = await search.answers(questions.map(({ query }) => query), RESULTS);
      await server.close();
    }
    return questions.map((question, i) => {
      const found = Object.keys(NAMES).map((engine) => [engine, score(answers[engine][i], question.answers, place)]);
      return { site: name, ...question, found: Object.fromEntries(found) };
    });
  } finally {
    rmSync(peers, { recursive: true, force: true });
  }
}

/**
 * The one name for a place that has two addresses: a numbered heading has the id of its words, and its number's inside.
 * @returns {(address: string) => string}
 */
function placesOf(folder) {
  const others = new Map();
  return (address) => {
    const [page, id] = address.split('#');
    if (!others.has(page)) others.set(page, numbersOn(join(folder, page)));
    const own = others.get(page).get(id) ?? id;
    return own ? `${page}#${own}` : page;
  };
}

function numbersOn(file) {
  let html = '';
  try {
    html = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const headings = html.matchAll(/<h[1-6](?: id="([^"]*)")?[^>]*><span class="heading-number" id="([^"]*)"/g);
  // A page's title has no id: its number stands for the page.
  return new Map([...headings].map(([, words, number]) => [number, words ?? '']));
}

/** A result has the grade of its address, or else that of its page. Each answer counts once, however often it's found. */
function score(addresses, answers, place) {
  const grades = new Map();
  for (const [address, grade] of Object.entries(answers)) {
    grades.set(place(address), Math.max(grade, grades.get(place(address)) ?? 0));
  }
  const seen = new Set();
  const gains = addresses.map((address) => {
    const exact = place(address);
    const answer = grades.has(exact) ? exact : exact.split('#')[0];
    if (seen.has(answer)) return 0;
    seen.add(answer);
    return grades.get(answer) ?? 0;
  });
  const ideal = [...grades.values()].sort((a, b) => b - a).slice(0, RESULTS);
  return { addresses, answer: firstAt(gains, 2), help: firstAt(gains, 1), ndcg: gain(gains) / gain(ideal) };
}

/** One divided by the rank of the first result of that grade. */
function firstAt(gains, grade) {
  const rank = gains.findIndex((own) => own >= grade);
  return rank < 0 ? 0 : 1 / (rank + 1);
}

function gain(grades) {
  return grades.reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
}

function summary(judged) {
  const head = ['Site', 'Part', 'Questions', 'Engine', 'MRR@10, answers', 'MRR@10, answers and help', 'nDCG@10'];
  const lines = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`];
  const sites = [...new Set(judged.map(({ site }) => site))];
  for (const site of sites.length > 1 ? [...sites, 'all'] : sites) {
    for (const part of PARTS) {
      const own = judged.filter((question) => (site === 'all' || question.site === site) && question.part === part);
      if (own.length === 0) continue;
      for (const [engine, name] of Object.entries(NAMES)) {
        const mean = (kind) => (own.reduce((sum, { found }) => sum + found[engine][kind], 0) / own.length).toFixed(3);
        const figures = ['answer', 'help', 'ndcg'].map(mean);
        lines.push(`| ${[site, part, own.length, name, ...figures].join(' | ')} |`);
      }
    }
  }
  return lines.join('\n');
}

function worst(questions) {
  const worse = ({ found: { ethos: a } }, { found: { ethos: b } }) => a.ndcg - b.ndcg || a.help - b.help;
  const sorted = [...questions].sort(worse);
  const lines = sorted.slice(0, WORST).map(({ site, query, answers, found: { ethos } }) => {
    const right = Object.keys(answers).sort((a, b) => answers[b] - answers[a]).slice(0, 3);
    const first = ethos.addresses.slice(0, 3).join(', ') || 'nothing';
    return `- ${site}: "${query}" (nDCG ${ethos.ndcg.toFixed(2)})\n  - first: ${first}\n  - right: ${right.join(', ')}`;
  });
  return `\nThe questions that Ethos answers worst:\n\n${lines.join('\n')}`;
}
