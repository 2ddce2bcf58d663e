// The handbook read with the Tab, Enter and Space keys alone.

import { DESKTOP, ZOOMED, expect, expectNone, forEachSite, test } from './support.mjs';

forEachSite((site) => {
  test('the first Tab shows a skip link that leads into the main content', async ({ open }) => {
    const page = await open();
    for (const address of site.pages()) {
      await page.goto(site.url(address));
      await page.keyboard.press('Tab');
      const link = await page.evaluate(() => {
        const { localName, hash, textContent } = document.activeElement;
        const { top, left, bottom, right, height } = document.activeElement.getBoundingClientRect();
        const shown = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth && height >= 24;
        return { localName, leadsToMain: !!hash && !!document.querySelector('main').closest(hash), textContent, shown };
      });
      expect(link, address).toMatchObject({ localName: 'a', leadsToMain: true, shown: true });
      expect(link.textContent.trim(), address).not.toBe('');
      await page.keyboard.press('Enter');
      expect(await placeOfFocus(page), `${address}, after Enter`).toBe('main');
      if (!(await page.evaluate(hasTabStop))) continue;
      await page.keyboard.press('Tab');
      expect(await placeOfFocus(page), `${address}, one Tab later`).toBe('in main');
    }
  });

  for (const [window, options] of Object.entries({ 'on a desktop': DESKTOP, 'at 400 % zoom': ZOOMED })) {
    test(`Tab goes through everything in order, always in sight, ${window}`, async ({ open }) => {
      const page = await open(options);
      const findings = [];
      for (const address of site.pageKinds()) {
        // It is for paper, and as long as the whole handbook; its tab stops are those of the other pages.
        if (address === 'print.html') continue;
        await page.goto(site.url(address));
        for (const fault of await walk(page)) findings.push(`${address}: ${fault}`);
      }
      expectNone(findings, 'places where the keyboard goes astray');
    });
  }

  test('every disclosure opens and closes by Enter and by Space', async ({ open }) => {
    const page = await open(ZOOMED);
    for (const address of site.pageKinds()) {
      await page.goto(site.url(address));
      const summaries = page.locator('summary');
      for (let i = 0; i < (await summaries.count()); i += 1) {
        const summary = summaries.nth(i);
        if (!(await summary.isVisible())) continue;
        const isOpen = () => summary.evaluate((element) => element.parentElement.open);
        const before = await isOpen();
        await summary.focus();
        await page.keyboard.press('Enter');
        expect(await isOpen(), `${address}, after Enter`).toBe(!before);
        await page.keyboard.press('Space');
        expect(await isOpen(), `${address}, after Space`).toBe(before);
        // What is disclosed inside can only be tried while this is open.
        if (!before) await page.keyboard.press('Enter');
      }
    }
  });

  test('every heading, indicator and clause that can be cited has a permalink with a name of its own', async ({ open }) => {
    const page = await open();
    const indicators = site.frameworks().flatMap(({ folder, indicators }) => indicators.map(({ url }) => targetOf(site, folder, url)));
    const findings = [];
    for (const address of site.pages()) {
      // It is for paper, where nobody can follow or copy them.
      if (address === 'print.html') continue;
      await page.goto(site.url(address));
      const ids = indicators.filter((target) => target.page === address).map((target) => target.id);
      for (const fault of await page.evaluate(permalinkFaults, ids)) findings.push(`${address}: ${fault}`);
    }
    expectNone(findings, 'faults of permalinks');
  });
});

function placeOfFocus(page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    if (document.activeElement === main) return 'main';
    return main.contains(document.activeElement) ? 'in main' : document.activeElement.outerHTML.slice(0, 120);
  });
}

function hasTabStop() {
  return [...document.querySelectorAll('main :is(a[href], button, input, select, summary, [tabindex="0"])')].some((element) => element.checkVisibility());
}

/** Presses Tab until the page is left, judging each stop. */
async function walk(page) {
  const state = await page.evaluateHandle(startWalk);
  const faults = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await state.evaluate(judgeStop);
    faults.push(...stop.faults);
    if (stop.left) break;
  }
  return [...faults, ...(await state.evaluate(unreached))];
}

/** Runs in the page: what Tab should reach. */
function startWalk() {
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const reachable = [...document.querySelectorAll(stops)].filter((element) => {
    if (element.tabIndex < 0 || element.disabled) return false;
    // Of a group of radio buttons, Tab reaches one and the arrow keys the rest.
    if (element.type === 'radio') return false;
    return element.checkVisibility({ visibilityProperty: true });
  });
  return { reachable, seen: new Set(), last: null, left: false };
}

/** Runs in the page: looks at the element that has the focus now. */
function judgeStop(state) {
  const element = document.activeElement;
  const name = `${element.outerHTML.replace(/\s+/g, ' ').slice(0, 80)}…`;
  const faults = [];
  if (element === document.body || state.seen.has(element)) {
    // Back at the start, or at the last stop: Tab leads out of the page from there, in a browser with a frame.
    return { left: true, faults };
  }
  if (state.last && !(state.last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    faults.push(`focus goes back in the document to ${name}`);
  }
  if (element.tabIndex > 0) faults.push(`positive tabindex on ${name}`);
  state.seen.add(element);
  state.last = element;

  const [box] = element.getClientRects();
  const left = Math.max(box?.left ?? 0, 0);
  const right = Math.min(box?.right ?? 0, innerWidth);
  const top = Math.max(box?.top ?? 0, 0);
  const bottom = Math.min(box?.bottom ?? 0, innerHeight);
  if (right - left < 1 || bottom - top < 1) {
    faults.push(`focus is off the screen on ${name}`);
  } else if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
    faults.push(`focus is on something hidden, ${name}`);
  } else {
    const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (!element.contains(seen) && !seen?.contains(element)) {
      faults.push(`focus is covered by <${seen?.localName} class="${seen?.className}"> on ${name}`);
    }
  }
  if (!hasRing(element)) faults.push(`no focus ring on ${name}`);
  return { left: false, faults };

  // The ring may be drawn around a card that holds the focused link, or by the link's own overlay.
  function hasRing(element) {
    const styles = [getComputedStyle(element), getComputedStyle(element, '::after'), getComputedStyle(element, '::before')];
    for (let card = element.parentElement; card && card !== document.body; card = card.parentElement) styles.push(getComputedStyle(card));
    return styles.some(
      ({ outlineStyle, outlineWidth, outlineColor, content }, i) =>
        outlineStyle !== 'none' &&
        parseFloat(outlineWidth) >= 2 &&
        !/, 0\)|\/ 0\)|transparent/.test(outlineColor) &&
        !((i === 1 || i === 2) && content === 'none'),
    );
  }
}

/** Runs in the page, when Tab has left it. */
function unreached(state) {
  return state.reachable
    .filter((element) => !state.seen.has(element))
    .map((element) => `Tab never reaches ${element.outerHTML.replace(/\s+/g, ' ').slice(0, 80)}…`);
}

function targetOf(site, folder, url) {
  const [path, id] = url.split('#');
  const inFolder = folder === '.' ? path : `${folder}/${path}`;
  return { page: site.has(path) ? path : inFolder, id: decodeURIComponent(id ?? '') };
}

/** Runs in the page. Permalinks are the links in the main content that lead to the very place they stand in. */
function permalinkFaults(indicators) {
  const main = document.querySelector('main');
  const faults = [];
  const links = [...main.querySelectorAll('a[href^="#"]')].filter((link) => !link.closest('nav'));
  const targets = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const isHere = (link, target) => target && (target.contains(link) || link.parentElement.contains(target));
  const named = new Map();
  links.forEach((link, i) => {
    if (!isHere(link, targets[i])) return;
    const labelled = link.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ');
    const name = (link.getAttribute('aria-label') ?? labelled ?? link.textContent).trim();
    if (!/\p{L}{2}|\d/u.test(name)) faults.push(`permalink to ${link.hash} is named "${name}"`);
    const other = named.get(name);
    if (other && other !== link.hash) faults.push(`"${name}" names both ${other} and ${link.hash}`);
    named.set(name, link.hash);
    link.focus();
    const { width, height } = link.getBoundingClientRect();
    const seen = link.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1;
    if (document.activeElement !== link || !seen) faults.push(`permalink to ${link.hash} can't be focused and seen`);
  });
  // A heading without an id is the theme's own, a card's or a search result's, and no part of what authors wrote.
  const headings = [...main.querySelectorAll('h2, h3, h4, h5, h6')].filter((heading) => heading.id || heading.querySelector('[id]'));
  const places = new Map(headings.map((heading) => [heading, `heading "${heading.textContent.trim()}"`]));
  for (const clause of main.querySelectorAll('[id]')) if (/^\d+(\.|$)/.test(clause.id)) places.set(clause, `clause ${clause.id}`);
  for (const id of indicators) {
    const indicator = document.getElementById(id);
    if (indicator) places.set(indicator, `indicator ${id}`);
    else faults.push(`indicator ${id} isn't on this page`);
  }
  for (const [place, what] of places) {
    const has = targets.some((target) => target && (target === place || place.contains(target) || (target.contains(place) && target.querySelector(place.localName) === place)));
    if (!has) faults.push(`${what} has no permalink`);
  }
  return faults;
}
