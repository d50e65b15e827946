/*
 * The main job end to end, without a browser: a customer scans a code and talks to a
 * verified employee; an app hears of it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { startServer } from '../lib/server.mjs';
import { connect } from '../lib/socket.mjs';

let server, admin, app, lilei, desk, customer, page, token, external, chat;
const keys = { token: 'story', aesKey: 'S'.repeat(43) };
const api = (path, body) => server.api(`/cgi-bin/${path}`, { token, body });

before(async () => {
  server = await startServer();
  admin = await server.signIn('admin', 'demo-admin', 'console');
  app = await listen({ ...keys, corpid: server.env.CORPID });
});
after(async () => {
  await app?.close();
  await server.stop();
});

test('0. an app is set up: its callback answers, and it will welcome', async () => {
  const agentid = +server.env.AGENTID;
  assert.equal((await admin('/v1/admin/app/callback', { agentid, url: app.url, token: keys.token, aes_key: keys.aesKey })).http, 200);
  assert.equal((await admin('/v1/admin/app/update', { agentid, sends_welcome: true })).app.sends_welcome, true);
  token = await server.token();
  assert.equal((await api('user/get?userid=lilei')).name, '李雷');
});

test('1. 李雷 signs in and opens his code', async () => {
  lilei = await server.signIn('lilei');
  desk = await connect(lilei);
  const { code } = await lilei('/v1/my_code');
  assert.match(await (await fetch(`${server.url}/v1/code.svg?code=${code}`)).text(), /<svg/);
  const { config_id, qr_code } = await api('externalcontact/add_contact_way', { type: 1, scene: 2, user: ['lilei'], state: '朝阳店海报' });
  assert.ok(config_id);
  customer = { code: new URL(qr_code).searchParams.get('code') };
});

test('2. a customer sees his card and adds him', async () => {
  const { card } = await server.api(`/v1/card?code=${customer.code}`);
  assert.deepEqual([card.name, card.position, card.corp.name, card.corp.verified], ['李雷', '家电顾问', '星河家电', true]);
  customer = await server.comesBy(customer.code, '王女士');
  chat = customer.chat.chat;
  page = await connect(customer);
});

test('3. both see each other at once, the app welcomes, they talk', async () => {
  const seen = await desk.next('customer', (f) => f.change === 'added');
  external = seen.external_userid;
  const { customer: follow } = await lilei(`/v1/customer?external_userid=${external}`);
  assert.deepEqual([follow.name, follow.state, follow.add_way], ['王女士', '朝阳店海报', 1]);
  assert.ok(Math.abs(follow.created - Date.now()) < 60000);

  const event = await app.next((e) => e.ChangeType === 'add_external_contact');
  assert.deepEqual([event.UserID, event.ExternalUserID, event.State], ['lilei', external, '朝阳店海报']);
  assert.equal((await api('externalcontact/send_welcome_msg', { welcome_code: event.WelcomeCode, text: { content: '您好，我是李雷，请问想看什么？' } })).errcode, 0);
  const welcome = await page.next('message', (f) => f.message.type === 'text');
  assert.deepEqual([welcome.message.body.content, welcome.message.from.name], ['您好，我是李雷，请问想看什么？', '李雷']);
  await desk.next('message', (f) => f.message.seq === welcome.message.seq);

  page.send({ t: 'typing', chat });
  assert.equal((await desk.next('typing')).who.kind, 'customer');
  page.text(chat, 'q1', '空调多少钱？\n三室一厅 😀');
  const question = await desk.next('message', (f) => f.message.from.kind === 'customer' && f.message.type === 'text');
  assert.equal(question.message.body.content, '空调多少钱？\n三室一厅 😀');
  assert.equal((await lilei(`/v1/chat?chat=${chat}`)).chat.unread, 1);
  desk.send({ t: 'read', chat, seq: question.message.seq });
  assert.equal((await page.next('read', (f) => !f.mine)).seq, question.message.seq);

  /* The customer's phone sleeps; what comes meanwhile is there, once, in order. */
  await page.close();
  for (let i = 1; i <= 3; i++) desk.text(chat, `a${i}`, `答复 ${i}`);
  for (let i = 1; i <= 3; i++) await desk.next('ack');
  page = await connect(customer, question.stamp);
  const head = page.first.chats.find((c) => c.chat === chat);
  const { messages } = await customer(`/v1/chat/messages?chat=${chat}&after=${question.message.seq}`);
  assert.deepEqual(messages.map((m) => m.body.content), ['答复 1', '答复 2', '答复 3']);
  assert.equal(head.last_seq, messages.at(-1).seq);
});

test('4. a remark and tags', async () => {
  const { groups } = await lilei('/v1/tags');
  await lilei('/v1/customer/remark', { external_userid: external, remark: '王姐·三室' });
  await lilei('/v1/customer/tags', { external_userid: external, tag_ids: [groups[0].tags[0].tag_id] });
  await app.next((e) => e.ChangeType === 'edit_external_contact');
  assert.equal((await desk.next('chat', (f) => f.chat.peer.remark === '王姐·三室')).chat.chat, chat);
});

test('5. the app reads him, writes to 李雷, and answers him', async () => {
  assert.ok((await api('externalcontact/list?userid=lilei')).external_userid.includes(external));
  const got = await api(`externalcontact/get?external_userid=${external}`);
  const [f] = got.follow_user;
  assert.deepEqual([got.external_contact.name, f.remark, f.tags.map((t) => t.tag_name), f.state, f.add_way, f.oper_userid], ['王女士', '王姐·三室', ['高意向'], '朝阳店海报', 1, external]);
  assert.equal((await api('message/send', { touser: 'lilei', msgtype: 'textcard', agentid: server.env.AGENTID, textcard: { title: '新线索', description: '王姐想看空调', url: 'https://example.com/1' } })).errcode, 0);
  const card = await desk.next('message', (m) => m.message.type === 'textcard');
  assert.equal(card.message.from.kind, 'app');
  app.reply = (e) => `<xml><MsgType>text</MsgType><Content>库存 12 台（${e.FromUserName}）</Content></xml>`;
  desk.text(card.message.chat, 'stock', '库存？');
  const reply = await desk.next('message', (m) => m.message.from.kind === 'app' && m.message.type === 'text');
  assert.equal(reply.message.body.content, '库存 12 台（lilei）');
  assert.deepEqual(app.bad, []);
});

test('6. 李雷 is disabled: out within a second; the company keeps its customers', async () => {
  const began = Date.now();
  await server.liaison('member', 'disable', 'lilei');
  assert.equal((await desk.next('signed_out')).reason, 'disabled');
  assert.equal(await desk.closed, 4401);
  assert.ok(Date.now() - began < 2000, 'the program itself took its time to start');
  assert.equal((await lilei('/v1/me')).http, 401);
  assert.equal((await lilei('/v1/chat/send', { chat, nonce: 'late', type: 'text', body: { content: 'x' } })).http, 401);
  assert.equal((await api(`externalcontact/get?external_userid=${external}`)).follow_user[0].remark, '王姐·三室', 'app tokens live on');
  assert.equal((await api('user/get?userid=lilei')).status, 2);
  page.text(chat, 'still there?', '还在吗？');
  await page.next('ack');
  assert.equal((await customer(`/v1/chat/messages?chat=${chat}`)).messages.at(-1).body.content, '还在吗？');
  await page.close();
});
