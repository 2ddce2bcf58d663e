// A live preview that runs: started, asked over HTTP, and looked at from outside as Linux shows it. None outlives this program.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long between two tries to reach a server that doesn't listen yet. */
const KNOCK = 2;
/** The processor's time is counted in ticks of so many ms. */
const TICK = 10;
/** Longer than this, and an answer never comes. */
const NEVER = 120_000;

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

export class Server {
  /** What it printed. */
  output = '';
  /** From the start to the first page: ms. */
  started;
  #child;
  #port;
  #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #streams = [];

  /** Starts a tool and waits until it answers for a page. */
  static async start(tool, page) {
    const server = new Server();
    server.tool = tool;
    server.#port = await freePort();
    const [program, args] = tool.command(server.#port);
    const began = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    server.#child = child;
    running.add(child);
    child.on('error', (error) => (server.output += error));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (server.output += text));
    while (!(await server.#knock(page))) {
      if (!child.pid || child.exitCode !== null) throw new Error(`${tool.name} has ended:\n${server.output}`);
      if (performance.now() - began > NEVER) throw new Error(`${tool.name} never served ${page}:\n${server.output}`);
      await sleep(KNOCK);
    }
    server.started = performance.now() - began;
    return server;
  }

  async stop() {
    this.closeStreams();
    this.#agent.destroy();
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGKILL');
      await ended;
    }
    running.delete(this.#child);
  }

  /** Whether it serves a page yet. */
  async #knock(page) {
    try {
      return (await this.#ask(page, false)).status === 200;
    } catch {
      return false;
    }
  }

  /** What it answers for an address: `{ status, body }`. */
  async fetch(address) {
    try {
      return await this.#ask(address, this.#agent);
    } catch (error) {
      // A server may have closed a quiet connection just as it was used again.
      if (error.code !== 'ECONNRESET') throw error;
      return this.#ask(address, this.#agent);
    }
  }

  #ask(path, agent) {
    return new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port: this.#port, path, agent }, (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(pieces) }));
        response.on('error', reject);
      });
      request.on('error', reject);
    });
  }

  /** Asks again and again until the answer holds a text. False if it never does. */
  async until(address, text, never = NEVER) {
    const began = performance.now();
    for (;;) {
      const { status, body } = await this.fetch(address);
      if (status === 200 && body.includes(text)) return true;
      if (performance.now() - began > never) return false;
    }
  }

  /** Opens streams of events about pages, and reads them from then on. */
  async openStreams(addresses) {
    for (const address of addresses) {
      const stream = { socket: connect(this.#port, '127.0.0.1'), heard: '' };
      this.#streams.push(stream);
      stream.socket.on('error', () => {});
      stream.socket.on('data', (text) => (stream.heard += text));
      const path = `/.ethos/events?page=${encodeURIComponent(address)}`;
      stream.socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\n\r\n`);
      await until(() => stream.heard.includes('event: page'));
    }
  }

  /** Resolves when the last stream hears something. */
  news() {
    return Promise.race([once(this.#streams.at(-1).socket, 'data'), sleep(NEVER, null, { ref: false })]);
  }

  /** What each stream has heard. */
  get heard() {
    return this.#streams.map((stream) => stream.heard);
  }

  closeStreams() {
    this.#streams.splice(0).forEach((stream) => stream.socket.destroy());
  }

  /** Memory that it holds: MiB. */
  get memory() {
    return this.#status('VmRSS') / 1024;
  }

  get threads() {
    return this.#status('Threads');
  }

  #status(field) {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)[1]);
  }

  /** The processor's time that it has taken: ticks. */
  get ticks() {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[11]) + Number(fields[12]);
  }
}

/** Waits for a while, and then until none of the servers is busy any more. */
export async function quiet(servers, pause) {
  await sleep(pause);
  const ticks = () => servers.reduce((sum, server) => sum + server.ticks, 0);
  for (let turn = 0, before = ticks(); turn < 50; turn++) {
    await sleep(5 * TICK);
    const now = ticks();
    if (now === before) return;
    before = now;
  }
}

/** Waits until something is so. False if it never is. */
export async function until(isSo, never = NEVER) {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > never) return false;
    await sleep(1);
  }
  return true;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
