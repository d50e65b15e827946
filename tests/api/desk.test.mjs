/*
 * The desk's own rows: filters and search, the profile (history, cards, colleagues, own
 * labels), and how a message came to be sent.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Socket } from '../lib/socket.mjs';
import { until } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server, admin, guide, han;
before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
  han = await server.signIn('hanmeimei');
});
after(() => server.stop());

const both = (got) => [got.http, got.errcode];
const names = async (query, who = han) => (await who(`/v1/customers?${query}`)).customers.map((c) => c.name);
const idOf = async (name, who = han) => (await who(`/v1/customers?q=${name}`)).customers[0].external_userid;

test('customers by words, in Chinese and in part', async () => {
  for (const name of ['欧阳小红', '王五', 'Anna Ｌｅｅ']) await server.add(han, name);
  await han('/v1/customer/remark', { external_userid: await idOf('王五'), remark: '采购王总', remark_company: '格力电器', description: '喜欢 爬山', remark_mobiles: ['138-1234 5678'] });
  for (const [q, want] of Object.entries({ 阳小: ['欧阳小红'], 王: ['王五'], 电器: ['王五'], 爬山: ['王五'], '王总 格力': ['王五'], '王总 小红': [], 13812345678: ['王五'], 5678: ['王五'], 'anna lee': ['Anna Ｌｅｅ'], LEE: ['Anna Ｌｅｅ'], '%': [], _: [] }))
    assert.deepEqual(await names(`q=${encodeURIComponent(q)}`), want, q);
  assert.deepEqual(await names('q=王五', guide), [], "another's customers are not found");
});

test('customers by label, time, source, status, unread', async () => {
  const { groups } = await han('/v1/tags');
  const [a, b] = groups[0].tags.map((tag) => tag.tag_id);
  const [red, five] = [await idOf('欧阳'), await idOf('王五')];
  await han('/v1/customer/tags', { external_userid: red, tag_ids: [a, b] });
  await han('/v1/customer/tags', { external_userid: five, tag_ids: [a] });
  assert.deepEqual(await names(`tags=${a},${b}`), ['欧阳小红']);
  assert.deepEqual(await names(`tags=${a},${b}&any_tag=true`), ['王五', '欧阳小红']);
  assert.deepEqual(await names(`tags=${a}&no_tags=${b}`), ['王五']);
  assert.deepEqual(await names(`tags=${a}&q=${encodeURIComponent('小红')}`), ['欧阳小红']);
  assert.equal((await han('/v1/customers?tags=x')).errcode, 40068);
  assert.equal((await han(`/v1/customers?tags=${Array.from({ length: 101 }, () => a).join(',')}`)).errcode, 40058);

  const { created } = (await han(`/v1/customer?external_userid=${five}`)).customer;
  assert.ok((await names(`from=${created}`)).includes('王五'));
  assert.ok(!(await names(`until=${created}`)).includes('王五'));
  assert.deepEqual(await names('add_way=202'), []);
  assert.equal((await names('add_way=1')).length, 3);
  assert.deepEqual(await names('state=nope'), []);
  assert.equal((await han('/v1/customers?status=strange')).errcode, 40058);

  const stranger = await server.add(han, '孙七');
  await stranger('/v1/chat/send', { chat: stranger.chat.chat, nonce: 'u1', type: 'text', body: { content: '在吗' } });
  const unread = (await han('/v1/customers?unread=true')).customers;
  assert.deepEqual(unread.map((c) => c.name), ['孙七']);
  assert.ok(unread[0].unread >= 1);
  await han('/v1/customer/delete', { external_userid: unread[0].external_userid });
  assert.deepEqual(await names('status=deleted'), ['孙七']);
  assert.ok(!(await names('')).includes('孙七'));
});

test('pages go on where they ended', async () => {
  const all = await names('limit=200');
  const seen = [];
  let cursor = '';
  do {
    const page = await han(`/v1/customers?limit=2${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.customers.map((c) => c.name));
    cursor = page.next_cursor ?? '';
  } while (cursor);
  assert.deepEqual(seen, all);
  assert.equal((await han('/v1/customers?cursor=zz')).errcode, 50100);
});

test('own labels: for oneself alone, and type 2 for apps', async () => {
  const external_userid = await idOf('欧阳');
  const set = (personal_tags, who = han) => who('/v1/customer/personal_tags', { external_userid, personal_tags });
  const { customer } = await set([' 老乡 ', '老乡', '', '羽毛球']);
  assert.deepEqual(customer.personal_tags, ['羽毛球', '老乡'].sort());
  assert.deepEqual((await han('/v1/personal_tags')).personal_tags.map((p) => [p.name, p.customers]), [['羽毛球', 1], ['老乡', 1]]);
  assert.deepEqual((await guide('/v1/personal_tags')).personal_tags, []);
  assert.deepEqual(await names(`personal_tag=${encodeURIComponent('老乡')}`), ['欧阳小红']);
  const got = await server.api(`/cgi-bin/externalcontact/get?external_userid=${external_userid}`, { token: w.tokens.app });
  assert.deepEqual(got.follow_user[0].tags.filter((t) => t.type === 2), [{ group_name: '', tag_name: '羽毛球', type: 2 }, { group_name: '', tag_name: '老乡', type: 2 }]);
  assert.equal((await set(['字'.repeat(31)])).errcode, 40058);
  assert.equal((await set(Array.from({ length: 101 }, (_, i) => `l${i}`))).errcode, 40058);
  assert.deepEqual(both(await set(['x'], guide)), [404, 910002]);
  assert.deepEqual((await set([])).customer.personal_tags, []);
});

test('what happened, newest first, with names', async () => {
  const external_userid = await idOf('王五');
  await server.api('/cgi-bin/externalcontact/customer_card/set', { token: w.tokens.app, body: { external_userid, card_id: 'o1', title: '订单 1', status: { text: '已付款', color: 'green' } } });
  const { items } = await han(`/v1/customer/history?external_userid=${external_userid}`);
  assert.deepEqual(items.map((i) => i.kind), ['card', 'tagged', 'noted', 'welcome', 'added']);
  const [card, tagged, noted, , added] = items;
  assert.equal(card.by_kind, 'app');
  assert.ok(card.by);
  assert.equal(card.text, '订单 1 · 已付款');
  assert.match(tagged.text, /^\+/);
  assert.equal(tagged.by, '韩梅梅');
  assert.deepEqual(noted.fields, ['remark', 'description', 'remark_company', 'remark_mobiles']);
  assert.equal(noted.text, undefined);
  assert.equal(added.member, '韩梅梅');

  const first = await han(`/v1/customer/history?external_userid=${external_userid}&limit=3`);
  const rest = await han(`/v1/customer/history?external_userid=${external_userid}&limit=3&cursor=${first.next_cursor}`);
  assert.deepEqual(rest.items.map((i) => i.kind), ['welcome', 'added']);
  assert.equal(rest.next_cursor, undefined);
  assert.deepEqual(both(await guide(`/v1/customer/history?external_userid=${external_userid}`)), [404, 910002]);
});

test('colleagues, where the company allows it', async () => {
  const stranger = await server.add(han, '共同客户');
  const { code } = await guide('/v1/my_code');
  await stranger('/v1/add', { code });
  const external_userid = await idOf('共同客户');
  const ask = () => han(`/v1/customer/colleagues?external_userid=${external_userid}`);
  const { allowed, colleagues } = await ask();
  assert.equal(allowed, true);
  assert.deepEqual(colleagues.map((c) => c.who.name), ['李雷']);
  const history = async () => (await han(`/v1/customer/history?external_userid=${external_userid}`)).items;
  assert.deepEqual((await history()).map((i) => i.kind), ['welcome', 'added', 'welcome', 'added']);

  assert.equal((await admin('/v1/admin/setting', { name: 'sees_colleagues', value: 0 })).errcode, undefined);
  assert.deepEqual(await ask().then(({ allowed: a, colleagues: c }) => [a, c]), [false, []]);
  assert.deepEqual((await history()).map((i) => i.member), ['韩梅梅', '韩梅梅']);
});

test('a member sees how a message came to be sent; the customer does not', async () => {
  await admin('/v1/admin/corp', { welcome: '您好，欢迎光临' });
  const stranger = await server.add(han, '迎');
  const { chat } = stranger.chat;
  const last = async (who) => (await who(`/v1/chat/messages?chat=${chat}`)).messages.find((m) => m.type === 'text');
  assert.equal((await last(han)).via, 'welcome');
  assert.equal((await last(stranger)).via, undefined);
  await han('/v1/chat/send', { chat, nonce: 'h1', type: 'text', body: { content: '手写的' } });
  const { messages } = await han(`/v1/chat/messages?chat=${chat}`);
  assert.equal(messages.at(-1).via, undefined);
});

test('open clients of members hear that the directory changed; customers do not', async () => {
  const stranger = await server.add(han, '旁听');
  const desk = new Socket(server, { token: han.token }), page = new Socket(server, { client: 'consumer', token: stranger.token });
  await desk.hello();
  await page.hello();
  /* Once a second at most: what another test changed just before may count for ours. */
  let heard = false;
  void desk.next('directory').then(() => (heard = true));
  await until(async () => heard || ((await admin('/v1/admin/corp', { welcome: '您好' })) && heard), 'the news');
  assert.deepEqual((await page.rest()).filter((f) => f.t === 'directory'), []);
  await desk.close();
  await page.close();
});
