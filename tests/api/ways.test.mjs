/*
 * Who asks to be added and waits, temporary chats, links that bring customers: with
 * callbacks as apps get them, twenty times as fast.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { listen, readXml } from '../lib/callback.mjs';
import { until } from '../lib/server.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';

let w, server, admin, guide, app;

before(async () => {
  w = await startWorld({ args: ['--hurry', '20'] });
  ({ server, admin, guide } = w);
  app = await listening('ways');
});
after(async () => {
  await app.close();
  await server.stop();
});

async function listening(name) {
  const made = await makeApp(server, admin, name);
  const keys = { token: `tok${name}`, aesKey: randomBytes(64).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 42) + 'A' };
  const endpoint = await listen({ ...keys, corpid: w.env.CORPID });
  const set = await admin('/v1/admin/app/callback', { agentid: made.agentid, url: endpoint.url, token: keys.token, aes_key: keys.aesKey });
  assert.equal(set.http, 200, set.errmsg);
  return Object.assign(endpoint, made, { access: await server.token(made.secret) });
}
const api = (path, body) => server.api(`/cgi-bin/externalcontact/${path}`, { token: app.access, body });
const codeOf = (url) => new URL(url).searchParams.get('code') ?? new URL(url).pathname.split('/').pop();
async function way(fields) {
  const got = await api('add_contact_way', { type: 1, scene: 2, user: ['lilei'], ...fields });
  assert.equal(got.errcode, 0, got.errmsg);
  return { ...got, code: codeOf(got.qr_code) };
}
/* A stranger with a key of his own; what /v1/add said is in `got`. */
async function stranger(code, nickname, fields = {}) {
  const reply = await server.api('/v1/add', { body: { code, nickname, ...fields }, headers: { 'x-liaison-client': 'consumer' }, raw: true });
  const got = Object.defineProperty(await reply.json(), 'http', { value: reply.status });
  const token = /liaison_consumer=([^;]+)/.exec(reply.headers.get('set-cookie') ?? '')?.[1];
  return Object.assign(server.caller('consumer', token, got.me), { got });
}
/* external_userid of lilei's customer of that name. */
async function idOf(name) {
  for (const id of (await api('list?userid=lilei')).external_userid)
    if ((await api(`get?external_userid=${id}`)).external_contact.name === name) return id;
  throw new Error(`no ${name}`);
}
const texts = async (who, chat) => (await who(`/v1/chat/messages?chat=${chat}&limit=200`)).messages.map((m) => (m.type === 'system' ? m.body.event : m.body.content));
const asking = async () => (await guide('/v1/requests')).requests;
const setting = (name, value) => admin('/v1/admin/setting', { name, value });

test('who must be accepted waits, and is added when the member says yes', async () => {
  const { code } = await way({ skip_verify: false, state: '展会', remark: '展台' });
  const c = await stranger(code, '周女士', { words: '三号展台见过' });
  assert.equal(c.got.chat, undefined);
  const half = await app.next((e) => e.ChangeType === 'add_half_external_contact');
  assert.deepEqual([half.UserID, half.State], ['lilei', '展会']);
  assert.equal(readXml(half.xml).WelcomeCode, undefined);
  assert.deepEqual((await c('/v1/chats')).chats, []);
  const [waiting] = await asking();
  assert.deepEqual([waiting.name, waiting.words, waiting.state, waiting.way_remark, waiting.request], ['周女士', '三号展台见过', '展会', '展台', c.got.request]);

  /* Asking twice is asking once; the card says so. */
  assert.equal((await c('/v1/add', { code })).request, c.got.request);
  assert.equal((await asking()).length, 1);
  const card = await c(`/v1/card?code=${code}`);
  assert.deepEqual([card.asks, card.request, card.status, card.chat], [true, c.got.request, 'waiting', undefined]);
  assert.deepEqual((await c('/v1/my_requests')).requests.map((r) => [r.request, r.status, r.card.name]), [[c.got.request, 'waiting', '李雷']]);

  const yes = await guide('/v1/request/accept', { request: waiting.request });
  assert.equal(yes.chat.peer.name, '周女士');
  const full = await app.next((e) => e.ChangeType === 'add_external_contact');
  assert.deepEqual([full.ExternalUserID, full.State], [half.ExternalUserID, '展会']);
  assert.deepEqual((await c('/v1/chats')).chats.map((x) => x.chat), [yes.chat.chat]);
  assert.equal((await c(`/v1/card?code=${code}`)).chat, yes.chat.chat);
  assert.deepEqual([(await asking()).length, (await c('/v1/my_requests')).requests.length], [0, 0]);
  assert.deepEqual((({ http, errcode }) => [http, errcode])(await guide('/v1/request/accept', { request: waiting.request })), [409, 910075]);
});

test('a member may refuse, a customer may withdraw, and nobody else may do either', async () => {
  const { code } = await way({ skip_verify: false });
  const c = await stranger(code, '甲'), other = await stranger(code, '乙');
  const han = await server.signIn('hanmeimei');
  for (const who of [han, other, c]) for (const verb of ['accept', 'refuse']) assert.ok((await who(`/v1/request/${verb}`, { request: c.got.request })).errcode, verb);
  assert.equal((await other('/v1/request/withdraw', { request: c.got.request })).errcode, 910002);
  assert.equal((await c('/v1/request/withdraw', { request: 'nonsense' })).errcode, 910002);

  assert.equal((await guide('/v1/request/refuse', { request: c.got.request })).errcode ?? 0, 0);
  assert.equal((await c(`/v1/card?code=${code}`)).status, 'refused');
  assert.deepEqual((await c('/v1/my_requests')).requests.map((r) => r.status), ['refused']);
  await c('/v1/request/withdraw', { request: c.got.request });
  assert.deepEqual((await c('/v1/my_requests')).requests, []);
  const again = await c('/v1/add', { code });
  assert.notEqual(again.request, c.got.request, 'he may ask again');

  await other('/v1/request/withdraw', { request: other.got.request });
  assert.deepEqual((await asking()).map((r) => r.name), ['甲']);
  assert.equal((await guide('/v1/request/accept', { request: other.got.request })).errcode, 910075);
  assert.equal((await stranger(code, '丙', { words: '长'.repeat(51) })).got.errcode, 40058);
});

test('a temporary chat ends by itself, with the conclusion as last words', async () => {
  const conclusions = { text: { content: '感谢咨询' }, link: { title: '评价', desc: '请评价', url: 'https://example.com/rate' } };
  const { code } = await way({ is_temp: true, chat_expires_in: 20, conclusions });
  const c = await stranger(code, '病人');
  const { chat } = c.got.chat;
  await until(async () => (await texts(c, chat)).includes('concluded'));
  const all = (await c(`/v1/chat/messages?chat=${chat}&limit=200`)).messages;
  assert.deepEqual(all.slice(-3).map((m) => m.body.content ?? m.body.title ?? m.body.event), ['感谢咨询', '评价', 'concluded']);
  assert.equal((await c('/v1/chats')).chats[0].closed, true);
  assert.equal(app.events.filter((e) => /^del_/.test(e.ChangeType)).length, 0, 'nobody deleted anybody');
  const back = await c('/v1/add', { code });
  assert.equal(back.chat.chat, chat, 'the same chat, open again');
  assert.equal(back.chat.closed, false);
});

test('an app ends a temporary chat; a lasting code makes it last', async () => {
  const { code } = await way({ is_temp: true, conclusions: { text: { content: '再见' } } });
  const c = await stranger(code, '客人');
  const mine = await idOf('客人');
  assert.equal((await api('close_temp_chat', { userid: 'lilei', external_userid: mine })).errcode, 0);
  assert.deepEqual((await texts(c, c.got.chat.chat)).slice(-2), ['再见', 'concluded']);
  assert.equal((await api('close_temp_chat', { userid: 'lilei', external_userid: mine })).errcode, 84061);

  const lasting = await stranger(code, '常客');
  await lasting('/v1/add', { code: (await guide('/v1/my_code')).code });
  const his = await idOf('常客');
  assert.equal((await api('close_temp_chat', { userid: 'lilei', external_userid: his })).errcode, 84061, 'not temporary any more');
});

test('a temporary code may be for one person', async () => {
  const known = await stranger((await way({})).code, '老客');
  assert.ok(known.got.chat);
  const his = await idOf('老客');
  const { code } = await way({ is_temp: true, user: ['hanmeimei'], unionid: his });
  assert.deepEqual((({ http, errcode }) => [http, errcode])((await stranger(code, '别人')).got), [403, 910073]);
  assert.ok((await known('/v1/add', { code })).chat);
});

test('links tell their app what happens, and only their app', async () => {
  const other = await listening('another');
  const made = await api('customer_acquisition/create_link', { link_name: '抖音', range: { user_list: ['lilei'] } });
  const { link_id, url } = made.link, code = codeOf(url);
  const next = (change) => app.next((e) => e.Event === 'customer_acquisition' && e.ChangeType === change);
  await server.api('/v1/card/seen', { body: { code, channel: '直播' }, headers: { 'x-liaison-client': 'consumer' } });
  const opened = await next('open_profile');
  assert.deepEqual([opened.LinkId, opened.State], [link_id, '直播']);
  const c = await stranger(code, '观众', { channel: '直播' });
  const added = await app.next((e) => e.ChangeType === 'add_external_contact' && e.State === '直播');
  const say = (who, content) => who('/v1/chat/send', { chat: c.got.chat.chat, nonce: randomBytes(6).toString('hex'), type: 'text', body: { content } });
  await say(c, '在吗');
  const began = await next('customer_start_chat');
  assert.deepEqual([began.UserID, began.ExternalUserID, began.LinkId], ['lilei', added.ExternalUserID, link_id]);
  await say(guide, '在的');
  await say(c, '多少钱');
  await say(c, '好');
  const many = await next('message_from_customer');
  assert.deepEqual(Object.keys(readXml(many.xml)), ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Event', 'ChangeType', 'LinkId', 'ChatKey']);
  const info = await api('customer_acquisition/get_chat_info', { chat_key: many.ChatKey });
  assert.deepEqual([info.userid, info.external_userid, info.chat_info], ['lilei', added.ExternalUserID, { recv_msg_cnt: 3, link_id, state: '直播' }]);
  assert.equal((await server.api('/cgi-bin/externalcontact/customer_acquisition/get_chat_info', { token: other.access, body: { chat_key: many.ChatKey } })).errcode, 40058);
  assert.equal((await api('customer_acquisition/customer', { link_id })).customer_list[0].chat_status, 1);
  await c('/v1/leave', { chat: c.got.chat.chat });
  assert.equal((await next('del_follow_user')).State, '直播');

  await api('customer_acquisition/update_link', { link_id, skip_verify: false });
  const asks = await stranger(code, '谨慎', { channel: '视频' });
  assert.ok(asks.got.request);
  assert.equal((await next('friend_request')).State, '视频');
  assert.deepEqual(other.events.filter((e) => e.Event === 'customer_acquisition'), []);
  await other.close();
});

/* Solves a puzzle as the page does. */
function solve(puzzle) {
  const bits = +puzzle.split('.')[0];
  for (let i = 0; ; i++) if (createHash('sha256').update(`${puzzle}:${i}`).digest().readUInt32BE(0) >>> (32 - bits) === 0) return String(i);
}

test('a flooded code wants proof of work, and takes each proof once', async () => {
  assert.equal((await setting('code_flood', 3)).errcode ?? 0, 0);
  const { code } = await way({});
  for (let i = 0; i < 3; i++) assert.ok((await stranger(code, `人${i}`)).got.chat);
  const refused = (await stranger(code, '人3')).got;
  assert.deepEqual([refused.http, refused.errcode], [428, 910074]);
  const { puzzle } = await server.api(`/v1/card?code=${code}`);
  assert.ok(puzzle);
  assert.equal((await stranger(code, '人3', { puzzle, answer: 'x' })).got.errcode, 910074);
  assert.equal((await stranger(code, '人3', { puzzle: puzzle.replace(/.$/, (c) => (c === '0' ? '1' : '0')), answer: '1' })).got.errcode, 910074);
  const answer = solve(puzzle);
  const other = await way({});
  assert.ok((await stranger(code, '人3', { puzzle, answer })).got.chat);
  assert.equal((await stranger(code, '人4', { puzzle, answer })).got.errcode, 910074, 'once');
  assert.equal((await server.api(`/v1/card?code=${other.code}`)).puzzle, undefined, 'other codes are free');
  await setting('code_flood', 120);
});

test('codes cannot be guessed: what never was and what was deleted answer alike', async () => {
  const { code, config_id } = await way({});
  await api('del_contact_way', { config_id });
  const ask = async (c) => (({ http, errcode, errmsg }) => [http, errcode, errmsg.replace(/hint: \[\w+\]/, '')])(await server.api(`/v1/card?code=${c}`));
  assert.deepEqual(await ask(code), await ask(`${code.slice(0, -3)}abc`));
  assert.deepEqual(await ask(code), await ask('zz-0123456789abcd'));
});

test('a member keeps several codes; the console makes codes and links with rules', async () => {
  const all = await guide('/v1/my_codes/add', { remark: '展会', skip_verify: false });
  const mine = all.codes.at(-1);
  assert.deepEqual([mine.remark, mine.skip_verify, mine.disabled, mine.added], ['展会', false, false, 0]);
  assert.ok(all.codes.length >= 2, 'the first one too');
  const han = await server.signIn('hanmeimei');
  assert.equal((await han('/v1/my_codes/set', { code: mine.code, remark: 'x' })).errcode, 910002);
  await guide('/v1/my_codes/set', { code: mine.code, disabled: true });
  assert.equal((await stranger(mine.code, '路人')).got.errcode, 910070);
  assert.equal((await guide('/v1/my_codes/delete', { code: mine.code })).codes.length, all.codes.length - 1);
  assert.equal((await guide('/v1/my_codes/add', { remark: '字'.repeat(31) })).errcode, 41041);

  assert.equal((await guide('/v1/admin/ways?kind=corp')).errcode, 910008, 'for administrators');
  const { way: made } = await admin('/v1/admin/way', { remark: '门店', users: ['lilei', 'hanmeimei'], routing: 1, max_customers: 1, max_a_day: 5, keeps_member: true });
  assert.deepEqual([made.kind, made.users.map((u) => u.userid), made.max_customers], ['corp', ['lilei', 'hanmeimei'], 1]);
  assert.ok((await stranger(made.code, '一')).got.chat);
  assert.equal((await stranger(made.code, '二')).got.errcode, 910071);
  const { way: changed } = await admin('/v1/admin/way', { id: made.id, max_customers: 0, routing: 2, shifts: [{ userid: 'lilei', days: 127, from: 0, to: 1440 }] });
  assert.deepEqual(changed.shifts, [{ userid: 'lilei', days: 127, from: 0, to: 1440 }]);
  assert.equal(changed.added, 1);
  assert.equal((await admin('/v1/admin/way', { id: made.id, shifts: [{ userid: 'lilei', days: 0, from: 0, to: 10 }] })).errcode, 40058);
  assert.ok((await admin('/v1/admin/ways?kind=corp')).ways.some((x) => x.id === made.id));
  assert.ok(!(await api('list_contact_way', {})).contact_way.some((x) => x.config_id === made.id));
  assert.equal((await admin('/v1/admin/way/delete', { id: made.id })).errcode ?? 0, 0);

  const { way: console_link } = await admin('/v1/admin/way', { kind: 'link', remark: '官网', users: ['lilei'] });
  await admin('/v1/admin/acquisition_quota/grant', { number: 1, days: 1 });
  assert.ok((await stranger(console_link.code, '官网一', { channel: 'seo' })).got.chat);
  assert.equal((await stranger(console_link.code, '官网二')).got.errcode, 910071, 'the quota is used up');
  const q = await admin('/v1/admin/acquisition_quota');
  assert.deepEqual([q.bounded, q.balance], [true, 0]);
  await admin('/v1/admin/acquisition_quota/drop', { quota: q.quotas[0].quota });
  assert.ok((await stranger(console_link.code, '官网二')).got.chat);
  assert.equal((await admin(`/v1/admin/way/days?id=${console_link.id}`)).days[0].adds, 2);
  assert.equal((await admin('/v1/admin/way/delete', { id: console_link.id })).errcode ?? 0, 0);
  await app.next((e) => e.ChangeType === 'delete_link');
});
