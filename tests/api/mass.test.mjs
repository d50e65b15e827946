/*
 * Mass messages from the console and the desk to the customers who read them.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';
import { connect } from '../lib/socket.mjs';

let w, admin, lilei, han, customers, tags;
const api = (path, body) => w.server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens.app, body });
const good = async (promise) => {
  const got = await promise;
  assert.equal(got.errcode, undefined, JSON.stringify(got));
  return got;
};
const setting = (name, value) => good(admin('/v1/admin/setting', { name, value }));
/* What stands in his chat of this member's words, newest last. */
const heard = async (c) => (await c(`/v1/chat/messages?chat=${c.chat.chat}&limit=200`)).messages.filter((m) => !m.mine && m.type !== 'system').map((m) => m.body.content ?? m.type);
const csvOf = async (mass, of) => (await w.server.api(`/v1/admin/mass/results.csv?mass=${mass}&of=${of}`, { headers: admin.headers(), raw: true })).text();
const state = async (mass) => (await admin(`/v1/admin/mass?mass=${mass}`)).mass;
const done = (mass) => until(async () => { const m = await state(mass); return m.state === 'done' && m; }, 'done');

before(async () => {
  w = await startWorld();
  admin = w.admin;
  lilei = w.guide;
  han = await w.server.signIn('hanmeimei');
  customers = [];
  for (const name of ['甲', '乙', '丙', '丁']) customers.push(await w.server.add(lilei, name));
  const { tag_group } = await api('add_corp_tag', { group_name: '群', tag: [{ name: '老客' }, { name: '别发' }] });
  tags = tag_group.tag.map((t) => t.id);
  const { customers: mine } = await lilei('/v1/customers?limit=200');
  for (const c of customers) c.id = mine.find((m) => m.chat === c.chat.chat).external_userid;
  for (const c of customers) await api('mark_tag', { userid: 'lilei', external_userid: c.id, add_tag: [tags[0]] });
  await api('mark_tag', { userid: 'lilei', external_userid: customers[3].id, add_tag: [tags[1]] });
});
after(() => w.server.stop());

const filter = () => ({ tags_any: [tags[0]], no_tags: [tags[1]] });

test('the company asks, the member leaves one out and sends', async () => {
  const desk = await connect(lilei);
  const counted = await good(admin('/v1/admin/mass/count', { filter: filter() }));
  assert.deepEqual([counted.customers, counted.members, counted.more], [3, 1, false]);
  const { mass } = await good(admin('/v1/admin/mass/create', { filter: filter(), text: '{customer_name}您好，我是{member_name}', allow_select: true }));
  assert.deepEqual([mass.state, mass.targets, mass.sent, mass.direct, mass.maker], ['open', 3, 0, false, 'admin']);
  await desk.next('mass');
  const { tasks: [task] } = await good(lilei('/v1/mass/tasks'));
  assert.equal(task.message.mass, mass.mass);
  assert.deepEqual([task.state, task.targets], ['asked', 3]);
  assert.match(task.preview, /^[甲乙丙]您好，我是李雷$/);
  const { targets } = await good(lilei(`/v1/mass/customers?mass=${mass.mass}`));
  assert.deepEqual(targets.map((t) => [t.name, t.status]).sort(), [['丙', 'unsent'], ['乙', 'unsent'], ['甲', 'unsent']].sort());
  assert.equal((await han(`/v1/mass/task?mass=${mass.mass}`)).errcode, 910002, 'others have no part in it');
  assert.equal((await han('/v1/mass/send', { mass: mass.mass })).errcode, 910002);
  assert.deepEqual(await heard(customers[0]).then((l) => l.filter((x) => x.includes('我是李雷'))), [], 'nothing before he confirms');

  await good(lilei('/v1/mass/send', { mass: mass.mass, leave_out: [customers[1].id] }));
  const m = await done(mass.mass);
  assert.deepEqual([m.targets, m.sent, m.failed], [2, 2, 0]);
  assert.ok((await heard(customers[0])).includes('甲您好，我是李雷'));
  assert.ok((await heard(customers[2])).includes('丙您好，我是李雷'));
  for (const c of [customers[1], customers[3]]) assert.ok(!(await heard(c)).some((x) => x.includes('我是李雷')));
  assert.equal((await lilei('/v1/mass/send', { mass: mass.mass })).errcode, 910006, 'once');

  const { task_list } = await api('get_groupmsg_task', { msgid: mass.mass });
  assert.equal(task_list[0].status, 2);
  assert.ok(task_list[0].send_time > 1e9);
  const { send_list } = await api('get_groupmsg_send_result', { msgid: mass.mass, userid: 'lilei' });
  assert.deepEqual(send_list.map((s) => s.status).sort(), [0, 1, 1]);
  const csv = await csvOf(mass.mass, 'customers');
  assert.match(csv, /userid,external_userid,name,status,sent\r\n/);
  assert.equal(csv.split('\r\n').length, 5);
  const members = await csvOf(mass.mass, 'members');
  assert.match(members, /"lilei","李雷","sent",2,2,0,/);
  desk.ws.close();
});

test('who may not choose leaves nobody out; who ignores sends nothing', async () => {
  const { mass } = await good(admin('/v1/admin/mass/create', { filter: filter(), text: '不挑' }));
  assert.equal((await lilei('/v1/mass/send', { mass: mass.mass, leave_out: [customers[0].id] })).errcode, 40058);
  assert.equal((await good(lilei('/v1/mass/skip', { mass: mass.mass }))).task.state, 'ignored');
  assert.equal((await done(mass.mass)).sent, 0);
  assert.ok(!(await heard(customers[0])).includes('不挑'));
});

test('straight from the company, attachments and all, and as many as allowed', async () => {
  await setting('mass_direct', 1);
  const link = { msgtype: 'link', link: { title: '新品', url: 'https://example.com/' } };
  const first = await good(admin('/v1/admin/mass/create', { filter: { external_userids: [customers[0].id] }, text: '直达', attachments: [link] }));
  assert.equal((await done(first.mass.mass)).sent, 1);
  assert.deepEqual((await heard(customers[0])).slice(-2), ['直达', 'link']);
  await setting('mass_day_max', 2);
  const second = await good(admin('/v1/admin/mass/create', { filter: { external_userids: [customers[0].id, customers[1].id] }, text: '太多' }));
  const m = await done(second.mass.mass);
  assert.deepEqual([m.sent, m.failed], [1, 1], '甲 has got two today');
  const { targets } = await good(admin(`/v1/admin/mass/customers?mass=${second.mass.mass}`));
  assert.deepEqual(targets.map((t) => `${t.name} ${t.status}`).sort(), ['乙 sent', '甲 enough'].sort());
  assert.ok(!(await heard(customers[0])).includes('太多'));
  await setting('mass_day_max', 0);
  await setting('mass_direct', 0);
});

test('a customer of two members gets it once; one who left does not', async () => {
  const { code } = await han('/v1/my_code');
  await good(customers[2]('/v1/add', { code }));
  await good(customers[1]('/v1/leave', { chat: customers[1].chat.chat }));
  await setting('mass_direct', 1);
  const got = await api('add_msg_template', { external_userid: [customers[2].id, customers[1].id], text: { content: '一次' } });
  assert.deepEqual([got.errcode, got.fail_list], [0, [customers[1].id]]);
  const m = await done(got.msgid);
  assert.deepEqual([m.targets, m.sent, m.failed], [2, 1, 1]);
  const { chats } = await customers[2]('/v1/chats');
  let times = 0;
  for (const { chat } of chats) times += (await customers[2](`/v1/chat/messages?chat=${chat}`)).messages.filter((x) => x.body.content === '一次').length;
  assert.equal(times, 1);
  const { detail_list } = await api('get_group_msg_result', { msgid: got.msgid });
  assert.deepEqual(detail_list.map((d) => d.status).sort(), [1, 3]);
  await setting('mass_direct', 0);
});

test('paused, nothing leaves; resumed, the rest; stopped, no more', async () => {
  const { mass } = await good(admin('/v1/admin/mass/create', { filter: { external_userids: [customers[0].id] }, text: '停一停' }));
  assert.equal((await good(admin('/v1/admin/mass/pause', { mass: mass.mass }))).mass.state, 'paused');
  await good(lilei('/v1/mass/send', { mass: mass.mass }));
  assert.equal((await good(lilei(`/v1/mass/task?mass=${mass.mass}`))).task.state, 'paused');
  /* Another one overtakes it, so the job has looked. */
  const other = await good(lilei('/v1/mass/create', { filter: { external_userids: [customers[0].id] }, text: '我自己的' }));
  await done(other.task.message.mass);
  assert.ok((await heard(customers[0])).includes('我自己的') && !(await heard(customers[0])).includes('停一停'));
  assert.equal((await good(admin('/v1/admin/mass/resume', { mass: mass.mass }))).mass.state, 'open');
  assert.equal((await done(mass.mass)).sent, 1);
  assert.ok((await heard(customers[0])).includes('停一停'));
  const again = await good(admin('/v1/admin/mass/create', { filter: { external_userids: [customers[0].id] }, text: '不要了' }));
  assert.equal((await good(admin('/v1/admin/mass/remind', { mass: again.mass.mass }))).mass.state, 'open');
  await good(admin('/v1/admin/mass/cancel', { mass: again.mass.mass }));
  assert.equal((await lilei('/v1/mass/send', { mass: again.mass.mass })).errcode, 41093);
  assert.equal((await admin('/v1/admin/mass/remind', { mass: again.mass.mass })).errcode, 41093);
});

test('a member\'s own is to his customers, and knows the company\'s words', async () => {
  assert.equal((await api('add_intercept_rule', { rule_name: '群发', word_list: ['返现'], intercept_type: 1, applicable_range: { department_list: [1] } })).errcode, 0);
  assert.equal((await lilei('/v1/mass/create', { text: '返现' })).errcode, 910141);
  assert.equal((await han('/v1/mass/create', { filter: { external_userids: [customers[0].id] }, text: '抢客' })).errcode, 41048, 'not his customer');
  const counted = await good(lilei('/v1/mass/count', {}));
  assert.equal(counted.members, 1);
  const { task } = await good(lilei('/v1/mass/create', { text: '致所有人', filter: { userids: ['hanmeimei'] } }));
  assert.deepEqual([task.message.personal, task.targets], [true, counted.customers], 'members of a filter are the console\'s');
  await done(task.message.mass);
  const { group_msg_list } = await api('get_groupmsg_list_v2', { chat_type: 'single', start_time: Math.floor(Date.now() / 1000) - 600, end_time: Math.floor(Date.now() / 1000) + 60, filter_type: 1, creator: 'lilei' });
  assert.ok(group_msg_list.some((g) => g.msgid === task.message.mass && g.creator === 'lilei' && g.create_type === 1));
  for (const path of ['/v1/admin/mass/list', `/v1/admin/mass?mass=${task.message.mass}`]) assert.equal((await lilei(path)).errcode, 910008);
});

test('to customer groups of the sender, once each', async () => {
  const made = await good(lilei('/v1/group/create', { name: '老客户群', external_userids: [customers[0].id, customers[2].id] }));
  const { group_chat_list } = await api('groupchat/list', { limit: 10, owner_filter: { userid_list: ['lilei'] } });
  assert.equal(group_chat_list.length, 1, JSON.stringify(made));
  const [{ chat_id }] = group_chat_list;
  const body = { chat_type: 'group', sender: 'lilei', text: { content: '{customer_name}的各位好' } };
  assert.equal((await api('add_msg_template', { ...body, sender: undefined })).errcode, 40058);
  assert.equal((await api('add_msg_template', { ...body, sender: 'hanmeimei' })).errcode, 41048, 'has no groups');
  assert.equal((await api('add_msg_template', { ...body, chat_id_list: ['wrnothing'] })).errcode, 41048);
  const got = await api('add_msg_template', { ...body, chat_id_list: [chat_id, 'wrnothing'] });
  assert.deepEqual([got.errcode, got.fail_list], [0, ['wrnothing']]);
  assert.deepEqual((await api('get_groupmsg_send_result', { msgid: got.msgid, userid: 'lilei' })).send_list, [], 'only what was sent');
  const { task } = await good(lilei('/v1/mass/send', { mass: got.msgid }));
  assert.equal(task.preview, '老客户群的各位好');
  const m = await done(got.msgid);
  assert.deepEqual([m.targets, m.sent], [1, 1]);
  const { send_list } = await api('get_groupmsg_send_result', { msgid: got.msgid, userid: 'lilei' });
  assert.deepEqual(send_list.map((x) => [x.chat_id, x.external_userid, x.status]), [[chat_id, undefined, 1]]);
  const { chats } = await customers[0]('/v1/chats');
  const group = chats.find((c) => c.kind === 'group');
  const said = (await customers[0](`/v1/chat/messages?chat=${group.chat}`)).messages.filter((x) => x.body.content === '老客户群的各位好');
  assert.equal(said.length, 1);
  const { targets } = await good(lilei(`/v1/mass/customers?mass=${got.msgid}`));
  assert.deepEqual(targets.map((t) => [t.name, t.status]), [['老客户群', 'sent']]);
  const list = await api('get_groupmsg_list_v2', { chat_type: 'group', start_time: Math.floor(Date.now() / 1000) - 600, end_time: Math.floor(Date.now() / 1000) + 60 });
  assert.deepEqual(list.group_msg_list.map((g) => g.msgid), [got.msgid]);
});
