// The figures as tables of Markdown, and where they stand in the guide.

import { readFileSync, writeFileSync } from 'node:fs';
import { number } from '../figures.mjs';

const MARKERS = /(<!-- figures -->\n).*?(\n<!-- end of figures -->)/s;

/** One row for each tool, with how many times as long as Ethos it takes. */
export function sizeTable({ size, words, figures, again, disturbance }) {
  const ethos = figures.get('Ethos');
  const rows = [...figures].map(([name, one]) => [
    name,
    seconds(one.wall),
    seconds(one.cpu),
    number(Math.round(one.memory)),
    `${decimals(one.size)} MB in ${number(one.files)} files`,
    name === 'Ethos' ? '' : `${decimals(one.wall / ethos.wall)} times`,
  ]);
  const { wall, cpu, memory } = again.unchanged;
  const share = `${decimals(wall / ethos.wall)} times`;
  rows.push(['Ethos again, nothing changed', seconds(wall), seconds(cpu), number(Math.round(memory)), '', share]);
  const head = ['', 'Time: s', 'Processor: s', 'Memory: MB', 'Output', 'Time beside Ethos'];
  const below = `${pageSizes(figures)}\n${disturbed(disturbance)}`;
  return `### ${number(size)} pages, ${number(words)} words\n\n${table([head, ...rows])}\n\n${below}`;
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

function pageSizes(figures) {
  const wanted = ['Ethos', 'Hugo', 'mdBook'].filter((name) => figures.has(name));
  const parts = wanted.map((name) => `${name} ${decimals(figures.get(name).bytes / 1000)} KB`);
  return `A page of HTML has, on average: ${parts.join(', ')}.`;
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
