/*
 * tests/api/server.mjs - a server of its own for a test: the demo company in a new
 * folder, on a port that was free.  LIAISON_BUILD says which build (default "build").
 *
 *   const server = await startServer();      // test.after(() => server.stop())
 *   const li = await server.signIn('lilei', 'demo-lilei');
 *   await li.get('/v1/me');  await li.post('/v1/chat/read', { chat, seq });
 */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const build = join(root, process.env.LIAISON_BUILD ?? 'build');
const run = promisify(execFile);

function freePort() {
  return new Promise((resolve, reject) => {
    const s = createServer();
    s.on('error', reject);
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => resolve(port));
    });
  });
}

/* The program says that it is ready on its standard output. */
function ready(child) {
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
      if (out.includes('is ready')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`liaisond ended with ${code}`)));
  });
}

/* One signed-in person: his token and the client he uses. */
export class Person {
  constructor(server, client, token, me) {
    Object.assign(this, { server, client, token, me });
  }
  headers(more = {}) {
    return { authorization: `Bearer ${this.token}`, 'x-liaison-client': this.client, ...more };
  }
  async get(path) {
    return this.server.json(path, { headers: this.headers() });
  }
  async post(path, body) {
    return this.server.json(path, {
      method: 'POST',
      headers: this.headers({ 'content-type': 'application/json' }),
      body: JSON.stringify(body ?? {}),
    });
  }
}

class Server {
  constructor(dir, port) {
    Object.assign(this, { dir, port, url: `http://127.0.0.1:${port}` });
  }

  /* Status and JSON of an answer; the test says what it wants. */
  async json(path, options = {}) {
    const res = await fetch(this.url + path, options);
    const text = await res.text();
    return { status: res.status, headers: res.headers, text, ...(text[0] === '{' ? JSON.parse(text) : {}) };
  }

  async liaison(...args) {
    return (await run(join(build, 'liaison'), ['--data', this.dir, ...args])).stdout;
  }

  async env() {
    const text = await this.liaison('demo', 'env');
    return Object.fromEntries(text.trim().split('\n').map((l) => [l.slice(0, l.indexOf('=')), l.slice(l.indexOf('=') + 1)]));
  }

  async signIn(account, password, client = 'desk') {
    const got = await this.json('/v1/sign_in', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-liaison-client': client },
      body: JSON.stringify({ account, password }),
    });
    if (!got.token) throw new Error(`sign_in: ${got.text}`);
    return new Person(this, client, got.token, got.me);
  }

  /* A stranger scans a member's code and becomes his customer. */
  async add(member, nickname) {
    const { code } = await member.get('/v1/my_code');
    const got = await this.json('/v1/add', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-liaison-client': 'consumer' },
      body: JSON.stringify({ code, nickname }),
    });
    if (!got.chat) throw new Error(`add: ${got.text}`);
    const cookie = got.headers.get('set-cookie') ?? '';
    const person = new Person(this, 'consumer', /liaison_consumer=([^;]+)/.exec(cookie)[1], got.me);
    person.chat = got.chat;
    return person;
  }

  async start(...args) {
    this.child = spawn(join(build, 'liaisond'), ['--data', this.dir, '--listen', `127.0.0.1:${this.port}`, ...args], {
      stdio: ['ignore', 'pipe', process.env.LIAISON_LOG ? 'inherit' : 'ignore'],
    });
    await ready(this.child);
  }

  /* Ends the program; gives its exit status, or the signal's name. */
  async end(signal = 'SIGTERM') {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const gone = new Promise((resolve) => this.child.once('exit', (code, sig) => resolve(sig ?? code)));
    this.child.kill(signal);
    return gone;
  }

  async stop() {
    const status = await this.end();
    await rm(this.dir, { recursive: true, force: true });
    return status;
  }
}

export async function startServer(...args) {
  const server = new Server(await mkdtemp(join(tmpdir(), 'liaison-test-')), await freePort());
  await server.liaison('demo');
  await server.start(...args);
  return server;
}
