/*
 * Lists of customers as files: who may, what the file carries, and what is on record.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, folder;
before(async () => {
  w = await startWorld();
  folder = mkdtempSync(join(tmpdir(), 'liaison-export-'));
});
after(async () => {
  await w.server.stop();
  rmSync(folder, { recursive: true });
});
const post = async (who, path, body = {}) => {
  const reply = await fetch(`${w.server.url}${path}`, { method: 'POST', headers: { authorization: `Bearer ${who.token}`, 'X-Liaison-Client': who.client, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const bytes = Buffer.from(await reply.arrayBuffer());
  return { status: reply.status, bytes, text: bytes.toString(), name: reply.headers.get('content-disposition') };
};
const marks = (text) => {
  const signs = '\u200b\u200c\u200d\u2060';
  return [...text.matchAll(/[\u200b\u200c\u200d\u2060]{32}/g)].map(([m]) => [...m].reduce((n, c) => n << 2n | BigInt(signs.indexOf(c)), 0n));
};
const ledger = async () => (await w.admin('/v1/admin/audit?limit=50')).entries.filter((e) => e.verb === 'customer.export');

test('the console exports, with marks in every row, and it is on record', async () => {
  await w.server.comesBy((await w.guide('/v1/my_code')).code, '=1+1');
  const before = /^ENTRIES=(\d+)$/m.exec(await w.server.liaison('--corp', w.env.CORPID, 'ledger', 'verify'))[1];
  const got = await post(w.admin, '/v1/admin/customers/export');
  assert.equal(got.status, 200, got.text);
  assert.deepEqual([...got.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const number = /No\. (EX\w+)/.exec(got.text)[1];
  assert.match(got.name, new RegExp(`customers-${number}\\.csv`));
  const rows = got.text.replace(/^\ufeff/, '').trim().split(/\r?\n/);
  assert.equal(rows[0], rows.at(-1), 'the first and the last row say who, when and which');
  assert.match(rows[0], /admin/);
  assert.match(rows[1], /external_userid/);
  const found = marks(got.text);
  assert.equal(found.length, rows.length - 3, 'a mark in each row');
  assert.equal(new Set(found).size, 1);
  assert.match(got.text, /'=1\+1/, 'no formula');
  assert.ok(got.text.includes(w.customer));
  const [entry] = await ledger();
  assert.ok(entry.detail.startsWith(number), entry.detail);
  assert.equal(entry.actor, 'member:admin');
  const after = /^ENTRIES=(\d+)$/m.exec(await w.server.liaison('--corp', w.env.CORPID, 'ledger', 'verify'))[1];
  assert.equal(+after, +before + 1);
  /* One row, pasted elsewhere, tells it too. */
  const file = join(folder, 'found.txt');
  writeFileSync(file, `see: ${rows[2].split(',')[0]} !`);
  assert.equal(await w.server.liaison('export', 'trace', file), `EXPORT=${number}\n`);
  writeFileSync(file, 'nothing');
  await assert.rejects(w.server.liaison('export', 'trace', file));
});

test('of one member, also of one who has none', async () => {
  const one = await post(w.admin, '/v1/admin/customers/export', { userid: 'lilei' });
  assert.ok(one.text.includes(w.customer));
  const none = await post(w.admin, '/v1/admin/customers/export', { userid: 'sunli' });
  assert.equal(none.text.trim().split('\n').length, 3);
  assert.equal((await post(w.admin, '/v1/admin/customers/export', { userid: 'nobody' })).status, 404);
});

test('the desk exports only what a strategy lets it', async () => {
  const before = (await ledger()).length;
  assert.equal((await post(w.guide, '/v1/customers/export')).status, 403, 'nobody gave it to him');
  assert.equal((await post(w.guide, '/v1/admin/customers/export')).status, 403);
  const call = (path, body) => w.server.api(`/cgi-bin/externalcontact/customer_strategy/${path}`, { token: w.tokens.app, body, method: 'POST' });
  const { strategy_id } = await call('create', { strategy_name: '甲', admin_list: ['zhaoqiang'], range: [{ type: 1, userid: 'lilei' }], privilege: { export_customer_list: false } });
  assert.equal((await post(w.guide, '/v1/customers/export')).status, 403, 'the strategy does not');
  assert.equal((await w.guide('/v1/customers')).may_export, false);
  assert.equal((await ledger()).length, before, 'nothing left');
  await call('edit', { strategy_id, privilege: { export_customer_list: true } });
  assert.equal((await w.guide('/v1/customers')).may_export, true);
  const got = await post(w.guide, '/v1/customers/export');
  assert.equal(got.status, 200, got.text);
  assert.ok(got.text.includes(w.customer));
  const [entry] = await ledger();
  assert.equal(entry.actor, 'member:lilei');
});
