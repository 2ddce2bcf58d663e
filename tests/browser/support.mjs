// What the specs share: guarded pages to read with, one group of tests a site, and a compact way to report.

import { test as base, expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { HANDBOOKS, handbooksAreMissing, sites } from './sites.mjs';

export { expect };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const DESKTOP = { viewport: { width: 1280, height: 800 } };
/** A window of 1280 x 1024 at 400 % zoom. */
export const ZOOMED = { viewport: { width: 320, height: 256 } };

/**
 * `open(options)` gives a page in a browser context of its own. When the test ends, it fails if any page opened that
 * way broke the Content-Security-Policy, logged an error, missed a file or asked another host.
 */
export const test = base.extend({
  open: async ({ browser }, use) => {
    const contexts = [];
    const faults = new Set();
    await use(async (options = DESKTOP) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      guard(context, faults);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
    expectNone([...faults], 'faults met on the way');
  },
});

/** Adds what goes wrong in any page of the context to `faults`. */
export function guard(context, faults) {
  context.on('console', (message) => {
    if (message.type() === 'error') faults.add(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.add(`script error: ${error.error().message} (${error.page()?.url()})`));
  context.on('request', (request) => {
    if (isElsewhere(request.url())) faults.add(`another host: ${request.url()} (from ${pageOf(request)})`);
  });
  context.on('requestfailed', (request) => {
    // A page left before its icon came: nothing is missing.
    if (request.failure()?.errorText === 'net::ERR_ABORTED') return;
    faults.add(`not loaded: ${request.url()}: ${request.failure()?.errorText} (from ${pageOf(request)})`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) faults.add(`${response.status()}: ${response.url()} (from ${pageOf(response.request())})`);
  });
}

function isElsewhere(address) {
  const url = new URL(address);
  return url.protocol.startsWith('http') ? url.origin !== process.env.ETHOS_ORIGIN : !['file:', 'data:'].includes(url.protocol);
}

// A request for a page itself may have no frame yet.
function pageOf(request) {
  return request.isNavigationRequest() ? 'its own address' : request.frame().url();
}

/** Declares the same tests for every site. */
export function forEachSite(declare, among = sites) {
  for (const site of among) test.describe(site.name, () => declare(site));
  test.describe('the real handbooks', () => {
    test.skip(handbooksAreMissing, `not beside the project: ${HANDBOOKS}`);
    if (handbooksAreMissing) test('are absent', () => {});
  });
}

/** Fails with every finding, a line each, when there are any. */
export function expectNone(findings, what) {
  if (findings.length === 0) return;
  const most = 60;
  const left = findings.length > most ? `\n  … and ${findings.length - most} more` : '';
  const error = new Error(`${findings.length} ${what}:\n  ${findings.slice(0, most).join('\n  ')}${left}`);
  // The line worth showing is the one that looked.
  Error.captureStackTrace(error, expectNone);
  throw error;
}

/** Where scripts are off for the page, Playwright's own still run. */
export function openEveryDisclosure(tab) {
  return tab.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
}

/** What axe-core finds by every rule that it has, where nothing may fetch the stylesheet: in a file, or under the policy of a preview. */
export async function violations(tab) {
  await tab.evaluate(AXE);
  return tab.evaluate(async () => {
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    const { violations } = await axe.run(document, { rules, resultTypes: ['violations'], preload: false });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => `${id}: ${target.flat().join(' ')}: ${[...any, ...all, ...none][0]?.message ?? ''}`));
  });
}

/** A style sheet of the reader's own, given in the one way that a strict policy leaves open. */
export function addReaderStyles(page, css) {
  return page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, css);
}

/** Text as it can be compared wherever it was set: quotes straight, ligatures apart, no space, no hyphenation. */
export function plain(text) {
  return text
    .normalize('NFKC')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[\s\u00ad\u200b\u2010-\u2015-]+/g, '')
    .toLowerCase();
}
