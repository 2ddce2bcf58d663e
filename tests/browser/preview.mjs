// A preview as an author has it: a handbook of a few files in a folder of its own, `ethos serve`, and tabs that look at it.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PROJECT } from './sites.mjs';

const PROGRAM = process.env.ETHOS ?? join(PROJECT, 'target/release/ethos');

/** A page's text, without fuss: `text('Leave', 'Ask early.')`. */
export const text = (title, body, more = '') => `+++\ntitle = "${title}"\n${more}+++\n\n${body}\n`;

export const SETTINGS = 'title = "Ottersby handbook"\norganisation = "Ottersby Council"\nlanguage = "en-GB"\n\n[theme]\nname = "ours"\n';

const MANY = Array.from({ length: 40 }, (_, number) => `Paragraph ${number} of a long page says something about meetings.`);

export const HANDBOOK = {
  'ethos.toml': SETTINGS,
  'themes/ours/theme.toml': 'extends = "default"\n',
  'themes/ours/styles/ours.css': '.hb-footer { outline-color: rgb(1, 2, 3) }\n',
  'content/index.md': text('Ottersby handbook', 'Welcome to Ottersby.'),
  'content/team/index.md': text('Team', 'How we work.'),
  'content/team/leave.md': text(
    'Leave',
    'Ask early.\n\n<details><summary>Who may ask</summary>\n\nEveryone may.\n\n</details>\n\nAsk [the team](index.md) kindly.',
    'owner = "Human Resources"\nlast_reviewed = 2026-01-05\n',
  ),
  'content/team/meetings.md': text('Meetings', MANY.join('\n\n')),
  'frameworks/values.toml': `title = "Our values"

[[scales]]
id = "audience"
kind = "audience"
title = "Whom we ask"
points = [{ id = "all", title = "Everyone" }]
`,
  'frameworks/values/be-kind.md': text('Be kind', 'Kindness is a habit.\n\n## Everyone\n\n- listen before I speak\n- say thank you', 'statement = "We are kind."\n'),
};

export class Preview {
  #child;
  #port = 0;

  constructor(files = {}) {
    this.root = mkdtempSync(join(tmpdir(), 'ethos-preview-'));
    for (const [path, words] of Object.entries({ ...HANDBOOK, ...files })) this.write(path, words);
  }

  /** Answers at the same address every time. */
  async start() {
    const child = spawn(PROGRAM, ['serve', '--port', String(this.#port), '--root', this.root], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    let said = '';
    this.origin = await new Promise((found, failed) => {
      child.stderr.on('data', (bytes) => {
        said += bytes;
        const address = /is at (http:\/\/\S+?)\/?\s/.exec(said);
        if (address) found(address[1]);
      });
      child.on('exit', () => failed(new Error(`The preview ended:\n${said}`)));
      child.on('error', failed);
    });
    this.#port = new URL(this.origin).port;
  }

  async stop() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise((ended) => {
      child.on('exit', ended);
      child.kill();
    });
  }

  async remove() {
    await this.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  url(path = '') {
    return `${this.origin}/${path}`;
  }

  /** Saves a file. */
  write(path, words) {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, words);
  }

  rename(path, to) {
    renameSync(join(this.root, path), join(this.root, to));
  }
}
