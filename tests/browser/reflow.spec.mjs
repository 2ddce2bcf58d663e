// Text that grows, and windows that shrink: nothing scrolls sideways, nothing is cut off, no word lies over another.

import { chromium } from '@playwright/test';
import { BROWSER } from './browser.mjs';
import { DESKTOP, ZOOMED, addReaderStyles, expectNone, forEachSite, guard, test } from './support.mjs';

// WCAG 1.4.12, to the letter.
const TEXT_SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

forEachSite((site) => {
  for (const [window, options] of Object.entries({ 'on a desktop': DESKTOP, 'at 400 % zoom': ZOOMED })) {
    test(`${window} no page scrolls sideways or cuts text off, with wide text spacing neither`, async ({ open }) => {
      const page = await open(options);
      const findings = [];
      for (const address of site.pages()) {
        await page.goto(site.url(address));
        for (const fault of await page.evaluate(layoutFaults)) findings.push(`${address}: ${fault}`);
        await addReaderStyles(page, TEXT_SPACING);
        for (const fault of await page.evaluate(layoutFaults)) findings.push(`${address}, wide spacing: ${fault}`);
      }
      expectNone(findings, 'places where the layout breaks');
    });
  }

  test('with text of twice the size everything grows and nothing is cut off', async () => {
    // The setting people use for this is the browser's own; only a browser of its own can have it.
    const browser = await chromium.launch({ ...BROWSER, args: [...BROWSER.args, '--blink-settings=defaultFontSize=32'] });
    try {
      const faults = new Set();
      const context = await browser.newContext(DESKTOP);
      guard(context, faults);
      const page = await context.newPage();
      const findings = [];
      for (const address of site.pages()) {
        await page.goto(site.url(address));
        const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector('main')).fontSize));
        if (size < 32) findings.push(`${address}: text of ${size} px`);
        for (const fault of await page.evaluate(layoutFaults)) findings.push(`${address}: ${fault}`);
      }
      expectNone([...findings, ...faults], 'places where the layout breaks');
    } finally {
      await browser.close();
    }
  });
});

/** Runs in the page, with every disclosure open. */
function layoutFaults() {
  document.querySelectorAll('details').forEach((details) => (details.open = true));
  const root = document.documentElement;
  const faults = [];
  const name = (element) => {
    const id = element.id ? `#${element.id}` : '';
    const classes = element.getAttribute('class')?.trim().split(/\s+/).join('.');
    return `<${element.localName}${id}${classes ? `.${classes}` : ''}>`;
  };
  const quote = (node) => `"${node.data.trim().slice(0, 40)}"`;

  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.body.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right + scrollX > root.clientWidth + 1 && !scrolls(element.parentElement))
      .slice(0, 3);
    faults.push(`scrolls sideways, ${root.scrollWidth} px in ${root.clientWidth}: ${widest.map(name).join(' ')}`);
  }

  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('svg, script, style, noscript, option')) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (isHiddenFromSight(parent)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    const cut = rects.some((rect) => isCutOff(rect, parent));
    if (cut) faults.push(`cut off: ${quote(node)} in ${name(parent)}`);
    else for (const rect of rects) lines.push({ rect, node });
  }
  for (const [one, other] of overlaps(lines)) faults.push(`${quote(one)} lies over ${quote(other)} in ${name(one.parentElement)}`);
  return faults;

  function scrolls(element) {
    for (; element && element !== document.body; element = element.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(element).overflowX)) return true;
    }
    return false;
  }

  // Text for screen readers only, and links that show when they are focused, are kept in a box of no size or far outside.
  function isHiddenFromSight(element) {
    for (; element && element !== document.body; element = element.parentElement) {
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const tiny = (box.width <= 1 || box.height <= 1) && style.display !== 'contents' && style.overflow !== 'visible';
      if (tiny || style.clipPath.startsWith('inset(50%') || style.clip === 'rect(0px, 0px, 0px, 0px)') return true;
      const outside = box.right + scrollX <= 0 || box.bottom + scrollY <= 0;
      if (outside && element.matches('a[href^="#"]')) return true;
    }
    return false;
  }

  function isCutOff(rect, element) {
    let sideways = true;
    let down = true;
    for (; element && element !== document.body; element = element.parentElement) {
      const { overflowX, overflowY, display, position } = getComputedStyle(element);
      if (display === 'inline' || display === 'contents') continue;
      const box = element.getBoundingClientRect();
      const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
      if (sideways && hides(overflowX) && (rect.left < box.left - 1 || rect.right > box.right + 1)) return true;
      if (down && hides(overflowY) && (rect.top < box.top - 1 || rect.bottom > box.bottom + 1)) return true;
      if (overflowX === 'auto' || overflowX === 'scroll') sideways = false;
      if (overflowY === 'auto' || overflowY === 'scroll') down = false;
      if (position === 'fixed') break;
    }
    return sideways && (rect.left + scrollX < -1 || rect.right + scrollX > root.clientWidth + 1);
  }

  // Lines set tight touch by a few pixels; words over words share a good part of their height.
  function overlaps(lines) {
    lines.sort((a, b) => a.rect.top - b.rect.top);
    const found = [];
    for (let i = 0; i < lines.length && found.length < 5; i += 1) {
      for (let j = i + 1; j < lines.length && lines[j].rect.top < lines[i].rect.bottom; j += 1) {
        const [a, b] = [lines[i].rect, lines[j].rect];
        const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (lines[i].node !== lines[j].node && width > 2 && height > 0.4 * Math.min(a.height, b.height)) {
          found.push([lines[i].node, lines[j].node]);
        }
      }
    }
    return found;
  }
}
