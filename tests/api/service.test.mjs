/*
 * Customer service: a customer comes by a link, an app, a queue and people serve him
 * (documents 94669, 94670, 94677, 95122, 95159, 94674).
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { picture, upload } from '../lib/media.mjs';
import { until } from '../lib/server.mjs';
import { makeService } from '../lib/service.mjs';
import { startWorld } from '../lib/world.mjs';

const HURRY = 20;
let w, server, hmm;
before(async () => {
  w = await startWorld({ args: ['--hurry', String(HURRY)] });
  ({ server } = w);
  hmm = await server.signIn('hanmeimei');
});
after(() => server.stop());

const text = (content) => ({ msgtype: 'text', text: { content } });
const texts = (messages) => messages.filter((m) => m.type === 'text').map((m) => m.body.content);
const codes = async (promise) => (await promise).errcode;
const desk = async (who) => who('/v1/service/desk');
const status = (who, kf, s) => who('/v1/service/status', { open_kfid: kf.open_kfid, status: s });

test('he comes by a link, with its scene, and the app hears of it', async () => {
  const kf = await makeService(w);
  const wang = await kf.comes('王芳', { scene: 'poster', scene_param: 'a=1&b=2' });
  const [event] = await kf.events();
  assert.deepEqual(event, { event_type: 'enter_session', open_kfid: kf.open_kfid, external_userid: wang.id, scene: 'poster', scene_param: 'a=1&b=2' });
  assert.match(wang.id, /^wm/);
  assert.equal((await kf.state(wang)).service_state, 4, 'nothing has begun');
  const card = await server.api(`/v1/service/card?code=${wang.code}`);
  assert.equal(card.name, '客服');
  assert.equal(card.corp.verified, true);
  const { chats } = await wang('/v1/chats');
  assert.deepEqual(chats.map((c) => [c.kind, c.peer.kind, c.peer.name]), [['service', 'service', '客服']]);
  assert.equal((await server.api('/v1/service/card?code=1-nonsense')).errcode, 910012);
});

/* What an app may do: from, to, errcode. */
const MOVES = [
  [0, 0, 95016], [0, 1, 0], [0, 2, 0], [0, 3, 0], [0, 4, 0],
  [1, 0, 95016], [1, 1, 95016], [1, 2, 0], [1, 3, 0], [1, 4, 0],
  [2, 0, 95016], [2, 1, 95016], [2, 2, 95016], [2, 3, 0], [2, 4, 0],
  [3, 0, 95016], [3, 1, 95016], [3, 2, 95016], [3, 3, 0], [3, 4, 0],
  [4, 0, 95013], [4, 1, 95013], [4, 2, 95013], [4, 3, 95013], [4, 4, 95013],
];

test('states go forward only, and each first step gives a code', async () => {
  const kf = await makeService(w, { servicers: ['lilei', 'hanmeimei'] });
  const none = await makeService(w);
  for (const [from, to, errcode] of MOVES) {
    /* Nobody receives at the one account, so its queue stands still. */
    const at = from === 2 || to === 2 ? none : kf;
    if (at === none && (from === 3 || to === 3)) continue;
    const c = await at.comes('客户');
    await c.says('你好');
    if (from) assert.equal(await codes(at.trans(c, from, 'lilei')), 0);
    const got = await at.trans(c, to, from === 3 ? 'hanmeimei' : 'lilei');
    assert.equal(got.errcode, errcode, `${from} to ${to}: ${got.errmsg}`);
    const { service_state } = await at.state(c);
    assert.equal(service_state, errcode ? from : to);
    const first = !errcode && (to === 4 || (from < 2 && to >= 2));
    assert.equal(!!got.msg_code, first, `${from} to ${to}: code`);
  }
  const c = await kf.comes('客户');
  assert.equal(await codes(kf.trans(c, 2)), 95013, 'he has said nothing');
  await c.says('你好');
  assert.equal(await codes(kf.trans(c, 3)), 40058);
  assert.equal(await codes(kf.trans(c, 5)), 40058);
  assert.equal(await codes(kf.trans(c, 3, 'nobody')), 60111);
  assert.equal(await codes(kf.trans(c, 3, 'zhaoqiang')), 95014);
  assert.equal(await codes(kf.api('service_state/trans', { external_userid: 'wmx', service_state: 2 })), 40096);
  assert.equal(await codes(kf.api('service_state/get', { external_userid: 'wmx' })), 40096);
  await status(w.guide, kf, 'suspended');
  assert.equal(await codes(kf.trans(c, 3, 'lilei')), 95019);
  await status(w.guide, kf, 'receiving');
  assert.equal(await codes(kf.trans(c, 3, 'lilei')), 0);
  assert.deepEqual(await kf.state(c).then(({ service_state, servicer_userid }) => [service_state, servicer_userid]), [3, 'lilei']);
  assert.equal(await codes(kf.trans(c, 3, 'lilei')), 95016, 'to himself');
  assert.deepEqual((await kf.events()).filter((e) => e.event_type === 'session_status_change'), [], 'what the app did itself it does not hear');
});

test('an app writes: types, its own msgid, five until he speaks', async () => {
  const kf = await makeService(w);
  const c = await kf.comes('客户');
  assert.equal(await codes(kf.send(c, text('太早'))), 95031);
  await c.says('你好');
  const media_id = await upload(w, 'image', picture, 'a.png');
  const sent = await kf.send(c, { msgid: 'my-id_1', ...text('第一条') });
  assert.equal(sent.msgid, 'my-id_1');
  assert.equal((await kf.send(c, { msgid: 'my-id_1', ...text('又一次') })).msgid, 'my-id_1');
  assert.deepEqual(texts(await c.hears()), ['你好', '第一条'], 'the same msgid adds nothing');
  const menu = { head_content: '满意吗', list: [{ type: 'click', click: { id: '101', content: '满意' } }, { type: 'view', view: { url: 'https://example.com/', content: '看看' } }, { type: 'text', text: { content: '或者' } }], tail_content: '谢谢' };
  for (const fields of [
    { msgtype: 'image', image: { media_id } },
    { msgtype: 'link', link: { title: '标题', desc: '描述', url: 'https://example.com/', thumb_media_id: media_id } },
    { msgtype: 'msgmenu', msgmenu: menu },
    { msgtype: 'location', location: { name: '总部', address: '珠海', latitude: 22.2, longitude: 113.5 } },
  ]) assert.equal((await kf.send(c, fields)).errcode, 0, fields.msgtype);
  const full = await kf.send(c, text('第六条'));
  assert.equal(full.errcode, 95001, full.errmsg);
  const shown = await c.hears();
  const location = shown.find((m) => m.type === 'location');
  assert.deepEqual(location.body, { name: '总部', address: '珠海', latitude: 22.2, longitude: 113.5 });
  assert.equal(location.from.kind, 'service');
  const clicked = shown.find((m) => m.type === 'msgmenu');
  assert.deepEqual(clicked.body, menu);
  assert.equal((await c('/v1/service/click', { chat: c.chat, seq: clicked.seq, id: '101', nonce: 'n1' })).errcode ?? 0, 0);
  assert.equal((await c('/v1/service/click', { chat: c.chat, seq: clicked.seq, id: '999', nonce: 'n2' })).http, 404);
  const { msg_list } = await kf.sync();
  assert.deepEqual(msg_list.at(-1).text, { content: '满意', menu_id: '101' });
  assert.equal(await codes(kf.send(c, { msgtype: 'business_card', business_card: { userid: 'lilei' } })), 0, 'he spoke: five more');
  assert.equal(await codes(kf.send(c, { msgtype: 'ca_link', ca_link: { link_url: 'https://example.com/ca/1' } })), 0);
  assert.equal(await codes(kf.send(c, { msgtype: 'miniprogram', miniprogram: { appid: 'wx1', title: '商城', thumb_media_id: media_id, pagepath: 'index.html' } })), 0);
  for (const [errcode, fields] of [
    [40008, { msgtype: 'nonsense' }], [40008, {}], [44004, text('')], [40007, { msgtype: 'image', image: { media_id: 'x' } }], [40058, { msgtype: 'text', text: 'x' }],
    [40058, { msgid: 'x'.repeat(33), ...text('x') }], [40058, { msgid: '中', ...text('x') }],
    [95009, { msgtype: 'msgmenu', msgmenu: { list: [{ type: 'jump' }] } }], [44004, { msgtype: 'msgmenu', msgmenu: {} }],
    [95008, { msgtype: 'msgmenu', msgmenu: { list: Array(11).fill(menu.list[0]) } }], [95008, { msgtype: 'msgmenu', msgmenu: { list: Array(51).fill(menu.list[2]) } }],
    [40058, { msgtype: 'location', location: { latitude: 91, longitude: 0 } }], [40058, { msgtype: 'location', location: { latitude: 'x', longitude: 0 } }],
    [40007, { msgtype: 'link', link: { title: 'x', url: 'https://x/' } }], [40058, { msgtype: 'link', link: { title: 'x', url: 'javascript:alert(1)', thumb_media_id: media_id } }],
  ]) assert.equal(await codes(kf.send(c, fields)), errcode, JSON.stringify(fields).slice(0, 80));
  assert.equal(await codes(server.api('/cgi-bin/kf/send_msg', { token: w.tokens.narrow, body: { open_kfid: kf.open_kfid, touser: c.id, ...text('x') } })), 48007);
  assert.equal(await codes(server.api('/cgi-bin/kf/send_msg', { token: w.tokens.other, body: { open_kfid: kf.open_kfid, touser: c.id, ...text('x') } })), 95004);
  await kf.trans(c, 2);
  assert.equal(await codes(kf.send(c, text('x'))), 95018);
  await kf.trans(c, 4);
  assert.equal(await codes(kf.send(c, text('x'))), 95013);
  await c.says('还在吗');
  assert.equal((await kf.state(c)).service_state, 0, 'his words begin anew');
});

test('who wants no messages gets none, and the app learns it', async () => {
  const kf = await makeService(w);
  const c = await kf.comes('客户');
  await c.says('你好');
  await c('/v1/service/refuse', { chat: c.chat, on: true });
  const { msgid } = await kf.send(c, text('优惠'));
  assert.deepEqual(texts(await c.hears()), ['你好']);
  assert.deepEqual((await kf.events()).at(-1), { event_type: 'msg_send_fail', open_kfid: kf.open_kfid, external_userid: c.id, fail_msgid: msgid, fail_type: 10 });
  await c.says('又来了');
  await kf.send(c, text('欢迎'));
  assert.deepEqual(texts(await c.hears()), ['你好', '又来了', '欢迎']);
});

test('codes answer an event once', async () => {
  const kf = await makeService(w, { servicers: ['hanmeimei'] });
  const c = await kf.comes('客户');
  await c.says('你好');
  await status(hmm, kf, 'stopped');
  const answer = (code, fields) => server.api('/cgi-bin/kf/send_msg_on_event', { token: w.tokens.app, body: { code, ...fields } });
  const { msg_code } = await kf.trans(c, 2);
  assert.equal(await codes(answer(msg_code, { msgtype: 'msgmenu', msgmenu: { head_content: 'x' } })), 40008, 'text alone');
  assert.equal((await answer(msg_code, { msgid: 'q1', ...text('请稍候') })).msgid, 'q1');
  assert.equal(await codes(answer(msg_code, text('再来'))), 42022);
  assert.equal(await codes(answer('nonsense', text('x'))), 95007);
  const end = (await kf.trans(c, 4)).msg_code;
  assert.equal(await codes(server.api('/cgi-bin/kf/send_msg_on_event', { token: w.tokens.narrow, body: { code: end, ...text('x') } })), 48007);
  assert.equal(await codes(answer(end, { msgtype: 'msgmenu', msgmenu: { head_content: '满意吗', list: [{ type: 'click', click: { id: '1', content: '好' } }] } })), 0);
  assert.deepEqual(texts(await c.hears()), ['你好', '请稍候']);
  await c.says('再问');
  const late = (await kf.trans(c, 4)).msg_code;
  await until(async () => (await codes(answer(late, {}))) === 95007, 'the end of a code that lives 20 s');
});

test('the callback says there is something, its token pulls it', async () => {
  const aesKey = randomBytes(64).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 42) + 'A';
  const kf = await makeService(w);
  const app = await listen({ token: 'tok', aesKey, corpid: w.env.CORPID });
  const set = (url) => w.admin('/v1/admin/app/callback', { agentid: w.apps.app.agentid, url, token: 'tok', aes_key: aesKey });
  assert.equal((await set(app.url)).http, 200);
  try {
    const c = await kf.comes('客户');
    const event = await app.next((e) => e.Event === 'kf_msg_or_event' && e.OpenKfId === kf.open_kfid);
    assert.deepEqual(Object.keys(event).slice(0, 6), ['ToUserName', 'CreateTime', 'MsgType', 'Event', 'Token', 'OpenKfId']);
    assert.equal(event.FromUserName, undefined);
    const first = await kf.sync(undefined, { token: event.Token });
    const { welcome_code } = first.msg_list.at(-1).event;
    assert.ok(welcome_code, 'an app that listens may welcome');
    const answer = (fields) => server.api('/cgi-bin/kf/send_msg_on_event', { token: w.tokens.app, body: { code: welcome_code, ...fields } });
    assert.equal(await codes(answer(text('欢迎光临'))), 0);
    assert.equal(await codes(answer(text('欢迎光临'))), 42022);
    assert.deepEqual(texts(await c.hears()), ['欢迎光临']);
    await kf.comes('客户', { again: c });
    assert.equal((await kf.events()).at(-1).welcome_code, undefined, 'not again within 48 hours');
    await c.says('你好');
    const { msg_list } = await kf.sync(first.cursor);
    assert.deepEqual(msg_list.map((m) => m.msgtype), ['event', 'text']);
    const { msgid, send_time, ...rest } = msg_list[1];
    assert.ok(msgid && Math.abs(send_time - Date.now() / 1000) < 60);
    assert.deepEqual(rest, { open_kfid: kf.open_kfid, external_userid: c.id, origin: 3, msgtype: 'text', text: { content: '你好' } });
    const paged = await kf.sync(undefined, { limit: 1 });
    assert.deepEqual(paged.msg_list, (await kf.sync()).msg_list);
    assert.equal(await codes(kf.api('sync_msg', { token: 'nonsense' })), 95007);
    const elsewhere = await makeService(w);
    assert.equal(await codes(elsewhere.api('sync_msg', { token: event.Token })), 95007, 'another account');
    assert.equal(await codes(kf.api('sync_msg', { cursor: 'x' })), 40058);
    assert.equal(await codes(kf.api('sync_msg', { limit: 1001 })), 40058);
    assert.equal(await codes(server.api('/cgi-bin/kf/sync_msg', { token: w.tokens.narrow, body: { open_kfid: kf.open_kfid } })), 48007);
    assert.equal(await codes(server.api('/cgi-bin/kf/sync_msg', { token: w.tokens.plain, body: { open_kfid: kf.open_kfid } })), 48002);
  } finally {
    await set('');
    await app.close();
  }
});

test('two servicers, one queue: taken once, passed on, ended, rated', async () => {
  const kf = await makeService(w, { servicers: ['lilei', 'hanmeimei'] });
  await status(w.guide, kf, 'suspended');
  await status(hmm, kf, 'suspended');
  const [a, b, c] = [await kf.comes('甲'), await kf.comes('乙'), await kf.comes('丙')];
  for (const who of [a, b, c]) {
    await who.says('有人吗');
    await kf.trans(who, 2);
  }
  assert.deepEqual(await Promise.all([a, b, c].map(async (x) => (await x.service()).place)), [1, 2, 3]);
  const mine = (await desk(w.guide)).accounts.find((x) => x.open_kfid === kf.open_kfid);
  assert.deepEqual(mine.waiting.map((x) => [x.customer.name, x.preview]), [['甲', '有人吗'], ['乙', '有人吗'], ['丙', '有人吗']]);
  const take = (who, x) => who('/v1/service/take', { open_kfid: kf.open_kfid, external_userid: x.id });
  const both = await Promise.all([take(w.guide, b), take(hmm, b)]);
  assert.deepEqual(both.map((x) => x.http).sort(), [200, 409], 'one is faster');
  const first = both[0].http === 200 ? w.guide : hmm, second = first === w.guide ? hmm : w.guide;
  assert.equal((await a.service()).place, 1);
  assert.equal((await c.service()).place, 2, 'the queue moves');
  const say = (who, content) => who('/v1/chat/send', { chat: b.chat, nonce: randomBytes(8).toString('hex'), type: 'text', body: { content } });
  assert.equal((await say(first, '您好')).http, 200);
  assert.equal((await say(second, '我也在')).http, 404, 'not his chat');
  const pass = await first('/v1/service/transfer', { chat: b.chat, userid: second === hmm ? 'hanmeimei' : 'lilei' });
  assert.equal(pass.errcode, 95019, 'a colleague who receives nobody');
  await status(second, kf, 'receiving');
  await until(async () => (await kf.state(a)).service_state === 3, 'the queue is given out');
  assert.equal((await kf.state(c)).service_state, 3, 'up to the bound');
  assert.equal((await first('/v1/service/transfer', { chat: b.chat, userid: second === hmm ? 'hanmeimei' : 'lilei' })).http, 200);
  assert.equal((await say(first, '还有')).http, 404);
  assert.equal((await say(second, '换我来')).http, 200);
  await b.says('好的');
  assert.equal((await second('/v1/service/end', { chat: b.chat })).http, 200);
  const ended = await b.service();
  assert.deepEqual([ended.state, ended.rate], ['ended', true]);
  const rate = (rating, who = b) => who('/v1/service/rate', { chat: b.chat, session: ended.session, rating, words: '很好' });
  assert.equal((await rate(6)).http, 400);
  assert.equal((await rate(5, a)).http, 404);
  assert.equal((await rate(5)).service.rating, 5);
  assert.equal((await rate(1)).http, 409);
  const changes = (await kf.events()).filter((e) => e.external_userid === b.id && e.event_type === 'session_status_change');
  assert.deepEqual(changes.map((e) => [e.change_type, !!e.msg_code]), [[1, true], [2, false], [3, true]]);
  assert.deepEqual([changes[1].old_servicer_userid, changes[1].new_servicer_userid], first === w.guide ? ['lilei', 'hanmeimei'] : ['hanmeimei', 'lilei']);
  const { msg_list } = await kf.sync();
  const said = msg_list.filter((m) => m.external_userid === b.id && m.origin === 5);
  assert.deepEqual(said.map((m) => m.text.content), ['您好', '换我来']);
  assert.equal((await second('/v1/service/resume', { open_kfid: kf.open_kfid, external_userid: b.id })).http, 200);
  assert.equal((await kf.events()).at(-1).change_type, 4);
  const statuses = (await kf.events()).filter((e) => e.event_type === 'servicer_status_change');
  assert.deepEqual(statuses.map((e) => [e.status, e.stop_type]), [[2, 1], [2, 1], [1, undefined]]);
  await second('/v1/service/reject', { chat: b.chat, on: true });
  assert.equal((await b.says('喂')).http, 403);
  assert.equal((await kf.events()).at(-1).reject_switch, 1);
});

test('a servicer offers himself; an app recommends whom the corp allows', async () => {
  const kf = await makeService(w, { servicers: ['lilei'] });
  const c = await kf.comes('客户');
  await c.says('你好');
  await kf.trans(c, 3, 'lilei');
  const { service } = await w.guide('/v1/service/invite', { chat: c.chat, wording: '以后找我' });
  assert.deepEqual([service.upgrade.kind, service.upgrade.wording], ['member', '以后找我']);
  assert.ok((await c.service()).upgrade.code);
  const up = (fields) => kf.api('customer/upgrade_service', { external_userid: c.id, ...fields });
  assert.equal(await codes(up({ type: 1, member: { userid: 'hanmeimei' } })), 95021);
  assert.equal(await codes(up({ type: 1 })), 40058);
  assert.equal(await codes(up({ type: 3 })), 40058);
  assert.equal(await codes(up({ type: 2, groupchat: { chat_id: 'wrx' } })), 95021);
  const set = await w.admin('/v1/admin/service/upgrade', { userids: ['hanmeimei'], departments: [w.haidian], chat_ids: ['wrx'] });
  assert.equal(set.http, 200, set.errmsg);
  const config = await server.api('/cgi-bin/kf/customer/get_upgrade_service_config', { token: w.tokens.app });
  assert.deepEqual([config.member_range, config.groupchat_range], [{ userid_list: ['hanmeimei'], department_id_list: [w.haidian] }, { chat_id_list: ['wrx'] }]);
  assert.equal(await codes(up({ type: 1, member: { userid: 'hanmeimei', wording: '专属顾问' } })), 0);
  assert.equal((await c.service()).upgrade.wording, '专属顾问');
  assert.equal(await codes(up({ type: 1, member: { userid: 'zhaoqiang' } })), 0, 'by department');
  assert.equal(await codes(up({ type: 2, groupchat: { chat_id: 'wrx' } })), 0);
  assert.equal(await codes(kf.api('customer/cancel_upgrade_service', { external_userid: c.id })), 0);
  assert.equal((await c.service()).upgrade, undefined);
});

test('customer/batchget knows who came lately', async () => {
  const kf = await makeService(w);
  const c = await kf.comes('王芳', { scene: 's1', scene_param: 'p' });
  const get = (fields, token = w.tokens.app) => server.api('/cgi-bin/kf/customer/batchget', { token, body: fields });
  const got = await get({ external_userid_list: [c.id, 'wmnobody', w.customer], need_enter_session_context: 1 });
  assert.deepEqual(got.customer_list, [{ external_userid: c.id, nickname: '王芳', avatar: '', gender: 0, enter_session_context: { scene: 's1', scene_param: 'p' } }]);
  assert.deepEqual(got.invalid_external_userid, ['wmnobody', w.customer], 'he came to no service');
  assert.equal((await get({ external_userid_list: [c.id] })).customer_list[0].enter_session_context, undefined);
  assert.equal(await codes(get({})), 40058);
  assert.equal(await codes(get({ external_userid_list: Array(101).fill('x') })), 40058);
  assert.deepEqual((await get({ external_userid_list: [c.id] }, w.tokens.other)).customer_list, []);
});

test('the bot answers what it knows, offers what is like it, and a person', async () => {
  const kf = await makeService(w);
  const set = (fields) => w.admin('/v1/admin/service/account/update', { open_kfid: kf.open_kfid, ...fields });
  assert.equal((await set({ first: 1 })).http, 200);
  const { group_list: [{ group_id }] } = await kf.must('knowledge/list_group', {});
  const add = (q, similar, a) => kf.must('knowledge/add_intent', { group_id, question: { text: { content: q } }, similar_questions: { items: similar.map((s) => ({ text: { content: s } })) }, answers: [{ text: { content: a } }] });
  await add('空调怎么清洗', ['空调如何清洗', '清洗空调的方法'], '请先断电，再取下滤网。');
  await add('空调保修多久', ['保修期是多长时间'], '整机六年。');
  const c = await kf.comes('客户');
  const answers = async () => (await c.hears()).filter((m) => m.from.kind === 'service');
  await c.says('空调如何清洗？');
  assert.equal((await kf.state(c)).service_state, 1);
  assert.equal((await answers()).at(-1).body.content, '请先断电，再取下滤网。');
  await c.says('你们家的空调');
  const menu = (await answers()).at(-1);
  assert.equal(menu.type, 'msgmenu');
  assert.deepEqual(menu.body.list.map((i) => i.click.content).sort(), ['空调保修多久', '空调怎么清洗', '转人工服务']);
  const { id } = menu.body.list.find((i) => i.click.content === '空调保修多久').click;
  await c('/v1/service/click', { chat: c.chat, seq: menu.seq, id, nonce: 'a' });
  assert.equal((await answers()).at(-1).body.content, '整机六年。');
  await c.says('明早下雨吗');
  assert.deepEqual((await answers()).at(-1).body.list.map((i) => i.click.id), ['human']);
  const count = (await answers()).length;
  await c.says('转人工');
  assert.equal((await kf.state(c)).service_state, 2);
  await c.says('快一点');
  assert.equal((await answers()).length, count, 'people answer from now on');
});

test('out of hours the message is kept; a silent customer is let go', async () => {
  const kf = await makeService(w, { servicers: ['hanmeimei'] });
  const set = (fields) => w.admin('/v1/admin/service/account/update', { open_kfid: kf.open_kfid, ...fields });
  const day = new Date(Date.now() + 8 * 3600e3).getUTCDay() || 7;
  const shut = { offset_min: 480, spans: [{ days: [(day % 7) + 1], from: 0, to: 1 }] };
  assert.equal((await set({ first: 2, hours: shut, away_words: '我们九点上班', end_words: '再见', silence_s: 20 })).http, 200);
  assert.equal((await set({ hours: { spans: [{ days: [8], from: 0, to: 1 }] } })).errcode, 40058);
  const c = await kf.comes('客户');
  await c.says('在吗');
  assert.deepEqual(texts(await c.hears()), ['在吗', '我们九点上班']);
  assert.deepEqual(await c.service().then((s) => [s.state, s.open]), ['queue', false]);
  await set({ hours: {} });
  assert.equal((await kf.state(c)).servicer_userid, 'hanmeimei', 'when it opens, somebody serves');
  await until(async () => (await kf.state(c)).service_state === 4, 'the end of 20 s of silence, hurried');
  assert.equal(texts(await c.hears()).at(-1), '再见');
  assert.equal((await kf.events()).at(-1).change_type, 3);
});

test('numbers agree with what happened', async () => {
  const kf = await makeService(w, { servicers: ['lilei', 'hanmeimei'] });
  await status(w.guide, kf, 'suspended');
  const say = (who, chat) => who('/v1/chat/send', { chat, nonce: randomBytes(8).toString('hex'), type: 'text', body: { content: '您好' } });
  for (const [i, rating] of [5, 2, 0].entries()) {
    const c = await kf.comes(`客户${i}`);
    await c.says('一');
    await c.says('二');
    await kf.trans(c, 3, 'hanmeimei');
    if (i < 2) assert.equal((await say(hmm, c.chat)).http, 200);
    await hmm('/v1/service/end', { chat: c.chat });
    if (rating) await c('/v1/service/rate', { chat: c.chat, session: (await c.service()).session, rating });
  }
  const silent = await kf.comes('客户');
  await silent.says('没人理');
  const stats = await w.admin(`/v1/admin/service/statistics?open_kfid=${kf.open_kfid}&days=7`);
  const today = stats.days.at(-1);
  assert.deepEqual([today.sessions, today.customers, today.customer_messages, today.served, today.replied, today.asked, today.rated], [4, 4, 7, 3, 2, 3, 2]);
  assert.deepEqual(stats.members.map((m) => [m.userid, m.served, m.rated]), [['hanmeimei', 3, 2]]);
  await server.halt();
  server.options.args = ['--clock-ahead-s', '86400'];
  await server.start();
  w.tokens.app = await server.token();
  const t = Math.floor(Date.now() / 1000);
  const corp = await kf.must('get_corp_statistic', { start_time: t, end_time: t });
  const { session_cnt, customer_cnt, customer_msg_cnt } = corp.statistic_list[0].statistic;
  assert.deepEqual([session_cnt, customer_cnt, customer_msg_cnt], [4, 4, 7]);
  const { statistic_list: [{ statistic: s }] } = await kf.must('get_servicer_statistic', { servicer_userid: 'hanmeimei', start_time: t, end_time: t });
  assert.deepEqual([s.session_cnt, s.customer_cnt, s.customer_msg_cnt, s.reply_rate, s.satisfaction_investgate_cnt, s.satisfaction_participation_rate, s.satisfied_rate, s.middling_rate, s.dissatisfied_rate], [3, 3, 6, 0.6667, 3, 0.6667, 0.5, 0, 0.5]);
});
