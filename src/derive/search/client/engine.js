// The engine of the search: it loads parts of the index as they are needed, finds documents and ranks them. What the parts
// look like is told in parts.rs, how texts become words in words.rs, what a typed word stands for in meanings.js. Nothing here
// touches the page but the scripts it loads.

const PATIENCE = 8000;
const LONGEST_WORD = 32;
// The longest query, in characters.
const LONGEST = 200;
const HITS_SHOWN = 3;
const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const own = document.currentScript.src;
const parts = { t: {}, d: {}, x: {}, f: {}, v: {} };
const waiting = {};
let contents;

// Words

const strip = (text) => text.normalize("NFKD").replace(/[\p{M}'’‘ʼ`]/gu, "");
// Letter by letter, since a whole word in capitals may be lowered in another way, as Greek is.
const lower = (text) => Array.from(text, (letter) => letter.toLowerCase()).join("");
const isPlain = /^[\0-\x7f]*$/;
const fold = (text) =>
  isPlain.test(text) ? text.toLowerCase().replace(/['`]/g, "") : strip(lower(strip(text))).normalize("NFC");
const runs = (text) => fold(text).match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
const pieces = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const unspaced = new RegExp(`[${UNSPACED}]`, "u");

function forms(text) {
  return runs(text).flatMap((run) => run.match(pieces)).flatMap((piece) => {
    const letters = [...piece];
    if (!unspaced.test(piece)) return letters.length > LONGEST_WORD ? [] : [piece];
    return letters.length === 1 ? letters : letters.slice(1).map((letter, index) => letters[index] + letter);
  });
}

function shortSlug(words) {
  let slug = "";
  for (const word of words.slice(0, 8)) {
    if (slug && slug.length + word.length >= 60) break;
    slug += (slug && "-") + word;
  }
  return slug;
}

// Parts

function receive(sort, number, data) {
  parts[sort][number] = data;
  waiting[sort + number]?.(data);
}

// A page that was open while the handbook was published asks for parts that are gone: the new page knows the new ones.
function startAfresh() {
  try {
    if (!document.getElementById("hb-search-results") || sessionStorage.getItem("ethos-search") === own) return;
    sessionStorage.setItem("ethos-search", own);
    location.reload();
  } catch {
    // Storage is switched off: reloading could go on for ever.
  }
}

function load(sort, number, hash = contents.names[sort].split(" ")[number]) {
  const kept = parts[sort];
  if (kept[number] !== undefined) return kept[number];
  kept[number] = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      delete kept[number];
      script.remove();
      reject(new Error(`${sort}${number}`));
    };
    const timer = setTimeout(fail, PATIENCE);
    waiting[sort + number] = (data) => {
      clearTimeout(timer);
      resolve(data);
    };
    script.onerror = () => {
      clearTimeout(timer);
      fail();
      startAfresh();
    };
    script.src = new URL(`${sort}${number}.${hash}.js`, own).href;
    document.head.append(script);
  });
  return kept[number];
}

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const VALUE = new Uint8Array(128);
[...ALPHABET].forEach((letter, value) => (VALUE[letter.charCodeAt()] = value));

// Calls take(number, next character's value) for each VLQ number; take says whether it used the character behind it.
function numbers(code, take) {
  let number = 0;
  let shift = 0;
  for (let at = 0; at < code.length; at++) {
    const value = VALUE[code.charCodeAt(at)];
    number |= (value & 31) << shift;
    shift += 5;
    if (value > 31) continue;
    if (take(number, VALUE[code.charCodeAt(at + 1)])) at++;
    number = shift = 0;
  }
}

function rising(code) {
  const all = [0];
  numbers(code, (number) => void all.push(all.at(-1) + number));
  return all;
}

// The index of the last start that isn't beyond a value.
function place(starts, value) {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function unfold(code, last) {
  return last.slice(0, VALUE[code.charCodeAt()]) + code.slice(1);
}

// The forms of one part of the vocabulary: each with its group, or with the form in whose part the group stands.
const read = {};
async function terms(number) {
  const code = await load("t", number);
  return (read[number] ??= new Map(
    code.split(";").flatMap((entry) => {
      const [names, postings] = entry.split(/[:!]/);
      if (postings === undefined) return names ? [names.split(">")] : [];
      const group = { forms: [], postings, isFunction: entry.includes("!") };
      for (const name of names.split(",")) group.forms.push(unfold(name, group.forms.at(-1) ?? ""));
      return group.forms.map((form) => [form, group]);
    }),
  ));
}

const partOf = (form) => place(contents.starts, form) + 1;

async function group(form) {
  const found = (await terms(partOf(form))).get(form);
  return typeof found === "string" ? (await terms(partOf(found))).get(found) : found;
}

// The documents of a group with their weights and shares, decoded once.
function postings(group) {
  if (typeof group.postings !== "string") return group.postings;
  const documents = [];
  const weights = [];
  let last = 0;
  numbers(group.postings, (gap, weight) => {
    documents.push((last += gap));
    weights.push(weight);
    return true;
  });
  return (group.postings = { documents, weights });
}

// A query that is too long ends with its last whole word: half a word is none that anybody typed.
function cut(text) {
  const letters = [...text];
  const start = letters.slice(0, LONGEST).join("");
  if (letters.length <= LONGEST || /\s/.test(letters[LONGEST])) return start;
  return start.replace(/\s+\S*$/, "") || start;
}

// The words of a query in its order, each as the index has it and as it was typed. "4.2(c)", "4.2 c" and "4.2" are one word
// each, where the handbook has such a number.
async function wordsOf(query) {
  const all = new Map();
  const add = (word, typed, at) => all.has(word) || all.set(word, { word, typed, at });
  let rest = query;
  for (const { 0: number, index } of query.matchAll(/\d+(\.\d+)*(\s*\(\w{1,5}\)|[\s.][a-z]\b)*/gi)) {
    const word = runs(number).join(".");
    if (!word.includes(".") || !(await group(word))) continue;
    add(word, number, index);
    rest = rest.slice(0, index) + " ".repeat(number.length) + rest.slice(index + number.length);
  }
  for (const { 0: run, index } of rest.matchAll(/\S+/g)) {
    const words = forms(run);
    const typed = run.replace(/^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}\p{M}]+$/gu, "");
    for (const word of words) add(word, words.length > 1 ? word : typed, index);
  }
  return [...all.values()].sort((a, b) => a.at - b.at);
}

// Ranking: BM25F from the weights of the index; documents that have more of what was asked, and in their titles, come first.

// How much a word such as "who" counts beside others, however rare it is in a small handbook.
const FUNCTION_WORD = 0.03;
const SHARE = [0, 0.25, 0.5, 1];

function rank(words) {
  const asked = words.filter(({ found }) => found.size);
  if (!asked.length) return { all: [] };
  const n = contents.n;
  const score = new Float32Array(n);
  const covered = new Float32Array(n);
  const titled = new Float32Array(n);
  const share = new Float32Array(n);
  let worth = 0;
  for (const { found, isFunction } of asked) {
    const best = new Float32Array(n);
    const named = new Float32Array(n);
    const hit = [];
    const power = isFunction ? FUNCTION_WORD : 1;
    for (const [group, { fit }] of found) {
      const { documents, weights } = postings(group);
      documents.forEach((document, index) => {
        const weight = (fit * ((weights[index] & 15) + 0.5)) / 16;
        if (!best[document]) hit.push(document);
        if (weight > best[document]) best[document] = weight;
        named[document] = Math.max(named[document], fit * SHARE[weights[index] >> 4]);
      });
    }
    const rarity = power * Math.log(1 + (n - hit.length + 0.5) / (hit.length + 0.5));
    worth += rarity;
    for (const document of hit) {
      score[document] += rarity * best[document];
      covered[document] += rarity;
      share[document] += named[document];
      if (named[document]) titled[document] += rarity;
    }
  }
  const all = [];
  for (let document = 0; document < n; document++) {
    const part = covered[document] / worth;
    if (part < 0.1) continue;
    score[document] *= part * part * (1 + 1.2 * Math.min(1, share[document]) * (titled[document] / worth));
    all.push(document);
  }
  return { all: all.sort((a, b) => score[b] - score[a] || a - b), score };
}

// Of several words that a slip may stand for, the one that the best document holds.
function settle(words) {
  const open = words.filter(({ how, found }) => how === SLIP && found.size > 1);
  const [first] = open.length ? rank(words).all : [];
  for (const word of open) {
    const [best] = [...word.found].sort((a, b) => worthOf(b, first) - worthOf(a, first));
    word.found = new Map([best]);
  }
}

function worthOf([group, { fit }], document) {
  const { documents, weights } = postings(group);
  const at = documents.indexOf(document);
  return fit * (at < 0 ? 0 : 1 + (weights[at] & 15));
}

// Choices

let facets;
async function choices() {
  return (facets ??= (await load("f", 0)).map(([name, label, values]) => ({
    name,
    label,
    values: values.map(([slug, label, code]) => {
      const documents = [];
      let start = 0;
      let gap;
      numbers(code, (number) => {
        if (gap === undefined) {
          gap = number;
          return;
        }
        start += gap;
        for (const end = start + number; start < end; start++) documents.push(start);
        gap = undefined;
      });
      return { slug, label, documents, count: documents.length };
    }),
  })));
}

// Within one facet any choice will do, across facets each must be met. A document that fails one facet alone still counts there.
function narrow(all, facets, filters) {
  const fails = new Uint8Array(contents.n);
  const only = new Uint8Array(contents.n);
  const isFound = new Uint8Array(contents.n);
  for (const document of all) isFound[document] = 1;
  facets.forEach(({ name, values }, index) => {
    const chosen = values.filter(({ slug }) => filters[name]?.includes(slug));
    if (!chosen.length) return;
    const isAllowed = new Uint8Array(contents.n);
    for (const { documents } of chosen) for (const document of documents) isAllowed[document] = 1;
    for (const document of all) {
      if (isAllowed[document]) continue;
      fails[document]++;
      only[document] = index;
    }
  });
  const counts = {};
  facets.forEach(({ name, values }, index) => {
    counts[name] = {};
    for (const { slug, documents } of values) {
      counts[name][slug] = documents.filter(
        (document) => isFound[document] && (!fails[document] || (fails[document] === 1 && only[document] === index)),
      ).length;
    }
  });
  return { kept: all.filter((document) => !fails[document]), counts };
}

// Results

const pageOf = () => (contents.pageOf ??= rising(contents.pages));

// The part that tells of a document, and the number of its first document.
async function resultPart(document) {
  const starts = (contents.firsts ??= rising(contents.d));
  const number = place(starts, document);
  return { part: await load("d", number), first: starts[number] };
}

async function hit(document) {
  let { part: [pages], first } = await resultPart(document);
  for (const page of pages) {
    const [url, title, above, documents] = page;
    if (document >= first + documents.length) {
      first += documents.length;
      continue;
    }
    const [kind, name, anchor, citation, points] = documents[document - first];
    const heading = name || title;
    const slug = kind & 1 ? shortSlug(runs(heading)) : runs(heading).join("-");
    const isTop = document === first;
    return {
      document,
      page: { url, title },
      url: isTop ? url : `${url}#${anchor || slug}`,
      title: citation ? `${citation} ${heading}` : heading,
      kind: contents.kinds[kind >> 2],
      place: [...above, ...(isTop ? [] : [title]), ...(points || [])],
      hasText: !!(kind & 2),
    };
  }
}

function grouped(all) {
  const starts = pageOf();
  const groups = new Map();
  for (const document of all) {
    const page = place(starts, document);
    if (!groups.has(page)) groups.set(page, []);
    groups.get(page).push(document);
  }
  return [...groups.values()];
}

async function within(groups, url) {
  for (const group of groups) if ((await hit(group[0])).page.url === url) return group;
  return [];
}

// Texts are marked word by word as they stand, whatever accents or capitals they have.
function mark(text, wanted) {
  const out = [];
  const say = (text, marked) => {
    if (out.at(-1)?.marked === marked) out.at(-1).text += text;
    else if (text) out.push({ text, marked });
  };
  let last = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}'’‘ʼ`]+/gu)) {
    say(text.slice(last, index), false);
    last = index + word.length;
    if (!unspaced.test(word)) {
      say(word, forms(word).some((form) => wanted.has(form)));
      continue;
    }
    const letters = [...word];
    const isPair = letters.map((letter, at) => wanted.has(letter + (letters[at + 1] ?? "")));
    letters.forEach((letter, at) => say(letter, isPair[at] || !!isPair[at - 1]));
  }
  say(text.slice(last), false);
  return out;
}

// The passage of some thirty words that holds most of what was asked.
const PASSAGE = 190;
async function snippet(hit, wanted) {
  if (!hit.hasText) return null;
  const { part: [, cuts, hashes, [block, from, skipped]], first } = await resultPart(hit.document);
  const starts = rising(cuts);
  const at = hit.document - first;
  const piece = place(starts, at);
  const texts = await load("x", `${block}-${from + piece}`, hashes.split(" ")[piece]);
  const text = texts[at - starts[piece] + (piece ? 0 : skipped)];
  const found = [];
  let length = 0;
  for (const { text: piece, marked } of mark(text, wanted)) {
    if (marked) found.push([length, piece.toLowerCase()]);
    length += piece.length;
  }
  let start = 0;
  let most = 0;
  for (const [from] of found) {
    const inside = new Set(found.filter(([at]) => at >= from && at < from + PASSAGE - 40).map(([, word]) => word));
    if (inside.size > most) [start, most] = [from, inside.size];
  }
  start = start < PASSAGE - 60 ? 0 : text.indexOf(" ", start - 40) + 1;
  let end = start + PASSAGE;
  if (end < text.length) end = text.lastIndexOf(" ", end);
  if (end <= start) end = start + PASSAGE;
  const passage = text.slice(start, end);
  return mark((start ? "… " : "") + passage + (end < text.length ? " …" : ""), wanted);
}

// What is found for a query, and what was looked for in its place where a word of it stands nowhere: `missing` are such words as
// they were typed, `searched` the words that were looked for, `beginning` what words had to begin with, and `offers` are other
// queries that may have been meant. `isTyping` says that the last word may not be finished.
async function search({ words: query, filters = {}, asTyped = false, within: page = null, isTyping = false }) {
  const [facets, typed] = await Promise.all([choices(), wordsOf(query)]);
  const last = /\s$/.test(query) ? null : typed.at(-1);
  const words = await Promise.all(typed.map((word) => meaning(word, { isLast: word === last, isTyping, asTyped })));
  const asked = lookedFor(words);
  settle(asked);
  let { all } = rank(asked);
  if (!query.trim()) all = Array.from({ length: contents.n }, (_, document) => document);
  if (page) all = await within(grouped(all), page);
  const { kept, counts } = narrow(all, facets, filters);
  const groups = grouped(kept);
  const wanted = new Set(asked.flatMap(({ found }) => [...found.keys()].flatMap(({ forms }) => forms)));
  const show = async (documents) => {
    const hits = await Promise.all(documents.slice(0, page ? documents.length : HITS_SHOWN).map(hit));
    return { ...hits[0].page, total: documents.length, hits };
  };
  return {
    missing: words.filter(({ how }) => how !== KNOWN).map(({ typed }) => typed),
    searched: asked.map(wordSearched).filter(Boolean),
    beginning: words.find(({ how }) => how === BEGINNING)?.typed,
    isMended: words.some(({ how }) => how === SLIP),
    offers: offersFor(words),
    total: kept.length,
    groups: groups.length,
    counts,
    page: (from, to) => Promise.all(groups.slice(from, to).map(show)),
    snippet: (hit) => snippet(hit, wanted),
    mark: (text) => mark(text, wanted),
  };
}

// Asks for the parts that a search will need, while the page is still busy with itself. The search tells what fails.
function prepare(query) {
  const ask = async () => Promise.all((await wordsOf(query)).map(({ word }) => group(word)));
  begun.then(ask).catch(() => {});
}

async function suggest(text) {
  const found = await search({ words: cut(text), isTyping: true });
  const groups = await found.page(0, 7);
  return groups.map(({ hits: [{ url, title, place }] }) => ({
    url: new URL(`../${url}`, own).href,
    title,
    place: place.at(-1) ?? "",
  }));
}

let start;
const begun = new Promise((resolve) => (start = resolve));
const engine = {
  search,
  prepare,
  suggest,
  forms,
  // Asked for anew each time, so that a part which didn't come is tried again.
  get manifest() {
    return begun.then(choices).then((facets) => ({ facets, documents: contents.n, root: "" }));
  },
};
window.ethosSearch = { engine };
for (const sort in parts) ethosSearch[sort] = (number, data) => receive(sort, number, data);
ethosSearch.a = (own) => {
  contents = own;
  // The calls behind this one bring what stands in the same file.
  queueMicrotask(start);
};
