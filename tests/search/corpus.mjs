// Makes a handbook of any size to measure the search with: node corpus.mjs OUT PAGES [SEED]
// Writes OUT/ethos.toml, OUT/content, OUT/frameworks, and OUT/queries.json with what readers might ask of it.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knownItemQueries } from './queries.mjs';
import { seeded, zipf } from './random.mjs';
import { SYNONYMS, vocabulary } from './vocabulary.mjs';

const PAGES_IN_SECTION = 40;
// More would make the menu of every page long, so a larger handbook has parts, with the sections in them.
const SECTIONS_IN_PART = 25;
const HEADINGS_ON_PAGE = 5;
const LINKS_ON_PAGE = 3;
const INDICATORS_OF_VALUE = 10;
// How often a content word is one of the page's own topic, and a heading speaks of something that has a synonym.
const OF_TOPIC = 0.3;
const WITH_SYNONYM = 0.2;

// {V} verb, {N} noun, {A} adjective, {Y} adverb, {P} place, {M} somebody's name, {D} a number; s, ed, ing: in that form.
const SENTENCES = [
  'You {V} the {N} before you {V} a {A} {N}.',
  'When the {N} is {A}, we {V} it and {V} the {Ns} that are left.',
  'Our {Ns} {V} {Y}, so that {Ns} in {P} can {V} their {N}.',
  '{M} {Ved} the {N} at {P} and {Ved} what the {Ns} had asked for.',
  'Nobody should {V} a {N} without the {N} of their {N}.',
  'We are {Ving} the {A} {N} because {Ns} {V} it every day.',
  'Each {N} has a {A} {N}, and it is {Ved} within {D} days.',
  'A good {N} {Vs} {Y} and {Vs} the {N} when others cannot.',
  'The {Ns} at {P} {V} more {Ns} than those at {P}.',
  'By {Ving} {Ns} early, you {V} the {N} and keep the {N} {A}.',
  '{M} will tell you how the {N} is {Ved} and where the {Ns} are.',
  'It is {A} to {V} {Ns}, but it is better to {V} the {N} itself.',
  'Before {Ving} the {N}, write down who {Ved} it and why.',
  'There are {D} {Ns} for this {N}, and each of them is {A}.',
  'People who {V} {Ns} should not also {V} the {N} that goes with them.',
  'In {P} we {Ved} the {A} {Ns} for a year, and that is how we {V} them now.',
  'The {N} that you {V} today is the {N} that somebody {Vs} next month.',
  'If a {N} {Vs} you, {V} it {Y} and then {V} your {N}.',
];
const HEADINGS = [
  '{Ving} {Ns}',
  '{Ving} {A} {Ns}',
  '{Ving} the {N} in {P}',
  '{Ns} in {P}',
  '{Ns} and {Ns}',
  '{Ns} that {V} {Ns}',
  'How we {V} {Ns}',
  '{A} {Ns} for {Ns}',
  'When {Ns} {V}',
  'The {A} {N} at {P}',
  'Who {Vs} the {N}',
];
const VALUES = ['{V} every {N}', '{V} {A} {Ns}', '{V} {Y}', '{V} {Ns} {Y}', '{A} {Ns}'];
const INDICATORS = [
  '{V} the {N} before the {N} is {A}',
  '{V} {Ns} {Y}, even when the {N} is {A}',
  'ask {A} {Ns} how they {V} the {N}',
  '{V} a {A} {N} for {Ns} in {P}',
];
const AUDIENCES = ['all', 'managers'];
const LEVELS = ['level-1', 'level-2', 'level-3'];

/** Writes the handbook into the folder. Gives back how much is in it. */
export function writeCorpus(folder, pages, seed = 1) {
  const write = (file, text) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const random = seeded(seed);
  const writer = new Writer(vocabulary(pages), random);
  const outline = sections(pages, writer);
  const all = outline.flatMap((section) => section.pages);
  for (const part of new Set(outline.map((section) => section.part))) {
    if (part) write(`content/${part.slug}/index.md`, page(part.title.text, writer.paragraph(2)));
  }
  for (const section of outline) {
    write(`content/${section.folder}/index.md`, page(section.title.text, writer.paragraph(3)));
    for (const one of section.pages) write(`content/${one.path}.md`, pageText(one, all, writer, random));
  }
  const doors = outline.slice(0, 10).map(({ title, folder }) => `- [${title.text}](${folder}/index.md)`);
  write('content/index.md', page('Welcome', doors.join('\n')));
  const framework = values(pages, writer, random);
  write('frameworks/values.toml', framework.toml);
  write('ethos.toml', settings());
  const titled = [
    ...all.map(({ title, path }) => ({ ...title, address: `${path}.html` })),
    ...all.flatMap(({ path, headings }) =>
      headings.map((heading) => ({ ...heading, address: `${path}.html#${heading.slug}`, isHeading: true })),
    ),
    ...framework.titles.map((title) => ({ ...title, address: `values/${title.slug}.html` })),
  ];
  // By another seed, so that no query owes anything to the order in which the text was made.
  write('queries.json', JSON.stringify(knownItemQueries(titled, writer, SYNONYMS, seeded(seed + 1000)), null, 1));
  return { pages, sections: all.length * HEADINGS_ON_PAGE, words: writer.words, forms: writer.uses.size };
}

/** Sentences and headings of the vocabulary. Counts what it writes. */
class Writer {
  words = 0;
  /** How often each form was written, in small letters. */
  uses = new Map();
  #random;
  #common;
  #rarer;
  #headings = new Set();
  #slugs = new Set();
  #withSynonym;

  constructor({ verbs, nouns, adjectives, adverbs, places, surnames, firstNames }, random) {
    this.#random = random;
    const lists = { V: verbs, N: nouns, A: adjectives, Y: adverbs, P: places, M: surnames, F: firstNames };
    const draws = (steepness) =>
      Object.fromEntries(Object.entries(lists).map(([kind, list]) => [kind, zipf(list, steepness)]));
    this.#common = draws(1);
    // Headings and topics tell pages apart, so they use rarer words more often than the running text does.
    this.#rarer = draws(0.6);
    this.#withSynonym = nouns.filter(({ id }) => id in SYNONYMS);
  }

  /** A text of the templates, with the lexemes in it. */
  #fill(template, draw) {
    const content = [];
    const text = template.replace(/\{([A-Z])(\w*)\}/g, (_, kind, ending) => {
      if (kind === 'D') return this.#random.between(2, 30);
      const lexeme = draw(kind);
      const forms = lexeme.forms;
      const form = forms[ending] ?? (ending === 's' ? forms.many : null) ?? forms.base ?? forms.one;
      content.push({ form: form.toLowerCase(), lexeme });
      if (kind === 'M') return `${this.#common.F(this.#random).forms.base} ${form}`;
      return form;
    });
    const whole = text.replace(/\b([Aa]) (?=[aeiou])/g, '$1n ');
    for (const word of whole.toLowerCase().match(/[a-z]+/g)) this.uses.set(word, (this.uses.get(word) ?? 0) + 1);
    this.words += whole.split(' ').length;
    return { text: whole, content };
  }

  /** A heading of two to five words that no other page or section has: its text, slug and lexemes. */
  heading(templates = HEADINGS) {
    for (;;) {
      const synonym = this.#random.chance(WITH_SYNONYM);
      let left = synonym ? 1 : 0;
      const { text, content } = this.#fill(this.#random.pick(templates), (kind) =>
        kind === 'N' && left-- > 0 ? this.#random.pick(this.#withSynonym) : this.#rarer[kind](this.#random),
      );
      const slug = text.toLowerCase().replaceAll(' ', '-');
      if (this.#headings.has(slug)) continue;
      this.#headings.add(slug);
      return { text: capital(text), slug, content };
    }
  }

  /** Some lexemes for a page to speak of, by kind. */
  topic() {
    const some = (kind, n) => Array.from({ length: n }, () => this.#rarer[kind](this.#random));
    return { V: some('V', 5), N: some('N', 8), A: some('A', 3), Y: some('Y', 1), P: some('P', 1), M: some('M', 2) };
  }

  paragraph(sentences, topic = null) {
    const draw = (kind) => {
      const own = topic?.[kind];
      return own?.length && this.#random.chance(OF_TOPIC) ? this.#random.pick(own) : this.#common[kind](this.#random);
    };
    return Array.from({ length: sentences }, () => capital(this.#fill(this.#random.pick(SENTENCES), draw).text)).join(' ');
  }

  /** A line for an indicator. No two begin alike, since their first words are their address. */
  indicator() {
    for (;;) {
      const { text } = this.#fill(this.#random.pick(INDICATORS), (kind) => this.#rarer[kind](this.#random));
      const start = text.toLowerCase().split(' ').slice(0, 5).join(' ');
      if (this.#slugs.has(start)) continue;
      this.#slugs.add(start);
      return text;
    }
  }
}

/** The outline of all pages, so that each can link to any: sections of pages, each page with its headings. */
function sections(pages, writer) {
  const count = Math.ceil(pages / PAGES_IN_SECTION);
  let part = null;
  return Array.from({ length: count }, (_, i) => {
    if (count > SECTIONS_IN_PART && i % SECTIONS_IN_PART === 0) {
      const title = writer.heading();
      part = { title, slug: title.slug };
    }
    const title = writer.heading();
    const folder = part ? `${part.slug}/${title.slug}` : title.slug;
    const here = Math.min(PAGES_IN_SECTION, pages - i * PAGES_IN_SECTION);
    return {
      part,
      title,
      folder,
      pages: Array.from({ length: here }, () => {
        const own = writer.heading();
        const headings = Array.from({ length: HEADINGS_ON_PAGE }, () => writer.heading());
        return { title: own, path: `${folder}/${own.slug}`, headings };
      }),
    };
  });
}

function pageText({ title, path, headings }, all, writer, random) {
  const topic = writer.topic();
  const up = '../'.repeat(path.split('/').length - 1);
  const body = headings.map((heading, i) => {
    // A section speaks of what its heading names, in whatever form.
    const own = structuredClone(topic);
    for (const { lexeme } of heading.content) own[kindOf(lexeme)].push(lexeme, lexeme, lexeme);
    const other = random.pick(all);
    const address = `${up}${other.path}.md#${random.pick(other.headings).slug}`;
    const link = i < LINKS_ON_PAGE ? ` See also [${other.title.text}](${address}).` : '';
    const paragraphs = [writer.paragraph(random.between(4, 6), own), writer.paragraph(random.between(4, 6), own) + link];
    return [`## ${heading.text}`, ...paragraphs].join('\n\n');
  });
  return page(title.text, [writer.paragraph(2, topic), ...body].join('\n\n'));
}

/** Of what stands in headings: persons and adverbs don't. */
function kindOf({ id, forms }) {
  if ('ing' in forms) return 'V';
  if ('many' in forms) return 'N';
  return /^[A-Z]/.test(id) ? 'P' : 'A';
}

/** A framework that grows with the handbook: ten values for a hundred pages, two hundred for ten thousand. */
function values(pages, writer, random) {
  const titles = Array.from({ length: Math.round(10 * (pages / 100) ** 0.65) }, () => writer.heading(VALUES));
  const tables = titles.map(({ text }) => {
    const points = {};
    for (let i = 0; i < INDICATORS_OF_VALUE; i++) {
      (points[`${random.pick(AUDIENCES)}.${random.pick(LEVELS)}`] ??= []).push(writer.indicator());
    }
    const lists = Object.entries(points).map(([point, lines]) => `${point} = ${JSON.stringify(lines)}`);
    return [
      '[[values]]',
      `title = ${JSON.stringify(text)}`,
      `statement = ${JSON.stringify(writer.paragraph(1))}`,
      `description = ${JSON.stringify(writer.paragraph(4))}`,
      '[values.indicators]',
      ...lists,
    ].join('\n');
  });
  const head = [
    'title = "Our values"',
    'summary = "What we ask of each other."',
    scale('audience', 'Whom we ask', AUDIENCES),
    scale('level', 'Level', LEVELS),
  ];
  return { titles, toml: [...head, ...tables].join('\n\n') + '\n' };
}

function scale(kind, title, ids) {
  const points = ids.map((id) => `{ id = "${id}", title = "${capital(id.replace('-', ' '))}" }`);
  return `[[scales]]\nid = "${kind}"\nkind = "${kind}"\ntitle = "${title}"\npoints = [${points.join(', ')}]`;
}

function settings() {
  const synonyms = Object.entries(SYNONYMS).map(([word, others]) => `${word} = ${JSON.stringify(others)}`);
  return `title = "A made-up handbook"
organisation = "Made-up Council"
language = "en-GB"

[search]
enabled = true

[search.synonyms]
${synonyms.join('\n')}
`;
}

function page(title, text) {
  return `+++\ntitle = ${JSON.stringify(title)}\n+++\n\n${text}\n`;
}

function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out, pages, seed] = process.argv.slice(2);
  if (!out || !(Number(pages) > 0)) {
    console.error('usage: node corpus.mjs OUT PAGES [SEED]');
    process.exit(2);
  }
  const made = writeCorpus(out, Number(pages), seed ? Number(seed) : undefined);
  console.log(`${made.pages} pages with ${made.sections} sections: ${made.words} words of ${made.forms} forms, in ${out}`);
}
