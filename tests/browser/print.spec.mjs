// The handbook on paper: the words and nothing but the words, all of them.

import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, expectNone, forEachSite, plain, test } from './support.mjs';

const PDF_TO_TEXT = spawnSync('pdftotext', ['-v']).error ? null : 'pdftotext';

forEachSite((site) => {
  test('in print, what only a screen can use is gone and what was folded away is there', async ({ open }) => {
    const page = await open();
    await page.emulateMedia({ media: 'print' });
    const findings = [];
    for (const address of site.pages()) {
      await page.goto(site.url(address));
      for (const fault of await page.evaluate(printFaults)) findings.push(`${address}: ${fault}`);
    }
    expectNone(findings, 'faults in print');
  });

  test('in print, dark mode is black on white', async ({ open }) => {
    const page = await open({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    for (const address of site.pageKinds()) {
      await page.goto(site.url(address));
      const { text, paper } = await page.evaluate(paperAndInk);
      expect(paper, `${address}: how light the paper is`).toBeGreaterThan(0.9);
      expect(text, `${address}: how light the text is`).toBeLessThan(0.2);
    }
  });

  test('the printed handbook has every indicator and the addresses of its links', async ({ open }, info) => {
    test.skip(!PDF_TO_TEXT, 'pdftotext (Debian: poppler-utils) is not installed');
    const page = await open();
    const sheets = site.has('print.html') ? ['print.html'] : site.pageKinds();
    let printed = '';
    let wanted = [];
    for (const address of sheets) {
      await page.goto(site.url(address));
      wanted = wanted.concat(await page.evaluate(externalLinks));
      printed += printedText(await page.pdf({ format: 'A4' }), info.outputPath('sheet.pdf'));
    }
    const indicators = site.frameworks().flatMap(({ indicators }) => indicators.map(({ text }) => text));
    const missing = [...indicators, ...wanted].filter((text) => !printed.includes(plain(text)));
    expectNone([...new Set(missing)], 'texts that are not in the PDF');
  });
});

function printedText(pdf, file) {
  writeFileSync(file, pdf);
  // The order in which Chromium wrote it is the order of the document; columns would be mixed otherwise.
  return plain(execFileSync(PDF_TO_TEXT, ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8', maxBuffer: 2 ** 28 }));
}

/** Runs in the page. */
function externalLinks() {
  return [...document.querySelectorAll('main a[href^="http"]')].map((link) => link.getAttribute('href'));
}

/** Runs in the page, in print. */
function printFaults() {
  const faults = [];
  const name = (element) => `<${element.localName} ${element.getAttribute('aria-label') ?? element.className}>`;
  for (const element of document.querySelectorAll('nav, search, [role=search], form, button, a[href="#main"]')) {
    // A list of contents in the main content is worth paper.
    if (element.matches('main nav')) continue;
    if (element.checkVisibility()) faults.push(`${name(element)} is printed`);
  }
  for (const details of document.querySelectorAll('main details')) {
    const hidden = [...details.querySelectorAll(':scope > :not(summary)')].filter((element) => !element.checkVisibility());
    if (!details.closest('nav, form') && hidden.length > 0) faults.push(`what "${details.querySelector('summary')?.textContent.trim()}" discloses is not printed`);
  }
  for (const link of document.querySelectorAll('main a[href^="http"]')) {
    const address = link.getAttribute('href');
    const after = [getComputedStyle(link, '::after').content, getComputedStyle(link, '::before').content].join(' ');
    if (!after.includes('attr(href)') && !after.includes(address) && !link.parentElement.textContent.includes(address)) {
      faults.push(`the address of "${link.textContent.trim()}" is not printed`);
    }
  }
  return faults;
}

/** Runs in the page: the luminance, 0 to 1, of its paper and of its text, whatever the notation of the colours. */
function paperAndInk() {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const lightness = (colours) => {
    canvas.fillStyle = 'white';
    canvas.fillRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const backgrounds = [document.documentElement, document.body, document.querySelector('main')].map((element) => getComputedStyle(element).backgroundColor);
  return { paper: lightness(backgrounds), text: lightness([getComputedStyle(document.querySelector('main')).color]) };
}
