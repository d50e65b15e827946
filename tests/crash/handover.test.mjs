/*
 * Customers change hands while the server is killed at random moments and started again: a
 * handover is done as a whole or not at all, each customer has one who serves him, nothing
 * is said twice, and the ledger with its signed heads is valid.
 *
 *	CRASH_ROUNDS=30  how often; CRASH_SEED repeats the moments of a run
 */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

const ROUNDS = +(process.env.CRASH_ROUNDS ?? 5);
const SEED = +(process.env.CRASH_SEED ?? Date.now() % 1e9);
const CUSTOMERS = 60;

/* mulberry32: small, and the same for the same seed. */
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

test(`${ROUNDS} kills during handovers`, { timeout: 120000 + ROUNDS * 20000 }, async (t) => {
  t.diagnostic(`CRASH_SEED=${SEED}`);
  const w = await startWorld();
  const { server, admin, guide } = w;
  t.after(async () => { await server.kill(); await rm(server.data, { recursive: true, force: true }); });
  const cli = (...args) => server.liaison('--corp', w.env.CORPID, ...args);
  const total = async (userid) => (await admin(`/v1/admin/handover/customers?userid=${userid}&limit=1`)).total;
  const { code } = await guide('/v1/my_code');
  const customers = [];
  for (let i = 0; i < CUSTOMERS; i++) customers.push(await server.comesBy(code, `customer ${i}`));
  await admin('/v1/admin/corp', { handover_at_once: true });
  await admin('/v1/admin/handover/rules/set', { rules: [{ when: 'always', to: 'department', to_department: 1 }] });

  const all = await total('lilei');
  let owner = 'lilei', other = 'hanmeimei', moved = 0, done = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const asked = admin('/v1/admin/handover', { from: owner, to: other }).then((got) => got.customers === all, () => false);
    await pause(random() * 60);
    await server.kill();
    const promised = await asked;
    assert.match(await server.liaison('doctor'), /all is well/, `after kill ${round}`);
    await server.start();
    const [left, taken] = [await total(owner), await total(other)];
    assert.equal(left + taken, all, 'nobody is lost or there twice');
    assert.ok(left === 0 || taken === 0, `as a whole: ${left} stayed, ${taken} went`);
    if (promised) assert.equal(taken, all, 'what was answered is on disk');
    if (taken === all) {
      [owner, other] = [other, owner];
      moved++;
    }
    await cli('ledger', 'sign');
    assert.match(await cli('ledger', 'verify'), /^HEAD=/m);
  }

  /* Then he leaves, and the rules decide; killed until it is done. */
  for (let tries = 0; !done; tries++) {
    const asked = admin('/v1/admin/member/leave', { userid: owner }).catch(() => {});
    await pause(tries < 5 ? random() * 60 : 2000);
    await server.kill();
    await asked;
    await server.start();
    const { members } = await admin('/v1/admin/members?limit=200');
    const there = members.some((m) => m.userid === owner);
    const left = await total(owner);
    assert.equal(left, there ? all : 0, there ? 'he is there, with all of them' : 'he has left, without any');
    done = !there;
  }
  t.diagnostic(`${moved} of ${ROUNDS} handovers were done before the kill`);

  /* One entry for each change of hands, and one line in each chat. */
  for (const c of customers) {
    const { messages } = await c(`/v1/chat/messages?chat=${c.chat.chat}&limit=200`);
    const told = messages.filter((m) => m.type === 'system' && m.body.event === 'handed_over');
    assert.equal(told.length, moved + 1, 'he was told each time, once');
  }
  const { handovers } = await admin(`/v1/admin/handovers?userid=${owner}&limit=200`);
  assert.ok(handovers.filter((h) => h.rule === 1).length === Math.min(all, 200));
  assert.match(await cli('ledger', 'verify'), /^HEAD=/m);
  assert.match(await server.liaison('doctor'), /all is well/);
});
