// Checks the judged questions against built handbooks.
//
//   node check.mjs NAME=BUILT_DIR ...
//
// NAME is a file of this folder without `.json`, BUILT_DIR the folder that
// `ethos build` wrote for that handbook. Every answer must name a page that
// exists there, and an id that exists on the page. Ends with 1 if one does
// not, or if a question is not well formed.

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const parts = ["tuning", "held-out"];
const problems = [];
const total = { questions: 0, answers: 0, tuning: 0, "held-out": 0 };

const wanted = process.argv.slice(2);
if (wanted.length === 0 || wanted.some((arg) => !/^[^=/]+=.+$/.test(arg))) {
  console.error("Usage: node check.mjs NAME=BUILT_DIR ...");
  process.exit(2);
}

const entities = { amp: "&", quot: '"', lt: "<", gt: ">", "#39": "'" };
const plain = (text) => text.replace(/&(amp|quot|lt|gt|#39);/g, (_, name) => entities[name]);

/** The ids of a page, or null if there is no such page. */
function idsOf(dir, page, known) {
  if (!known.has(page)) {
    const path = join(dir, page);
    const found = existsSync(path) && statSync(path).isFile();
    const ids = found
      ? [...readFileSync(path, "utf8").matchAll(/<[a-z][^<>]*?\sid="([^"]*)"/g)].map((m) => plain(m[1]))
      : null;
    known.set(page, ids && new Set(ids));
  }
  return known.get(page);
}

for (const arg of wanted) {
  const name = arg.slice(0, arg.indexOf("="));
  const dir = arg.slice(arg.indexOf("=") + 1);
  const file = join(here, `${name}.json`);
  if (!existsSync(file)) {
    problems.push(`${name}: there is no ${name}.json`);
    continue;
  }
  if (!existsSync(join(dir, "index.html"))) {
    problems.push(`${name}: ${dir} holds no built handbook`);
    continue;
  }
  let questions;
  try {
    questions = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    problems.push(`${name}.json: ${error.message}`);
    continue;
  }
  if (!Array.isArray(questions) || questions.length === 0) {
    problems.push(`${name}.json: not a list of questions`);
    continue;
  }
  const known = new Map();
  const seen = new Set();
  for (const [index, question] of questions.entries()) {
    const { query, answers, part } = question ?? {};
    const label = `${name}, question ${index + 1} (${query})`;
    if (typeof query !== "string" || query.trim() === "") problems.push(`${label}: no query`);
    else if (seen.has(query.toLowerCase())) problems.push(`${label}: asked twice`);
    else seen.add(query.toLowerCase());
    if (!parts.includes(part)) problems.push(`${label}: part is ${part}`);
    else total[part] += 1;
    total.questions += 1;
    const entries = Object.entries(answers ?? {});
    if (!entries.some(([, grade]) => grade === 2)) problems.push(`${label}: no answer of grade 2`);
    for (const [address, grade] of entries) {
      total.answers += 1;
      if (grade !== 1 && grade !== 2) problems.push(`${label}: ${address} has grade ${grade}`);
      const hash = address.indexOf("#");
      const page = hash < 0 ? address : address.slice(0, hash);
      const ids = idsOf(dir, page, known);
      if (!ids) problems.push(`${label}: no page ${page}`);
      else if (hash >= 0 && !ids.has(address.slice(hash + 1))) problems.push(`${label}: no place ${address}`);
    }
  }
}

for (const problem of problems) console.error(problem);
console.log(
  `${total.questions} questions (${total.tuning} tuning, ${total["held-out"]} held out), ` +
    `${total.answers} answers, ${problems.length} problems`,
);
process.exit(problems.length > 0 ? 1 : 0);
