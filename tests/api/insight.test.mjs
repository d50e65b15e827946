/*
 * The numbers of a day, by every door: the open API, the console, the desk and tables
 * agree to the last unit.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w;
const now = () => Date.now();
before(async () => {
  w = await startWorld();
  const { code } = await w.guide('/v1/my_code');
  const customers = [];
  for (const name of ['甲', '乙', '丙']) customers.push(await w.server.comesBy(code, name));
  const say = (person, chat, n) => person('/v1/chat/send', { chat, nonce: `n${n}`, type: 'text', body: { content: 'x' } });
  for (const [i, c] of customers.entries()) await say(c, c.chat.chat, i);
  await say(w.guide, customers[0].chat.chat, 10);
  await say(w.guide, customers[0].chat.chat, 11);
  await customers[2]('/v1/leave', { chat: customers[2].chat.chat });
});
after(() => w.server.stop());

const span = () => `from=${now()}&until=${now()}`;
const NUMBERS = ['contacts', 'applies', 'lost', 'chats', 'messages', 'asked', 'replied'];
const sum = (rows) => Object.fromEntries(NUMBERS.map((k) => [k, rows.reduce((n, r) => n + r[k], 0)]));
const pick = (row) => Object.fromEntries(NUMBERS.map((k) => [k, row[k]]));

test('what was done is counted', async () => {
  const { days: [day] } = await w.guide(`/v1/insight?${span()}`);
  assert.ok(day.contacts >= 4, 'three, and the demo\'s own');
  assert.equal(day.lost, 1);
  assert.equal(day.asked, 3);
  assert.equal(day.replied, 1);
  assert.equal(day.messages, 2, 'welcomes are not what he wrote');
  assert.equal(day.chats, 1);
  assert.equal(day.reply_percentage, 33.33);
});

test('by day, member and department the sums are one', async () => {
  const got = await w.admin(`/v1/admin/insight?${span()}`);
  for (const by of ['days', 'members', 'departments']) assert.deepEqual(sum(got[by]), pick(got.all), by);
  assert.equal(got.channels.reduce((n, c) => n + c.added, 0), got.all.contacts - got.all.applies);
  assert.deepEqual(got.channels.filter((c) => c.talked).map((c) => [c.name, c.talked]), [['李雷', 3]]);
  const mine = await w.guide(`/v1/insight?${span()}`);
  assert.deepEqual(pick(got.members.find((m) => m.userid === 'lilei')), pick(mine.all));
});

test('the open API says the same', async () => {
  const seconds = Math.floor(now() / 1000);
  const got = await w.server.api('/cgi-bin/externalcontact/get_user_behavior_data', { token: w.tokens.app, body: { userid: ['lilei'], start_time: seconds, end_time: seconds } });
  const { days: [mine] } = await w.guide(`/v1/insight?${span()}`);
  const [day] = got.behavior_data;
  assert.deepEqual(
    [day.new_contact_cnt, day.new_apply_cnt, day.negative_feedback_cnt, day.chat_cnt, day.message_cnt, day.reply_percentage],
    [mine.contacts, mine.applies, mine.lost, mine.chats, mine.messages, mine.reply_percentage]);
});

test('tables have the same sums', async () => {
  const { all } = await w.admin(`/v1/admin/insight?${span()}`);
  for (const by of ['day', 'member', 'department']) {
    const reply = await w.server.api(`/v1/admin/insight.csv?by=${by}&${span()}`, { headers: w.admin.headers(), raw: true });
    const text = await reply.text();
    const [head, ...rows] = text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => line.split(','));
    for (const key of NUMBERS) assert.equal(rows.reduce((n, r) => n + Number(r[head.indexOf(key)]), 0), all[key], `${by} ${key}`);
  }
});

test('bad spans and other people', async () => {
  assert.equal((await w.admin(`/v1/admin/insight?from=${now()}&until=0`)).errcode, 40058);
  assert.equal((await w.admin(`/v1/admin/insight?from=0&until=${now()}`)).errcode, 40058);
  assert.equal((await w.admin(`/v1/admin/insight.csv?by=star&${span()}`)).errcode, 40058);
  assert.ok((await w.guide(`/v1/admin/insight?${span()}`)).errcode, 'no administrator');
});

test('customer groups in numbers', async () => {
  const { customers } = await w.guide('/v1/customers?limit=2');
  const made = await w.guide('/v1/group/create', { name: '老客户', external_userids: customers.map((c) => c.external_userid) });
  assert.ok(made.chat, JSON.stringify(made));
  const chat = made.chat.chat ?? made.chat;
  for (let i = 0; i < 3; i++) await w.guide('/v1/chat/send', { chat, nonce: `g${i}`, type: 'text', body: { content: 'x' } });
  const seconds = Math.floor(now() / 1000);
  const ask = (path) => w.server.api(`/cgi-bin/externalcontact/groupchat/${path}`, { token: w.tokens.app, body: { day_begin_time: seconds, owner_filter: { userid_list: ['lilei', 'hanmeimei'] } } });
  const { items: [lilei, han] } = await ask('statistic');
  assert.deepEqual([lilei.owner, han.owner], ['lilei', 'hanmeimei']);
  assert.deepEqual(lilei.data, { new_chat_cnt: 1, chat_total: 1, chat_has_msg: 1, new_member_cnt: 3, member_total: 3, member_has_msg: 1, msg_total: 3, migrate_trainee_chat_cnt: 0 });
  assert.equal(han.data.chat_total, 0);
  const { items: [day] } = await ask('statistic_group_by_day');
  assert.deepEqual(day.data, lilei.data);
});
