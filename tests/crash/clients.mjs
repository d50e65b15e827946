/*
 * tests/crash/clients.mjs - clients that go on while the server is killed under them.
 *
 * Each keeps what it was promised: a message that was acknowledged (its chat, seq and
 * words), a customer who was added.  What was not acknowledged is sent again with the
 * same nonce where there is one, else with new words, and may be there once or not.
 */
import { randomBytes } from 'node:crypto';
import WebSocket from 'ws';

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const BACK_MS = 15;

/* What the test wants of everybody: `run` is false when it is time to stop. */
export class Crowd {
  run = true;
  promised = [];
  working = [];
  words = 0;
  mark = randomBytes(3).toString('hex'); /* nonces of another crowd are others */

  constructor(server) {
    this.server = server;
  }

  newWords(who) {
    return `${who} ${this.words++} ${randomBytes(4).toString('hex')} ${'字'.repeat(this.words % 40)}`;
  }

  start(work) {
    this.working.push(work);
  }

  async stop() {
    this.run = false;
    await Promise.all(this.working);
  }

  /* Over the realtime socket, up to `depth` in flight. */
  socket(name, person, chat, depth = 4) {
    this.start(this.socketWork(name, person, chat, depth));
  }

  async socketWork(name, person, chat, depth) {
    const flight = new Map();
    let next = 0;
    while (this.run || flight.size) {
      const ws = new WebSocket(`${this.server.url.replace('http', 'ws')}/v1/ws?client=${person.client}`, { headers: { authorization: `Bearer ${person.token}` } });
      const send = (nonce) => ws.send(JSON.stringify({ t: 'send', nonce, chat, type: 'text', body: { content: flight.get(nonce) } }));
      const fill = () => {
        while (this.run && flight.size < depth) {
          const nonce = `${this.mark}-${name}-${next++}`;
          flight.set(nonce, this.newWords(name));
          send(nonce);
        }
        if (!this.run && !flight.size) ws.close();
      };
      ws.on('open', () => ws.send('{"t":"hello"}'));
      ws.on('message', (data) => {
        const frame = JSON.parse(String(data));
        if (frame.t === 'hello') {
          for (const nonce of flight.keys()) send(nonce);
          fill();
        } else if (frame.t === 'ack') {
          this.promised.push({ chat, seq: frame.seq, msgid: frame.msgid, content: flight.get(frame.nonce) });
          flight.delete(frame.nonce);
          fill();
        } else if (frame.t === 'nack' && !frame.retry) {
          throw new Error(`${name}: ${JSON.stringify(frame)}`);
        } else if (frame.t === 'nack') {
          setTimeout(() => ws.readyState === WebSocket.OPEN && send(frame.nonce), BACK_MS);
        }
      });
      await new Promise((resolve) => { ws.on('close', resolve); ws.on('error', resolve); });
      ws.terminate();
      await pause(BACK_MS);
    }
  }

  /* One call after the other; `call` gives what was promised, or throws. */
  async callWork(call) {
    while (this.run) {
      try {
        const promise = await call();
        if (promise) this.promised.push(promise);
      } catch (e) {
        if (e.refused) throw e;
        await pause(BACK_MS);
      }
    }
  }

  static wellOr(got, what) {
    if (got.errcode && ![-1, 45009, 910009, 910017].includes(got.errcode)) throw Object.assign(new Error(`${what}: ${JSON.stringify(got)}`), { refused: true });
    if (got.errcode) throw new Error(what);
  }

  /* POST /v1/chat/send, the same nonce until it is acknowledged. */
  poster(name, person, chat) {
    let nonce, content, n = 0;
    this.start(this.callWork(async () => {
      if (!nonce) [nonce, content] = [`${this.mark}-${name}-${n++}`, this.newWords(name)];
      const got = await person('/v1/chat/send', { chat, nonce, type: 'text', body: { content } });
      Crowd.wellOr(got, name);
      nonce = null;
      return { chat, seq: got.seq, msgid: got.msgid, content };
    }));
  }

  /* Files, the same nonce until one is acknowledged. */
  uploader(name, person, chat) {
    let nonce, content, n = 0;
    this.start(this.callWork(async () => {
      if (!nonce) [nonce, content] = [`${this.mark}-${name}-${n++}`, this.newWords(name).repeat(1 + (n % 200))];
      const form = new FormData();
      form.set('media', new Blob([content]), `${nonce}.txt`);
      const got = await person(`/v1/chat/upload?chat=${chat}&nonce=${nonce}&type=file`, form);
      Crowd.wellOr(got, name);
      nonce = null;
      return { chat, seq: got.seq, msgid: got.msgid, file: content };
    }));
  }

  /* message/send to three members at a time, in turn: all of them get it, or none. */
  app(name, token, agentid, userids) {
    let turn = 0;
    this.start(this.callWork(async () => {
      const content = this.newWords(name);
      const to = [0, 1, 2].map((i) => userids[(turn + i) % userids.length]);
      turn += 3;
      const got = await this.server.api('/cgi-bin/message/send', { token, body: { touser: to.join('|'), msgtype: 'text', agentid, text: { content } } });
      Crowd.wellOr(got, name);
      return { agentid, to, content };
    }));
  }

  /* Strangers who scan a code. */
  scanner(name, code) {
    this.start(this.callWork(async () => {
      const nickname = this.newWords(name).slice(0, 30).trim();
      const got = await this.server.api('/v1/add', { body: { code, nickname }, headers: { 'x-liaison-client': 'consumer' } });
      Crowd.wellOr(got, name);
      await pause(20);
      return { nickname, chat: got.chat.chat };
    }));
  }
}

/* A client as doc/realtime.md wants it: it holds each chat's messages, applies the next
 * one, asks when it sees a gap, and resumes by its cursor. */
export class Watcher {
  chats = new Map();
  cursor = undefined;
  run = true;

  constructor(server, person) {
    Object.assign(this, { server, person });
    this.working = this.work();
  }

  held(chat) {
    if (!this.chats.has(chat)) this.chats.set(chat, []);
    return this.chats.get(chat);
  }

  apply(chat, message) {
    const held = this.held(chat);
    if (message.seq === held.length + 1) held.push(message);
    return message.seq <= held.length;
  }

  async fill(chat, upTo) {
    for (let tries = 0; this.held(chat).length < upTo; tries++) {
      const got = await this.person(`/v1/chat/messages?chat=${chat}&after=${this.held(chat).length}&limit=200`);
      if (got.errcode) throw new Error(`watcher: ${JSON.stringify(got)}`);
      if (!got.messages.length) throw Object.assign(new Error(`${chat} should have ${upTo}, has ${this.held(chat).length}`), { refused: true });
      for (const m of got.messages) this.apply(chat, m);
    }
  }

  stamp(stamp) {
    if (stamp !== undefined && (this.cursor === undefined || BigInt(stamp) > BigInt(this.cursor))) this.cursor = stamp;
  }

  async frame(frame) {
    if (frame.t === 'hello') {
      for (const head of frame.chats) await this.fill(head.chat, head.last_seq);
      if (frame.more) for (let cursor = ''; cursor !== undefined;) {
        const page = await this.person(`/v1/chats?limit=100${cursor && `&cursor=${cursor}`}`);
        for (const head of page.chats) await this.fill(head.chat, head.last_seq);
        cursor = page.next_cursor || undefined;
      }
      this.stamp(frame.cursor);
    }
    if (frame.t === 'message') {
      if (!this.apply(frame.message.chat, frame.message)) await this.fill(frame.message.chat, frame.message.seq);
      this.stamp(frame.stamp);
    }
    if (frame.t === 'chat') await this.fill(frame.chat.chat, frame.chat.last_seq);
  }

  async work() {
    while (this.run) {
      const ws = new WebSocket(`${this.server.url.replace('http', 'ws')}/v1/ws?client=${this.person.client}`, { headers: { authorization: `Bearer ${this.person.token}` } });
      this.ws = ws;
      let queue = Promise.resolve();
      ws.on('open', () => ws.send(JSON.stringify(this.cursor === undefined ? { t: 'hello' } : { t: 'hello', cursor: this.cursor })));
      ws.on('message', (data) => {
        queue = queue.then(() => this.frame(JSON.parse(String(data)))).catch((e) => {
          if (e.refused) this.fault = e;
          ws.terminate();
        });
      });
      await new Promise((resolve) => { ws.on('close', resolve); ws.on('error', resolve); });
      await queue;
      ws.terminate();
      await pause(BACK_MS);
    }
  }

  async stop() {
    this.run = false;
    this.ws.close();
    await this.working;
    if (this.fault) throw this.fault;
  }
}
