// The kind of made-up handbook that searches are measured on: long pages of nothing but headed text, and a framework.
// Its bytes are the same for a seed from version to version, so that figures can be compared: mind the order of what is drawn.

import { outline, partsOf, upFrom } from './outline.mjs';
import { knownItemQueries } from '../search/queries.mjs';
import { seeded } from './random.mjs';
import { SYNONYMS } from './vocabulary.mjs';
import { VALUES, capital } from './writer.mjs';

const HEADINGS_ON_PAGE = 5;
const LINKS_ON_PAGE = 3;
const INDICATORS_OF_VALUE = 10;
const AUDIENCES = ['all', 'managers'];
const LEVELS = ['level-1', 'level-2', 'level-3'];

/** Writes `content`, `frameworks/values.toml`, and `queries.json` with what readers might ask of the handbook. */
export function writePlain(write, pages, seed, writer, random) {
  const headings = () => Array.from({ length: HEADINGS_ON_PAGE }, () => writer.heading());
  const sections = outline(pages, writer, headings);
  const all = sections.flatMap((section) => section.pages);
  for (const { title, folder } of partsOf(sections)) {
    write(`content/${folder}/index.md`, page(title.text, writer.paragraph(2)));
  }
  for (const section of sections) {
    write(`content/${section.folder}/index.md`, page(section.title.text, writer.paragraph(3)));
    for (const one of section.pages) write(`content/${one.path}.md`, pageText(one, all, writer, random));
  }
  const doors = sections.slice(0, 10).map(({ title, folder }) => `- [${title.text}](${folder}/index.md)`);
  write('content/index.md', page('Welcome', doors.join('\n')));
  const framework = values(pages, writer, random);
  write('frameworks/values.toml', framework.toml);
  const titled = [
    ...all.map(({ title, path }) => ({ ...title, address: `${path}.html` })),
    ...all.flatMap(({ path, headings }) =>
      headings.map((heading) => ({ ...heading, address: `${path}.html#${heading.slug}`, isHeading: true })),
    ),
    ...framework.titles.map((title) => ({ ...title, address: `values/${title.slug}.html` })),
  ];
  // By another seed, so that no query owes anything to the order in which the text was made.
  write('queries.json', JSON.stringify(knownItemQueries(titled, writer, SYNONYMS, seeded(seed + 1000)), null, 1));
  return sections;
}

function pageText({ title, path, headings }, all, writer, random) {
  const topic = writer.topic();
  const up = upFrom({ path });
  const body = headings.map((heading, i) => {
    const own = writer.narrowed(topic, heading);
    const other = random.pick(all);
    const address = `${up}${other.path}.md#${random.pick(other.headings).slug}`;
    const link = i < LINKS_ON_PAGE ? ` See also [${other.title.text}](${address}).` : '';
    const paragraphs = [writer.paragraph(random.between(4, 6), own), writer.paragraph(random.between(4, 6), own) + link];
    return [`## ${heading.text}`, ...paragraphs].join('\n\n');
  });
  return page(title.text, [writer.paragraph(2, topic), ...body].join('\n\n'));
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

function page(title, text) {
  return `+++\ntitle = ${JSON.stringify(title)}\n+++\n\n${text}\n`;
}
