// What stands between the paragraphs of a made-up page: lists, tables, quotations, notes and pictures, one of each kind.

import { capital } from './writer.mjs';

const ITEMS = ['the {N} that {Vs}', '{A} {Ns} in {P}', '{V} the {N} {Y}', 'what the {Ns} {V}', 'a {N} for each {N}'];
const WORDS = ['{A} {N}', '{Ns}', '{N} in {P}', '{D} {Ns}'];
const NAMES = ['{N}', '{A} {N}'];
const CALLOUTS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'];

export const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 60" width="160" height="60">
<rect width="160" height="60" rx="6" fill="#e8f0ee"/><path d="M20 45c15-40 40-40 60 0s45 40 60 0" fill="none" stroke="#1d5b4f"/>
<circle cx="80" cy="30" r="8" fill="#1d5b4f"/></svg>
`;

/** Each takes a writer, chance and a topic. What comes more often stands there more than once. */
export const BLOCKS = [
  list, list, list, nested, steps, steps, table, table, quotation, quotation, callout, callout, tasks, definitions, footnote,
  picture, passage, details,
];

function list(writer, random, topic) {
  return lines(random.between(3, 6), () => `- ${item(writer, topic)}`);
}

function nested(writer, random, topic) {
  const below = () => lines(random.between(2, 3), () => `  - ${item(writer, topic)}`);
  return lines(random.between(2, 3), () => `- ${item(writer, topic)}\n${below()}`);
}

function steps(writer, random, topic) {
  return lines(random.between(3, 6), (_, i) => `${i + 1}. ${item(writer, topic)}`);
}

function tasks(writer, random, topic) {
  return lines(random.between(3, 5), () => `- [${random.chance(0.5) ? 'x' : ' '}] ${item(writer, topic)}`);
}

function table(writer, random, topic) {
  const cell = () => capital(writer.phrase(WORDS, topic));
  const rows = lines(random.between(3, 6), () => `| ${cell()} | ${cell()} | ${random.between(1, 300)} |`);
  return `| ${cell()} | ${cell()} | Days |\n| --- | --- | --: |\n${rows}`;
}

function quotation(writer, random, topic) {
  return `> ${writer.paragraph(random.between(1, 3), topic)}`;
}

function callout(writer, random, topic) {
  return `> [!${random.pick(CALLOUTS)}]\n> ${writer.paragraph(random.between(1, 2), topic)}`;
}

function definitions(writer, random, topic) {
  const one = () => `${capital(writer.phrase(NAMES, topic))}\n: ${writer.paragraph(1, topic)}`;
  return Array.from({ length: random.between(2, 3) }, one).join('\n\n');
}

function footnote(writer, random, topic) {
  // A page may have several, which mustn't be called the same.
  const name = `note-${random.below(1e9).toString(36)}`;
  return `${writer.paragraph(2, topic)}[^${name}]\n\n[^${name}]: ${writer.paragraph(1, topic)}`;
}

function picture(writer, random, topic) {
  return `![A drawing: ${writer.phrase(ITEMS, topic)}.](picture.svg)`;
}

function passage(writer, random, topic) {
  return `Over the door stands [Croeso i bawb]{lang=cy}. ${writer.paragraph(1, topic)}`;
}

function details(writer, random, topic) {
  const question = `May I have a ${writer.phrase(NAMES, topic)}?`;
  return `<details>\n<summary>${question}</summary>\n\n${writer.paragraph(2, topic)}\n\n</details>`;
}

function item(writer, topic) {
  return writer.phrase(ITEMS, topic);
}

function lines(count, line) {
  return Array.from({ length: count }, line).join('\n');
}
