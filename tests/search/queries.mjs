// What readers might ask of a made-up handbook when they know what they look for: words of a heading, as they stand there
// or cut off, misspelt, inflected, or with another word that means the same. Each with the addresses that answer it.

const OF_EACH_KIND = 140;
const LONG_ENOUGH = 5;
const TRIES = 100_000;

/**
 * @param titled everything with a title, each `{ address, content: [{ form, lexeme }], isHeading }`
 * @param uses how often each form stands in the text
 * @returns by kind, a list of `{ query, answers }`; a misspelt one also says what was `meant`
 */
export function knownItemQueries(titled, { uses }, synonyms, random) {
  const index = new Index(titled);
  const headings = titled.filter(({ isHeading, content }) => isHeading && new Set(content.map(idOf)).size > 1);
  const kinds = { heading, prefix, typo, inflected, synonym };
  return Object.fromEntries(Object.entries(kinds).map(([kind, ask]) => [kind, draw(ask)]));

  function draw(ask) {
    const queries = new Map();
    for (let tries = 0; queries.size < OF_EACH_KIND && tries < TRIES; tries++) {
      const asked = ask(random.pick(headings));
      if (asked && !queries.has(asked.query)) queries.set(asked.query, asked);
    }
    return [...queries.values()];
  }

  /** The two rarest words of a heading, sometimes with a third, in the heading's order. */
  function rarest({ content }) {
    const rare = [...content].sort((a, b) => uses.get(a.form) - uses.get(b.form)).slice(0, random.chance(0.4) ? 3 : 2);
    return content.filter((word) => rare.includes(word));
  }

  function heading(target) {
    const words = rarest(target);
    return { query: text(words.map(formOf)), answers: index.withAll(words) };
  }

  function prefix(target) {
    const words = rarest(target);
    const last = words.pop();
    if (last.form.length < LONG_ENOUGH) return null;
    const cut = last.form.slice(0, Math.ceil(last.form.length * 0.6));
    return { query: text([...words.map(formOf), cut]), answers: index.withAll(words, cut) };
  }

  function typo(target) {
    const words = rarest(target);
    const long = words.filter(({ form }) => form.length >= LONG_ENOUGH);
    if (long.length === 0) return null;
    const slip = random.pick(long);
    const misspelt = withTypo(slip.form, random);
    if (uses.has(misspelt)) return null;
    const typed = words.map((word) => (word === slip ? misspelt : word.form));
    return { query: text(typed), answers: index.withAll(words), meant: text(words.map(formOf)) };
  }

  function inflected(target) {
    const words = rarest(target);
    const standing = new Set(target.content.map(formOf));
    const others = ({ lexeme }) => Object.values(lexeme.forms).filter((form) => !standing.has(form.toLowerCase()));
    const able = words.filter((word) => others(word).length > 0);
    if (able.length === 0) return null;
    const changed = random.pick(able);
    const typed = words.map((word) => (word === changed ? random.pick(others(word)) : word.form));
    return { query: text(typed), answers: index.withAll(words) };
  }

  function synonym(target) {
    const main = target.content.find(({ lexeme }) => lexeme.id in synonyms);
    const rest = target.content.filter((word) => idOf(word) !== main?.lexeme.id);
    if (!main || rest.length === 0) return null;
    const words = [main, ...rarest({ content: rest }).slice(0, 1)];
    return { query: text([random.pick(synonyms[main.lexeme.id]), words[1].form]), answers: index.withAll(words) };
  }
}

/** Finds what has certain words in its title, in any form: who asks for those is content with each. */
class Index {
  #titledWith = new Map();

  constructor(titled) {
    for (const one of titled) {
      for (const word of one.content) {
        if (!this.#titledWith.has(idOf(word))) this.#titledWith.set(idOf(word), new Set());
        this.#titledWith.get(idOf(word)).add(one);
      }
    }
  }

  withAll(words, cut = null) {
    const [first, ...rest] = words.map((word) => this.#titledWith.get(idOf(word)));
    return [...first]
      .filter((one) => rest.every((others) => others.has(one)))
      .filter(({ content }) => !cut || content.some(({ form }) => form.startsWith(cut)))
      .map(({ address }) => address);
  }
}

/** One letter too many, too few, wrong, or two the wrong way round. */
function withTypo(word, random) {
  const letter = () => String.fromCharCode(97 + random.below(26));
  const at = random.below(word.length);
  const slips = [
    () => word.slice(0, at) + letter() + word.slice(at),
    () => word.slice(0, at) + word.slice(at + 1),
    () => word.slice(0, at) + letter() + word.slice(at + 1),
    () => word.slice(0, Math.max(at - 1, 0)) + (word[at] + (word[at - 1] ?? '')) + word.slice(at + 1),
  ];
  const misspelt = random.pick(slips)();
  return misspelt === word ? withTypo(word, random) : misspelt;
}

function idOf({ lexeme }) {
  return lexeme.id;
}

function formOf({ form }) {
  return form;
}

function text(words) {
  return words.join(' ');
}
