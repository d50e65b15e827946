/*
 * Web Push: a customer who is away is told that somebody wrote, once, without what was
 * written; the push service sees who we are and nothing else.
 */
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listenPush, readVapid } from '../lib/push.mjs';
import { until } from '../lib/server.mjs';
import { connect } from '../lib/socket.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server, guide, admin, service;
before(async () => {
  service = await listenPush();
  w = await startWorld({ args: ['--push-allow-private', '1', '--smtp-from', 'noreply@demo.example'] });
  ({ server, guide, admin } = w);
});
after(async () => {
  await server.stop();
  await service.close();
});

const both = (got) => [got.http, got.errcode];
let n = 0;
const say = async (who, chat, content) => {
  const got = await who('/v1/chat/send', { chat, type: 'text', body: { content }, nonce: `p${n++}` });
  assert.equal(got.http, 200, got.errmsg);
  return got;
};
const read = (who, seq) => who('/v1/chat/read', { chat: who.chat.chat, seq });

/* A customer with a phone that has read the welcome. */
async function away(nickname, lang) {
  const a = await server.add(guide, nickname);
  await read(a, a.chat.last_seq);
  const phone = service.browser();
  const on = await a('/v1/push/subscribe', { ...phone.subscription, lang });
  assert.equal(on.http, 200, on.errmsg);
  return { a, phone };
}

test('who is away is told once, in one line, without the text', async () => {
  const { a, phone } = await away('推一', 'zh');
  await say(guide, a.chat.chat, '您的空调已经发货，单号 12345');
  const { words, request } = await phone.next();
  assert.deepEqual(words, { title: '李雷 · ' + a.chat.peer.corp.name, body: '您有一条新消息', chat: a.chat.chat });
  assert.equal(request.method, 'POST');
  assert.equal(request.headers['content-encoding'], 'aes128gcm');
  assert.equal(request.headers['ttl'], '86400');
  assert.match(request.headers['topic'], /^[\w-]{32}$/);
  const vapid = readVapid(request.headers['authorization']);
  assert.equal(vapid.claims.aud, service.url);
  assert.equal(vapid.claims.sub, 'mailto:noreply@demo.example');
  assert.ok(vapid.claims.exp > Date.now() / 1000 && vapid.claims.exp < Date.now() / 1000 + 24 * 3600);
  assert.equal(vapid.head.alg, 'ES256');
  assert.equal(vapid.key, (await a('/v1/push/key')).key);
  assert.equal((await stat(join(server.data, 'vapid.pem'))).mode & 0o777, 0o600);
});

test('told once until he has read; then again', async () => {
  const { a, phone } = await away('推二', 'en');
  const first = await say(guide, a.chat.chat, '一');
  assert.equal((await phone.next()).words.body, 'You have a new message');
  await say(guide, a.chat.chat, '二');
  await say(guide, a.chat.chat, '三');
  await read(a, first.seq + 2);
  await say(guide, a.chat.chat, '四');
  await phone.next(1);
  assert.equal(phone.pushes.length, 2, 'the second and third made none');
});

test('nothing for his own messages, nor while he is connected', async () => {
  const { a, phone } = await away('推三');
  await say(a, a.chat.chat, '我说的');
  const socket = await connect(a);
  const seen = await say(guide, a.chat.chat, '在线时');
  await socket.next('message', (f) => f.message.seq === seen.seq);
  await read(a, seen.seq);
  await socket.close();
  await until(async () => {
    const m = await say(guide, a.chat.chat, '离线后');
    if (!phone.pushes.length) await read(a, m.seq);
    return phone.pushes.length;
  }, 'the push after he left');
  assert.equal(phone.pushes.length, 1);
});

test('the beginning of the text, when the company allows it', async () => {
  const set = await admin('/v1/admin/setting', { name: 'push_shows_text', value: 1 });
  assert.equal(set.http, 200, JSON.stringify(set));
  const { a, phone } = await away('推四');
  await say(guide, a.chat.chat, '您的空调已经发货');
  assert.equal((await phone.next()).words.body, '您的空调已经发货');
  await admin('/v1/admin/setting', { name: 'push_shows_text', value: 0 });
});

test('a subscription that the push service has let go of is dropped', async () => {
  const { a, phone } = await away('推五');
  phone.gone = true;
  const second = service.browser();
  await a('/v1/push/subscribe', second.subscription);
  const m = await say(guide, a.chat.chat, '一');
  await until(() => phone.refused, 'the refusal');
  await second.next();
  phone.gone = false;
  await read(a, m.seq);
  /* Sooner or later only the second browser is told. */
  await until(async () => {
    const [before, told] = [phone.pushes.length, second.pushes.length];
    const again = await say(guide, a.chat.chat, '二');
    await second.next(told);
    await read(a, again.seq);
    return phone.pushes.length === before;
  }, 'the first to be forgotten');
});

test('a browser that wants no more gets no more', async () => {
  const { a, phone } = await away('推六');
  const other = service.browser();
  await a('/v1/push/subscribe', other.subscription);
  assert.equal((await a('/v1/push/unsubscribe', { endpoint: phone.subscription.endpoint })).http, 200);
  await say(guide, a.chat.chat, '一');
  await other.next();
  assert.equal(phone.pushes.length, 0);
});

test('what is no subscription is refused', async () => {
  const { a, phone } = await away('推七');
  const good = phone.subscription;
  const off = Buffer.from(good.p256dh, 'base64url');
  off[40] ^= 1;
  for (const bad of [{ endpoint: 'ftp://push.example/1' }, { endpoint: 'javascript:alert(1)' }, { endpoint: `https://push.example/${'x'.repeat(1100)}` }, { p256dh: off.toString('base64url') }, { p256dh: 'AAAA' }, { auth: 'AAAA' }, { auth: '' }])
    assert.equal((await a('/v1/push/subscribe', { ...good, ...bad })).errcode, 40058, JSON.stringify(bad));
  assert.deepEqual(both(await guide('/v1/push/subscribe', good)), [403, 910008]);
  assert.deepEqual(both(await server.api('/v1/push/subscribe', { body: good })), [401, 910004]);
});

test('no push goes to a private address or by plain http, unless the operator says so', async () => {
  const { a, phone } = await away('推八');
  await server.halt();
  server.options.args = [];
  await server.start();
  const fresh = await server.signIn('lilei');
  assert.equal((await a('/v1/push/subscribe', service.browser().subscription)).errcode, 40058, 'http');
  /* One that is there from before: its address is looked at when it is connected to. */
  await say(fresh, a.chat.chat, '到内网去');
  await until(() => /push.*910015/.test(server.log), 'the refusal in the log');
  assert.equal(phone.pushes.length, 0);
});
