// Sentences and headings of made-up handbooks, from the vocabulary and chance. They mean nothing, but their words are as common
// and as rare as those of real text.

import { zipf } from './random.mjs';
import { SYNONYMS } from './vocabulary.mjs';

// How often a content word is one of the page's own topic, and a heading speaks of something that has a synonym.
const OF_TOPIC = 0.3;
const WITH_SYNONYM = 0.2;

// {V} verb, {N} noun, {A} adjective, {Y} adverb, {P} place, {M} somebody's name, {D} a number; s, ed, ing: in that form.
export const SENTENCES = [
  'You {V} the {N} before you {V} a {A} {N}.',
  'When the {N} is {A}, we {V} it and {V} the {Ns} that are left.',
  'Our {Ns} {V} {Y}, so that {Ns} in {P} can {V} their {N}.',
  '{M} {Ved} the {N} at {P} and {Ved} what the {Ns} had asked for.',
  'Nobody should {V} a {N} without the {N} of their {N}.',
  'We are {Ving} the {A} {N} because {Ns} {V} it every day.',
  'Each {N} has a {A} {N}, and it is {Ved} within {D} days.',
  'A good {N} {Vs} {Y} and {Vs} the {N} when others cannot.',
  'The {Ns} at {P} {V} more {Ns} than those at {P}.',
  'By {Ving} {Ns} early, you {V} the {N} and keep the {N} {A}.',
  '{M} will tell you how the {N} is {Ved} and where the {Ns} are.',
  'It is {A} to {V} {Ns}, but it is better to {V} the {N} itself.',
  'Before {Ving} the {N}, write down who {Ved} it and why.',
  'There are {D} {Ns} for this {N}, and each of them is {A}.',
  'People who {V} {Ns} should not also {V} the {N} that goes with them.',
  'In {P} we {Ved} the {A} {Ns} for a year, and that is how we {V} them now.',
  'The {N} that you {V} today is the {N} that somebody {Vs} next month.',
  'If a {N} {Vs} you, {V} it {Y} and then {V} your {N}.',
];
export const HEADINGS = [
  '{Ving} {Ns}',
  '{Ving} {A} {Ns}',
  '{Ving} the {N} in {P}',
  '{Ns} in {P}',
  '{Ns} and {Ns}',
  '{Ns} that {V} {Ns}',
  'How we {V} {Ns}',
  '{A} {Ns} for {Ns}',
  'When {Ns} {V}',
  'The {A} {N} at {P}',
  'Who {Vs} the {N}',
];
export const VALUES = ['{V} every {N}', '{V} {A} {Ns}', '{V} {Y}', '{V} {Ns} {Y}', '{A} {Ns}'];
const INDICATORS = [
  '{V} the {N} before the {N} is {A}',
  '{V} {Ns} {Y}, even when the {N} is {A}',
  'ask {A} {Ns} how they {V} the {N}',
  '{V} a {A} {N} for {Ns} in {P}',
];

/** Counts what it writes. */
export class Writer {
  words = 0;
  #templates = new Map();
  #forms = new Map();
  #random;
  #sentences;
  #common;
  #rarer;
  #headings = new Set();
  #indicators = new Set();
  #withSynonym;

  constructor({ verbs, nouns, adjectives, adverbs, places, surnames, firstNames }, random, sentences = SENTENCES) {
    this.#random = random;
    this.#sentences = sentences;
    const lists = { V: verbs, N: nouns, A: adjectives, Y: adverbs, P: places, M: surnames, F: firstNames };
    const draws = (steepness) =>
      Object.fromEntries(Object.entries(lists).map(([kind, list]) => [kind, zipf(list, steepness)]));
    this.#common = draws(1);
    // Headings and topics tell pages apart, so they use rarer words more often than the running text does.
    this.#rarer = draws(0.6);
    this.#withSynonym = nouns.filter(({ id }) => id in SYNONYMS);
  }

  /** How often each form was written, in small letters. */
  get uses() {
    const uses = new Map();
    // Counted only here, since to take each sentence to pieces would be most of the work of writing it.
    for (const [template, times] of this.#templates) {
      for (const word of template.replace(/\{\w+\}/g, ' ').toLowerCase().match(/[a-z]+/g) ?? []) count(uses, word, times);
    }
    for (const [form, times] of this.#forms) count(uses, form.toLowerCase(), times);
    return uses;
  }

  /** A text of the templates, with the lexemes in it. */
  #fill(template, draw) {
    const content = [];
    count(this.#templates, template);
    const text = template.replace(/\{([A-Z])(\w*)\}/g, (_, kind, ending) => {
      if (kind === 'D') return this.#random.between(2, 30);
      const lexeme = draw(kind);
      const forms = lexeme.forms;
      const form = forms[ending] ?? (ending === 's' ? forms.many : null) ?? forms.base ?? forms.one;
      content.push({ form: form.toLowerCase(), lexeme });
      count(this.#forms, form);
      if (kind !== 'M') return form;
      const first = this.#common.F(this.#random).forms.base;
      count(this.#forms, first);
      return `${first} ${form}`;
    });
    const whole = text.replace(/\b([Aa]) (?=[aeiou])/g, '$1n ');
    this.words += whole.split(' ').length;
    return { text: whole, content };
  }

  /** A heading of two to five words that no other page or section has: its text, slug and lexemes. */
  heading(templates = HEADINGS) {
    for (;;) {
      const synonym = this.#random.chance(WITH_SYNONYM);
      let left = synonym ? 1 : 0;
      const { text, content } = this.#fill(this.#random.pick(templates), (kind) =>
        kind === 'N' && left-- > 0 ? this.#random.pick(this.#withSynonym) : this.#rarer[kind](this.#random),
      );
      const slug = text.toLowerCase().replaceAll(' ', '-');
      if (this.#headings.has(slug)) continue;
      this.#headings.add(slug);
      return { text: capital(text), slug, content };
    }
  }

  /** Some lexemes for a page to speak of, by kind. */
  topic() {
    const some = (kind, n) => Array.from({ length: n }, () => this.#rarer[kind](this.#random));
    return { V: some('V', 5), N: some('N', 8), A: some('A', 3), Y: some('Y', 1), P: some('P', 1), M: some('M', 2) };
  }

  /** The topic of what stands below a heading: it speaks of what the heading names, in whatever form. */
  narrowed(topic, heading) {
    const own = Object.fromEntries(Object.entries(topic).map(([kind, list]) => [kind, [...list]]));
    for (const { lexeme } of heading.content) own[kindOf(lexeme)].push(lexeme, lexeme, lexeme);
    return own;
  }

  paragraph(sentences, topic = null) {
    const all = Array.from({ length: sentences }, () => this.#line(this.#random.pick(this.#sentences), topic));
    return all.map(capital).join(' ');
  }

  /** A few words without a full stop, for a cell of a table or an item of a list. */
  phrase(templates, topic = null) {
    return this.#line(this.#random.pick(templates), topic);
  }

  #line(template, topic) {
    const draw = (kind) => {
      const own = topic?.[kind];
      return own?.length && this.#random.chance(OF_TOPIC) ? this.#random.pick(own) : this.#common[kind](this.#random);
    };
    return this.#fill(template, draw).text;
  }

  /** A line for an indicator. No two begin alike, since their first words are their address. */
  indicator() {
    for (;;) {
      const { text } = this.#fill(this.#random.pick(INDICATORS), (kind) => this.#rarer[kind](this.#random));
      const start = text.toLowerCase().split(' ').slice(0, 5).join(' ');
      if (this.#indicators.has(start)) continue;
      this.#indicators.add(start);
      return text;
    }
  }
}

function count(uses, word, times = 1) {
  uses.set(word, (uses.get(word) ?? 0) + times);
}

export function capital(text) {
  return text[0].toUpperCase() + text.slice(1);
}

/** Of what stands in headings: persons and adverbs don't. */
function kindOf({ id, forms }) {
  if ('ing' in forms) return 'V';
  if ('many' in forms) return 'N';
  return /^[A-Z]/.test(id) ? 'P' : 'A';
}
