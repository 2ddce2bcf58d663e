// What a typed word stands for: the word itself in one of its forms, words that begin with it, a word that it is a slip for, or
// nothing. What a reader didn't type is never taken for it in silence: `how` says which it is, and the page tells.

const KNOWN = "known";
const BEGINNING = "beginning";
const SLIP = "slip";
const MISSING = "missing";

// Shorter words are whole words or acronyms: "ill" looks for nothing "illegal".
const SHORTEST_BEGINNING = 4;
const SHORTEST_SLIP = 4;
const MOST_BEGINNINGS = 40;
const MOST_OFFERS = 3;

const APOSTROPHE_S = /['’‘ʼ`]s$/i;

// A word with `found`, a map from groups to how well they fit, and `offers`, what it may be a slip for without being clearly one.
// A function word, such as "who", hardly counts beside others.
async function meaning({ word, typed }, { isLast, isTyping, asTyped }) {
  const found = new Map();
  const isNumber = /\p{N}/u.test(word);
  // "who’s" is a form of "who", as "manager’s" is of "manager".
  const spellings = APOSTROPHE_S.test(typed) ? [word, ...forms(typed.replace(APOSTROPHE_S, ""))] : [word];
  for (const spelling of spellings) if (!found.size) add(found, await group(spelling), 1, spelling);
  if (!found.size && !isNumber) await inflected(word, found);
  const isFunction = spellings.some(isAbsentFunction) || [...found.keys()].some(({ isFunction }) => isFunction);
  const isKnown = isFunction || found.size > 0;
  const result = (how, offers = []) => ({ typed, found, how, isFunction, offers });
  const isPair = unspaced.test(word);
  const isOpen = isLast && !isNumber && (isTyping || isPair || (!isKnown && word.length >= SHORTEST_BEGINNING));
  if (isOpen) await beginning(word, found);
  if (isKnown || (isPair && found.size)) return result(KNOWN);
  if (found.size) return result(BEGINNING);
  if (isNumber || asTyped || word.length < SHORTEST_SLIP) return result(MISSING);
  const { clear, offers } = await slips(word);
  for (const { form, fit } of clear) add(found, await group(form), fit, form);
  return found.size ? result(SLIP) : result(MISSING, offers);
}

// Function words that the handbook doesn't use are part of a question, but nothing to look for.
let absentFunctions;
function isAbsentFunction(word) {
  return (absentFunctions ??= new Set(contents.functions.split(" "))).has(word);
}

function add(found, group, fit, form) {
  if (group && !(found.get(group)?.fit >= fit)) found.set(group, { fit, form });
}

// All forms that begin with some letters, as far as they stand close together.
async function formsFrom(start) {
  const first = partOf(start);
  const last = Math.min(partOf(start + "\uffff"), first + 2);
  const parts = await Promise.all(Array.from({ length: last - first + 1 }, (_, index) => terms(first + index)));
  return parts.flatMap((part) => [...part.keys()]).filter((form) => form.startsWith(start));
}

async function beginning(word, found) {
  const longer = (await formsFrom(word)).filter((form) => form.length > word.length);
  longer.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  for (const form of longer.slice(0, MOST_BEGINNINGS)) {
    add(found, await group(form), 0.15 + (0.6 * word.length) / form.length, form);
  }
}

// Forms

// A form of the same word that the handbook doesn't use: "mentored" where it says "mentoring". The index holds which forms of a
// handbook belong together, by stemmers of many languages; of a form that it hasn't, this knows the endings in English alone.
async function inflected(word, found) {
  if (contents.language !== "en") return;
  const wanted = bases(word);
  // The last letter may change: "manage" and "managing", "study" and "studies".
  const start = wanted.reduce((a, b) => a.slice(0, shared(a, b))).slice(0, -1);
  for (const form of start ? await formsFrom(start) : []) {
    if (!bases(form).some((base) => wanted.includes(base))) continue;
    const other = await group(form);
    // "willed" is no form of the function word "will".
    if (!other.isFunction) add(found, other, 0.7, form);
  }
}

// What an English word may be a form of, itself among it. The endings are those of inflection, with -er and -ly, which the
// stemmer takes off as well: -er only where another syllable stands before it, since "flower" is no form of "flow".
function bases(word) {
  const all = [word];
  const of = (pattern) => pattern.exec(word)?.[1];
  const plural = of(/^(..+)ie[sd]$/);
  if (plural) all.push(`${plural}y`, `${plural}ie`);
  const sibilant = of(/^(.+(?:[sxzo]|[cs]h))es$/);
  if (sibilant) all.push(sibilant);
  all.push(of(/^(..+[^siu])s$/), of(/^(...+[cdeghklmnrt])ly$/));
  const stem = of(/^(.*[aeiouy].*)(?:ed|ings?)$/) ?? of(/^([^aeiouy]*[aeiouy]+[^aeiouy]+[aeiouy].*)ers?$/);
  if (stem) all.push(...stemSpellings(stem));
  return all.filter(Boolean);
}

// "plann" is of "plan" and "pass" of "pass", "hop" of "hope", "manag" of "manage" and "mentor" of "mentor".
function stemSpellings(stem) {
  if (/^[^aeiou]*[aeiouy][^aeiouywx]$/.test(stem)) return [`${stem}e`];
  if (/([^aeiouy])\1$/.test(stem)) return [stem, stem.slice(0, -1)];
  return stem.length > 2 ? [stem, `${stem}e`] : [];
}

function shared(a, b) {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

// Slips

let vocabulary;
async function slips(word) {
  const code = await load("v", 0);
  if (!vocabulary) {
    let last = "";
    vocabulary = code.split(",").slice(0, -1).map((form) => (last = unfold(form, last)));
  }
  const near = vocabulary.map((form) => likeness(word, form)).filter(Boolean);
  near.sort((a, b) => b.fit - a.fit || b.isAlike - a.isAlike || b.same - a.same);
  const clear = near.filter(({ isClear }) => isClear);
  const offers = [];
  for (const { form } of near) {
    const isNew = !offers.some((other) => bases(other).some((base) => bases(form).includes(base)));
    if (isNew && offers.push(form) === MOST_OFFERS) break;
  }
  return { clear: clear.filter(({ fit }) => fit === clear[0].fit).slice(0, 6), offers };
}

// How likely a word is a slip for a form: one edit, two in a long word, another word of its family ("resignation" for "resign"),
// or one edit in the beginning of a longer form.
function likeness(word, form) {
  const same = shared(word, form);
  const limit = same && word.length > 7 ? 2 : 1;
  const edits = distance(word, form, limit);
  const like = (fit) => ({ form, fit, same, isAlike: sound(word) === sound(form) });
  if (edits <= limit) {
    const slip = like(edits === 2 ? 0.5 : same ? 0.8 : 0.65);
    return { ...slip, isClear: same > 0 && isClear(word, form, edits, slip.isAlike) };
  }
  const length = Math.max(word.length, form.length);
  if (same > 4 && same >= length * 0.6 && length - same < 5) return like(0.45);
  const isStart = same && word.length > 5 && distance(word, form.slice(0, word.length), 1) < 2;
  return isStart ? like(0.4) : null;
}

// Whether a slip is so clear that its results may be shown. The bounds: each kind of slip changes at most one in two hundred words
// that are good English but not in a handbook (4,281 words, 6 handbooks, November 2026). Of four letters, it would be one in nine.
function isClear(word, form, edits, isAlike) {
  const [short, long] = word.length < form.length ? [word, form] : [form, word];
  // Another ending makes another word: "director", "directory", "directors".
  const isEnding = long.startsWith(short.slice(0, short.length === long.length ? -1 : undefined));
  if (isEnding && long.at(-1) !== long.at(-2)) return false;
  if (edits === 2) return isAlike && word.length > 7;
  const isSwap = [...word].sort().join() === [...form].sort().join();
  return word.length > (isAlike || isSwap || word.length !== form.length ? 5 : 8);
}

// What is left when vowels, double letters and the spellings of s and f don't count.
function sound(word) {
  const rest = word.slice(1).replace(/ph/g, "f").replace(/c(?=[eiy])|z/g, "s").replace(/[aeiouy]/g, "");
  return word[0] + rest.replace(/(.)\1+/g, "$1");
}

// Edits (a letter more, less, other, or two swapped) between two words; more than the limit is told as limit + 1.
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before;
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

// What a query stands for

// The words that are looked for. Where one stands nowhere, function words are left out: who asks "what about tattoos" isn't
// looking for "what about".
function lookedFor(words) {
  const isWhole = words.every(({ how }) => how === KNOWN || how === SLIP);
  return isWhole ? words : words.filter(({ isFunction }) => !isFunction);
}

function wordSearched({ typed, found, how }) {
  if (how === SLIP) return [...found.values()][0].form;
  return how === KNOWN ? typed : null;
}

// The query with what its missing words may be slips for.
function offersFor(words) {
  const most = Math.max(0, ...words.map(({ offers }) => offers.length));
  const replaced = (word, at) => word.offers[at] ?? word.offers[0] ?? wordSearched(word) ?? word.typed;
  return Array.from({ length: most }, (_, at) => words.map((word) => replaced(word, at)).join(" "));
}
