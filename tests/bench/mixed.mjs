// The kind of made-up handbook that builds are measured on: pages of varied length with all that Markdown and front matter can
// hold, codes of conduct with numbered chapters and clauses, and frameworks of each shape.

import { BLOCKS, PICTURE } from './blocks.mjs';
import { framework, writeFrameworks } from './frameworks.mjs';
import { outline, partsOf, upFrom } from './outline.mjs';
import { HEADINGS, SENTENCES } from './writer.mjs';

/** Of so many sections one is a code, the second first. */
const SECTIONS_TO_A_CODE = 5;
const NUMBERINGS = ['true', '"decimal"'];
const LINKS_ON_PAGE = 3;
/** One link of so many leads to a value rather than to a heading or clause. */
const LINKS_TO_A_VALUE = 15;
const TEAMS = ['People team', 'Legal team', 'Chief executive’s office', 'Safety team', 'Library service'];

/** What plain sentences leave out: apostrophes, quotation marks, dashes, stress, words to type and notes. */
export const MIXED_SENTENCES = [
  ...SENTENCES,
  "Don't {V} the {N} on your own -- ask {M}, who's {A}.",
  '{M} put it like this: "{V} the {N} first, and the {Ns} will {V} themselves."',
  'You *never* {V} a {N} that is **{A}**; you {V} it {Y}...',
  'Write `{N}` at the top of the {N}, and {V} it within {D} days.',
];

export function writeMixed(write, pages, seed, writer, random) {
  const sections = outline(pages, writer, (number) => headings(isCode(number), writer, random));
  const values = writeFrameworks(write, pages, writer, random);
  const all = sections.flatMap((section) => section.pages.map((page, place) => ({ ...page, section, place })));
  const context = { all, values, writer, random };
  for (const { title, folder } of partsOf(sections)) {
    write(`content/${folder}/index.md`, page({ title: title.text }, writer.paragraph(2)));
  }
  for (const section of sections) {
    write(`content/${section.folder}/index.md`, sectionText(section, context));
    write(`content/${section.folder}/picture.svg`, PICTURE);
  }
  for (const one of all) write(`content/${one.path}.md`, pageText(one, context));
  const doors = sections.slice(0, 10).map(({ title, folder }) => `- [${title.text}](${folder}/index.md)`);
  const shown = framework({ id: values[0].framework, show: 'values' });
  write('content/index.md', page({ title: 'Welcome' }, `${doors.join('\n')}\n\n${shown}`));
  return sections;
}

function isCode(section) {
  return section % SECTIONS_TO_A_CODE === 1;
}

function numbering(section) {
  return NUMBERINGS[Math.floor(section / SECTIONS_TO_A_CODE) % NUMBERINGS.length];
}

/** Two to seven, some a level deeper than the one before; those of a chapter are all its clauses' own. */
function headings(isChapter, writer, random) {
  return Array.from({ length: random.between(2, 7) }, (_, i) => {
    const depth = !isChapter && i > 0 && random.chance(0.3) ? 3 : 2;
    return { ...writer.heading(HEADINGS), depth };
  });
}

function sectionText({ title, number }, { values, writer, random }) {
  const keys = { title: title.text, order: number, summary: writer.paragraph(1) };
  if (isCode(number)) keys.numbered = numbering(number);
  const { framework: id } = random.pick(values);
  const shown = number % 10 === 5 ? `\n\n${framework({ id, show: 'matrix' })}` : '';
  return page(keys, writer.paragraph(3) + shown);
}

function pageText(one, context) {
  const { writer, random, values } = context;
  const topic = writer.topic();
  const body = one.headings.map((heading, i) => {
    const own = writer.narrowed(topic, heading);
    const link = i < LINKS_ON_PAGE + 1 && random.chance(0.85) ? ` See also ${linkFrom(one, context)}.` : '';
    const part = isCode(one.section.number) ? clauses(own, link, context) : blocks(own, link, context);
    return [`${'#'.repeat(heading.depth)} ${heading.text}`, ...part].join('\n\n');
  });
  if (random.chance(0.02)) {
    const { framework: id, slug: value } = random.pick(values);
    body.push(framework({ id, show: 'indicators', value }));
  }
  return page(frontMatter(one, context), [writer.paragraph(random.between(1, 3), topic), ...body].join('\n\n'));
}

/** A link to a heading, a clause or a value elsewhere. */
function linkFrom(one, { all, values, random }) {
  const up = upFrom(one);
  if (random.below(LINKS_TO_A_VALUE) === 0) {
    const { title, framework: id, slug } = random.pick(values);
    return `[${title}](${up}../frameworks/${id}.toml#${slug})`;
  }
  const other = random.pick(all);
  const at = random.below(other.headings.length);
  const number = `${other.place + 1}.${at + 1}`;
  const clause = numbering(other.section.number) === 'true' ? `${number}-a` : `${number}.1`;
  const fragment = isCode(other.section.number) && random.chance(0.5) ? clause : other.headings[at].slug;
  return `[${other.title.text}](${up}${other.path}.md#${fragment})`;
}

/** Prose, and often something else below it. */
function blocks(topic, link, { writer, random }) {
  const paragraphs = Array.from({ length: random.between(1, 2) }, () => writer.paragraph(random.between(2, 5), topic));
  paragraphs[0] += link;
  if (random.chance(0.6)) paragraphs.push(random.pick(BLOCKS)(writer, random, topic));
  return paragraphs;
}

/** Two to five rules, some with rules below them. */
function clauses(topic, link, { writer, random }) {
  const items = Array.from({ length: random.between(2, 5) }, (_, i) => {
    const below = random.chance(0.2) ? [1, 2].map((number) => `\n   ${number}. ${writer.paragraph(1, topic)}`) : [];
    return `${i + 1}. ${writer.paragraph(random.between(1, 2), topic)}${below.join('')}`;
  });
  return [writer.paragraph(1, topic) + link, items.join('\n')];
}

function frontMatter({ title, path, section, place }, { writer, random }) {
  const keys = { title: title.text };
  if (isCode(section.number) || random.chance(0.3)) keys.order = place + 1;
  if (random.chance(0.5)) keys.summary = writer.paragraph(1);
  if (random.chance(0.6)) keys.owner = random.pick(TEAMS);
  if (random.chance(0.5)) {
    const day = `${10 + random.below(3)}-${10 + random.below(19)}`;
    Object.assign(keys, { last_reviewed: `2025-${day}`, review_by: `2035-${day}` });
  }
  if (random.chance(0.15)) keys.audience = ['all', 'managers'];
  if (random.chance(0.03)) keys.aliases = [`old/${path}.html`];
  return keys;
}

/** Keys that TOML writes without quotation marks. */
const BARE = new Set(['last_reviewed', 'review_by', 'numbered']);

function page(keys, text) {
  const lines = Object.entries(keys).map(([key, value]) => `${key} = ${BARE.has(key) ? value : JSON.stringify(value)}`);
  return `+++\n${lines.join('\n')}\n+++\n\n${text}\n`;
}
