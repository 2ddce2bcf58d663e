// Frameworks of made-up handbooks, by turns of three shapes: what I will and won't do, for each audience; competencies with levels
// and profiles, each a Markdown file; and behaviours rated from below to above what is expected.

import { VALUES, capital } from './writer.mjs';

/** A larger handbook has more frameworks rather than longer ones. */
const VALUES_IN_FRAMEWORK = 30;
const SHAPES = [
  { id: 'values', title: 'Our values', write: stances },
  { id: 'competencies', title: 'Competencies', write: levels },
  { id: 'leadership', title: 'Leadership', write: ratings },
];
const AUDIENCES = `[[scales]]
kind = "audience"
title = "Whom we ask"
points = [{ id = "all", title = "All colleagues" }, { id = "managers", title = "Managers", builds_on = "all" }]
`;
const STANCES = `[[scales]]
kind = "stance"
title = "What I will and won't do"
points = [{ id = "will", title = "I will" }, { id = "wont", title = "I won't", tone = "negative" }]
`;
const LEVELS = `[[scales]]
kind = "level"
title = "Level"
points = [
  { id = "level-1", title = "Level 1" },
  { id = "level-2", title = "Level 2", builds_on = "level-1" },
  { id = "level-3", title = "Level 3", builds_on = "level-2" },
]
`;
const RATINGS = `[terms]
value = { one = "promise", many = "promises" }

[[scales]]
kind = "rating"
title = "Expectations"
points = [
  { id = "below", title = "Below expectations", tone = "negative" },
  { id = "meets", title = "Meets expectations" },
  { id = "exceeds", title = "Exceeds expectations", tone = "positive" },
]
`;

/** Some twelve values for a hundred pages, 240 for ten thousand. Gives each as `{ title, slug, framework }`. */
export function writeFrameworks(write, pages, writer, random) {
  const values = Math.max(SHAPES.length, Math.round(12 * (pages / 100) ** 0.65));
  const count = Math.max(SHAPES.length, Math.ceil(values / VALUES_IN_FRAMEWORK));
  return Array.from({ length: count }, (_, i) => {
    const shape = SHAPES[i % SHAPES.length];
    const again = Math.floor(i / SHAPES.length);
    const id = again ? `${shape.id}-${again + 1}` : shape.id;
    const here = Math.floor(((i + 1) * values) / count) - Math.floor((i * values) / count);
    const own = Array.from({ length: here }, () => writer.heading(VALUES));
    const head = [
      `title = "${shape.title}${again ? `, part ${again + 1}` : ''}"`,
      `summary = ${JSON.stringify(writer.paragraph(1))}`,
      `order = ${1000 + i}`,
      `introduction = ${JSON.stringify(`## Where these came from\n\n${writer.paragraph(4)}`)}`,
    ].join('\n');
    shape.write(write, { id, head, values: own }, writer, random);
    return own.map(({ text, slug }) => ({ title: text, slug, framework: id }));
  }).flat();
}

/** A block in a page that shows a part of a framework. */
export function framework(keys) {
  const lines = Object.entries(keys).map(([key, value]) => `${key} = "${value}"`);
  return `\`\`\`framework\n${lines.join('\n')}\n\`\`\``;
}

function stances(write, { id, head, values }, writer, random) {
  const points = ['all.will', 'all.wont', 'managers.will', 'managers.wont'];
  const tables = values.map((value) => toml('values', value, writer) + indicators('values', points, writer, random));
  write(`frameworks/${id}.toml`, [head, AUDIENCES, STANCES, ...tables].join('\n'));
}

function ratings(write, { id, head, values }, writer, random) {
  const points = ['below', 'meets', 'exceeds'];
  const tables = values.map((value) => {
    const behaviours = Array.from({ length: 2 }, () => {
      const key = 'values.behaviours';
      return `${toml(key, writer.heading(VALUES), writer)}${indicators(key, points, writer, random)}`;
    });
    return [toml('values', value, writer), ...behaviours].join('\n');
  });
  write(`frameworks/${id}.toml`, [head, RATINGS, ...tables].join('\n'));
}

function levels(write, { id, head, values }, writer, random) {
  const levelOf = () => random.between(1, 3);
  const profiles = ['Team leader', 'Head of service'].map((title) => {
    const needs = values.map(({ slug }) => `${slug} = "level-${levelOf()}"`);
    const description = JSON.stringify(writer.paragraph(1));
    return `[[profiles]]\ntitle = "${title}"\ndescription = ${description}\nneeds = { ${needs.join(', ')} }\n`;
  });
  write(`frameworks/${id}.toml`, [head, LEVELS, ...profiles].join('\n'));
  values.forEach(({ text, slug }, order) => {
    const keys = `title = ${JSON.stringify(text)}\nstatement = ${JSON.stringify(writer.paragraph(1))}\norder = ${order}`;
    const parts = [1, 2, 3].map((level) => `## Level ${level}\n\n${bullets(random.between(2, 3), writer)}`);
    write(`frameworks/${id}/${slug}.md`, `+++\n${keys}\n+++\n\n${[writer.paragraph(4), ...parts].join('\n\n')}\n`);
  });
}

function toml(key, { text, slug }, writer) {
  const [statement, description] = [writer.paragraph(1), writer.paragraph(3)].map((prose) => JSON.stringify(prose));
  return `[[${key}]]
id = "${slug}"
title = ${JSON.stringify(text)}
statement = ${statement}
description = ${description}
`;
}

function indicators(key, points, writer, random) {
  const lists = points.map((point) => {
    const own = Array.from({ length: random.between(2, 3) }, () => capital(writer.indicator()));
    return `${point} = ${JSON.stringify(own)}`;
  });
  return `[${key}.indicators]\n${lists.join('\n')}\n`;
}

function bullets(count, writer) {
  return Array.from({ length: count }, () => `- ${writer.indicator()}`).join('\n');
}
