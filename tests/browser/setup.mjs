// Before the tests: every handbook is built with the real program and served; after them, all of it goes.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from './server.mjs';
import { HANDBOOKS, PROJECT, handbooksAreMissing, sites } from './sites.mjs';

export default async function setup() {
  const built = mkdtempSync(join(tmpdir(), 'ethos-browser-'));
  process.env.ETHOS_BUILT = built;
  const remove = () => rmSync(built, { recursive: true, force: true });
  if (handbooksAreMissing) console.log(`No real handbooks at ${HANDBOOKS}: only the example is tested.`);
  try {
    for (const site of sites) if (site.source) build(site);
  } catch (error) {
    remove();
    throw error;
  }
  const server = await serve(Object.fromEntries(sites.map((site) => [site.mount, site.folder])));
  process.env.ETHOS_ORIGIN = server.origin;
  return async () => {
    await server.close();
    remove();
  };
}

function build(site) {
  const program = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');
  if (!existsSync(program)) throw new Error(`${program} is missing: run "cargo build --release" first.`);
  const run = spawnSync(program, ['build', '--root', site.source, '--output', site.folder], { encoding: 'utf8' });
  if (run.status !== 0) {
    throw new Error(`${site.name} did not build (exit code ${run.status}):\n${run.stdout}${run.stderr}${run.error ?? ''}`);
  }
  console.log(`${site.name}: ${site.pages().length} pages`);
}
