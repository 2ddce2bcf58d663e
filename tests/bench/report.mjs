// The figures as tables of Markdown, and where they stand in the guide.

import { readFileSync, writeFileSync } from 'node:fs';
import { number } from '../figures.mjs';

const MARKERS = /(<!-- figures -->\n).*?(\n<!-- end of figures -->)/s;

/** The pages of the other programs are like those of one of these, but for links to the search. */
const OWN_PAGES = ['Ethos', 'Hugo', 'mdBook'];

/** A table for each kind of figure, with a column for each size of handbook: people look for their own size. */
export function figureTables(results) {
  const all = results.map(({ size, figures, again }) => ({
    size,
    figures: new Map([...figures, ['Ethos again, nothing changed', again.unchanged]]),
  }));
  const parts = [
    ['Time in seconds, and how many times as long as Ethos', (one, ethos) => `${seconds(one.wall)}${times(one, ethos)}`],
    ['Time of all processors together, in seconds', (one) => seconds(one.cpu)],
    ['Memory in MB', (one) => number(Math.round(one.memory))],
    ['What is written', (one) => one.size && `${decimals(one.size)} MB in ${number(one.files)} files`],
    ['A page of HTML on average, in KB', (one, _, name) => OWN_PAGES.includes(name) && decimals(one.bytes / 1000)],
  ];
  return parts.map(([title, show]) => `### ${title}\n\n${figureTable(all, show)}`).join('\n\n');
}

/** A row for each program that has such a figure, with a dash at a size that it wasn't asked to build. */
function figureTable(all, show) {
  const names = new Set(all.flatMap(({ figures }) => [...figures.keys()]));
  const rows = [...names].map((name) => [
    name,
    ...all.map(({ figures }) => (figures.has(name) && show(figures.get(name), figures.get('Ethos'), name)) || '–'),
  ]);
  const head = ['', ...all.map(({ size }) => `${number(size)} pages`)];
  return table([head, ...rows.filter(([, ...cells]) => cells.some((cell) => cell !== '–'))]);
}

function times(one, ethos) {
  return one === ethos ? '' : ` (${decimals(one.wall / ethos.wall)} times)`;
}

/** How large the handbooks were, and what may have disturbed the runs. */
export function circumstances(results) {
  const words = results.map(({ size, words }) => `${number(words)} on ${number(size)} pages`).join(', ');
  const most = Math.round(Math.max(...results.map(({ disturbance }) => disturbance)));
  return `Words: ${words}.\nOther programs took at most ${most} % of the processors meanwhile.`;
}

/** What a chooser may want to know of the program itself, with no handbook. */
export function programLine(start, binary) {
  const least = `an empty program takes ${decimals(start.least)} ms`;
  return `Ethos is one file of ${decimals(binary)} MB. It starts in ${decimals(start.ethos)} ms; ${least}.`;
}

/** Two builds of Ethos, the one by the other. */
export function againstTable({ size, figures, disturbance }) {
  const [own, other] = figures.values();
  const row = (label, figure, show) => [label, show(own[figure]), show(other[figure]), (own[figure] / other[figure]).toFixed(3)];
  const rows = [
    row('Time: s', 'wall', seconds),
    row('Processor: s', 'cpu', seconds),
    row('Memory: MB', 'memory', decimals),
    row('Output: MB', 'size', decimals),
  ];
  return `### ${number(size)} pages\n\n${table([['', 'Ethos', 'Against', 'Ratio'], ...rows])}\n\n${disturbed(disturbance)}`;
}

function disturbed(percent) {
  return `Other programs took ${Math.round(percent)} % of the processors meanwhile.`;
}

export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  return [line(rows[0]), line(widths.map((width) => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n');
}

/** Puts the figures between the two comments of a page that stand around them. */
export function writeInto(page, figures) {
  const text = readFileSync(page, 'utf8');
  if (!MARKERS.test(text)) throw new Error(`${page} has no place for figures`);
  writeFileSync(page, text.replace(MARKERS, (_, before, after) => `${before}\n${figures}\n${after}`));
}

export function seconds(value) {
  return value.toFixed(value < 1 ? 3 : 2);
}

export function decimals(value) {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : number(Math.round(value));
}
