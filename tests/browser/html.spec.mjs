// The Nu HTML checker, once over every page of every site.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectNone, test } from './support.mjs';
import { sites } from './sites.mjs';

const VNU = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// Messages that are no fault of ours, each with its reason: [{ message: /…/, why: '…' }]. None so far.
const ACCEPTED = [];

test('the HTML checker has nothing to say about any page of any site', async () => {
  const files = sites.flatMap((site) => site.files().filter((file) => file.endsWith('.html')).map((file) => `${site.folder}/${file}`));
  const messages = await check(files);
  const faults = new Map();
  for (const { type, subType, url, lastLine, message } of messages) {
    if (ACCEPTED.some((accepted) => accepted.message.test(message))) continue;
    const fault = `${subType ?? type}: ${message}`;
    faults.set(fault, [...(faults.get(fault) ?? []), `${pageOf(url)}:${lastLine ?? ''}`]);
  }
  console.log(`The HTML checker read ${files.length} pages and has ${messages.length} messages.`);
  expectNone(
    [...faults].map(([fault, [first, ...more]]) => `${first}${more.length > 0 ? ` and ${more.length} more` : ''}: ${fault}`),
    'messages of the HTML checker',
  );
});

function check(files) {
  return new Promise((done, failed) => {
    const java = ['-jar', VNU, '--format', 'json', '--stdout', '--exit-zero-always', ...files];
    execFile('java', java, { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error) failed(new Error(`the HTML checker failed: ${error.message}\n${stderr}`));
      else done(JSON.parse(stdout).messages);
    });
  });
}

function pageOf(url) {
  if (!url) return 'the checker itself';
  const file = fileURLToPath(url);
  const site = sites.find(({ folder }) => file.startsWith(`${folder}/`));
  return site ? `${site.name}/${relative(site.folder, file)}` : dirname(file);
}
