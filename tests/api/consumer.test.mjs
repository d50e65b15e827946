/*
 * What a customer may do about those who serve him: see them all, shut them out, report
 * them, take his consent back; and what of others' he can never get at.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { connect } from '../lib/socket.mjs';
import { startWorld } from '../lib/world.mjs';

const token = 'consumertoken', aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI';
let w, server, admin, guide, han, app, other;
before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
  han = await server.signIn('hanmeimei');
  app = await listen({ token, aesKey, corpid: w.env.CORPID });
  const set = await admin('/v1/admin/app/callback', { agentid: w.env.AGENTID, url: app.url, token, aes_key: aesKey });
  assert.equal(set.http, 200, set.errmsg);
  other = await otherCompany();
});
after(async () => {
  await app.close();
  await server.stop();
});

/* A guide of the second company, who serves customers too. */
async function otherCompany() {
  await writeFile(join(server.data, 'bob.csv'), 'userid,name,password,serves_customers\nbob,Bob,bob-of-other,1\n');
  await server.liaison('--corp', w.otherCorp, 'member', 'import', join(server.data, 'bob.csv'));
  return server.signIn('bob', 'bob-of-other', 'desk', w.otherCorp);
}

const both = (got) => [got.http, got.errcode];
const NOT_FOUND = [404, 910002], FORBIDDEN = [403, 910008], SIGNED_OUT = [401, 910004];
const SHUT_OUT = [403, 910101], SHUTS_OUT = [409, 910102];

async function externalOf(member, nickname) {
  const { customers } = await member(`/v1/customers?q=${encodeURIComponent(nickname)}`);
  return customers[0]?.external_userid;
}
const codeOf = async (member) => (await member('/v1/my_code')).code;
const adds = async (consumer, member) => consumer('/v1/add', { code: await codeOf(member) });
const say = (who, chat, content, nonce) => who('/v1/chat/send', { chat, type: 'text', body: { content }, nonce });
async function companyOf(consumer, corpid = w.env.CORPID) {
  const { companies } = await consumer('/v1/companies');
  return companies.find((c) => c.corp.corpid === corpid);
}

/* ---- my companies ---- */

test('all who serve him stand in one list, by company, with who they are', async () => {
  const li = await server.add(guide, '甲');
  await adds(li, han);
  await adds(li, other);
  await say(li, li.chat.chat, '你好', 'n1');
  const { companies } = await li('/v1/companies');
  assert.deepEqual(companies.map((c) => c.corp.corpid).sort(), [w.env.CORPID, w.otherCorp].sort());
  const demo = await companyOf(li);
  assert.equal(demo.corp.verified, true);
  assert.equal(demo.blocked, false);
  assert.deepEqual(demo.people.map((p) => [p.name, p.status, p.add_way]).sort(), [['李雷', 'active', 1], ['韩梅梅', 'active', 1]].sort());
  const lilei = demo.people.find((p) => p.name === '李雷');
  assert.equal(lilei.position, li.chat.peer.position);
  assert.equal(lilei.chat, li.chat.chat);
  assert.ok(lilei.messages >= 2 && demo.messages > lilei.messages && demo.since <= lilei.added);
  assert.deepEqual(demo.groups, []);
});

test('what a company has of him: name, since when, labels; that there are notes, not what they say', async () => {
  const a = await server.add(guide, '乙');
  const ext = await externalOf(guide, '乙');
  const of = async () => (await a(`/v1/company?corpid=${w.env.CORPID}`)).holds;
  assert.deepEqual(await of(), { name: '乙', avatar: '', since: (await companyOf(a)).since, labels: [], notes: false });
  const { groups } = await guide('/v1/tags');
  const tag = groups[0].tags[0];
  await guide('/v1/customer/tags', { external_userid: ext, tag_ids: [tag.tag_id] });
  await guide('/v1/customer/remark', { external_userid: ext, remark: '难缠的客户' });
  const got = await a(`/v1/company?corpid=${w.env.CORPID}`);
  assert.deepEqual(got.holds.labels, [tag.name]);
  assert.equal(got.holds.notes, true);
  assert.ok(!JSON.stringify(got).includes('难缠'), 'a note is the employee\'s own');
  assert.ok(!JSON.stringify(got).includes(ext), 'ids are not his business');
});

test('companies: only his own, only for consumers', async () => {
  const a = await server.add(guide, '丙');
  for (const path of ['/v1/companies', `/v1/company?corpid=${w.env.CORPID}`]) {
    assert.deepEqual(both(await guide(path)), FORBIDDEN);
    assert.deepEqual(both(await server.api(path)), SIGNED_OUT);
  }
  for (const corpid of [w.otherCorp, 'ww0000000000000000', 'x']) {
    assert.deepEqual(both(await a(`/v1/company?corpid=${corpid}`)), NOT_FOUND);
    assert.deepEqual(both(await a('/v1/company/withdraw', { corpid })), NOT_FOUND);
    assert.deepEqual(both(await a('/v1/block', { corpid })), NOT_FOUND);
  }
  assert.equal((await a('/v1/company')).errcode, 40058);
  assert.equal((await a('/v1/block', {})).errcode, 40058);
});

/* ---- shutting out ---- */

test('a consumer shuts out an employee: it ends, the corp learns, his code leads nowhere until he takes it back', async () => {
  const a = await server.add(guide, '丁');
  await adds(a, han);
  const ext = await externalOf(guide, '丁');
  const lilei = (await companyOf(a)).people.find((p) => p.name === '李雷');
  assert.equal((await a('/v1/block', { corpid: w.env.CORPID, person: lilei.person })).http, 200);
  const told = await app.next((e) => e.ChangeType === 'del_follow_user' && e.ExternalUserID === ext);
  assert.equal(told.UserID, 'lilei');
  assert.equal(told.Event, 'change_external_contact');
  assert.deepEqual(both(await say(guide, a.chat.chat, 'hey', 'x1')), [403, 910013]);
  assert.deepEqual(both(await adds(a, guide)), SHUTS_OUT);
  const now = await companyOf(a);
  assert.deepEqual(now.people.map((p) => [p.name, p.status]).sort(), [['李雷', 'blocked'], ['韩梅梅', 'active']].sort());
  assert.equal((await a('/v1/block', { corpid: w.env.CORPID, person: lilei.person })).http, 200, 'twice is once');
  assert.equal((await a('/v1/unblock', { corpid: w.env.CORPID, person: lilei.person })).http, 200);
  assert.deepEqual(both(await a('/v1/unblock', { corpid: w.env.CORPID, person: lilei.person })), NOT_FOUND);
  assert.equal((await adds(a, guide)).http, 200);
  assert.equal((await companyOf(a)).people.find((p) => p.name === '李雷').status, 'active');
});

test('or the whole company: everybody there is lost at once, other companies are not', async () => {
  const a = await server.add(guide, '戊');
  await adds(a, han);
  await adds(a, other);
  assert.equal((await a('/v1/block', { corpid: w.env.CORPID })).http, 200);
  const demo = await companyOf(a);
  assert.equal(demo.blocked, true);
  assert.deepEqual(demo.people.map((p) => p.status), ['left', 'left']);
  const wang = await server.signIn('wangfang');
  for (const member of [guide, han, wang]) assert.deepEqual(both(await adds(a, member)), SHUTS_OUT);
  assert.equal((await companyOf(a, w.otherCorp)).people[0].status, 'active');
  assert.equal((await a('/v1/unblock', { corpid: w.env.CORPID })).http, 200);
  assert.equal((await adds(a, wang)).http, 200);
});

test('a member shuts a customer out: no code of the company brings the same browser back', async () => {
  const a = await server.add(guide, '己');
  await adds(a, han);
  const ext = await externalOf(guide, '己');
  assert.equal((await guide('/v1/customer/block', { external_userid: ext })).http, 200);
  for (const member of [guide, han]) {
    assert.deepEqual(both(await adds(a, member)), SHUT_OUT);
    assert.equal((await member('/v1/customers?q=' + encodeURIComponent('己'))).customers.length, 0);
  }
  const way = await server.api('/cgi-bin/externalcontact/add_contact_way', { token: w.tokens.app, body: { type: 1, scene: 2, user: ['wangfang'] } });
  const code = /\/c\/([^?/]+)/.exec((await server.api('/cgi-bin/externalcontact/get_contact_way', { token: w.tokens.app, body: { config_id: way.config_id } })).contact_way.qr_code)?.[1];
  if (code) assert.deepEqual(both(await a('/v1/add', { code })), SHUT_OUT);
  assert.equal((await adds(a, other)).http, 200, 'another company knows nothing of it');
  /* Taking the consent back does not wash it off. */
  assert.equal((await a('/v1/company/withdraw', { corpid: w.env.CORPID })).http, 200);
  assert.deepEqual(both(await adds(a, han)), SHUT_OUT);
});

test('and takes it back; another member cannot, nor shut out whom he never had', async () => {
  const a = await server.add(guide, '庚');
  const ext = await externalOf(guide, '庚');
  const wang = await server.signIn('wangfang');
  assert.deepEqual(both(await wang('/v1/customer/block', { external_userid: ext })), NOT_FOUND);
  assert.deepEqual(both(await other('/v1/customer/block', { external_userid: ext })), NOT_FOUND);
  assert.deepEqual(both(await a('/v1/customer/block', { external_userid: ext })), FORBIDDEN);
  assert.equal((await guide('/v1/customer/block', { external_userid: ext })).http, 200);
  assert.equal((await guide(`/v1/customer?external_userid=${ext}`)).customer.blocked, true);
  assert.equal((await guide('/v1/customer/unblock', { external_userid: ext })).http, 200);
  assert.deepEqual(both(await guide('/v1/customer/unblock', { external_userid: ext })), NOT_FOUND);
  assert.equal((await adds(a, guide)).http, 200);
  const book = await server.liaison('ledger', 'export', '--customer', ext).catch(() => '');
  if (book) for (const kind of ['added', 'blocked', 'unblocked', 'deleted']) assert.ok(book.includes(`"${kind}"`) || book.includes(`\\"${kind}\\"`), kind);
});

test('the ids by which two companies know him have nothing in common', async () => {
  const a = await server.add(guide, '辛一');
  await adds(a, other);
  const here = await externalOf(guide, '辛一'), there = await externalOf(other, '辛一');
  assert.match(here, /^wm\w{30}$/);
  assert.match(there, /^wm\w{30}$/);
  assert.notEqual(here, there);
  for (let i = 2; i + 8 <= here.length; i++) assert.ok(!there.includes(here.slice(i, i + 8)), 'no part of one is in the other');
  const seen = await server.api(`/cgi-bin/externalcontact/get?external_userid=${there}`, { token: w.tokens.app });
  assert.equal(seen.errcode, 40096);
  const mine = await server.api(`/cgi-bin/externalcontact/get?external_userid=${here}`, { token: w.tokens.app });
  assert.equal(mine.errcode, 0);
  const theirs = await server.api(`/cgi-bin/externalcontact/get?external_userid=${there}`, { token: w.tokens.other });
  assert.equal(theirs.errcode, 0, theirs.errmsg);
  assert.notEqual(mine.external_contact.unionid, theirs.external_contact.unionid, 'nothing that another company has, too');
});

/* ---- consent ---- */

test('consent taken back: out of every list, forgotten by name; the company keeps what it received', async () => {
  const a = await server.add(guide, '壬小姐');
  await adds(a, han);
  await say(a, a.chat.chat, '我的地址是…', 'm1');
  const ext = await externalOf(guide, '壬小姐');
  await guide('/v1/customer/remark', { external_userid: ext, remark: '壬总', description: '有钱', remark_mobiles: ['13800000000'] });
  const socket = await connect(a);
  assert.equal((await a('/v1/company/withdraw', { corpid: w.env.CORPID })).http, 200);
  await socket.close();
  for (const userid of ['lilei', 'hanmeimei'])
    await app.next((e) => e.ChangeType === 'del_follow_user' && e.ExternalUserID === ext && e.UserID === userid);
  assert.deepEqual((await a('/v1/companies')).companies, []);
  assert.deepEqual((await a('/v1/chats')).chats, []);
  assert.deepEqual(both(await a(`/v1/chat/messages?chat=${a.chat.chat}`)), NOT_FOUND);
  assert.deepEqual(both(await a(`/v1/company?corpid=${w.env.CORPID}`)), NOT_FOUND);
  const { customer } = await guide(`/v1/customer?external_userid=${ext}`);
  assert.match(customer.name, /^匿名客户 \w{4}$/);
  assert.deepEqual([customer.remark, customer.description, customer.remark_mobiles, customer.tags, customer.avatar, customer.status], ['', '', [], [], '', 'left']);
  const { messages } = await guide(`/v1/chat/messages?chat=${a.chat.chat}`);
  assert.ok(messages.some((m) => m.body.content === '我的地址是…' && m.from.name === customer.name));
  /* He may come back, as somebody new. */
  const again = await adds(a, guide);
  assert.equal(again.http, 200);
  assert.notEqual(again.chat.chat, a.chat.chat);
  assert.notEqual(await externalOf(guide, '壬小姐'), ext);
});

/* ---- reports ---- */

test('a report reaches the administrators, with the messages as they were', async () => {
  const a = await server.add(guide, '癸');
  await say(guide, a.chat.chat, '加我私人号', 'r1');
  const { messages } = await a(`/v1/chat/messages?chat=${a.chat.chat}`);
  const seq = messages.find((m) => m.body.content === '加我私人号').seq;
  assert.equal((await a('/v1/report', { chat: a.chat.chat, reason: 'fraud', words: '要我转账', seqs: [seq] })).http, 200);
  const { reports, open } = await admin('/v1/admin/reports?open=1');
  assert.ok(open >= 1);
  const [r] = reports;
  assert.deepEqual([r.customer, r.userid, r.member, r.reason, r.words, r.open], ['癸', 'lilei', '李雷', 'fraud', '要我转账', true]);
  assert.equal(r.messages.length, 1);
  assert.deepEqual([r.messages[0].seq, r.messages[0].type, r.messages[0].text, r.messages[0].by_customer], [seq, 'text', '加我私人号', false]);
  assert.equal((await admin('/v1/admin/report/close', { report: r.report, note: '已谈话' })).http, 200);
  const closed = (await admin('/v1/admin/reports')).reports.find((x) => x.report === r.report);
  assert.deepEqual([closed.open, closed.closed_by, closed.note], [false, 'member:admin', '已谈话']);
  assert.ok(!(await admin('/v1/admin/reports?open=1')).reports.some((x) => x.report === r.report));
  assert.equal((await admin('/v1/admin/report/reopen', { report: r.report })).http, 200);
  assert.equal((await admin('/v1/admin/reports?open=1')).reports.find((x) => x.report === r.report).closed, 0);
});

test('reports: wrong reasons, others\' chats, others\' reports', async () => {
  const a = await server.add(guide, '子'), b = await server.add(guide, '丑');
  const report = (fields) => a('/v1/report', { chat: a.chat.chat, reason: 'spam', ...fields });
  assert.deepEqual(both(await report({ chat: b.chat.chat })), NOT_FOUND);
  assert.equal((await report({ reason: 'boring' })).errcode, 40058);
  assert.deepEqual(both(await report({ seqs: [99999] })), NOT_FOUND);
  assert.equal((await report({ seqs: Array.from({ length: 21 }, () => 1) })).errcode, 40058);
  const c = await server.add(guide, '寅');
  assert.equal((await c('/v1/report', { chat: c.chat.chat, reason: 'spam', words: '字'.repeat(501) })).errcode, 40058);
  assert.deepEqual(both(await guide('/v1/report', { chat: a.chat.chat, reason: 'spam' })), FORBIDDEN);
  assert.deepEqual(both(await guide('/v1/admin/reports')), FORBIDDEN);
  assert.deepEqual(both(await admin('/v1/admin/report/close', { report: '1' })), NOT_FOUND);
  const many = [];
  for (let i = 0; i < 7; i++) many.push((await c('/v1/report', { chat: c.chat.chat, reason: 'spam' })).errcode ?? 0);
  assert.ok(many.includes(45009), 'a few a minute');
});

/* ---- isolation ---- */

test('guessing gets nothing: chats, files, groups of other people do not exist', async () => {
  const a = await server.add(guide, '卯'), b = await server.add(han, '辰');
  const form = new FormData();
  form.append('media', new Blob(['secret words of b']), 'b.txt');
  const sent = await server.api(`/v1/chat/upload?chat=${b.chat.chat}&nonce=u1&type=file`, { body: form, headers: b.headers() });
  assert.equal(sent.http, 200, sent.errmsg);
  const [corp] = b.chat.chat.split('-');
  const guesses = [b.chat.chat, b.chat.chat.toUpperCase(), `${corp}-1`, `${corp}-0`, '1-1', '0-1', '2-1', `${b.chat.chat}x`, `-${b.chat.chat}`, `${corp}--1`, '../1', "1-1' OR '1'='1", '9223372036854775807-1', ''];
  const socket = await connect(a);
  for (const chat of guesses) {
    const q = encodeURIComponent(chat);
    for (const path of [`/v1/chat?chat=${q}`, `/v1/chat/messages?chat=${q}`, `/v1/chat/file?chat=${q}&seq=${sent.seq}`])
      for (const who of [a, other]) {
        const got = await who(path);
        assert.ok(got.errcode === 910002 || (chat === '' && got.errcode === 40058), `${path}: ${JSON.stringify(got)}`);
        assert.ok(!JSON.stringify(got).includes('secret'));
      }
    for (const [path, body] of [['/v1/chat/send', { type: 'text', body: { content: 'x' }, nonce: 'g' }], ['/v1/chat/read', { seq: 1 }], ['/v1/leave', {}], ['/v1/report', { reason: 'spam' }], ['/v1/handover/refuse', {}]]) {
      const got = await a(path, { chat, ...body });
      assert.ok([910002, 40058, 45009].includes(got.errcode), `${path} ${chat}: ${JSON.stringify(got)}`);
    }
    socket.text(chat, `g${chat}`, 'let me in');
    const nack = await socket.next('', (f) => f.nonce === `g${chat}`);
    assert.equal(nack.t, 'nack');
    assert.equal(nack.errcode, 910002);
  }
  /* Every chat near his own: ids grow, so neighbours can be guessed. */
  const mine = a.chat.chat;
  for (let i = 1; i < 40; i++) {
    const near = mine.slice(0, -1) + '0123456789abcdefghijklmnopqrstuvwxyzABC'[i - 1];
    if (near === mine) continue;
    assert.deepEqual(both(await a(`/v1/chat/messages?chat=${near}`)), NOT_FOUND);
  }
  await socket.close();
  const { messages } = await b(`/v1/chat/messages?chat=${b.chat.chat}`);
  assert.ok(!messages.some((m) => m.body.content === 'let me in' || m.body.content === 'x'));
});

test('the corp\'s own doors are shut to a consumer, and his to them', async () => {
  const a = await server.add(guide, '巳');
  const ext = await externalOf(guide, '巳');
  for (const path of ['/v1/customers', `/v1/customer?external_userid=${ext}`, '/v1/tags', '/v1/my_code', '/v1/apps', '/v1/admin/overview', '/v1/admin/members', '/v1/admin/reports', '/v1/sessions'])
    assert.deepEqual(both(await a(path)), FORBIDDEN, path);
  for (const path of ['/v1/companies', `/v1/company?corpid=${w.env.CORPID}`]) assert.deepEqual(both(await han(path)), FORBIDDEN);
});
