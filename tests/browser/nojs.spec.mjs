// The handbook with JavaScript turned off: nothing that it says is lost, and no control is dead.

import { DESKTOP, expect, expectNone, forEachSite, test } from './support.mjs';

const NO_SCRIPTS = { ...DESKTOP, javaScriptEnabled: false };

forEachSite((site) => {
  test('every page has its content, its navigation and a search form', async ({ open }) => {
    const page = await open(NO_SCRIPTS);
    const faults = [];
    for (const address of site.pages()) {
      await page.goto(site.url(address));
      const found = await page.evaluate(() => {
        const form = document.querySelector('search form, form[role=search], [role=search] form');
        return {
          text: document.querySelector('main')?.innerText.trim().length ?? 0,
          ways: document.querySelectorAll('nav a[href]').length,
          method: form?.method,
          action: form && new URL(form.action).pathname,
          asks: !!form?.querySelector('input[name]')?.labels.length,
          dead: [...document.querySelectorAll('button')].filter((button) => button.checkVisibility() && !button.form?.hasAttribute('action')).length,
        };
      });
      if (found.text === 0) faults.push(`${address}: no main content`);
      if (found.ways === 0) faults.push(`${address}: no navigation`);
      if (found.method !== 'get' || found.action !== `${site.mount}search.html`) faults.push(`${address}: no search form that leads to search.html`);
      if (!found.asks) faults.push(`${address}: the search field has no name or no label`);
      if (found.dead > 0) faults.push(`${address}: ${found.dead} buttons that do nothing`);
    }
    expectNone(faults, 'things missing without JavaScript');
  });

  test('the main content says the same as with JavaScript', async ({ open }) => {
    const page = await open();
    const faults = [];
    for (const address of site.pages()) {
      // Its results are the script's work; without it, the page leads to the A to Z.
      if (address === 'search.html') continue;
      await page.goto(site.url(address));
      const [plain, scripted] = await page.evaluate(mainTexts, site.read(address));
      if (plain !== scripted) faults.push(`${address}: ${difference(plain, scripted)}`);
    }
    expectNone(faults, 'pages that say something else with JavaScript');
  });

  test('disclosures open with a click', async ({ open }) => {
    const page = await open({ ...NO_SCRIPTS, viewport: { width: 390, height: 800 } });
    for (const address of site.pageKinds()) {
      await page.goto(site.url(address));
      const summaries = page.locator('details:not([open]) > summary').filter({ visible: true });
      if ((await summaries.count()) === 0) continue;
      const details = await summaries.first().locator('..').elementHandle();
      await summaries.first().click();
      expect(await details.evaluate((element) => element.open), address).toBe(true);
    }
  });

  test('a search leads to the A to Z', async ({ open }) => {
    const page = await open(NO_SCRIPTS);
    await page.goto(site.url('index.html'));
    await page.getByRole('searchbox').first().fill(site.searchWord());
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`search\\.html\\?.*${encodeURIComponent(site.searchWord())}`));
    await page.getByRole('main').locator('a[href*="a-z"]').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(page.url()).toContain('a-z');
  });
});

/**
 * Runs in the page: what is said in `main` as it was served and as scripts made it, leaving out what only scripts can
 * serve and may therefore add: controls and their status.
 */
function mainTexts(served) {
  return [new DOMParser().parseFromString(served, 'text/html'), document].map((page) => {
    const main = page.querySelector('main').cloneNode(true);
    main.querySelectorAll('form, button, output, [role=status], noscript').forEach((control) => control.remove());
    return main.textContent.replace(/\s+/g, ' ').trim();
  });
}

function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  const around = (text) => `"…${text.slice(Math.max(0, at - 20), at + 40)}…"`;
  return `${around(one)} becomes ${around(other)}`;
}
