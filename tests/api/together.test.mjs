/*
 * Many at once: the same thing twice, and good requests in one batch with such as fail
 * after their first write.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';
import { connect } from '../lib/socket.mjs';

let w, server, admin, guide;
before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
});
after(() => server.stop());

const times = (n, fn) => Promise.all(Array.from({ length: n }, (_, i) => fn(i)));
const api = (path, body) => server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens.app, body });

test('one nonce from twenty hands is one message', async () => {
  const c = await server.add(guide, '急'), { chat } = c.chat;
  const got = await times(20, (i) => c('/v1/chat/send', { chat, nonce: 'once', type: 'text', body: { content: `version ${i}` } }));
  assert.equal(new Set(got.map((g) => `${g.seq} ${g.msgid} ${g.time}`)).size, 1);
  assert.equal((await c(`/v1/chat/messages?chat=${chat}`)).messages.filter((m) => m.mine).length, 1);
});

test('one person adding by one code ten times is one customer, welcomed once', async () => {
  const c = await server.add(await server.signIn('hanmeimei'), '双击');
  const { code } = await guide('/v1/my_code');
  const got = await times(10, () => c('/v1/add', { code }));
  assert.equal(new Set(got.map((g) => g.chat.chat)).size, 1);
  const { messages } = await c(`/v1/chat/messages?chat=${got[0].chat.chat}`);
  assert.deepEqual(messages.map((m) => m.type), ['system', 'text']);
  assert.equal((await guide('/v1/customers?q=双击')).customers.length, 1);
});

test('one tag group from twenty calls is one group', async () => {
  const got = await times(20, (i) => api('add_corp_tag', { group_name: '同时', tag: [{ name: '同一个' }, { name: `各自 ${i}` }] }));
  assert.deepEqual(new Set(got.map((g) => g.errcode)), new Set([0]));
  assert.equal(new Set(got.map((g) => g.tag_group.group_id)).size, 1);
  assert.equal(new Set(got.map((g) => g.tag_group.tag[0].id)).size, 1);
  const { tag_group: [g] } = await api('get_corp_tag_list', { group_id: [got[0].tag_group.group_id] });
  assert.equal(g.tag.length, 21);
});

test('tokens asked for by thirty at once are one', async () => {
  const { app } = await admin('/v1/admin/app/create', { name: 'thirty' });
  const { secret } = await admin('/v1/admin/app/secret', { agentid: app.agentid });
  assert.equal(new Set(await times(30, () => server.token(secret))).size, 1);
});

test('who fails after a write takes nobody along', async () => {
  /* A code whose member is disabled: the stranger's row is written before that shows. */
  const { password } = await admin('/v1/admin/member/password', { userid: 'chuyan' });
  const gone = await server.signIn('chuyan', password);
  const { code } = await gone('/v1/my_code');
  await admin('/v1/admin/member/disable', { userid: 'chuyan' });
  const c = await server.add(guide, '稳'), { chat } = c.chat;
  const page = await connect(c);
  const before_ = (await c(`/v1/chat?chat=${chat}`)).chat.last_seq;
  const socket = (async () => {
    const seqs = [];
    for (let i = 0; i < 60; i++) page.text(chat, `ws${i}`, `ws${i}`);
    for (let i = 0; i < 60; i++) seqs.push((await page.next('ack')).seq);
    return seqs;
  })();
  const [bad, good, more] = await Promise.all([
    times(60, (i) => server.api('/v1/add', { body: { code, nickname: `失败${i}` }, headers: { 'x-liaison-client': 'consumer' } })),
    times(60, (i) => c('/v1/chat/send', { chat, nonce: `n${i}`, type: 'text', body: { content: `n${i}` } })),
    times(20, (i) => api('add_contact_way', { type: 1, scene: 2, user: ['lilei'], is_temp: true, remark: `w${i}`, conclusions: i % 2 ? { image: { media_id: 'nothing' } } : { text: { content: 'x' } } })),
  ]);
  const acked = await socket;
  for (const b of bad) assert.deepEqual([b.http, b.errcode], [410, 910012]);
  for (const [i, m] of more.entries()) assert.equal(m.errcode, i % 2 ? 40007 : 0);
  const seqs = [...good.map((g) => g.seq), ...acked].sort((a, b) => a - b);
  assert.deepEqual(seqs, Array.from({ length: 120 }, (_, i) => before_ + 1 + i), 'each has a number of its own');
  const { messages } = await c(`/v1/chat/messages?chat=${chat}&after=${before_}&limit=200`);
  for (const g of good) assert.equal(messages[g.seq - before_ - 1].msgid, g.msgid);
  assert.match(await server.liaison('doctor'), /all is well/);
  await page.close();
  await admin('/v1/admin/member/enable', { userid: 'chuyan' });
});

test('reading, writing and going of many, at once', async () => {
  const { code } = await guide('/v1/my_code');
  const customers = await times(20, (i) => server.comesBy(code, `众${i}`));
  await Promise.all(customers.map(async (c, i) => {
    const { chat } = c.chat;
    await times(5, (n) => c('/v1/chat/send', { chat, nonce: `m${n}`, type: 'text', body: { content: `${n}` } }));
    const { customers: [f] } = await guide(`/v1/customers?q=众${i}`);
    await Promise.all([
      c('/v1/me/name', { name: `众${i}改` }),
      guide('/v1/customer/remark', { external_userid: f.external_userid, remark: `备注${i}` }),
      guide('/v1/chat/read', { chat, seq: 7 }), guide('/v1/chat/read', { chat, seq: 3 }),
      i % 2 ? c('/v1/leave', { chat }) : guide('/v1/customer/delete', { external_userid: f.external_userid }),
    ]);
    assert.equal((await guide(`/v1/chat?chat=${chat}`)).chat.closed, true);
    assert.equal((await guide(`/v1/chat?chat=${chat}`)).chat.read_seq, 7);
  }));
  assert.match(await server.liaison('doctor'), /all is well/);
});
