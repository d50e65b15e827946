/*
 * Mass messages go out while the server is killed at random moments and started again:
 * each customer gets each of them once, all its parts in order.
 *
 *	CRASH_ROUNDS=30  how often; CRASH_SEED repeats the moments of a run
 */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { until } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';

const ROUNDS = +(process.env.CRASH_ROUNDS ?? 5);
const SEED = +(process.env.CRASH_SEED ?? Date.now() % 1e9);
const CUSTOMERS = 80, PARTS = 4;

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
    all.push(...got.messages);
    more = got.has_more;
  }
  return all;
}

test(`${ROUNDS} kills during mass messages`, { timeout: 120000 + ROUNDS * 20000 }, async (t) => {
  t.diagnostic(`CRASH_SEED=${SEED}`);
  const w = await startWorld();
  const { server, admin, guide } = w;
  t.after(async () => { await server.kill(); await rm(server.data, { recursive: true, force: true }); });
  const { code } = await guide('/v1/my_code');
  const customers = [];
  for (let i = 0; i < CUSTOMERS; i++) customers.push(await server.comesBy(code, `customer ${i}`));
  for (const [name, value] of [['mass_direct', 1], ['mass_month_max', 10000]]) assert.equal((await admin('/v1/admin/setting', { name, value })).errcode, undefined);

  const links = Array.from({ length: PARTS - 1 }, (_, i) => ({ msgtype: 'link', link: { title: `part ${i + 1}`, url: 'https://example.com/' } }));
  const asked = [];
  const ask = (text) => {
    const body = { sender: 'lilei', text: { content: text }, attachments: links };
    const one = server.api('/cgi-bin/externalcontact/add_msg_template', { token: w.tokens.app, body }).then((got) => got.msgid, () => undefined);
    asked.push(one);
    return one;
  };
  let interrupted = 0;
  for (let round = 0; round < ROUNDS; round++) {
    /* Now and then when the first is promised, just then; otherwise some time later. */
    const first = [0, 1, 2].map((i) => ask(`round ${round} message ${i}`));
    await (round % 2 ? pause(5 + random() * 150) : Promise.race(first));
    await server.kill();
    assert.match(await server.liaison('doctor'), /all is well/, `after kill ${round}`);
    await server.start();
    const { masses } = await admin('/v1/admin/mass/list?limit=100');
    interrupted += masses.some((m) => m.state !== 'done');
  }
  const promised = (await Promise.all(asked)).filter(Boolean);
  let masses;
  await until(async () => {
    ({ masses } = await admin('/v1/admin/mass/list?limit=100'));
    return masses.every((m) => m.state === 'done');
  }, 'all to be sent');
  const names = masses.map((m) => m.mass);
  for (const msgid of promised) assert.ok(names.includes(msgid), `${msgid} was promised`);
  assert.ok(masses.length > 0 && interrupted > 0, 'killed in the middle of some');
  t.diagnostic(`${masses.length} mass messages, ${interrupted} rounds left some unsent`);
  for (const m of masses) assert.deepEqual([m.targets, m.sent, m.failed], [m.targets, m.targets, 0], m.text);

  /* In every timeline: each text once, its parts behind it, nothing else in between. */
  for (const c of customers) {
    const messages = (await timeline(c, c.chat.chat)).filter((m) => !m.mine && m.type !== 'system');
    messages.forEach((m, i) => assert.equal(i ? m.seq > messages[i - 1].seq : true, true));
    const texts = messages.filter((m) => /^round/.test(m.body.content ?? '')).map((m) => m.body.content);
    assert.deepEqual([...texts].sort(), masses.map((m) => m.text).sort(), 'each once');
    for (const [i, m] of messages.entries())
      if (/^round/.test(m.body.content ?? ''))
        assert.deepEqual(messages.slice(i + 1, i + PARTS).map((x) => x.body.title), links.map((l) => l.link.title));
  }
  assert.match(await server.liaison('doctor'), /all is well/);
});
