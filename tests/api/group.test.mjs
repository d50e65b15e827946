/*
 * Customer groups: the rows as data, then the story of one group, from the code on a shelf
 * to the day on which its owner leaves.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { Socket } from '../lib/socket.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';

let w, server, admin, guide, han, app;
const made = {};
const newKey = () => Array.from(randomBytes(43), (b) => 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[b % 62]).join('');

before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
  han = await server.signIn('hanmeimei');
  const { agentid, secret } = await makeApp(server, admin, 'listener');
  const keys = { token: 'token123', aesKey: newKey() };
  app = await listen({ ...keys, corpid: w.env.CORPID });
  const set = await admin('/v1/admin/app/callback', { agentid, url: app.url, token: keys.token, aes_key: keys.aesKey });
  assert.equal(set.http, 200, set.errmsg);
  made.agentid = agentid;
  made.listener = await server.token(secret);
  const group = await guide('/v1/group/create', { name: '羊毛群', external_userids: [w.customer] });
  assert.equal(group.http, 200, group.errmsg);
  made.chat = group.chat.chat;
  made.id = group.chat.peer.id;
  const second = await guide('/v1/group/create', { name: '二群' });
  made.second = second.chat.peer.id;
  made.secondChat = second.chat.chat;
  const hers = await han('/v1/group/create', { name: '韩的群' });
  made.hers = hers.chat.peer.id;
  made.media = await picture();
});
after(async () => {
  await server.stop();
  app.close();
});

const api = (path, body, token = w.tokens.app) => server.api(`/cgi-bin/externalcontact/${path}`, { token, body });

async function picture() {
  const form = new FormData();
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  form.append('media', new Blob([png], { type: 'image/png' }), 'a.png');
  const got = await server.api('/cgi-bin/media/upload?type=image', { token: w.tokens.app, body: form });
  assert.equal(got.errcode, 0, got.errmsg);
  return got.media_id;
}

/* A stranger comes into a group by a code; a caller with `chat`. */
async function joins(code, nickname) {
  const reply = await server.api('/v1/group/join', { body: { code, nickname }, headers: { 'x-liaison-client': 'consumer' }, raw: true });
  const got = await reply.json();
  if (!got.chat) return Object.assign(got, { http: reply.status });
  const token = /liaison_consumer=([^;]+)/.exec(reply.headers.get('set-cookie'))[1];
  return Object.assign(server.caller('consumer', token, got.me), { chat: got.chat });
}

const codeOf = async (config_id) => new URL((await api('groupchat/get_join_way', { config_id })).join_way.qr_code).searchParams.get('code');
const many = (n) => Array.from({ length: n }, (_, i) => `wr${i}`);
const way = (fields = {}) => ({ scene: 2, chat_id_list: [made.id], ...fields });
const text = (content) => ({ text: { content } });

/* [path, body, errcode or check, token, word in errmsg] */
const rows = [
  ['groupchat/list', () => ({ limit: 10 }), (got) => {
    assert.deepEqual(new Set(got.group_chat_list.map((g) => g.chat_id)), new Set([made.id, made.second, made.hers]));
    assert.equal(got.next_cursor, '');
    for (const g of got.group_chat_list) assert.equal(g.status, 0);
  }],
  ['groupchat/list', () => ({ limit: 1 }), async (got) => {
    assert.equal(got.group_chat_list.length, 1);
    const next = await api('groupchat/list', { limit: 1000, cursor: got.next_cursor });
    assert.equal(next.group_chat_list.length, 2);
  }],
  ['groupchat/list', () => ({ limit: 10, owner_filter: { userid_list: ['hanmeimei'] } }), (got) => assert.deepEqual(got.group_chat_list.map((g) => g.chat_id), [made.hers])],
  ['groupchat/list', () => ({ limit: 10, status_filter: 1 }), (got) => assert.deepEqual(got.group_chat_list, [])],
  ['groupchat/list', () => ({ limit: 10, status_filter: 4 }), 40058, 'app', 'status_filter'],
  ['groupchat/list', () => ({}), 40058, 'app', 'limit'],
  ['groupchat/list', () => ({ limit: 0 }), 40058, 'app', 'limit'],
  ['groupchat/list', () => ({ limit: 1001 }), 40058, 'app', 'limit'],
  ['groupchat/list', () => ({ limit: 10, cursor: '!' }), 50100],
  ['groupchat/list', () => ({ limit: 10, owner_filter: { userid_list: ['nobody'] } }), 60111],
  ['groupchat/list', () => ({ limit: 10, owner_filter: { userid_list: many(101) } }), 40058, 'app', 'userid_list'],
  ['groupchat/list', () => ({ limit: 10, owner_filter: 'lilei' }), 40058, 'app', 'owner_filter'],
  ['groupchat/list', () => ({ limit: 10 }), (got) => assert.deepEqual(got.group_chat_list, []), 'narrow'],
  ['groupchat/list', () => ({ limit: 10, owner_filter: { userid_list: ['lilei'] } }), 60011, 'narrow'],
  ['groupchat/list', () => ({ limit: 10 }), 48002, 'plain'],
  ['groupchat/list', () => ({ limit: 10 }), (got) => assert.deepEqual(got.group_chat_list, []), 'other'],

  ['groupchat/get', () => ({ chat_id: made.id, need_name: 1 }), ({ group_chat: g }) => {
    assert.equal(g.chat_id, made.id);
    assert.match(g.chat_id, /^wr.{30}$/);
    assert.deepEqual([g.name, g.owner], ['羊毛群', 'lilei']);
    assert.ok(Math.abs(g.create_time - Date.now() / 1000) < 600);
    const [owner, customer] = g.member_list;
    assert.deepEqual([owner.userid, owner.type, owner.name, owner.join_scene], ['lilei', 1, '李雷', 1]);
    assert.deepEqual([customer.userid, customer.type, customer.invitor], [w.customer, 2, { userid: 'lilei' }]);
    assert.equal(customer.group_nickname, '');
    assert.ok(customer.name.length > 0);
    assert.deepEqual(g.admin_list, []);
    assert.match(g.member_version, /^[0-9a-f]+$/);
  }],
  ['groupchat/get', () => ({ chat_id: made.id }), ({ group_chat: g }) => assert.equal('name' in g.member_list[0], false)],
  ['groupchat/get', () => ({ chat_id: made.id, need_name: 2 }), 40058, 'app', 'need_name'],
  ['groupchat/get', () => ({ chat_id: 'wrNone' }), 40050],
  ['groupchat/get', () => ({}), 40050],
  ['groupchat/get', () => ({ chat_id: ['x'] }), 40058, 'app', 'chat_id'],
  ['groupchat/get', () => ({ chat_id: made.id }), 60011, 'narrow'],
  ['groupchat/get', () => ({ chat_id: made.id }), 48002, 'plain'],
  ['groupchat/get', () => ({ chat_id: made.id }), 40050, 'other'],

  ['opengid_to_chatid', () => ({ opengid: 'nonsense' }), 90511],
  ['opengid_to_chatid', () => ({}), 90511],
  ['opengid_to_chatid', () => ({ opengid: 'x' }), 48002, 'plain'],

  ['groupchat/transfer', () => ({ chat_id_list: [made.id, 'wrNone'], new_owner: 'hanmeimei' }), (got) => assert.deepEqual(
    got.failed_chat_list.map((f) => [f.chat_id, f.errcode]), [[made.id, 90500], ['wrNone', 90501]])],
  ['groupchat/transfer', () => ({ chat_id_list: [], new_owner: 'hanmeimei' }), 40058, 'app', 'chat_id_list'],
  ['groupchat/transfer', () => ({ chat_id_list: many(101), new_owner: 'hanmeimei' }), 40058, 'app', 'chat_id_list'],
  ['groupchat/transfer', () => ({ chat_id_list: [made.id] }), 40003],
  ['groupchat/transfer', () => ({ chat_id_list: [made.id], new_owner: 'nobody' }), 60111],
  ['groupchat/transfer', () => ({ chat_id_list: [made.id], new_owner: 'fengjuan' }), 41054],
  ['groupchat/transfer', () => ({ chat_id_list: [made.id], new_owner: 'hanmeimei' }), 60011, 'narrow'],
  ['groupchat/transfer', () => ({ chat_id_list: [made.id], new_owner: 'hanmeimei' }), 48002, 'plain'],
  ['groupchat/onjob_transfer', () => ({ chat_id_list: [made.id], new_owner: 'lilei' }), (got) => assert.equal(got.failed_chat_list[0].errcode, 90504)],
  ['groupchat/onjob_transfer', () => ({ chat_id_list: ['wrNone'], new_owner: 'lilei' }), (got) => assert.equal(got.failed_chat_list[0].errcode, 90501)],
  ['groupchat/onjob_transfer', () => ({ chat_id_list: [made.id], new_owner: 'sunli' }), (got) => assert.equal(got.failed_chat_list[0].errcode, 60011), 'narrow'],
  ['groupchat/onjob_transfer', () => ({ chat_id_list: [made.id], new_owner: 'sunli' }), 48002, 'plain'],
  ['groupchat/onjob_transfer', () => ({ chat_id_list: [made.id], new_owner: 'lilei' }), 60111, 'other'],

  ['groupchat/add_join_way', () => way({ remark: '字'.repeat(31), room_base_name: '春季', room_base_id: 10, state: 'shelf', mark_source: false, chat_id_list: [made.id, made.second] }), async (got) => {
    made.way = got.config_id;
    assert.match(got.config_id, /^[0-9a-f]{32}$/);
    const { join_way: back } = await api('groupchat/get_join_way', { config_id: got.config_id });
    assert.match(back.qr_code, /\/v1\/code\.svg\?code=/);
    delete back.qr_code;
    assert.deepEqual(back, { config_id: made.way, scene: 2, remark: '字'.repeat(30), auto_create_room: 1, room_base_name: '春季',
      room_base_id: 10, chat_id_list: [made.id, made.second], state: 'shelf', mark_source: false });
  }],
  ['groupchat/add_join_way', () => way({ scene: 1 }), async (got) => {
    const { join_way: back } = await api('groupchat/get_join_way', { config_id: got.config_id });
    assert.deepEqual([back.qr_code, back.auto_create_room, back.mark_source], [undefined, 1, true]);
  }],
  ['groupchat/add_join_way', () => way({ scene: 3 }), 41039],
  ['groupchat/add_join_way', () => ({ chat_id_list: [made.id] }), 41039],
  ['groupchat/add_join_way', () => ({ scene: 2 }), 40058, 'app', 'chat_id_list'],
  ['groupchat/add_join_way', () => way({ chat_id_list: many(6) }), 41091],
  ['groupchat/add_join_way', () => way({ chat_id_list: ['wrNone'] }), 90501, 'app', 'chat_id_list[0]'],
  ['groupchat/add_join_way', () => way({ state: '字'.repeat(31) }), 41042],
  ['groupchat/add_join_way', () => way({ room_base_name: '字'.repeat(41) }), 40058, 'app', 'room_base_name'],
  ['groupchat/add_join_way', () => way({ auto_create_room: 2 }), 40058, 'app', 'auto_create_room'],
  ['groupchat/add_join_way', () => way({ room_base_id: 'x' }), 40058, 'app', 'room_base_id'],
  ['groupchat/add_join_way', () => way(), 60011, 'narrow'],
  ['groupchat/add_join_way', () => way(), 48002, 'plain'],
  ['groupchat/add_join_way', () => way(), 90501, 'other'],
  ['groupchat/get_join_way', () => ({ config_id: 'x' }), 41044],
  ['groupchat/get_join_way', () => ({}), 41044],
  ['groupchat/get_join_way', () => ({ config_id: made.way }), 41044, 'other'],
  ['groupchat/get_join_way', () => ({ config_id: made.way }), 60011, 'narrow'],
  ['groupchat/update_join_way', () => way({ config_id: made.way, auto_create_room: 0, chat_id_list: [made.id] }), async () => {
    const { join_way: back } = await api('groupchat/get_join_way', { config_id: made.way });
    assert.deepEqual([back.auto_create_room, back.room_base_name, back.state, back.chat_id_list], [0, '', '', [made.id]]);
  }],
  ['groupchat/update_join_way', () => way({ config_id: 'x' }), 41044],
  ['groupchat/update_join_way', () => way({ config_id: made.way, chat_id_list: many(6) }), 41091],
  ['groupchat/update_join_way', () => ({ config_id: made.way, chat_id_list: [made.id] }), 41039],
  ['groupchat/update_join_way', () => way({ config_id: made.way }), 48002, 'plain'],
  ['groupchat/del_join_way', () => ({ config_id: 'x' }), 41044],
  ['groupchat/del_join_way', () => ({ config_id: made.way }), 41044, 'other'],
  ['groupchat/del_join_way', () => ({ config_id: made.way }), async () => {
    assert.equal((await api('groupchat/get_join_way', { config_id: made.way })).errcode, 41044);
  }],

  ['group_welcome_template/add', () => ({ ...text('亲爱的%NICKNAME%'), image: { media_id: made.media }, notify: 0 }), async (got) => {
    made.template = got.template_id;
    const back = await api('group_welcome_template/get', { template_id: got.template_id });
    assert.equal(back.text.content, '亲爱的%NICKNAME%');
    assert.ok(back.image);
    assert.equal(back.link, undefined);
  }],
  ['group_welcome_template/add', () => ({ link: { title: '说明书', url: 'https://example.com/', desc: 'd', picurl: 'https://example.com/a.png' } }), async (got) => {
    const { link } = await api('group_welcome_template/get', { template_id: got.template_id });
    assert.deepEqual(link, { title: '说明书', picurl: 'https://example.com/a.png', desc: 'd', url: 'https://example.com/' });
  }],
  ['group_welcome_template/add', () => ({ ...text('x'), miniprogram: { title: 't', pic_media_id: made.media, appid: 'wx1', page: '/index' } }), async (got) => {
    const { miniprogram } = await api('group_welcome_template/get', { template_id: got.template_id });
    assert.equal(miniprogram.appid, 'wx1');
  }],
  ['group_welcome_template/add', () => ({}), 44004],
  ['group_welcome_template/add', () => text(''), 44004],
  ['group_welcome_template/add', () => text('字'.repeat(1001)), 45002],
  ['group_welcome_template/add', () => ({ image: { media_id: 'nonsense' } }), 40007],
  ['group_welcome_template/add', () => ({ text: 'x' }), 40058, 'app', 'text'],
  ['group_welcome_template/add', () => ({ ...text('x'), notify: 2 }), 40058, 'app', 'notify'],
  ['group_welcome_template/add', () => text('x'), 48002, 'plain'],
  ['group_welcome_template/edit', () => ({ template_id: made.template, ...text('新') }), async () => {
    const back = await api('group_welcome_template/get', { template_id: made.template });
    assert.deepEqual([back.text.content, back.image], ['新', undefined]);
  }],
  ['group_welcome_template/edit', () => ({ template_id: made.template, ...text('x') }), 41058, 'external'],
  ['group_welcome_template/edit', () => ({ template_id: 'msgNone', ...text('x') }), 40037],
  ['group_welcome_template/edit', () => text('x'), 40036],
  ['group_welcome_template/edit', () => ({ template_id: made.template }), 44004],
  ['group_welcome_template/get', () => ({ template_id: 'x'.repeat(100) }), 40036],
  ['group_welcome_template/get', () => ({ template_id: made.template }), 40037, 'other'],
  ['group_welcome_template/del', () => ({ template_id: made.template }), 41058, 'external'],
  ['group_welcome_template/del', () => ({ template_id: 'msgNone' }), 40037],
  ['group_welcome_template/del', () => ({ template_id: made.template }), async () => {
    assert.equal((await api('group_welcome_template/get', { template_id: made.template })).errcode, 40037);
  }],
];

describe('rows', () => {
  rows.forEach(([path, body, expected, as = 'app', word = ''], i) => {
    const wanted = typeof expected === 'number' ? expected : 0;
    test(`${i} ${path} as ${as}: ${wanted}`, async () => {
      const got = await api(path, body(), w.tokens[as]);
      assert.equal(got.errcode, wanted, got.errmsg);
      assert.ok(got.errmsg.includes(word), got.errmsg);
      if (typeof expected === 'function') await expected(got);
    });
  });
});

const items = (event) => [...event.xml.matchAll(/<Item><!\[CDATA\[(.*?)\]\]><\/Item>/g)].map((m) => m[1]);
const update = (detail, id = made.id, more = () => true) => app.next((e) => e.Event === 'change_external_chat' && e.UpdateDetail === detail && e.ChatId === id && more(e));
const lines = async (who, chat) => (await who(`/v1/chat/messages?chat=${chat}&limit=200`)).messages;

test('a code on a shelf leads strangers into the group, and apps hear of each', async () => {
  const { template_id } = await api('group_welcome_template/add', { ...text('%NICKNAME%您好'), link: { title: '群规', url: 'https://example.com/' }, notify: 0 });
  assert.equal((await guide('/v1/group/welcome', { chat: made.chat, template_id })).http, 200);
  const { config_id } = await api('groupchat/add_join_way', way({ state: 'shelf-3' }));
  const code = await codeOf(config_id);
  const svg = await server.api(`/v1/code.svg?code=${code}`, { raw: true });
  assert.match(await svg.text(), /<svg/);

  const { card, chat } = await server.api(`/v1/group/card?code=${code}`);
  assert.equal(chat, undefined);
  assert.deepEqual([card.name, card.owner.name, card.full, card.members], ['羊毛群', '李雷', false, 2]);
  assert.ok(card.corp.name);
  assert.notEqual(card.owner.id, 'lilei', 'strangers see no userid');
  assert.equal((await joins(code, '')).http, 400, 'a name is needed');
  assert.equal((await joins(`${code}x`, '路人')).http, 410);

  const guideSocket = new Socket(server, guide);
  await guideSocket.hello();
  const passer = await joins(code, '路人');
  assert.equal(passer.chat.kind, 'group');
  assert.equal(passer.chat.peer.name, '羊毛群');
  assert.equal(passer.chat.members, 3);
  await guideSocket.next('message', (f) => f.message.body.event === 'group_joined_by_code' && f.message.body.names[0] === '路人');
  const head = await guideSocket.next('chat', (f) => f.chat.chat === made.chat);
  assert.equal(head.chat.members, 3);

  const event = await update('add_member', made.id, (e) => +e.JoinScene === 3);
  assert.deepEqual([+event.JoinScene, +event.MemChangeCnt, event.ChangeType, event.FromUserName], [3, 1, 'update', 'sys']);
  const { group_chat: g } = await api('groupchat/get', { chat_id: made.id, need_name: 1 });
  const him = g.member_list.find((m) => m.name === '路人');
  assert.deepEqual([him.type, him.join_scene, him.state, him.invitor], [2, 3, 'shelf-3', undefined]);
  assert.deepEqual(items(event), [him.userid]);
  assert.equal(event.CurMemVer, g.member_version);
  assert.notEqual(event.LastMemVer, event.CurMemVer);

  /* He reads from his coming on: the line about it and the welcome. */
  const shown = await lines(passer, made.chat);
  assert.deepEqual(shown.map((m) => m.type), ['system', 'text', 'link']);
  assert.equal(shown[1].body.content, '路人您好');
  assert.equal(shown[1].from.name, '李雷');
  const all = await lines(guide, made.chat);
  assert.ok(all.length > shown.length);
  const again = await passer('/v1/group/join', { code });
  assert.equal(again.chat.chat, made.chat);
  assert.equal((await passer(`/v1/group/card?code=${code}`)).chat, made.chat);
  made.passer = passer;
  made.passerId = him.userid;
  made.code = code;
  guideSocket.close();
});

test('customers talk, see names and no ids of each other', async () => {
  const other = await joins(made.code, '另一位');
  const sent = await other('/v1/chat/send', { chat: made.chat, type: 'text', body: { content: '大家好' }, nonce: 'n1' });
  assert.equal(sent.http, 200, sent.errmsg);
  const got = (await lines(made.passer, made.chat)).at(-1);
  assert.deepEqual([got.body.content, got.from.name, got.mine], ['大家好', '另一位', false]);
  assert.ok(!JSON.stringify(got).includes('wm'), 'no external_userid goes to other customers');
  assert.match((await lines(guide, made.chat)).at(-1).from.id, /^wm/);
  const { group, persons } = await made.passer(`/v1/group?chat=${made.chat}`);
  assert.deepEqual([group.role, group.members, group.chat_id], ['customer', 4, undefined]);
  assert.equal(persons.filter((p) => p.self).length, 1);
  assert.ok(!JSON.stringify(persons).includes('shelf-3'), 'where others came from is no business of theirs');
  assert.equal((await guide(`/v1/chat?chat=${made.chat}`)).chat.last.from, '另一位');
  made.other = other;
});

test('strangers, customers and colleagues cannot run it', async () => {
  const chat = made.chat;
  for (const path of ['rename', 'notice', 'invite', 'remove', 'dismiss', 'owner', 'admin', 'welcome']) {
    const body = { chat, name: 'x', notice: 'x', userid: 'hanmeimei', admin: true, userids: ['hanmeimei'], external_userids: [] };
    assert.equal((await made.passer(`/v1/group/${path}`, body)).http, 403, path);
    assert.equal((await han(`/v1/group/${path}`, body)).http, 404, path);
    assert.equal((await server.api(`/v1/group/${path}`, { body })).http, 401, path);
  }
  assert.equal((await han(`/v1/group?chat=${chat}`)).http, 404);
  assert.equal((await han(`/v1/group/code?chat=${chat}`)).http, 404);
  assert.equal((await han('/v1/group/invite', { chat: made.chat, userids: ['hanmeimei'] })).http, 404);
  /* In it, but no administrator of it. */
  assert.equal((await guide('/v1/group/invite', { chat, userids: ['hanmeimei'] })).count, 1);
  assert.equal((await han('/v1/group/rename', { chat, name: '韩的' })).http, 403);
  assert.equal((await han('/v1/group/invite', { chat, external_userids: [w.customer] })).errcode, 84061, 'not her customer');
  assert.equal((await guide('/v1/group/admin', { chat, userid: 'hanmeimei', admin: true })).http, 200);
  assert.equal((await han('/v1/group/rename', { chat, name: '羊毛一群' })).http, 200);
  assert.equal((await han('/v1/group/dismiss', { chat })).http, 403);
  const { group_chat: g } = await api('groupchat/get', { chat_id: made.id });
  assert.deepEqual(g.admin_list, [{ userid: 'hanmeimei' }]);
  assert.equal(g.name, '羊毛一群');
  await update('change_name');
});

test('a notice, a nickname, somebody leaves, somebody is removed', async () => {
  const chat = made.chat;
  await guide('/v1/group/notice', { chat, notice: '周六特卖' });
  await update('change_notice');
  assert.equal((await made.passer(`/v1/group?chat=${chat}`)).group.notice, '周六特卖');
  assert.equal((await made.passer('/v1/group/nickname', { chat, nickname: '老路' })).http, 200);
  const { group_chat: g } = await api('groupchat/get', { chat_id: made.id, need_name: 1 });
  assert.equal(g.notice, '周六特卖');
  assert.equal(g.member_list.find((m) => m.userid === made.passerId).group_nickname, '老路');

  const socket = new Socket(server, made.other);
  await socket.hello();
  assert.equal((await made.other('/v1/group/leave', { chat })).http, 200);
  await socket.next('gone', (f) => f.chat === chat);
  const left = await update('del_member', made.id, (e) => +e.QuitScene === 0);
  assert.deepEqual([+left.QuitScene, +left.MemChangeCnt], [0, 1]);
  assert.equal((await made.other(`/v1/chat/messages?chat=${chat}`)).http, 404);
  assert.equal((await guide('/v1/group/remove', { chat, external_userids: [made.passerId] })).count, 1);
  const removed = await update('del_member', made.id, (e) => +e.QuitScene === 1);
  assert.equal(+removed.QuitScene, 1);
  assert.deepEqual(items(removed), [made.passerId]);
  assert.equal((await made.passer('/v1/chat/send', { chat, type: 'text', body: { content: '?' }, nonce: 'n' })).http, 404);
  assert.equal((await guide('/v1/group/leave', { chat })).http, 403, 'an owner does not leave');
  socket.close();
});

test('a full group says so; a way makes the next one', async () => {
  const set = await admin('/v1/admin/setting', { name: 'group_code_max', value: 3 });
  assert.equal(set.http, 200, set.errmsg);
  const { config_id: strict } = await api('groupchat/add_join_way', way({ auto_create_room: 0 }));
  const { config_id: open } = await api('groupchat/add_join_way', way({ room_base_name: '羊毛', room_base_id: 2 }));
  const code = await codeOf(strict);
  assert.equal((await server.api(`/v1/group/card?code=${code}`)).card.full, true);
  assert.equal((await joins(code, '晚来')).errcode, 910041);
  const late = await joins(await codeOf(open), '晚来');
  assert.equal(late.chat.peer.name, '羊毛2');
  const created = await app.next((e) => e.Event === 'change_external_chat' && e.ChangeType === 'create' && e.ChatId !== made.id);
  assert.match(created.ChatId, /^wr/);
  assert.equal((await api('groupchat/get_join_way', { config_id: open })).join_way.room_base_id, 3);
  await admin('/v1/admin/setting', { name: 'group_code_max', value: 200 });
});

test('one who uses the group\'s own code; the same person in two groups', async () => {
  const own = await guide(`/v1/group/code?chat=${made.chat}`);
  assert.match(own.url, /\/c\/\w+_\w+$/);
  const both = await joins(own.code, '两边');
  const second = await guide(`/v1/group/code?chat=${made.secondChat}`);
  assert.equal((await both('/v1/group/join', { code: second.code })).http, 200);
  assert.ok((await guide('/v1/group/drop_twice', {})).count >= 1);
  assert.equal((await both(`/v1/chat/messages?chat=${made.chat}`)).http, 200);
  assert.equal((await both(`/v1/chat/messages?chat=${made.secondChat}`)).http, 404);
  await admin('/v1/admin/setting', { name: 'group_one_per_owner', value: 1 });
  assert.equal((await both('/v1/group/join', { code: second.code })).errcode, 910042);
  await admin('/v1/admin/setting', { name: 'group_one_per_owner', value: 0 });
});

test('in service a group passes on; the app that did it hears nothing of it', async () => {
  const opengid = (await guide(`/v1/group?chat=${made.secondChat}`)).group.opengid;
  assert.equal((await api('opengid_to_chatid', { opengid })).chat_id, made.second);
  assert.equal((await api('opengid_to_chatid', { opengid }, w.tokens.narrow)).errcode, 60011);
  const before = app.events.length;
  assert.deepEqual((await api('groupchat/onjob_transfer', { chat_id_list: [made.second], new_owner: 'hanmeimei' }, made.listener)).failed_chat_list, []);
  assert.deepEqual((await api('groupchat/onjob_transfer', { chat_id_list: [made.second], new_owner: 'lilei' })).failed_chat_list, []);
  const events = [await update('change_owner', made.second)];
  assert.equal(app.events.slice(before).filter((e) => e.UpdateDetail === 'change_owner').length, 1, 'its own call is not told to it');
  assert.equal(events.length, 1);
  const third = await api('groupchat/onjob_transfer', { chat_id_list: [made.second], new_owner: 'hanmeimei' });
  assert.equal(third.failed_chat_list[0].errcode, 40128);
  const dump = await server.liaison('--corp', w.env.CORPID, 'ledger', 'export', '--customer', made.second);
  assert.match(dump, /group_handed_over/);
  await server.liaison('--corp', w.env.CORPID, 'ledger', 'verify');
});

test('the owner leaves: his groups wait, and are given to another', async () => {
  assert.equal((await admin('/v1/admin/member/disable', { userid: 'hanmeimei' })).http, 200);
  const waiting = await api('groupchat/list', { limit: 10, status_filter: 1, owner_filter: { userid_list: ['hanmeimei'] } });
  assert.deepEqual(waiting.group_chat_list, [{ chat_id: made.hers, status: 1 }]);
  const onjob = await api('groupchat/onjob_transfer', { chat_id_list: [made.hers], new_owner: 'lilei' });
  assert.equal(onjob.failed_chat_list[0].errcode, 90502);
  assert.deepEqual((await api('groupchat/transfer', { chat_id_list: [made.hers], new_owner: 'lilei' })).failed_chat_list, []);
  const { group_chat: g } = await api('groupchat/get', { chat_id: made.hers });
  assert.deepEqual([g.owner, g.member_list.map((m) => m.userid)], ['lilei', ['lilei']]);
  const inherited = await api('groupchat/list', { limit: 10, status_filter: 3 });
  assert.deepEqual(inherited.group_chat_list, [{ chat_id: made.hers, status: 3 }]);
  const again = await api('groupchat/transfer', { chat_id_list: [made.hers], new_owner: 'sunli' });
  assert.equal(again.failed_chat_list[0].errcode, 90508);
  await admin('/v1/admin/member/enable', { userid: 'hanmeimei' });
});

test('a dismissed group is over for all, and readable', async () => {
  assert.equal((await guide('/v1/group/dismiss', { chat: made.chat })).http, 200);
  const event = await app.next((e) => e.ChangeType === 'dismiss');
  assert.equal(event.ChatId, made.id);
  assert.equal((await api('groupchat/get', { chat_id: made.id })).errcode, 49008);
  assert.equal((await guide('/v1/chat/send', { chat: made.chat, type: 'text', body: { content: 'x' }, nonce: 'd' })).errcode, 910013);
  assert.ok((await lines(guide, made.chat)).length > 1);
  assert.equal((await guide('/v1/group/rename', { chat: made.chat, name: 'x' })).errcode, 49008);
  assert.equal((await joins(made.code, '来晚了')).http, 410);
  await server.liaison('doctor');
});
