/*
 * A queue with two servicers while the server is killed and started again: nobody is
 * lost, nobody is served twice, each message is there once.
 *
 *	CRASH_ROUNDS=5  how often
 */
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { makeService } from '../lib/service.mjs';
import { startWorld } from '../lib/world.mjs';

const ROUNDS = +(process.env.CRASH_ROUNDS ?? 3), CUSTOMERS = 8;

test(`a queue through ${ROUNDS} kills`, { timeout: 60000 + ROUNDS * 20000 }, async (t) => {
  const w = await startWorld();
  const { server } = w;
  t.after(async () => { await server.kill().catch(() => {}); await rm(server.data, { recursive: true, force: true }); });
  const kf = await makeService(w, { servicers: ['lilei', 'hanmeimei'] });
  await w.admin('/v1/admin/service/account/update', { open_kfid: kf.open_kfid, first: 2, routing: 0, max_sessions: 100 });
  const servicers = [w.guide, await server.signIn('hanmeimei')];
  const customers = [];
  for (let i = 0; i < CUSTOMERS; i++) customers.push(await kf.comes(`客户${i}`));

  /* What was never answered is said again, with the same nonce: that is what clients do. */
  const again = async (act) => {
    for (;;) {
      const got = await act().catch(() => null);
      if (got && got.http < 500) return got;
    }
  };
  for (let round = 0; round < ROUNDS; round++) {
    const work = [
      ...customers.map((c, i) => again(() => c.says(`第 ${round} 句，${i}`, `r${round}-${i}`))),
      ...servicers.map(async (s) => {
        for (const c of customers.slice(round * 2, round * 2 + 2)) await again(() => s('/v1/service/take', { open_kfid: kf.open_kfid, external_userid: c.id }));
      }),
    ];
    await Promise.race(work);
    await server.kill();
    await server.start();
    await Promise.all(work);
  }

  const desks = await Promise.all(servicers.map((s) => s('/v1/service/desk')));
  const served = desks.flatMap((d) => d.mine.map((s) => s.chat));
  const waiting = desks[0].accounts.find((a) => a.open_kfid === kf.open_kfid).waiting.map((s) => s.chat);
  assert.equal(new Set(served).size, served.length, 'nobody is served twice');
  assert.deepEqual([...served, ...waiting].sort(), customers.map((c) => c.chat).sort(), 'nobody is lost');
  for (const [i, c] of customers.entries()) {
    const said = (await c.hears()).filter((m) => m.mine).map((m) => m.body.content);
    assert.deepEqual(said.sort(), Array.from({ length: ROUNDS }, (_, r) => `第 ${r} 句，${i}`).sort(), 'each message once');
  }
  const pulled = (await kf.sync()).msg_list.filter((m) => m.origin === 3);
  assert.equal(pulled.length, CUSTOMERS * ROUNDS, 'and once for the app');
  assert.match(await server.liaison('doctor'), /all is well/);
});
