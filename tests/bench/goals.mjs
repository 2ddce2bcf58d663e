// What Ethos is meant to reach, with the figure that it does.

import { number } from '../figures.mjs';
import { decimals, table } from './report.mjs';

/**
 * @param results by size, what was measured there
 * @param start ms from start to end of a program with nothing to do: Ethos, and the least that it can be
 * @param binary the size of the program in MB
 */
export function goalTable(results, start, binary) {
  const figures = (size, tool) => results.get(size)?.figures.get(tool);
  const ethos = (size, figure = 'wall') => figures(size, 'Ethos')?.[figure];
  const wall = (size, tool) => figures(size, tool)?.wall;
  const again = (size, kind) => results.get(size)?.again[kind].wall / ethos(size);
  const rows = [
    atMost('10,000 pages: times the floor', 3, ethos(10_000) / wall(10_000, 'Floor')),
    atLeast('… Hugo takes so many times as long', 6, wall(10_000, 'Hugo') / ethos(10_000)),
    atLeast('… Hugo + Pagefind takes so many times as long', 20, wall(10_000, 'Hugo + Pagefind') / ethos(10_000)),
    atMost('1,000 pages: times the floor', 4, ethos(1000) / wall(1000, 'Floor')),
    atLeast('100 pages: mdBook without search takes so many times as long', 2, wall(100, 'mdBook without search') / ethos(100)),
    atMost('From 1,000 to 10,000 pages, a build takes so many times as long', 10.5, ethos(10_000) / ethos(1000)),
    atMost('From 1,000 to 30,000 pages', 32, ethos(30_000) / ethos(1000)),
    atMost('Memory at 10,000 pages: MB', 300, ethos(10_000, 'memory')),
    ...[1000, 10_000].map((size) =>
      atMost(`Again at ${number(size)} pages, nothing changed: times a first build`, 0.2, again(size, 'unchanged')),
    ),
    atLeast('Processors kept busy at 10,000 pages: user time by time', 1.7, ethos(10_000, 'user') / ethos(10_000)),
    atMost(`Start: ms (that of an empty program is ${decimals(start.least)})`, 5, start.ethos),
    atMost('Size of the program: MB', 15, binary),
  ];
  return `### Goals\n\n${table([['Of Ethos with search', 'Goal', 'Figure', 'Met'], ...rows])}`;
}

function atMost(label, limit, value) {
  return row(label, `≤ ${limit}`, value, value <= limit);
}

function atLeast(label, limit, value) {
  return row(label, `≥ ${limit}`, value, value >= limit);
}

/** What wasn't measured this time has no figure. */
function row(label, goal, value, isMet) {
  return Number.isFinite(value) ? [label, goal, decimals(value), isMet ? 'yes' : '**no**'] : [label, goal, '–', ''];
}
