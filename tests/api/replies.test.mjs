/* Welcome rules and quick replies: pages' rows, and what customers then read. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, server, admin, guide, han;
before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
  han = await server.signIn('hanmeimei');
});
after(() => server.stop());

const both = (got) => [got.http, got.errcode];
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const upload = async (who, type, bytes = PNG, name = 'a.png') => {
  const form = new FormData();
  form.append('media', new Blob([bytes]), name);
  return server.api(`/v1/media/upload?type=${type}`, { body: form, headers: who.headers() });
};
const said = async (stranger) => (await stranger(`/v1/chat/messages?chat=${stranger.chat.chat}`)).messages.filter((m) => m.type !== 'system');

test('files for attachments', async () => {
  const got = await upload(guide, 'image');
  assert.ok(got.media_id);
  assert.deepEqual([got.type, got.width, got.height, got.size], ['image', 1, 1, PNG.length]);
  const shown = await server.api(`/v1/media?media_id=${got.media_id}`, { headers: guide.headers(), raw: true });
  assert.equal(shown.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), PNG);
  assert.equal((await upload(guide, 'voice')).errcode, 40058);
  assert.equal((await upload(guide, 'image', Buffer.from('no picture at all'), 'a.png')).http, 400);
  assert.equal((await guide('/v1/media?media_id=nope')).errcode, 40007);
});

test('first words by rule, the most specific wins', async () => {
  const { media_id } = await upload(admin, 'image');
  const put = (fields) => admin('/v1/admin/welcome_rule/put', fields);
  const all = (await put({ name: '全员', text: '欢迎 {customer}，我是{company}的{member}' })).rule;
  assert.deepEqual([all.days, all.from_min, all.until_min, all.enabled, all.users], [127, 0, 0, true, []]);
  const one = (await put({ name: '李雷', text: '我是李雷本人', users: ['lilei'], attachments: [{ msgtype: 'image', image: { media_id } }, { msgtype: 'link', link: { title: '新品', url: 'https://shop.example/' } }] })).rule;
  assert.deepEqual(one.users, [{ userid: 'lilei', name: '李雷' }]);
  assert.deepEqual((await admin('/v1/admin/welcome_rules')).rules.map((r) => r.name), ['李雷', '全员']);

  const texts = await said(await server.add(han, '小红'));
  assert.match(texts[0].body.content, /^欢迎 小红，我是.+的韩梅梅$/);
  const his = await said(await server.add(guide, '小明'));
  assert.deepEqual(his.map((m) => m.type), ['text', 'image', 'link']);
  assert.equal(his[0].body.content, '我是李雷本人');

  /* the member's own */
  assert.deepEqual(await han('/v1/welcome').then(({ allowed, rule }) => [allowed, rule]), [true, undefined]);
  assert.equal((await han('/v1/welcome/put', { text: '梅梅的话' })).rule.text, '梅梅的话');
  assert.equal((await said(await server.add(han, '小刚')))[0].body.content, '梅梅的话');
  await admin('/v1/admin/setting', { name: 'own_welcome', value: 0 });
  assert.equal((await han('/v1/welcome')).allowed, false);
  assert.equal((await han('/v1/welcome/put', { text: 'x' })).http, 403);
  assert.match((await said(await server.add(han, '小军')))[0].body.content, /^欢迎 小军/);
  await admin('/v1/admin/setting', { name: 'own_welcome', value: 1 });
  await han('/v1/welcome/delete', {});
  assert.equal((await han('/v1/welcome')).rule, undefined);

  /* changed, off, deleted */
  await put({ rule: one.rule, name: '李雷', text: '改了', users: ['lilei'] });
  assert.deepEqual((await said(await server.add(guide, '甲'))).map((m) => m.body.content), ['改了']);
  await put({ rule: one.rule, name: '李雷', text: '改了', users: ['lilei'], enabled: false });
  assert.match((await said(await server.add(guide, '乙')))[0].body.content, /^欢迎 乙/);
  assert.equal((await admin('/v1/admin/welcome_rule/delete', { rule: one.rule })).errcode, undefined);
  assert.deepEqual(both(await admin('/v1/admin/welcome_rule/delete', { rule: one.rule })), [404, 910002]);
  assert.equal((await put({ name: 'x' })).errcode, 40058);
  assert.equal((await put({ text: 'x', users: ['nobody'] })).errcode, 60111);
  assert.equal((await put({ text: 'x', parties: [99999] })).http, 404);
  assert.equal((await put({ text: 'x', days: 0 })).errcode, 40058);
  assert.equal((await guide('/v1/admin/welcome_rules')).http, 403);
});

test('quick replies: own and the company\'s', async () => {
  const { media_id } = await upload(han, 'image');
  const own = (await han('/v1/reply/put', { group: '售后', title: '退换', text: '七天内可退换', attachments: [{ msgtype: 'image', image: { media_id } }] })).reply;
  const corps = (await admin('/v1/admin/reply/put', { group: '问候', title: '您好', text: '您好，有什么可以帮您？' })).reply;
  assert.equal((await guide('/v1/admin/reply/put', { text: 'x' })).http, 403);
  assert.deepEqual((await han('/v1/replies')).replies.map((r) => [r.mine, r.group, r.title]), [[true, '售后', '退换'], [false, '问候', '您好']]);
  assert.deepEqual((await guide('/v1/replies')).replies.map((r) => r.title), ['您好']);
  assert.deepEqual((await admin('/v1/admin/replies')).replies.map((r) => r.title), ['您好']);
  assert.equal((await han('/v1/reply/put', { text: '' })).errcode, 40058);
  assert.equal((await han('/v1/reply/put', { text: 'x', title: '字'.repeat(41) })).errcode, 40058);
  assert.deepEqual(both(await han('/v1/reply/put', { reply: corps.reply, text: 'mine?' })), [404, 910002]);
  assert.deepEqual(both(await guide('/v1/reply/delete', { reply: own.reply })), [404, 910002]);

  const stranger = await server.add(han, '丁');
  const before = (await said(stranger)).length;
  const send = (who, fields) => who('/v1/reply/send', { chat: stranger.chat.chat, nonce: 'q1', reply: own.reply, mine: true, ...fields });
  await send(han);
  await send(han); /* a retry */
  const got = (await said(stranger)).slice(before);
  assert.deepEqual(got.map((m) => m.type), ['text', 'image']);
  assert.equal(got[0].body.content, '七天内可退换');
  assert.deepEqual(both(await send(guide)), [404, 910002], 'not his chat');
  assert.deepEqual(both(await send(han, { reply: own.reply, mine: false, nonce: 'q2' })), [404, 910002]);
  await send(han, { reply: corps.reply, mine: false, nonce: 'q3' });
  assert.equal((await said(stranger)).at(-1).body.content, '您好，有什么可以帮您？');
  await han('/v1/reply/delete', { reply: own.reply });
  assert.deepEqual((await han('/v1/replies')).replies.map((r) => r.title), ['您好']);
});
