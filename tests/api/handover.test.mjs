/*
 * Customers change hands: the rows as data, then the story of one who is handed over,
 * refuses, and whose ledger a stranger can check.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Socket } from '../lib/socket.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server, admin;
before(async () => {
  w = await startWorld();
  ({ server, admin } = w);
});
after(() => server.stop());

const api = (path, body, token = w.tokens.app) => server.api(`/cgi-bin/externalcontact/${path}`, { token, body });
const pair = (fields = {}) => ({ handover_userid: 'lilei', takeover_userid: 'hanmeimei', ...fields });
const one = (fields = {}) => pair({ external_userid: [w.customer], ...fields });
const codes = (got) => got.customer.map((c) => c.errcode);
const many = (n) => Array.from({ length: n }, (_, i) => `wm${i}`);

/* [path, body, errcode or check, token, word in errmsg] */
const rows = [
  ['transfer_customer', () => pair(), 40058, 'app', 'external_userid'],
  ['transfer_customer', () => pair({ external_userid: [] }), 40058, 'app', 'external_userid'],
  ['transfer_customer', () => pair({ external_userid: many(101) }), 40058, 'app', 'external_userid'],
  ['transfer_customer', () => one({ handover_userid: '' }), 40003, 'app', 'handover_userid'],
  ['transfer_customer', () => one({ takeover_userid: undefined }), 40003, 'app', 'takeover_userid'],
  ['transfer_customer', () => one({ handover_userid: 'nobody' }), 60111],
  ['transfer_customer', () => one({ takeover_userid: 'nobody' }), 60111],
  ['transfer_customer', () => one({ takeover_userid: 'LiLei' }), 40130],
  ['transfer_customer', () => one({ takeover_userid: 'fengjuan' }), 41054, 'app', 'takeover_userid'],
  ['transfer_customer', () => one({ transfer_success_msg: '好'.repeat(201) }), 40058, 'app', 'transfer_success_msg'],
  ['transfer_customer', () => one({ external_userid: 7 }), 40058],
  ['transfer_customer', () => one(), 48002, 'plain'],
  ['transfer_customer', () => one(), 48002, 'sync'],
  ['transfer_customer', () => one(), 60011, 'narrow', 'handover_userid'],
  ['transfer_customer', () => one({ handover_userid: 'sunli', takeover_userid: 'lilei' }), 60011, 'narrow', 'takeover_userid'],
  ['transfer_customer', () => one(), 60111, 'other'],
  ['transfer_customer', () => pair({ external_userid: many(100) }), (got) => assert.deepEqual(new Set(codes(got)), new Set([40096]))],
  ['transfer_customer', () => one({ handover_userid: 'sunli' }), (got) => assert.deepEqual(codes(got), [40131])],
  ['resigned/transfer_customer', () => one(), 40097, 'app', 'handover_userid'],
  ['resigned/transfer_customer', () => one({ takeover_userid: 'nobody' }), 60111],
  ['resigned/transfer_customer', () => pair({ external_userid: many(101) }), 40058],
  ['resigned/transfer_customer', () => one(), 48002, 'plain'],
  ['transfer_result', () => pair(), (got) => assert.deepEqual(got.customer, [])],
  ['transfer_result', () => pair({ cursor: 'x!' }), 50100],
  ['transfer_result', () => pair({ takeover_userid: '' }), 40003],
  ['transfer_result', () => pair({ handover_userid: 'nobody' }), 60111],
  ['transfer_result', () => pair(), 60011, 'narrow'],
  ['transfer_result', () => pair(), 60111, 'other'],
  ['resigned/transfer_result', () => pair(), (got) => assert.equal(got.next_cursor, '')],
  ['resigned/transfer_result', () => pair(), 48002, 'plain'],
  ['get_unassigned_list', () => ({}), (got) => assert.deepEqual([got.info, got.is_last, got.next_cursor], [[], true, ''])],
  ['get_unassigned_list', () => ({ cursor: '?' }), 50100],
  ['get_unassigned_list', () => ({ page_id: -1 }), 40058],
  ['get_unassigned_list', () => ({ page_id: 0, page_size: 5000 }), (got) => assert.equal('next_cursor' in got, false)],
  ['get_unassigned_list', () => ({}), 48002, 'plain'],
];

describe('rows', () => {
  rows.forEach(([path, body, expected, as = 'app', word = ''], i) => {
    const wanted = typeof expected === 'number' ? expected : 0;
    test(`${i} ${path} as ${as}: ${wanted}`, async () => {
      const got = await api(path, body(), w.tokens[as]);
      assert.equal(got.errcode, wanted, got.errmsg);
      assert.ok(got.errmsg.includes(word), got.errmsg);
      if (typeof expected === 'function') expected(got);
    });
  });
});

const codeOf = async (member) => (await member('/v1/my_code')).code;
const messages = async (who, chat) => (await who(`/v1/chat/messages?chat=${chat}`)).messages;
const lastLine = async (who, chat) => (await messages(who, chat)).at(-1).body;

test('a customer is assigned, refuses, and stays', async () => {
  const customer = await server.comesBy(await codeOf(w.guide), '等待的人');
  const { customers: [{ external_userid: id, chat }] } = await w.guide('/v1/customers');
  assert.deepEqual(codes(await api('transfer_customer', pair({ external_userid: [id] }))), [0]);
  assert.deepEqual(codes(await api('transfer_customer', pair({ external_userid: [id] }))), [40129]);
  const { customer: [waiting] } = await api('transfer_result', pair());
  assert.equal(waiting.status, 2);
  assert.equal(waiting.external_userid, id);
  const line = await lastLine(customer, chat);
  assert.equal(line.event, 'assigned');
  assert.equal(line.member, '韩梅梅');
  /* Not the member, no other customer, nobody without a session. */
  assert.equal((await w.guide('/v1/handover/refuse', { chat })).http, 403);
  const stranger = await server.comesBy(await codeOf(w.guide), '别人');
  assert.equal((await stranger('/v1/handover/refuse', { chat })).http, 404);
  assert.equal((await stranger('/v1/handover/refuse', { chat: stranger.chat.chat })).http, 404);
  assert.equal((await server.api('/v1/handover/refuse', { body: { chat } })).http, 401);
  assert.equal((await customer('/v1/handover/refuse', { chat })).http, 200);
  assert.equal((await customer('/v1/handover/refuse', { chat })).errcode, 910013);
  assert.equal((await api('transfer_result', pair())).customer[0].status, 3);
  assert.equal((await lastLine(w.guide, chat)).event, 'refused');
});

test('by the corp\'s rule a handover is done at once; everything goes along', async () => {
  const han = await server.signIn('hanmeimei');
  const customer = await server.comesBy(await codeOf(w.guide), '老客户');
  const { customers: [{ external_userid: id, chat }] } = await w.guide('/v1/customers');
  const { tag_group: [{ tag: [tag] }] } = await api('get_corp_tag_list', {});
  await api('mark_tag', { userid: 'lilei', external_userid: id, add_tag: [tag.id] });
  await w.guide('/v1/customer/remark', { external_userid: id, remark: '老王' });
  await customer('/v1/chat/send', { chat, type: 'text', body: { content: '我的空调坏了' }, nonce: 'n1' });
  assert.equal((await admin('/v1/admin/corp', { handover_at_once: true })).corp.handover_at_once, true);
  const sockets = { old: new Socket(server, w.guide), next: new Socket(server, han), customer: new Socket(server, customer) };
  for (const s of Object.values(sockets)) await s.hello();

  const words = '您好，以后由我为您服务';
  assert.deepEqual(codes(await api('transfer_customer', pair({ external_userid: [id], transfer_success_msg: words }))), [0]);
  await sockets.old.next('customer', (f) => f.external_userid === id && f.change === 'deleted');
  await sockets.old.next('gone', (f) => f.chat === chat);
  await sockets.next.next('customer', (f) => f.external_userid === id && f.change === 'added');
  const { chat: head } = await sockets.next.next('chat', (f) => f.chat.chat === chat);
  assert.equal(head.peer.remark, '老王');
  const { chat: seen } = await sockets.customer.next('chat', (f) => f.chat.chat === chat);
  assert.equal(seen.peer.name, '韩梅梅');
  for (const s of Object.values(sockets)) s.ws.close();

  const { follow_user } = await api(`get?external_userid=${id}`);
  assert.deepEqual(follow_user.map((f) => [f.userid, f.remark, f.add_way, f.tags.map((t) => t.tag_id)]), [['hanmeimei', '老王', 202, [tag.id]]]);
  const read = await messages(han, chat);
  assert.ok(read.some((m) => m.body.content === '我的空调坏了'));
  assert.equal(read.at(-1).body.content, words);
  assert.equal((await messages(customer, chat)).length, read.length);
  assert.equal((await w.guide(`/v1/chat/messages?chat=${chat}`)).http, 404);
  assert.equal((await w.guide('/v1/chat/send', { chat, type: 'text', body: { content: 'x' }, nonce: 'n2' })).http, 404);
  assert.equal((await w.guide(`/v1/customer?external_userid=${id}`)).customer.status, 'transferred');
  assert.equal((await han('/v1/chat/send', { chat, type: 'text', body: { content: '马上来' }, nonce: 'n3' })).http, 200);
});

test('who leaves leaves his customers, and one command hands them over', async () => {
  const before = (await api('list?userid=lilei')).external_userid;
  await server.liaison('--corp', w.env.CORPID, 'member', 'disable', 'lilei');
  const { info, is_last } = await api('get_unassigned_list', {});
  assert.deepEqual(info.map((i) => i.external_userid).sort(), [...before].sort());
  assert.ok(info.every((i) => i.handover_userid === 'lilei' && i.dimission_time > 0));
  assert.equal(is_last, true);
  const first = await api('get_unassigned_list', { page_size: 1 });
  assert.equal(first.is_last, false);
  const rest = await api('get_unassigned_list', { cursor: first.next_cursor });
  assert.equal(rest.info.length, before.length - 1);
  const old = await api('get_unassigned_list', { page_id: 1, page_size: 1 });
  assert.deepEqual(old.info, [rest.info[0]]);
  const past = await api('get_unassigned_list', { page_id: 1000, page_size: 1 });
  assert.deepEqual([past.info, past.is_last], [[], true]);
  assert.deepEqual((await api('get_unassigned_list', {}, w.tokens.narrow)).info, []);
  assert.deepEqual((await api('get_unassigned_list', {}, w.tokens.other)).info, []);

  assert.deepEqual(codes(await api('resigned/transfer_customer', pair({ external_userid: [before[0]] }))), [0]);
  assert.equal((await api('resigned/transfer_result', pair())).customer[0].status, 1);
  const guest = await server.signIn('hanmeimei');
  assert.equal((await guest('/v1/admin/handover', { from: 'lilei', to: 'hanmeimei' })).http, 403);
  assert.equal((await admin('/v1/admin/handover', { from: 'lilei', to: 'lilei' })).errcode, 40130);
  assert.equal((await admin('/v1/admin/handover', { from: 'nobody', to: 'hanmeimei' })).errcode, 60111);
  assert.equal((await admin('/v1/admin/handover', { from: 'lilei', to: 'hanmeimei' })).customers, before.length - 1);
  assert.deepEqual((await api('get_unassigned_list', {})).info, []);
  assert.match(await server.liaison('--corp', w.env.CORPID, 'handover', 'hanmeimei', 'sunli'), /customers of hanmeimei are sunli's now/);
  assert.equal((await api('list?userid=hanmeimei')).errcode, 84061);
});

/* The public rule of doc/ledger.md, written from it. */
function check(text) {
  const sha = (s) => createHash('sha256').update(s).digest('hex');
  const [begin, ...links] = text.trim().split('\n').map((l) => JSON.parse(l));
  let hash = begin.hash, entry = begin.after;
  const lines = [];
  for (const link of links) {
    if (link.head !== undefined) continue; /* tests/api/ledger.test.mjs */
    assert.equal(link.entry, ++entry);
    hash = sha(hash + (link.line === undefined ? link.digest : sha(link.line)));
    if (link.hash !== undefined) assert.equal(link.hash, hash);
    if (link.line === undefined) continue;
    const line = JSON.parse(link.line);
    assert.deepEqual([line.corp, line.entry, line.customer], [begin.ledger, link.entry, begin.customer]);
    lines.push(line);
  }
  return { hash, entry, lines };
}

test('the ledger tells it all, and a stranger can check it', async () => {
  const head = /^HEAD=(\w{64})$/m.exec(await server.liaison('ledger', 'verify', '--corp', w.env.CORPID))[1];
  const text = await server.liaison('ledger', 'export', '--customer', w.customer, '--corp', w.env.CORPID);
  const { hash, lines } = check(text);
  assert.equal(hash, head);
  assert.deepEqual(lines.map((l) => l.kind), ['added', 'handed_over', 'handed_over']);
  assert.deepEqual([lines[2].member, lines[2].other, lines[2].actor], ['hanmeimei', 'sunli', 'operator']);
  assert.throws(() => check(text.replace('handed_over', 'handed_back')));
  await assert.rejects(server.liaison('ledger', 'export', '--customer', 'wmnobody', '--corp', w.env.CORPID));
  await assert.rejects(server.liaison('ledger', 'export', '--customer', w.customer, '--corp', w.otherCorp));
});
