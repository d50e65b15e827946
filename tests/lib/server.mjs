/*
 * tests/lib/server.mjs - a real liaisond on a port of its own, with the demo company.
 *
 *	const server = await startServer();      // LIAISON_BUILD chooses the build folder
 *	server.url; server.env.CORPID …; await server.liaison('member', 'disable', 'lilei');
 *	await server.stop();                     // checks that it ended well, and the doctor's word
 */
import { spawn, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const build = join(root, process.env.LIAISON_BUILD ?? 'build');

export async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/* Asks again until `look` gives something true; no fixed sleeps in tests. */
export async function until(look, what, ms = 20000) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await look();
    if (got) return got;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

class Server {
  constructor(data, port, options) {
    this.data = data;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.options = options;
    this.log = '';
  }

  /* The command line, as an operator uses it. */
  async liaison(...words) {
    const { stdout } = await run(join(build, 'liaison'), ['--data', this.data, ...words], { maxBuffer: 1 << 26 });
    return stdout;
  }

  async start() {
    const words = ['--data', this.data, '--listen', `127.0.0.1:${this.port}`, '--web', join(root, 'web/dist'),
      '--rate-address-per-minute', '0', '--rate-consumer-per-minute', '0', ...(this.options.args ?? [])];
    this.child = spawn(join(build, 'liaisond'), words, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })));
    this.child.stdout.on('data', (b) => (this.log += b));
    this.child.stderr.on('data', (b) => (this.log += b));
    let gone = null;
    this.ended.then((how) => (gone = how));
    await until(async () => {
      if (gone) throw new Error(`liaisond ended: ${JSON.stringify(gone)}\n${this.log}`);
      return fetch(`${this.url}/readyz`).then((r) => r.ok, () => false);
    }, 'readiness', 60000);
    return this;
  }

  /* What a sanitizer has said; a killed process cannot tell it by its exit status. */
  checkLog() {
    const at = this.log.search(/(Address|Leak|Thread|Memory)Sanitizer|runtime error:|BUG: /);
    if (at >= 0) throw new Error(this.log.slice(at, at + 4000));
  }

  /* As a power cut would: no time for anything. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
    this.checkLog();
  }

  async halt() {
    this.child.kill('SIGTERM');
    const { code, signal } = await this.ended;
    if (code !== 0) throw new Error(`liaisond ended with ${code ?? signal}\n${this.log}`);
    this.checkLog();
  }

  async readEnv() {
    const text = await this.liaison('demo', 'env');
    this.env = Object.fromEntries(text.trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    this.env.BASE_URL = this.url;
    return this.env;
  }

  /* Ends it, asks the doctor, clears away. */
  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.halt();
    const word = await this.liaison('doctor');
    if (!word.includes('all is well')) throw new Error(word);
    await rm(this.data, { recursive: true, force: true });
  }

  /* ---- the open API and /v1, without any SDK ---- */

  /* The answer's JSON; `http` is its status. */
  async api(path, { token, body, method, headers, raw } = {}) {
    const url = new URL(path, this.url);
    if (token) url.searchParams.set('access_token', token);
    const plain = body === undefined || typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array;
    const reply = await fetch(url, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      body: plain ? body : JSON.stringify(body),
    });
    if (raw) return reply;
    return Object.defineProperty(await reply.json(), 'http', { value: reply.status });
  }

  async token(secret = this.env.SECRET, corpid = this.env.CORPID) {
    const got = await this.api(`/cgi-bin/gettoken?corpid=${corpid}&corpsecret=${secret}`);
    if (got.errcode) throw new Error(got.errmsg);
    return got.access_token;
  }

  /* A signed-in member or a consumer, with a bearer token: `who(path)` asks,
   * `who(path, body)` posts. */
  caller(client, token, me) {
    const headers = (more = {}) => ({ 'x-liaison-client': client, authorization: `Bearer ${token}`, ...more });
    const call = (path, body) => this.api(path, { body, headers: headers() });
    return Object.assign(call, { server: this, client, token, me, headers, get: (path) => call(path), post: (path, body = {}) => call(path, body) });
  }

  async signIn(account, password = `demo-${account}`, client = 'desk', corp = this.env?.CORPID) {
    const got = await this.api('/v1/sign_in', { body: { corp, account, password }, headers: { 'x-liaison-client': client } });
    if (!got.token) throw new Error(`${account}: ${JSON.stringify(got)}`);
    return this.caller(client, got.token, got.me);
  }

  /* A stranger opens a code and becomes a customer; a caller with `chat`. */
  async comesBy(code, nickname) {
    const reply = await this.api('/v1/add', { body: { code, nickname }, headers: { 'x-liaison-client': 'consumer' }, raw: true });
    const got = await reply.json();
    if (!got.chat) throw new Error(`add: ${JSON.stringify(got)}`);
    const token = /liaison_consumer=([^;]+)/.exec(reply.headers.get('set-cookie'))[1];
    return Object.assign(this.caller('consumer', token, got.me), { chat: got.chat });
  }

  async add(member, nickname) {
    return this.comesBy((await member('/v1/my_code')).code, nickname);
  }
}

export async function startServer(options = {}) {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'liaison-test-')));
  const server = new Server(data, options.port ?? (await freePort()), options);
  if (options.demo !== false) await server.liaison('demo');
  await server.start();
  if (options.demo !== false) await server.readEnv();
  return server;
}
