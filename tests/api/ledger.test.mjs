/*
 * The ledger to third parties: signed heads, and a proof that the public program checks.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startWorld } from '../lib/world.mjs';

const program = fileURLToPath(new URL('../../doc/ledger-check.mjs', import.meta.url));
let w, folder;
before(async () => {
  w = await startWorld();
  folder = mkdtempSync(join(tmpdir(), 'liaison-proof-'));
});
after(async () => {
  await w.server.stop();
  rmSync(folder, { recursive: true });
});

const cli = (...args) => w.server.liaison('--corp', w.env.CORPID, 'ledger', ...args);
const check = (text, ...options) => new Promise((resolve) => {
  const file = join(folder, 'proof.jsonl');
  writeFileSync(file, text);
  execFile(process.execPath, [program, file, ...options], (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
});
const proof = () => cli('export', '--customer', w.customer);
const key = async () => /^ED25519=([0-9a-f]{64})$/m.exec(await cli('key'))[1];

test('an export is right, and signed by the company\'s key', async () => {
  await cli('sign');
  const text = await proof();
  const head = /^HEAD=(\w{64})$/m.exec(await cli('verify'))[1];
  const right = await check(text, '--key', await key(), '--head', head);
  assert.equal(right.code, 0, right.stderr);
  assert.match(right.stdout, /"kind":"added"/);
  assert.match(right.stdout, new RegExp(`^signed \\d{4}-\\d\\d-\\d\\d: entry \\d+ ${head}$`, 'm'));
  assert.match(right.stdout, new RegExp(`^right: .* to head ${head}`, 'm'));
  assert.match(await cli('heads'), new RegExp(`^[0-9a-f]{128} \\{"corp":"${w.env.CORPID}","entry":\\d+,"hash":"${head}"`, 'm'));
});

test('nothing can be changed in it', async () => {
  const text = await proof(), hex = await key();
  const wrong = async (altered, words, ...options) => {
    assert.notEqual(altered, text);
    const got = await check(altered, '--key', hex, ...options);
    assert.equal(got.code, 1);
    assert.match(got.stderr, words);
  };
  await wrong(text.replace('\\"kind\\":\\"added\\"', '\\"kind\\":\\"left\\"'), /altered|another/);
  await wrong(text.replace(/"signature":"../, (s) => s.slice(0, -2) + (s.endsWith('00') ? '11' : '00')), /wrong signature/);
  await wrong(text.replace('\\"hash\\":\\"', '\\"hash\\":\\"0'), /wrong signature/);
  await wrong(text.split('\n').filter((line) => !line.includes('"head"')).join('\n'), /no head/);
  const other = await check(text, '--key', '00'.repeat(32));
  assert.match(other.stderr, /another key/);
  const kept = await check(text, '--key', hex, '--head', 'f'.repeat(64));
  assert.match(kept.stderr, /does not pass through/);
});

test('the end is signed once for each change', async () => {
  const count = async () => (await cli('heads')).trim().split('\n').length;
  const before = await count();
  await cli('sign');
  assert.equal(await count(), before, 'nothing has happened since');
  await w.server.comesBy((await w.guide('/v1/my_code')).code, '新客');
  await cli('sign');
  assert.equal(await count(), before + 1);
  const earlier = /^HEAD=(\w{64})$/m.exec(await cli('verify'))[1];
  await w.server.comesBy((await w.guide('/v1/my_code')).code, '又一位');
  const later = await check(await proof(), '--head', earlier);
  assert.equal(later.code, 0, 'a kept head lies on the chain');
  assert.notEqual((await check(await proof(), '--head', '0'.repeat(63) + '1')).code, 0);
});
