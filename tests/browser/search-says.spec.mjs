// What the search says of its results: words that nobody typed are never taken for those that were.

import { test as base, expect } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from './sites.mjs';
import { DESKTOP, guard } from './support.mjs';

const PROGRAM = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');

const settings = (language) => `title = "Ferry handbook"\norganisation = "Ottersby Ferries"\nlanguage = "${language}"\n`;
const page = (title, text) => `+++\ntitle = "${title}"\n+++\n\n${text}\n`;

const ENGLISH = {
  'ethos.toml': `${settings('en-GB')}\n[search]\nsynonyms = { appraisal = ["PDR"] }\n`,
  'content/index.md': page('Ferry handbook', 'What the crew agrees on.'),
  'content/van.md': page('Borrowing the van', 'Levies are paid on foot.'),
  'content/boat.md': page('The boat', 'It will sail since 1999.'),
  'content/swaps.md': page('Swaps', 'Be willing to swap.'),
  'content/cargo.md': page('Illegal cargo', 'Negligence is never shrugged off, and a negligent mate is told.'),
  'content/cabin.md': page('Accommodation', 'Ask the director before an appraisal.'),
};

const GERMAN = {
  'ethos.toml': settings('de'),
  'content/index.md': page('Bordbuch', 'Eine Mahlzeit von vielen Mahlzeiten. Die Regel gilt.'),
};

/** `ask(query)` opens the results page of the English handbook, guarded, and waits for its answer; `askGerman` the other's. */
const test = base.extend({
  folders: [
    async ({}, use) => {
      if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: build it first, or name the program with $ETHOS.`);
      const roots = [ENGLISH, GERMAN].map(build);
      await use(roots.map((root) => join(root, 'public')));
      for (const root of roots) rmSync(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  tab: async ({ browser }, use) => {
    const context = await browser.newContext(DESKTOP);
    const faults = new Set();
    guard(context, faults);
    await use(await context.newPage());
    await context.close();
    expect([...faults]).toEqual([]);
  },
  ask: async ({ tab, folders: [english] }, use) => use((query) => open(tab, english, query)),
  askGerman: async ({ tab, folders: [, german] }, use) => use((query) => open(tab, german, query)),
});

function build(files) {
  const root = mkdtempSync(join(tmpdir(), 'ethos-search-'));
  for (const [path, words] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), words);
  }
  const run = spawnSync(PROGRAM, ['build', '--root', root], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`nothing was built:\n${run.stderr}${run.error ?? ''}`);
  return root;
}

async function open(tab, folder, query) {
  await tab.goto(`${pathToFileURL(join(folder, 'search.html')).href}?${new URLSearchParams({ q: query })}`);
  await expect(tab.getByRole('status')).not.toBeEmpty();
  return {
    said: await tab.getByRole('status').textContent(),
    offers: await tab.locator('#hb-search-notes a', { hasText: 'Did you mean' }).allTextContents(),
    marked: [...new Set(await tab.locator('#hb-search-results mark').allTextContents())],
  };
}

const search = (tab, ...queries) =>
  tab.evaluate(async (queries) => {
    const found = await Promise.all(queries.map((words) => window.ethosSearch.engine.search({ words })));
    return found.map(({ total, counts }) => ({ total, counts }));
  }, queries);

const suggest = (tab, text) => tab.evaluate((text) => window.ethosSearch.engine.suggest(text), text);

test('a form of a word that the handbook has in another form is that word', async ({ ask }) => {
  const forms = { borrowed: 'Borrowing', 'director’s': 'director', levy: 'Levies', shrugging: 'shrugged', sailed: 'sail', PDRs: null };
  for (const [query, marked] of Object.entries(forms)) {
    const answer = await ask(query);
    expect(answer, query).toMatchObject({ said: `1 result for ${query}`, offers: [] });
    if (marked) await expect.poll(async () => (await ask(query)).marked, query).toEqual([marked]);
  }
});

test('a beginning that two words share makes them no forms of one word', async ({ ask }) => {
  for (const query of ['footpath', 'whatnot', 'boatyard', 'ill', 'sailcloth']) {
    expect(await ask(query), query).toEqual({ said: `No results for ${query}.`, offers: [], marked: [] });
  }
});

test('function words are found as they are, and never alone in the place of what is asked', async ({ ask }) => {
  expect(await ask('willing')).toMatchObject({ said: '1 result for willing' });
  expect(await ask('will')).toMatchObject({ said: '1 result for will' });
  expect(await ask('whom')).toEqual({ said: 'No results for whom.', offers: [], marked: [] });
  expect(await ask('whom to swap')).toMatchObject({ said: '1 result for whom to swap', offers: [] });
  expect(await ask('what’s the boat')).toMatchObject({ said: '1 result for what’s the boat', offers: [] });
  expect(await ask('what about ferrets')).toEqual({ said: 'No results for what about ferrets.', offers: [], marked: [] });
});

test('a clear slip is mended, which is said', async ({ ask }) => {
  const slips = { acommodation: 'accommodation', apraisal: 'appraisal', neglignece: 'negligence', diretcor: 'director' };
  for (const [typed, meant] of Object.entries(slips)) {
    expect(await ask(typed), typed).toMatchObject({ said: `No results for ${typed}. Showing 1 result for ${meant}.`, offers: [] });
  }
});

test('what may be another word is a question, and following it asks for that word', async ({ ask, tab }) => {
  const slips = { goat: 'boat', soot: 'foot', directory: 'director', kargo: 'cargo', negligible: 'negligence' };
  for (const [typed, meant] of Object.entries(slips)) {
    const { said, offers } = await ask(typed);
    expect(said, typed).toBe(`No results for ${typed}.`);
    expect(offers, typed).toContain(`Did you mean ${meant}?`);
  }
  await ask('goat');
  await expect(tab.locator('#hb-search-results')).toBeHidden();
  await tab.getByRole('link', { name: 'Did you mean boat?' }).click();
  await expect(tab.getByRole('status')).toHaveText('1 result for boat');
  await expect(tab.getByRole('searchbox')).toHaveValue('boat');
});

test('a number is found as it is or not at all', async ({ ask }) => {
  expect(await ask('1999')).toMatchObject({ said: '1 result for 1999' });
  for (const query of ['199', '1998', '19999', '9']) {
    expect(await ask(query), query).toEqual({ said: `No results for ${query}.`, offers: [], marked: [] });
  }
});

test('words that only begin as was typed are called so', async ({ ask, tab }) => {
  expect(await ask('neglig')).toMatchObject({
    said: 'No results for neglig. Showing 1 result for words that begin with neglig.',
    marked: ['Negligence', 'negligent'],
  });
  expect(await tab.title()).toMatch(/^words that begin with neglig: 1 result – /);
  await expect(tab.getByRole('link', { name: 'as you typed it' })).toHaveCount(0);
  expect(await ask('cargo neglig')).toMatchObject({
    said: 'No results for neglig. Showing 1 result for cargo and words that begin with neglig.',
  });
  expect(await ask('neglig cargo')).toMatchObject({ said: 'No results for neglig. Showing 1 result for cargo.' });
  expect((await suggest(tab, 'ill')).map(({ title }) => title)).toEqual(['Illegal cargo']);
  expect(await suggest(tab, 'goat')).toEqual([]);
  expect(await suggest(tab, '19')).toEqual([]);
});

test('of several words, those that stand nowhere are named, and results are for the others alone', async ({ ask, tab }) => {
  expect(await ask('How do I borrow the Goat van')).toMatchObject({
    said: 'No results for Goat. Showing 1 result for borrow van.',
    offers: ['Did you mean How do I borrow the boat van?'],
    marked: ['Borrowing', 'van'],
  });
  expect(await ask('acommodation, ferrets or a goat')).toMatchObject({
    said: 'No results for acommodation, ferrets or goat. Showing 1 result for accommodation.',
  });
  expect(await ask('ferrets weasels')).toMatchObject({ said: 'No results for ferrets weasels.' });
  const [one, same, slip, word] = await search(tab, 'how to borrow ferrets', 'borrow', 'acommodation', 'accommodation');
  expect(one).toEqual(same);
  expect(slip).toEqual(word);
});

test('a query that is too long ends with a whole word', async ({ ask, tab }) => {
  const query = `xy ${'boat '.repeat(20)}${'borrowing '.repeat(20)}`;
  expect((await ask(query)).said).toBe('No results for xy. Showing 2 results for boat borrowing.');
  expect(await tab.getByRole('searchbox').inputValue()).toMatch(/^xy boat .* borrowing borrowing$/);
});

test('other languages have the forms that the handbook uses', async ({ askGerman, tab }) => {
  const { said } = await askGerman('Mahlzeiten');
  expect(said).toBe('1 result for Mahlzeiten');
  await expect(tab.locator('#hb-search-results mark')).toHaveText(['Mahlzeit', 'Mahlzeiten']);
  expect(await askGerman('Regeln')).toEqual({ said: 'No results for Regeln.', offers: ['Did you mean regel?'], marked: [] });
});
