// axe-core, every rule it has, on every page at a desk, and as other people see it on every page that has a part which no page
// before it had.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DESKTOP, ZOOMED, expect, expectNone, forEachSite, test } from './support.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Rules left out, each with its reason: { 'rule-id': 'why' }. None so far, best practice, AAA and experimental included.
const LEFT_OUT = {};

const AT_A_DESK = 'a reader at a desk';

const READERS = {
  [AT_A_DESK]: DESKTOP,
  'a reader in dark mode who wants no motion': { ...DESKTOP, colorScheme: 'dark', reducedMotion: 'reduce' },
  'a reader with colours of their own': { ...DESKTOP, forcedColors: 'active' },
  'a reader who zooms to 400 %': ZOOMED,
  'a reader without JavaScript': DESKTOP,
};

forEachSite((site) => {
  for (const [reader, options] of Object.entries(READERS)) {
    test(`${reader} meets no barrier on any page`, async ({ open }) => {
      const page = await open(options);
      const scripts = await scriptSwitch(page);
      const withoutScripts = reader.includes('without JavaScript');
      const barriers = new Barriers();
      const seen = new Set();
      for (const address of site.pages()) {
        await scripts(!withoutScripts);
        await page.goto(site.url(address));
        // axe itself needs timers. The page has been read without scripts by now, and they don't run any more; but what
        // stands in a noscript would be hidden again.
        if (withoutScripts) await page.evaluate(unwrapNoscripts);
        await scripts(true);
        if (options !== DESKTOP) await openEveryDisclosure(page);
        // What differs from reader to reader follows from styles and scripts, which treat like parts alike.
        const news = (await page.evaluate(parts)).filter((part) => !seen.has(part));
        news.forEach((part) => seen.add(part));
        if (news.length === 0 && reader !== AT_A_DESK) continue;
        barriers.add(address, await violations(page));
      }
      expectNone(barriers.lines(), 'barriers');
    });
  }
});

async function scriptSwitch(page) {
  const session = await page.context().newCDPSession(page);
  return (on) => session.send('Emulation.setScriptExecutionDisabled', { value: !on });
}

/** Runs in the page. */
function unwrapNoscripts() {
  document.querySelectorAll('noscript').forEach((noscript) => noscript.replaceWith(...noscript.childNodes));
}

/** Runs in the page. Each element with what styles and scripts know it by, and what it stands in. */
function parts() {
  const known = (element) => {
    const states = [...element.attributes].filter(({ name }) => /^(aria-|data-|role$|type$|hidden$|open$|lang$)/.test(name));
    const values = states.map(({ name, value }) => (/^(role|type|aria-(current|expanded|hidden|pressed|sort))$/.test(name) ? `${name}=${value}` : name));
    return [element.localName, ...element.classList, ...values.sort()].join('.');
  };
  const chain = (element) => [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean).map(known).join(' < ');
  return [...new Set([...document.querySelectorAll('body *')].map(chain))];
}

function openEveryDisclosure(page) {
  return page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
}

async function violations(page) {
  // Evaluated from outside the page, which its policy rightly doesn't govern; what the page itself does stays governed.
  await page.evaluate(AXE);
  return page.evaluate(async (leftOut) => {
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: !leftOut.includes(ruleId) }]));
    const { violations } = await axe.run(document, { rules, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) => ({
        rule: id,
        selector: target.flat().join(' '),
        reason: [...any, ...all, ...none][0]?.message ?? '',
      })),
    );
  }, Object.keys(LEFT_OUT));
}

/** Groups what is the same fault on many pages, so that a fault of the theme is one line. */
class Barriers {
  #found = new Map();

  add(address, violations) {
    for (const { rule, selector, reason } of violations) {
      const key = `${rule}: ${selector.replace(/\d+/g, 'N')}: ${reason.replace(/"[^"]*"/g, '"…"')}`;
      const group = this.#found.get(key) ?? { text: `${rule}: ${selector}: ${reason}`, pages: new Set() };
      group.pages.add(address);
      this.#found.set(key, group);
    }
  }

  lines() {
    return [...this.#found.values()].map(({ text, pages }) => {
      const [first] = pages;
      return `${first}${pages.size > 1 ? ` and ${pages.size - 1} more` : ''}: ${text}`;
    });
  }
}
