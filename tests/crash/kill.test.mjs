/*
 * Fifty clients send while the server is killed at random moments and started again.
 *
 *	CRASH_ROUNDS=30  how often; CRASH_SEED repeats the moments of a run
 */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { until } from '../lib/server.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';
import { Crowd, Watcher } from './clients.mjs';

const ROUNDS = +(process.env.CRASH_ROUNDS ?? 5);
const SEED = +(process.env.CRASH_SEED ?? Date.now() % 1e9);
const MEMBERS = 15, APPS = 6, CUSTOMERS = 24;

/* mulberry32: small, and the same for the same seed. */
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

async function timeline(person, chat) {
  const all = [];
  for (let more = true; more;) {
    const got = await person(`/v1/chat/messages?chat=${chat}&after=${all.length ? all.at(-1).seq : 0}&limit=200`);
    assert.equal(got.errcode, undefined, JSON.stringify(got));
    all.push(...got.messages);
    more = got.has_more;
  }
  return all;
}

async function allCustomers(person) {
  const all = [];
  for (let cursor = ''; cursor !== undefined;) {
    const page = await person(`/v1/customers?limit=100${cursor && `&cursor=${cursor}`}`);
    all.push(...page.customers);
    cursor = page.next_cursor || undefined;
  }
  return all;
}

const count = (list) => list.reduce((m, x) => m.set(x, (m.get(x) ?? 0) + 1), new Map());

test(`${ROUNDS} kills`, { timeout: 120000 + ROUNDS * 20000 }, async (t) => {
  t.diagnostic(`CRASH_SEED=${SEED}`);
  const w = await startWorld({ args: ['--hurry', '10'] });
  const { server, admin, guide } = w;
  t.after(async () => { await server.kill(); await rm(server.data, { recursive: true, force: true }); });

  /* People: members who get the apps' messages, customers of lilei's, and an app that
   * listens badly: one answer in eight is an error. */
  const csv = join(server.data, 'people.csv');
  const userids = Array.from({ length: MEMBERS }, (_, i) => `crash${i}`);
  await writeFile(csv, `userid,name,department,password\n${userids.map((u) => `${u},${u},星河家电/总部,pass-${u}`).join('\n')}\n`);
  await server.liaison('--corp', w.env.CORPID, 'member', 'import', csv);
  const members = await Promise.all(userids.map((u) => server.signIn(u, `pass-${u}`)));
  const { code } = await guide('/v1/my_code');
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, (_, i) => server.comesBy(code, `customer ${i}`)));
  const keys = { token: 'crash', aesKey: 'C'.repeat(43) };
  let well = false, answers = 0;
  const endpoint = await listen({
    ...keys, corpid: w.env.CORPID, status: () => (!well && answers++ % 8 === 3 ? 500 : 200),
    reply: (e) => e.MsgType === 'text' && `<xml><MsgType>text</MsgType><Content><![CDATA[re: ${e.Content}]]></Content></xml>`,
  });
  t.after(() => endpoint.close());
  const apps = [];
  for (let i = 0; i < APPS; i++) {
    const app = await makeApp(server, admin, `app ${i}`);
    apps.push({ ...app, access: await server.token(app.secret) });
  }
  const listener = await makeApp(server, admin, 'listener');
  assert.equal((await admin('/v1/admin/app/callback', { agentid: listener.agentid, url: endpoint.url, token: keys.token, aes_key: keys.aesKey })).http, 200);
  const listenerChats = await Promise.all(members.map(async (m) => (await m('/v1/app/open', { agentid: listener.agentid })).chat.chat));

  /* Fifty who send, two who watch. */
  const crowd = new Crowd(server);
  const watchers = [new Watcher(server, guide), new Watcher(server, customers[0])];
  customers.forEach((c, i) => (i % 8 === 7 ? crowd.uploader(`f${i}`, c, c.chat.chat) : i % 3 === 2 ? crowd.poster(`c${i}`, c, c.chat.chat) : crowd.socket(`c${i}`, c, c.chat.chat)));
  for (let i = 0; i < 6; i++) crowd.socket(`desk${i}`, guide, customers[i].chat.chat, 8);
  members.slice(0, 12).forEach((m, i) => crowd.socket(`m${i}`, m, listenerChats[i], 2));
  apps.forEach((a, i) => crowd.app(`a${i}`, a.access, a.agentid, userids));
  crowd.scanner('s0', code);
  crowd.scanner('s1', code);
  assert.equal(crowd.working.length, 50);

  for (let round = 0; round < ROUNDS; round++) {
    await pause(100 + random() * 900);
    await server.kill();
    assert.match(await server.liaison('doctor'), /all is well/, `after kill ${round}`);
    if (random() < 0.25) { /* killed again while it is getting up */
      const up = server.start().catch(() => {});
      await pause(random() * 60);
      server.child.kill('SIGKILL');
      await server.ended;
      await up;
    }
    await server.start();
  }
  await pause(300);
  await crowd.stop();
  await pause(100);
  await Promise.all(watchers.map((x) => x.stop()));
  well = true;

  /* Every promise is kept, once; numbers are dense. */
  const promised = crowd.promised;
  t.diagnostic(`${promised.length} promises, ${endpoint.requests.length} deliveries`);
  assert.ok(promised.length > 50 * ROUNDS, `only ${promised.length} promises`);
  const chats = new Map();
  const load = async (person, chat) => chats.set(chat, await timeline(person, chat));
  for (const head of await allCustomers(guide)) await load(guide, head.chat);
  for (const [i, m] of members.entries()) await load(m, listenerChats[i]);
  for (const [chat, messages] of chats) messages.forEach((m, i) => assert.equal(m.seq, i + 1, `${chat} has no gap`));
  const words = new Map([...chats].map(([chat, messages]) => [chat, count(messages.filter((m) => m.type === 'text').map((m) => m.body.content))]));
  for (const p of promised.filter((x) => x.seq)) {
    const m = chats.get(p.chat)[p.seq - 1];
    assert.deepEqual([m?.msgid, m?.body.content], [p.msgid, p.content]);
  }
  for (const p of promised.filter((x) => x.file)) {
    const reply = await fetch(`${server.url}/v1/chat/file?chat=${p.chat}&seq=${p.seq}`, { headers: guide.headers() });
    assert.ok(await reply.text() === p.file, `the file of ${p.chat}, ${p.seq}`);
  }
  for (const [chat, counts] of words)
    for (const [content, n] of counts) if (!/^您好/.test(content)) assert.equal(n, 1, `${chat}: ${content} comes ${n} times`);

  /* Three receivers or none. */
  const boxes = new Map();
  for (const [i, m] of members.entries())
    for (const app of apps) {
      const { chat } = await m('/v1/app/open', { agentid: app.agentid });
      const messages = await timeline(m, chat.chat);
      messages.forEach((x, n) => assert.equal(x.seq, n + 1));
      for (const x of messages) boxes.set(x.body.content, [...(boxes.get(x.body.content) ?? []), userids[i]]);
    }
  for (const [content, who] of boxes) assert.equal(new Set(who).size, 3, `${content} reached ${who}`);
  for (const [content, who] of boxes) assert.equal(who.length, 3, `${content} reached ${who}`);
  for (const p of promised.filter((x) => x.to)) assert.deepEqual([...(boxes.get(p.content) ?? [])].sort(), [...p.to].sort(), p.content);

  /* Whoever was added is a customer, with one welcome. */
  const names = count((await allCustomers(guide)).map((c) => c.name));
  for (const p of promised.filter((x) => x.nickname)) {
    assert.equal(names.get(p.nickname), 1, p.nickname);
    const said = chats.get(p.chat).filter((m) => m.type === 'text');
    assert.equal(said.length, 1, `${p.nickname} was welcomed ${said.length} times`);
  }

  /* The app has heard of everything at least once, in order, always by the same name,
   * and each answer of its stands in the chat once. */
  const toListener = [...words].filter(([chat]) => listenerChats.includes(chat)).flatMap(([, c]) => [...c.keys()]).filter((c) => !c.startsWith('re: '));
  const heard = () => new Set(endpoint.events.map((e) => e.Content));
  await until(() => { const h = heard(); return toListener.every((c) => h.has(c)); }, 'all deliveries', 120000);
  await until(async () => (await admin('/v1/admin/overview')).callbacks_waiting === 0, 'an empty outbox', 60000);
  const byId = new Map();
  for (const r of endpoint.requests) {
    assert.equal(byId.get(r.id) ?? r.xml, r.xml, `event ${r.id} has changed`);
    byId.set(r.id, r.xml);
  }
  assert.equal(new Set(byId.values()).size, byId.size, 'two events, two contents');
  const firsts = [...new Set(endpoint.events.map((e) => e.id))].map(BigInt);
  firsts.forEach((id, i) => assert.ok(i === 0 || id > firsts[i - 1], 'in order'));
  const added = new Set(endpoint.events.filter((e) => e.ChangeType === 'add_external_contact').map((e) => e.ExternalUserID));
  for (const c of await allCustomers(guide)) if (promised.some((p) => p.nickname === c.name)) assert.ok(added.has(c.external_userid), c.name);
  for (const [i, m] of members.slice(0, 12).entries()) {
    const texts = (await timeline(m, listenerChats[i])).map((x) => x.body.content);
    const replies = count(texts.filter((c) => c.startsWith('re: ')));
    for (const c of texts.filter((x) => !x.startsWith('re: '))) assert.equal(replies.get(`re: ${c}`), 1, `the reply to ${c}`);
  }

  /* Who watched holds what there is. */
  for (const [chat, held] of watchers[0].chats)
    if (chats.has(chat)) assert.deepEqual(held.map((m) => m.msgid), chats.get(chat).slice(0, held.length).map((m) => m.msgid), chat);
  const mine = watchers[1].held(customers[0].chat.chat);
  assert.deepEqual(mine.map((m) => m.msgid), chats.get(customers[0].chat.chat).map((m) => m.msgid));
  assert.deepEqual(watchers[0].held(customers[0].chat.chat).map((m) => m.msgid), mine.map((m) => m.msgid));

  await server.halt();
  assert.match(await server.liaison('doctor'), /all is well/);
});
