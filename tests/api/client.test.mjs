/*
 * Our own door, /v1, as doc/design/client-api.md has it: sessions and who may call
 * what, strangers, and each row once at least.
 */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, server, admin, guide, han;
before(async () => {
  w = await startWorld();
  ({ server, admin, guide } = w);
  han = await server.signIn('hanmeimei');
});
after(() => server.stop());

const post = (path, body, headers = {}) => server.api(path, { body, headers });
const both = (got) => [got.http, got.errcode];
const SIGNED_OUT = [401, 910004], FORBIDDEN = [403, 910008], NOT_FOUND = [404, 910002];

/* ---- sessions ---- */

test('a browser keeps its session in a cookie no script can read', async () => {
  const reply = await server.api('/v1/sign_in', { body: { corp: w.env.CORPID, account: 'wangfang', password: 'demo-wangfang' }, raw: true, headers: { 'x-liaison-client': 'desk' } });
  const set = reply.headers.get('set-cookie');
  assert.match(set, /^liaison_member=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  const cookie = set.split(';')[0];
  const origin = { own: server.url, foreign: 'https://evil.example' };
  const get = (headers, path = '/v1/me') => server.api(path, { headers: { cookie, ...headers } });
  assert.equal((await get({ 'x-liaison-client': 'desk' })).me.id, 'wangfang');
  assert.equal((await get({ 'x-liaison-client': 'console' })).me.id, 'wangfang');
  assert.equal((await get({}, '/v1/me?client=desk')).me.id, 'wangfang');
  assert.deepEqual(both(await get({ 'x-liaison-client': 'consumer' })), SIGNED_OUT, 'that is another cookie');
  assert.deepEqual(both(await get({})), SIGNED_OUT, 'whose cookie is not said');

  const change = (headers, path = '/v1/session/revoke') => server.api(path, { body: { session: '1' }, headers: { cookie, ...headers } });
  assert.deepEqual(both(await change({}, '/v1/session/revoke?client=desk')), [403, 910011], 'another site can send no header');
  for (const bad of [origin.foreign, 'null', `${server.url}.evil.example`, 'http://127.0.0.1', `https://evil.example/?${server.url}`])
    assert.deepEqual(both(await change({ 'x-liaison-client': 'desk', origin: bad })), [403, 910011], bad);
  assert.deepEqual(both(await change({ 'x-liaison-client': 'desk', origin: origin.own })), NOT_FOUND);
  assert.deepEqual(both(await change({ 'x-liaison-client': 'desk' })), NOT_FOUND, 'no browser, no origin');

  const out = await server.api('/v1/sign_out', { body: {}, raw: true, headers: { cookie, 'x-liaison-client': 'desk', origin: origin.own } });
  assert.match(out.headers.get('set-cookie'), /^liaison_member=; .*Max-Age=0/);
  assert.deepEqual(both(await get({ 'x-liaison-client': 'desk' })), SIGNED_OUT);
});

test('signing in', async () => {
  const sign = (fields) => post('/v1/sign_in', { corp: w.env.CORPID, account: 'lilei', password: 'demo-lilei', ...fields });
  for (const account of ['lilei', 'LiLei', '13800000003', 'lilei@demo.example', 'LILEI@demo.example', ' lilei '])
    assert.equal((await sign({ account })).me?.id, 'lilei', account);
  const wrong = [401, 910005];
  for (const fields of [{ password: 'demo-LiLei' }, { account: 'nobody' }, { account: 'lilei\n' , password: 'x' }, { account: "' OR 1=1 --" }, { account: 'zhaoqiang', password: '' + 'x' }, { password: 'x'.repeat(128) }])
    assert.deepEqual(both(await sign(fields)), wrong, JSON.stringify(fields));
  assert.equal((await sign({ corp: undefined })).errcode, 40058, 'there are two companies');
  assert.equal((await sign({ corp: 'wwnobody' })).errcode, 40013);
  assert.deepEqual(both(await sign({ corp: w.otherCorp })), wrong, 'not of that company');
  for (const fields of [{ password: '' }, { account: '' }, { password: undefined }, { account: ['lilei'] }, { password: {} }, { password: 'x'.repeat(129) }])
    assert.equal((await sign(fields)).errcode, 40058, JSON.stringify(fields));
  assert.equal((await sign({ password: undefined })).token, undefined);
  /* After ten wrong ones the right one has to wait, too; others need not. */
  const codes = [];
  for (let i = 0; i < 12; i++) codes.push((await sign({ account: 'chuyan', password: `wrong ${i}` })).errcode);
  assert.deepEqual(codes, [...Array(10).fill(910005), 45009, 45009]);
  assert.equal((await sign({})).me.id, 'lilei');
});

test('sessions are listed, ended one by one, and nobody else\'s', async () => {
  const a = await server.signIn('wangfang'), b = await server.signIn('wangfang');
  const { sessions } = await a('/v1/sessions');
  assert.equal(sessions.filter((s) => s.current).length, 1);
  const other = (await b('/v1/sessions')).sessions.find((s) => s.current);
  assert.deepEqual(both(await guide('/v1/session/revoke', { session: other.session })), NOT_FOUND);
  assert.equal((await a('/v1/session/revoke', { session: other.session })).http, 200);
  assert.deepEqual(both(await b('/v1/me')), SIGNED_OUT);
  assert.equal((await a('/v1/me')).http, 200);
  for (const token of ['', 'x', `${a.token}x`, a.token.slice(0, -1), a.token.toUpperCase(), 'M1-1-', '-'.repeat(200), '\u00e9'])
    assert.deepEqual(both(await server.api('/v1/me', { headers: { 'x-liaison-client': 'desk', authorization: `Bearer ${token}` } })), SIGNED_OUT, token);
});

test('a new password', async () => {
  const one = await server.signIn('wangfang'), two = await server.signIn('wangfang');
  assert.equal((await one('/v1/password', { old: 'wrong', new: 'a better one 1' })).errcode, 910005);
  assert.equal((await one('/v1/password', { old: 'demo-wangfang', new: 'short' })).errcode, 40058);
  assert.equal((await one('/v1/password', { old: 'demo-wangfang', new: 'a better one 1' })).http, 200);
  assert.equal((await one('/v1/me')).http, 200);
  assert.deepEqual(both(await two('/v1/me')), SIGNED_OUT, 'other sessions end');
  assert.deepEqual(both(await post('/v1/sign_in', { corp: w.env.CORPID, account: 'wangfang', password: 'demo-wangfang' })), [401, 910005]);
  assert.equal((await server.signIn('wangfang', 'a better one 1')).me.id, 'wangfang');
});

/* ---- who may call what ---- */

test('each row asks who calls', async () => {
  const customer = await server.add(guide, '张三');
  const memberRows = ['/v1/sessions', '/v1/customers', '/v1/customer?external_userid=x', '/v1/tags', '/v1/my_code', '/v1/apps'];
  const adminRows = ['/v1/admin/overview', '/v1/admin/departments', '/v1/admin/members', '/v1/admin/apps', `/v1/admin/app?agentid=${w.env.AGENTID}`, '/v1/admin/deliveries', '/v1/admin/delivery?event=1', '/v1/admin/corp', '/v1/admin/audit'];
  const writes = ['/v1/admin/member/disable', '/v1/admin/member/enable', '/v1/admin/member/password', '/v1/admin/app/create', '/v1/admin/app/update', '/v1/admin/app/secret', '/v1/admin/app/callback', '/v1/admin/delivery/replay', '/v1/admin/corp', '/v1/admin/members/import'];
  for (const path of [...memberRows, ...adminRows]) {
    assert.deepEqual(both(await server.api(path)), SIGNED_OUT, path);
    assert.deepEqual(both(await customer(path)), FORBIDDEN, path);
    assert.deepEqual(both(await server.caller('desk', customer.token)(path)), SIGNED_OUT, `${path} as if by the desk`);
  }
  for (const path of adminRows) assert.deepEqual(both(await guide(path)), FORBIDDEN, path);
  for (const path of writes) {
    assert.deepEqual(both(await guide(path, {})), FORBIDDEN, path);
    assert.deepEqual(both(await customer(path, {})), FORBIDDEN, path);
    assert.deepEqual(both(await server.api(path, { body: {} })), SIGNED_OUT, path);
  }
  for (const path of ['/v1/leave', '/v1/me/name']) assert.deepEqual(both(await guide(path, { chat: 'x', name: 'x' })), FORBIDDEN, path);
  assert.deepEqual(both(await server.caller('consumer', guide.token)('/v1/me')), SIGNED_OUT, 'a member on the consumer\'s page');
  assert.equal((await admin('/v1/admin/overview')).http, 200);
});

test('unknown paths and other methods', async () => {
  for (const path of ['/v1/', '/v1/nothing', '/v1/me/', '/v1//me', '/v1/admin', '/v1/chat/send/x']) assert.deepEqual(both(await guide(path)), [404, 910003], path);
  assert.deepEqual(both(await guide('/v1/me', {})), [405, 43001]);
  assert.deepEqual(both(await guide('/v1/chat/send')), [405, 43002]);
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) assert.equal((await server.api('/v1/me', { method, headers: guide.headers() })).http, 405, method);
  const bad = await server.api('/v1/chat/send', { body: '{"chat":', headers: guide.headers() });
  assert.deepEqual(both(bad), [400, 910001]);
  assert.match(bad.request_id, /^\w+$/);
  assert.deepEqual(both(await server.api('/v1/chat/send', { body: JSON.stringify({ x: 'x'.repeat(1 << 20) }), headers: guide.headers() })), [413, 910007]);
});

/* ---- a stranger and his chats ---- */

test('a code leads to a card, a QR code, and a chat', async () => {
  const { code, url, card } = await guide('/v1/my_code');
  assert.equal(url, `${server.url}/c/${code}`);
  assert.deepEqual(card, { name: '李雷', position: '家电顾问', avatar: '', corp: { corpid: w.env.CORPID, name: '星河家电', verified: true }, code });
  assert.equal((await guide('/v1/my_code')).code, code, 'it stays');
  assert.deepEqual((await server.api(`/v1/card?code=${code}`)).card, card);
  const svg = await server.api(`/v1/code.svg?code=${code}`, { raw: true });
  assert.deepEqual([svg.status, svg.headers.get('content-type')], [200, 'image/svg+xml']);
  for (const gone of ['nothing', '1-nothing', code.slice(0, -1), `${code}x`, '2-x', '-', '1-']) {
    assert.deepEqual(both(await server.api(`/v1/card?code=${gone}`)), [410, 910012], gone);
    assert.deepEqual(both(await server.api(`/v1/code.svg?code=${gone}`)), [410, 910012], gone);
    assert.deepEqual(both(await post('/v1/add', { code: gone, nickname: 'x' })), [410, 910012], gone);
  }
  for (const nickname of [undefined, '', '   ', null]) assert.equal((await post('/v1/add', { code, nickname })).errcode, 40058);
  assert.equal((await post('/v1/add', { code, nickname: 'x'.repeat(65) })).errcode, 40058);

  const c = await server.comesBy(code, '小明 <b>&"\u{1F600}');
  assert.equal(c.chat.peer.name, '李雷');
  assert.equal((await c('/v1/me')).me.name, '小明 <b>&"\u{1F600}');
  assert.equal((await c(`/v1/card?code=${code}`)).chat, c.chat.chat, 'he is there already');
  const again = await c('/v1/add', { code });
  assert.equal(again.chat.chat, c.chat.chat);
  const { code: code2 } = await han('/v1/my_code');
  const second = await c('/v1/add', { code: code2 });
  assert.notEqual(second.chat.chat, c.chat.chat);
  assert.equal(second.me.id, c.me.id, 'the same person');
  assert.deepEqual((await c('/v1/chats')).chats.map((x) => x.peer.name), ['韩梅梅', '李雷']);
  assert.equal((await c('/v1/me/name', { name: '明明' })).http, 200);
  assert.equal((await guide(`/v1/chat?chat=${c.chat.chat}`)).chat.peer.name, '明明');
  for (const name of ['', 'x'.repeat(65), undefined, ['x']]) assert.equal((await c('/v1/me/name', { name })).errcode, 40058);
});

test('two companies cannot match their customers; a customer sees no ids of ours', async () => {
  const spy = await server.token(w.apps.other.secret, w.otherCorp);
  const c = await server.add(guide, '双面');
  await writeFile(join(server.data, 'other.csv'), 'userid,name,department,mobile,serves_customers,password\nlilei,另一个李雷,Other Ltd,13911112222,1,other-lilei\n');
  await server.liaison('--corp', w.otherCorp, 'member', 'import', join(server.data, 'other.csv'));
  const theirs = await server.signIn('lilei', 'other-lilei', 'desk', w.otherCorp);
  const added = await c('/v1/add', { code: (await theirs('/v1/my_code')).code });
  assert.equal(added.http, 200, JSON.stringify(added));
  const [mine] = (await guide('/v1/customers')).customers, [other] = (await theirs('/v1/customers')).customers;
  assert.equal(mine.name, other.name);
  assert.notEqual(mine.external_userid, other.external_userid);
  assert.equal((await server.api(`/cgi-bin/externalcontact/get?external_userid=${mine.external_userid}`, { token: spy })).errcode, 40096);
  assert.equal((await server.api(`/cgi-bin/externalcontact/get?external_userid=${other.external_userid}`, { token: spy })).external_contact.name, '双面');
  for (const path of ['/v1/chats', '/v1/me', `/v1/chat?chat=${c.chat.chat}`, `/v1/chat/messages?chat=${c.chat.chat}`, `/v1/card?code=${(await guide('/v1/my_code')).code}`]) {
    const text = JSON.stringify(await c(path));
    for (const secret of ['lilei', '138000', '139111', mine.external_userid, other.external_userid, 'unionid']) assert.ok(!text.includes(secret), `${path} tells ${secret}`);
  }
  /* The same names, two companies: each desk sees its own. */
  for (const [desk, chat] of [[guide, added.chat.chat], [theirs, c.chat.chat]]) {
    assert.deepEqual(both(await desk(`/v1/chat?chat=${chat}`)), NOT_FOUND);
    assert.deepEqual(both(await desk('/v1/chat/send', { chat, nonce: 'x', type: 'text', body: { content: 'x' } })), NOT_FOUND);
  }
  assert.deepEqual(both(await theirs(`/v1/customer?external_userid=${mine.external_userid}`)), NOT_FOUND);
});

test('a colleague sees none of it', async () => {
  const c = await server.add(guide, '私人');
  const { customers: [f] } = await guide('/v1/customers?q=私人');
  assert.equal(f.chat, c.chat.chat);
  for (const path of [`/v1/chat?chat=${f.chat}`, `/v1/chat/messages?chat=${f.chat}`, `/v1/chat/file?chat=${f.chat}&seq=1`]) assert.deepEqual(both(await han(path)), NOT_FOUND, path);
  assert.equal((await han(`/v1/customer?external_userid=${f.external_userid}`)).http, 404);
  for (const [path, body] of [['/v1/customer/remark', { remark: 'x' }], ['/v1/customer/tags', { tag_ids: [] }], ['/v1/customer/delete', {}]])
    assert.equal((await han(path, { external_userid: f.external_userid, ...body })).http, 404, path);
  assert.equal((await guide(`/v1/customer?external_userid=${f.external_userid}`)).customer.remark, '');
});

test('chats and messages by pages', async () => {
  const c = await server.add(han, '页');
  const { chat } = c.chat;
  for (let i = 1; i <= 25; i++) await c('/v1/chat/send', { chat, nonce: `p${i}`, type: 'text', body: { content: `${i}` } });
  const last = (await han(`/v1/chat?chat=${chat}`)).chat.last_seq;
  const page = async (query) => {
    const got = await han(`/v1/chat/messages?chat=${chat}&${query}`);
    return [got.messages.map((m) => m.seq), got.has_more];
  };
  const upTo = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  assert.deepEqual(await page('limit=10'), [upTo(last - 9, last), true], 'the newest');
  assert.deepEqual(await page('after=0&limit=10'), [upTo(1, 10), true]);
  assert.deepEqual(await page(`after=${last - 3}`), [upTo(last - 2, last), false]);
  assert.deepEqual(await page(`after=${last}`), [[], false]);
  assert.deepEqual(await page('after=999999'), [[], false]);
  assert.deepEqual(await page('before=11&limit=5'), [upTo(6, 10), true]);
  assert.deepEqual(await page('before=3'), [[1, 2], false]);
  assert.deepEqual(await page('before=1'), [[], false]);
  assert.deepEqual(await page('limit=500'), [upTo(1, last), false]);
  for (const query of ['after=-1', 'after=x', 'limit=x', 'before=1.5']) assert.equal((await han(`/v1/chat/messages?chat=${chat}&${query}`)).errcode, 40058, query);
  for (const name of ['', 'x', '1-zzzz', `${chat}x`, '9-9']) assert.ok([404, 400].includes((await han(`/v1/chat/messages?chat=${name}`)).http), name);

  for (let i = 0; i < 5; i++) await server.add(han, `更多${i}`);
  const seen = [];
  for (let cursor = ''; cursor !== undefined;) {
    const got = await han(`/v1/chats?limit=2${cursor && `&cursor=${cursor}`}`);
    assert.ok(got.chats.length <= 2);
    seen.push(...got.chats.map((x) => x.chat));
    cursor = got.next_cursor || undefined;
  }
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(seen, (await han('/v1/chats?limit=100')).chats.map((x) => x.chat));
});

test('who leaves closes the chat, and may come back to it', async () => {
  const c = await server.add(guide, '来去');
  const { chat } = c.chat;
  const say = (who, nonce) => who('/v1/chat/send', { chat, nonce, type: 'text', body: { content: 'x' } });
  assert.equal((await say(guide, 'a')).http, 200);
  assert.equal((await c('/v1/leave', { chat })).http, 200);
  for (const who of [guide, c]) assert.deepEqual(both(await say(who, `late${who.client}`)), [403, 910013]);
  assert.equal((await say(guide, 'a')).http, 200, 'a repeat of what was said before is no new message');
  assert.equal((await guide(`/v1/chat?chat=${chat}`)).chat.closed, true);
  assert.deepEqual(both(await c('/v1/leave', { chat })), [403, 910013]);
  const back = await c('/v1/add', { code: (await guide('/v1/my_code')).code });
  assert.deepEqual([back.chat.chat, back.chat.closed], [chat, false]);
  assert.equal((await say(c, 'again')).http, 200);
  const { customers: [f] } = await guide('/v1/customers?q=来去');
  assert.equal((await guide('/v1/customer/delete', { external_userid: f.external_userid })).http, 200);
  assert.deepEqual((await guide('/v1/customers?q=来去')).customers, []);
  assert.deepEqual(both(await say(c, 'too late')), [403, 910013]);
});

test('remarks and tags on the desk', async () => {
  await server.add(guide, '标签客户');
  const { customers: [f] } = await guide('/v1/customers?q=标签');
  const id = f.external_userid;
  const noted = (await guide('/v1/customer/remark', { external_userid: id, remark: '王总', description: '两行\n字', remark_company: '王记', remark_mobiles: ['1', '2'] })).customer;
  assert.deepEqual([noted.remark, noted.description, noted.remark_company, noted.remark_mobiles], ['王总', '两行\n字', '王记', ['1', '2']]);
  const { groups } = await guide('/v1/tags');
  assert.deepEqual(groups.map((g) => g.name), ['意向', '品类', '来源']);
  const tag = groups[1].tags[2];
  assert.deepEqual((await guide('/v1/customer/tags', { external_userid: id, tag_ids: [tag.tag_id, groups[0].tags[0].tag_id] })).customer.tags.map((t) => t.name).sort(), [tag.name, '高意向'].sort());
  assert.deepEqual((await guide('/v1/customer/tags', { external_userid: id, tag_ids: [tag.tag_id] })).customer.tags.map((t) => t.name), [tag.name]);
  assert.deepEqual((await guide(`/v1/customers?tags=${tag.tag_id}`)).customers.map((c) => c.remark), ['王总']);
  assert.deepEqual((await guide('/v1/customers?q=王总')).customers.map((c) => c.external_userid), [id]);
  assert.equal((await guide(`/v1/chat?chat=${f.chat}`)).chat.peer.remark, '王总');
  assert.equal((await guide('/v1/customer/tags', { external_userid: id, tag_ids: ['etZZZ'] })).errcode, 40068);
  assert.equal((await guide('/v1/customer/tags', { external_userid: id })).errcode, 40058);
  assert.equal((await guide('/v1/customer/remark', { external_userid: id, remark: '字'.repeat(21) })).errcode, 40058);
  assert.equal((await guide('/v1/customer/remark', { external_userid: 'wmnobody', remark: 'x' })).http, 404);
});

/* ---- the console ---- */

test('members in the console: found, disabled, enabled, given a password', async () => {
  const all = await admin('/v1/admin/members?limit=5');
  assert.deepEqual([all.members.length, all.total], [5, 12]);
  const seen = [...all.members];
  for (let cursor = all.next_cursor; cursor;) {
    const page = await admin(`/v1/admin/members?limit=5&cursor=${cursor}`);
    seen.push(...page.members);
    cursor = page.next_cursor;
  }
  assert.equal(new Set(seen.map((m) => m.userid)).size, 12);
  assert.deepEqual((await admin('/v1/admin/members?q=韩梅')).members.map((m) => m.userid), ['hanmeimei']);
  assert.deepEqual((await admin('/v1/admin/members?q=ZHAOQ')).members.map((m) => m.userid), ['zhaoqiang']);
  assert.deepEqual((await admin(`/v1/admin/members?department=${w.haidian}`)).members.map((m) => m.userid), ['zhaoqiang', 'sunli']);
  const { password } = await admin('/v1/admin/member/password', { userid: 'chentao' });
  const chen = await server.signIn('chentao', password);
  assert.equal((await admin('/v1/admin/member/disable', { userid: 'CHENTAO' })).http, 200);
  assert.deepEqual((await chen('/v1/me')).http, 401);
  assert.deepEqual(both(await post('/v1/sign_in', { corp: w.env.CORPID, account: 'chentao', password })), [401, 910020]);
  assert.equal((await admin('/v1/admin/members?q=chentao')).members[0].status, 2);
  assert.equal((await admin('/v1/admin/member/enable', { userid: 'chentao' })).http, 200);
  assert.equal((await chen('/v1/me')).http, 401, 'the old session stays ended');
  assert.equal((await server.signIn('chentao', password)).me.id, 'chentao');
  assert.equal((await admin('/v1/admin/member/disable', { userid: 'nobody' })).errcode, 60111);
  assert.equal((await admin('/v1/admin/member/disable', {})).errcode, 40058);
  const { entries } = await admin('/v1/admin/audit?limit=5');
  assert.ok(entries.some((e) => e.verb === 'member.disable' && e.object === 'member:chentao' && e.actor === 'member:admin'), JSON.stringify(entries));
});

test('the directory from a table', async () => {
  const load = async (csv) => {
    const form = new FormData();
    form.set('media', new Blob([csv]), 'members.csv');
    return admin('/v1/admin/members/import', form);
  };
  const head = 'userid,name,department,position\n';
  const got = await load(`\ufeff${head}newone,新人,星河家电/总部,实习生\r\n"quoted","O""Neil, ""x""",星河家电/新部门/更新,\n`);
  assert.deepEqual([got.added, got.changed, got.failed], [2, 0, 0], JSON.stringify(got));
  const again = await load(`${head}newone,新人,星河家电/总部,正式\n`);
  assert.deepEqual([again.added, again.changed], [0, 1], JSON.stringify(again));
  assert.equal((await server.api('/cgi-bin/user/get?userid=quoted', { token: w.tokens.app })).name, 'O"Neil, "x"');
  const bad = await load(`${head}ok1,甲,星河家电/总部,\n!!!,乙,星河家电/总部,\nok2,,星河家电/总部,\nok3,丙,,\n`);
  assert.ok(bad.errors.length >= 2, JSON.stringify(bad));
  for (const e of bad.errors) assert.ok(e.line > 1 && e.message, JSON.stringify(e));
  for (const csv of ['', 'nonsense', 'userid\n', '"unclosed', `${head}${'x,'.repeat(5000)}\n`, Buffer.from([0xff, 0xfe, 0, 1])]) {
    const answer = await load(csv);
    assert.ok(answer.http === 400 || answer.failed > 0 || answer.added === 0, JSON.stringify(answer));
    assert.notEqual(answer.http, 500);
  }
  assert.equal((await guide('/v1/me')).http, 200);
});

test('apps in the console', async () => {
  const update = (fields) => admin('/v1/admin/app/update', { agentid: made.agentid, ...fields });
  const { app: made } = await admin('/v1/admin/app/create', { name: '新应用', description: '说明' });
  assert.deepEqual([made.kind, made.name, made.description, made.closed, made.sends_welcome, made.parties.map((p) => p.id)], ['app', '新应用', '说明', false, false, [1]]);
  assert.ok((await guide('/v1/apps')).apps.some((a) => a.agentid === made.agentid));
  const narrow = (await update({ users: ['hanmeimei'], parties: [], home_url: 'https://example.com/' })).app;
  assert.deepEqual([narrow.users, narrow.parties, narrow.home_url], [[{ userid: 'hanmeimei', name: '韩梅梅' }], [], 'https://example.com/']);
  assert.ok(!(await guide('/v1/apps')).apps.some((a) => a.agentid === made.agentid), 'out of sight');
  assert.notEqual((await guide('/v1/app/open', { agentid: made.agentid })).http, 200);
  assert.equal((await han('/v1/app/open', { agentid: made.agentid })).http, 200);
  for (const [fields, errcode] of [[{ name: '' }, 40058], [{ name: 'x'.repeat(33) }, 40058], [{ users: ['nobody'] }, 60111], [{ parties: [99] }, 60003], [{ home_url: 'javascript:1' }, 40058], [{ agentid: 4711 }, 40056], [{ closed: 'maybe' }, 40058]])
    assert.equal((await update(fields)).errcode, errcode, JSON.stringify(fields));
  assert.equal((await admin('/v1/admin/app/create', { name: 'x', kind: 'contact_sync' })).errcode, 40058);
  assert.equal((await admin('/v1/admin/app/create', {})).errcode, 40058);
  const sync = (await admin('/v1/admin/apps')).apps.find((a) => a.kind === 'contact_sync');
  assert.equal((await admin('/v1/admin/app/update', { agentid: sync.agentid, parties: [2] })).errcode, 40058);
  assert.equal((await update({ closed: true })).app.closed, true);
  const { entries } = await admin('/v1/admin/audit');
  for (const verb of ['app.create', 'app.set', 'app.secret.show']) assert.ok(entries.some((e) => e.verb === verb), verb);
  assert.ok(!JSON.stringify(entries).includes(w.env.SECRET));
});

test('the company in the console', async () => {
  const { corp } = await admin('/v1/admin/corp');
  const set = await admin('/v1/admin/corp', { name: '星河电器', welcome: '欢迎\n光临' });
  assert.deepEqual([set.corp.name, set.corp.welcome, set.corp.verified], ['星河电器', '欢迎\n光临', true]);
  const c = await server.add(guide, '欢迎我');
  assert.equal(c.chat.peer.corp.name, '星河电器');
  assert.deepEqual((await c(`/v1/chat/messages?chat=${c.chat.chat}`)).messages.filter((m) => m.type === 'text').map((m) => m.body.content), ['欢迎\n光临']);
  await admin('/v1/admin/corp', { welcome: '' });
  const quiet = await server.add(guide, '不欢迎');
  assert.deepEqual((await quiet(`/v1/chat/messages?chat=${quiet.chat.chat}`)).messages.filter((m) => m.type === 'text'), []);
  assert.equal((await admin('/v1/admin/corp', { name: '' })).errcode, 40058);
  assert.equal((await admin('/v1/admin/corp', { welcome: 'x'.repeat(1001) })).errcode, 40058);
  await admin('/v1/admin/corp', { name: corp.name, welcome: corp.welcome });
  const o = await admin('/v1/admin/overview');
  assert.ok(o.members >= 12 && o.customers >= 5 && o.apps >= 3 && o.messages_today > 20, JSON.stringify(o));
});

/* ---- operators ---- */

test('health and figures', async () => {
  for (const path of ['/healthz', '/readyz']) assert.equal((await fetch(server.url + path)).status, 200);
  const reply = await fetch(`${server.url}/metrics`);
  assert.match(reply.headers.get('content-type'), /^text\/plain/);
  const text = await reply.text();
  for (const line of text.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) .+|[a-z_]+(\{[^}]*\})? -?[0-9.e+]+)$/);
  assert.match(text, /^liaison_/m);
});

test('no secret and no message body in the log', async () => {
  await guide('/v1/chat/send', { chat: (await guide('/v1/chats')).chats[0].chat, nonce: 'secret', type: 'text', body: { content: 'verysecretwords' } });
  for (const secret of ['verysecretwords', 'demo-lilei', guide.token, w.env.SECRET, w.tokens.app]) assert.ok(!server.log.includes(secret), secret);
  for (const line of server.log.split('\n').filter((l) => l.startsWith('time='))) assert.match(line, /^time=\S+ level=\w+ event=\w+( [a-z_]+=("([^"\\]|\\.)*"|[^ "]*))*$/);
});
