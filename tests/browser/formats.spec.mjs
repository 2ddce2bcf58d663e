// What `ethos check` says to programs keeps to its schema: JSON lines to our own, SARIF to the standard's. No browser here.

import { expect, test } from '@playwright/test';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from './sites.mjs';

const ETHOS = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');

/** Findings of every level, with a place, without one, with a second place, with characters that take several bytes. */
const HANDBOOK = {
  'ethos.toml': 'title = "Working at Ottersby"\norganisation = "Ottersby Council"\nlanguage = "en-GB"\n',
  'content/index.md': '+++\ntitle = "Home"\n+++\n\nWelcome. [Gone](gone.md), or [click here](naïve%20names.md).\n',
  'content/naïve names.md': '+++\ntitle = "Naïve — names"\n+++\n\n“Naïve” 🦦 [read more](index.md)\n\n![](naïve.svg)\n',
  'content/naïve.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'frameworks/values.toml': 'title = "Values"\n\n[[values]]\ntitle = "Kind"\n\n[[values]]\ntitle = "Kind"\n',
};

/** @type {string} */
let folder;

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ethos-formats-'));
  for (const [path, text] of Object.entries(HANDBOOK)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(format) {
  const run = spawnSync(ETHOS, ['check', '--root', folder, '--today', '2026-11-22', '--message-format', format], { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(1);
  expect(run.stderr, 'nothing is said besides').toBe('');
  return run.stdout;
}

test('JSON lines keep to docs/finding.schema.json', () => {
  const validate = addFormats(new Ajv2020({ allErrors: true })).compile(JSON.parse(readFileSync(join(PROJECT, 'docs/finding.schema.json'), 'utf8')));
  const findings = check('json').trimEnd().split('\n').map((line) => JSON.parse(line));
  expect(findings.map(({ severity }) => severity)).toEqual(expect.arrayContaining(['error', 'warning']));
  expect(findings.some(({ also }) => also.length > 0), 'a second place').toBe(true);
  for (const finding of findings) expect(validate(finding), JSON.stringify([finding, validate.errors])).toBe(true);
  expect(validate({ ...findings[0], severity: 'fatal' }), 'the schema can fail').toBe(false);
});

test('SARIF keeps to the schema of SARIF 2.1.0, and says what JSON says', () => {
  // One of the standard's own patterns isn't one under Unicode's rules.
  const schema = createRequire(import.meta.url).resolve('schemastore/schemas/json/sarif-2.1.0.json');
  const validate = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(JSON.parse(readFileSync(schema, 'utf8')));
  const log = JSON.parse(check('sarif'));
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  const [run] = log.runs;
  const findings = check('json').trimEnd().split('\n').map((line) => JSON.parse(line));
  const places = run.results.map(({ ruleId, ruleIndex, locations }) => {
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const { artifactLocation, region } = locations[0].physicalLocation;
    return [ruleId, decodeURIComponent(artifactLocation.uri), region?.startLine, region?.startColumn];
  });
  expect(places).toEqual(findings.map(({ code, file, line, column }) => [code, file, line, column]));
  log.runs[0].results[0].level = 'fatal';
  expect(validate(log), 'the schema can fail').toBe(false);
});
