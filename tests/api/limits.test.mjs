/*
 * Limits of rate: by address where strangers come, by app and API where apps do.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, server;
before(async () => {
  w = await startWorld();
  server = w.server;
});
after(() => server.stop());

/* A limit counts by the minute: begin one that has time left. */
async function freshMinute() {
  const left = 60000 - (Date.now() % 60000);
  if (left < 8000) await new Promise((resolve) => { setTimeout(resolve, left + 50); });
}

test('of one address so many sign-ins and new customers a minute', async () => {
  const { code } = await w.guide('/v1/my_code');
  await server.halt();
  server.options.args = ['--rate-address-per-minute', '5', '--rate-api-per-minute', '8', '--trusted-proxies', '127.0.0.0/8'];
  await server.start();
  await freshMinute();
  const add = (from, i) => server.api('/v1/add', { body: { code, nickname: `限${i}` }, headers: { 'x-liaison-client': 'consumer', ...(from ? { 'x-forwarded-for': from } : {}) } });
  const sign = (from) => server.api('/v1/sign_in', { body: { corp: w.env.CORPID, account: 'lilei', password: 'demo-lilei' }, headers: { 'x-liaison-client': 'desk', 'x-forwarded-for': from } });
  const codes = [];
  for (let i = 0; i < 8; i++) codes.push((await add('203.0.113.7', i)).errcode ?? 0);
  assert.deepEqual(codes, [0, 0, 0, 0, 0, 45009, 45009, 45009]);
  assert.equal((await add('203.0.113.7', 9)).http, 429);
  assert.equal((await add('203.0.113.8', 0)).http, 200, 'another address');
  assert.equal((await sign('203.0.113.7')).http, 200, 'another thing');
  assert.equal((await w.guide('/v1/me')).http, 200, 'what is no strangers\' row is not counted');
});

test('an app\'s calls to one API', async () => {
  await freshMinute();
  const read = (token) => server.api('/cgi-bin/user/get?userid=lilei', { token });
  const codes = [];
  for (let i = 0; i < 10; i++) codes.push((await read(w.tokens.app)).errcode);
  assert.deepEqual(codes, [...Array(8).fill(0), 45009, 45009]);
  assert.equal((await read(w.tokens.plain)).errcode, 0, 'another app');
  assert.equal((await server.api('/cgi-bin/agent/list', { token: w.tokens.app })).errcode, 0, 'another API');
});

test('without a trusted proxy nobody chooses his address', async () => {
  await server.halt();
  server.options.args = ['--rate-address-per-minute', '3'];
  await server.start();
  await freshMinute();
  const codes = [];
  for (let i = 0; i < 5; i++) codes.push((await server.api('/v1/sign_in', { body: { corp: w.env.CORPID, account: 'nobody', password: 'x' }, headers: { 'x-liaison-client': 'desk', 'x-forwarded-for': `203.0.113.${i}` } })).errcode);
  assert.deepEqual(codes, [910005, 910005, 910005, 45009, 45009]);
});
