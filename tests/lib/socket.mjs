/*
 * tests/lib/socket.mjs - a client of doc/realtime.md on npm's `ws`, for tests.
 *
 * What comes is kept until a test asks for it: `await s.next('ack')` gives the oldest
 * frame of that kind, and waits for it when there is none; `s.next('', f => …)` one of
 * any kind.
 */
import WebSocket from 'ws';

const PATIENCE_MS = 10000;

export class Socket {
  constructor(server, { client = 'desk', token, headers = {}, ...options } = {}) {
    const auth = token ? { authorization: `Bearer ${token}` } : {};
    this.frames = [];
    this.waiting = [];
    this.ws = new WebSocket(`ws://127.0.0.1:${server.port}/v1/ws?client=${client}`, {
      headers: { ...auth, ...headers },
      ...options,
    });
    this.opened = new Promise((resolve, reject) => {
      this.ws.once('open', resolve);
      this.ws.once('error', reject);
      this.ws.once('unexpected-response', (_, res) => reject(new Error(`status ${res.statusCode}`)));
    });
    this.closed = new Promise((resolve) => this.ws.once('close', (code) => resolve(code)));
    this.ws.on('message', (data) => this.take(JSON.parse(String(data))));
  }

  take(frame) {
    const i = this.waiting.findIndex((w) => w.want(frame));
    if (i < 0) this.frames.push(frame);
    else this.waiting.splice(i, 1)[0].resolve(frame);
  }

  send(frame) {
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  next(t, more = () => true) {
    const want = (f) => (!t || f.t === t) && more(f);
    const i = this.frames.findIndex(want);
    if (i >= 0) return Promise.resolve(this.frames.splice(i, 1)[0]);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no "${t}"; there is ${JSON.stringify(this.frames)}`)), PATIENCE_MS);
      this.waiting.push({ want, resolve: (f) => (clearTimeout(late), resolve(f)) });
    });
  }

  /* What is there once the server has answered a ping: nothing else was on its way.
   * Without what hello has told already: news of it may come a moment later. */
  async rest() {
    this.send({ t: 'ping' });
    await this.next('pong');
    const told = BigInt(this.first?.cursor ?? 0);
    return this.frames.splice(0).filter((f) => !f.stamp || BigInt(f.stamp) > told);
  }

  async hello(fields = {}) {
    await this.opened;
    this.send({ t: 'hello', ...fields });
    return this.next('hello');
  }

  text(chat, nonce, content) {
    this.send({ t: 'send', nonce, chat, type: 'text', body: { content } });
  }

  async close() {
    this.ws.close(1000);
    return this.closed;
  }
}

export async function connect(person, cursor) {
  const s = new Socket(person.server, { client: person.client, token: person.token });
  s.first = await s.hello(cursor === undefined ? {} : { cursor });
  return s;
}
