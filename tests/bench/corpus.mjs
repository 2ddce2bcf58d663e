// Makes a handbook of any size to measure with: node corpus.mjs OUT PAGES [SEED] [--kind mixed|search]
// The same seed gives the same bytes. "mixed" has all shapes of content that Ethos knows, on pages of some 450 words; "search" has
// long pages of nothing but headed text, and OUT/queries.json with what readers might ask of it.
//
// PAGES counts the Markdown pages in sections of 40. To these come the first page, an `index.md` for each section and, above 1,000
// pages, for each part, which holds 25 sections. Frameworks stand beside the content and grow more slowly than it does.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MIXED_SENTENCES, writeMixed } from './mixed.mjs';
import { writePlain } from './plain.mjs';
import { seeded } from './random.mjs';
import { SYNONYMS, vocabulary } from './vocabulary.mjs';
import { SENTENCES, Writer } from './writer.mjs';

const KINDS = {
  mixed: { write: writeMixed, sentences: MIXED_SENTENCES },
  search: { write: writePlain, sentences: SENTENCES },
};

/** Writes the handbook into the folder. Gives back how much is in it. */
export function writeCorpus(folder, pages, { seed = 1, kind = 'mixed' } = {}) {
  const made = new Set();
  const write = (file, text) => {
    const path = join(folder, file);
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(path, text);
  };
  const random = seeded(seed);
  const writer = new Writer(vocabulary(pages), random, KINDS[kind].sentences);
  const sections = KINDS[kind].write(write, pages, seed, writer, random);
  write('ethos.toml', settings(writer));
  const headings = sections.flatMap((section) => section.pages.flatMap((page) => page.headings));
  return { pages, sections: headings.length, words: writer.words, forms: writer.uses.size };
}

/** With synonyms for what the handbook speaks of: for anything else they'd be a slip, which Ethos warns of. */
function settings({ uses }) {
  const spoken = Object.entries(SYNONYMS).filter(([word]) => uses.has(word));
  const synonyms = spoken.map(([word, others]) => `${word} = ${JSON.stringify(others)}`);
  return `title = "A made-up handbook"
organisation = "Made-up Council"
language = "en-GB"

[search]
enabled = true

[search.synonyms]
${synonyms.join('\n')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kind: { type: 'string', default: 'mixed' } },
  });
  const [out, pages, seed] = positionals;
  if (!out || !(Number(pages) > 0) || !(values.kind in KINDS)) {
    console.error('usage: node corpus.mjs OUT PAGES [SEED] [--kind mixed|search]');
    process.exit(2);
  }
  const made = writeCorpus(out, Number(pages), { ...values, seed: seed ? Number(seed) : undefined });
  console.log(`${made.pages} pages with ${made.sections} sections: ${made.words} words of ${made.forms} forms, in ${out}`);
}
