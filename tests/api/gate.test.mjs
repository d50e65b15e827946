/*
 * What holds for every row of /cgi-bin: tokens, scopes, companies, broken requests,
 * and the fields, whose cases are made from the program's own OpenAPI document.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from '../lib/server.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';

const openapi = JSON.parse(execFileSync(join(build, 'liaisond'), ['describe', 'openapi'], { maxBuffer: 1 << 26 }));
const rows = Object.entries(openapi.paths)
  .filter(([path]) => path.startsWith('/cgi-bin/'))
  .map(([path, methods]) => ({ path, method: Object.keys(methods)[0], ...Object.values(methods)[0] }));
const guarded = rows.filter((r) => r.path !== '/cgi-bin/gettoken');
const posts = rows.filter((r) => r.method === 'post' && r.requestBody.content['application/json']);

let w, server;
before(async () => {
  w = await startWorld();
  server = w.server;
});
after(() => server.stop());

/* The answer to one call, after looking at what all answers have in common. */
async function ask(row, { token = w.tokens.app, method = row.method.toUpperCase(), body, headers, query = '' } = {}) {
  const url = new URL(`${row.path}?${query}`, server.url);
  if (token !== null) url.searchParams.set('access_token', token);
  const reply = await fetch(url, { method, body: method === 'POST' ? body ?? '{}' : undefined, headers: { 'content-type': 'application/json', ...headers } });
  const text = await reply.text();
  assert.equal(reply.status, 200, text);
  const got = JSON.parse(text);
  assert.equal(typeof got.errcode, 'number', text);
  assert.equal(typeof got.errmsg, 'string', text);
  return got;
}

/* Sends bytes, gives all that comes until the server closes or `enough` says so. */
function raw(bytes, enough = () => false) {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => { for (const b of [].concat(bytes)) socket.write(b); });
    let text = '';
    const late = setTimeout(() => { socket.destroy(); reject(new Error(`no end; got ${text}`)); }, 15000);
    const end = () => { clearTimeout(late); socket.destroy(); resolve(text); };
    socket.on('data', (b) => { text += b; if (enough(text)) end(); });
    socket.on('close', end);
    socket.on('error', end);
  });
}
const errcodes = (text) => [...text.matchAll(/"errcode":(-?\d+)/g)].map((m) => +m[1]);

test('every row wants a token', async () => {
  const { app } = w.tokens;
  for (const row of guarded) {
    assert.equal((await ask(row, { token: null })).errcode, 41001, row.path);
    assert.equal((await ask(row, { token: '' })).errcode, 41001, row.path);
    for (const bad of ['x', app.slice(0, -1), `${app}x`, `${app.slice(0, -1)}${app.endsWith('a') ? 'b' : 'a'}`, w.guide.token, '国', 'T1-1-1-', '-'.repeat(600), '%00'])
      assert.equal((await ask(row, { token: bad })).errcode, 40014, `${row.path} ${bad}`);
  }
});

test('a token of one app is not another\'s, nor one company\'s another\'s', async () => {
  const [corp, app, issued, mac] = w.tokens.app.split(/-(.*?)-(.*?)-/);
  const [corp2, app2, issued2] = w.tokens.other.split(/-(.*?)-(.*?)-/);
  const row = rows.find((r) => r.path === '/cgi-bin/user/get');
  for (const forged of [`${corp2}-${app}-${issued}-${mac}`, `${corp}-${app2}x-${issued}-${mac}`, `${corp}-${app}-${issued2}-${mac}`])
    assert.equal((await ask(row, { token: forged, query: 'userid=lilei' })).errcode, 40014);
});

test('a new secret ends the old one and its tokens at once', async () => {
  const app = await makeApp(server, w.admin, 'renewed');
  const token = await server.token(app.secret);
  const row = rows.find((r) => r.path === '/cgi-bin/user/get');
  assert.equal((await ask(row, { token, query: 'userid=lilei' })).errcode, 0);
  const { secret } = await w.admin('/v1/admin/app/secret', { agentid: app.agentid, renew: true });
  assert.notEqual(secret, app.secret);
  assert.equal((await ask(row, { token, query: 'userid=lilei' })).errcode, 40014);
  assert.equal((await server.api(`/cgi-bin/gettoken?corpid=${w.env.CORPID}&corpsecret=${app.secret}`)).errcode, 40001);
  const fresh = await server.token(secret);
  assert.notEqual(fresh, token);
  assert.equal((await ask(row, { token: fresh, query: 'userid=lilei' })).errcode, 0);
});

test('a closed app gets no token, and its token opens nothing', async () => {
  const app = await makeApp(server, w.admin, 'closing');
  const token = await server.token(app.secret);
  await w.admin('/v1/admin/app/update', { agentid: app.agentid, closed: true });
  assert.equal((await server.api(`/cgi-bin/gettoken?corpid=${w.env.CORPID}&corpsecret=${app.secret}`)).errcode, 50003);
  assert.equal((await ask(rows.find((r) => r.path === '/cgi-bin/agent/list'), { token })).errcode, 50003);
  await w.admin('/v1/admin/app/update', { agentid: app.agentid, closed: false });
  assert.equal((await ask(rows.find((r) => r.path === '/cgi-bin/agent/list'), { token })).errcode, 0);
});

/* Which tokens may call what, by the beginning of the path. */
const may = {
  'user/': ['app', 'narrow', 'plain', 'sync', 'other'],
  'department/list': ['app', 'narrow', 'plain', 'sync', 'other'],
  'department/simplelist': ['app', 'narrow', 'plain', 'sync', 'external', 'other'],
  'agent/': ['app', 'narrow', 'plain', 'other'],
  'message/': ['app', 'narrow', 'plain', 'other'],
  'media/': ['app', 'narrow', 'plain', 'sync', 'external', 'other'],
  'externalcontact/customer_acquisition': ['app', 'narrow', 'other'],
  'externalcontact/': ['app', 'narrow', 'external', 'other'],
  'crm/': ['app', 'narrow', 'external', 'other'],
  'kf/': ['app', 'narrow', 'external', 'other'],
};
test('each secret has its scopes, and no more', async () => {
  for (const row of guarded) {
    const [, allowed] = Object.entries(may).find(([start]) => row.path.startsWith(`/cgi-bin/${start}`));
    for (const [name, token] of Object.entries(w.tokens)) {
      const { errcode } = await ask(row, { token });
      assert.equal(errcode === 48002, !allowed.includes(name), `${row.path} as ${name}: ${errcode}`);
    }
  }
});

test('the contact-sync secret reads ids only when the company says so', async () => {
  const set = (yes) => w.admin('/v1/admin/corp', { sync_reads_ids: yes });
  const codes = async () => Promise.all(['/cgi-bin/user/get?userid=lilei', '/cgi-bin/user/list?department_id=1', '/cgi-bin/user/simplelist?department_id=1', '/cgi-bin/department/list', '/cgi-bin/department/simplelist']
    .map(async (path) => (await server.api(path, { token: w.tokens.sync })).errcode));
  assert.equal((await set(true)).corp.sync_reads_ids, true);
  assert.deepEqual(await codes(), [48009, 48009, 48009, 48009, 0]);
  assert.equal((await server.api('/cgi-bin/user/get?userid=lilei', { token: w.tokens.app })).errcode, 0, 'only that secret');
  await set(false);
  assert.deepEqual(await codes(), [0, 0, 0, 0, 0]);
});

test('GET and POST are taken for each other', async () => {
  const get = (path, query) => server.api(`/cgi-bin/${path}?${new URLSearchParams(query)}`, { token: w.tokens.app });
  const post = (path, body) => server.api(`/cgi-bin/${path}`, { token: w.tokens.app, body });
  assert.deepEqual(await post('user/get', { userid: 'lilei' }), await get('user/get', { userid: 'lilei' }));
  assert.deepEqual(await post('department/list', { id: 1 }), await get('department/list', { id: 1 }));
  assert.equal((await post('gettoken', { corpid: w.env.CORPID, corpsecret: w.env.SECRET })).access_token, w.tokens.app);
  assert.deepEqual(await get('externalcontact/get_corp_tag_list', {}), await post('externalcontact/get_corp_tag_list', {}));
  assert.equal((await get('externalcontact/list_contact_way', { limit: 5 })).errcode, 0);
  assert.equal((await get('externalcontact/remark', { userid: 'lilei', external_userid: w.customer, remark: '来自查询' })).errcode, 0);
  assert.equal((await get('externalcontact/get', { external_userid: w.customer })).follow_user[0].remark, '来自查询');
  /* The body wins over the query. */
  assert.equal((await server.api('/cgi-bin/user/get?userid=lilei', { token: w.tokens.app, body: { userid: 'hanmeimei' } })).userid, 'hanmeimei');
});

test('other methods and unknown paths get a number too', async () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    for (const path of ['/cgi-bin/user/get', '/cgi-bin/message/send']) {
      const reply = await fetch(`${server.url}${path}?access_token=${w.tokens.app}`, { method });
      assert.equal(reply.status, 200);
      assert.ok([43001, 43002].includes((await reply.json()).errcode), `${method} ${path}`);
    }
  for (const path of ['', 'nothing', 'user', 'user/', 'user/get/', 'user/get/x', 'USER/GET', 'user//get', 'user/../user/get/..', '%75ser/nothing', 'x'.repeat(4000)]) {
    const reply = await fetch(`${server.url}/cgi-bin/${path}?access_token=${w.tokens.app}`);
    assert.equal(reply.status, 200, path);
    assert.equal((await reply.json()).errcode, 910003, path);
  }
  const head = await fetch(`${server.url}/cgi-bin/user/get?userid=lilei&access_token=${w.tokens.app}`, { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), '');
});

test('the token may stand anywhere in the query, encoded', async () => {
  const { app } = w.tokens;
  const encoded = [...app].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
  for (const query of [`userid=lilei&access_token=${app}`, `access_token=${encoded}&userid=lilei`, `&&access_token=${app}&userid=%6Cilei&`, `access_token=${app}&userid=lilei#x`])
    assert.equal((await (await fetch(`${server.url}/cgi-bin/user/get?${query}`)).json()).userid, 'lilei', query);
  for (const query of [`access_token=${app}&access_token=x&userid=lilei`])
    assert.equal((await (await fetch(`${server.url}/cgi-bin/user/get?${query}`)).json()).userid, 'lilei', 'the first counts');
  for (const query of [`access_token=${app}&userid=%zz`, `access_token=${app}&userid=%e4%bd`, `access_token=${app}&userid=%00`])
    assert.equal((await (await fetch(`${server.url}/cgi-bin/user/get?${query}`)).json()).errcode, 40058, query);
});

const deep = (n) => `${'{"a":'.repeat(n)}1${'}'.repeat(n)}`;
const broken = {
  'no JSON': 'hello', 'a half': '{"userid":', 'single quotes': "{'userid':'x'}", 'trailing comma': '{"userid":"x",}',
  'text after it': '{"userid":"x"} y', 'two of them': '{}{}', 'a comment': '/* x */{}', 'a control character': '{"userid":"a\u0001b"}',
  'a NUL escape': '{"userid":"a\\u0000"}', 'a lone surrogate': '{"userid":"\\ud800"}', 'a bad escape': '{"userid":"\\x41"}',
  'too deep': deep(1000), 'open brackets': '['.repeat(100000), NaN: '{"limit":NaN}', 'a leading zero': '{"limit":01}', 'a plus': '{"limit":+1}',
  'only a bracket': '[', 'only a quote': '"', 'an empty key without value': '{"":}',
};
test('malformed JSON', async () => {
  for (const row of posts) assert.equal((await ask(row, { body: '{"a":' })).errcode, 910001, row.path);
  const row = posts.find((r) => r.path.endsWith('/mark_tag'));
  for (const [what, body] of Object.entries(broken)) assert.equal((await ask(row, { body })).errcode, 910001, what);
  for (const bytes of [[0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d], [0xc0, 0xaf], [0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d], [0x7b, 0, 0x7d]])
    assert.equal((await ask(row, { body: Uint8Array.from(bytes) })).errcode, 910001, `${bytes}`);
  for (const body of ['[]', '"x"', '1', 'true', 'null']) assert.equal((await ask(row, { body })).errcode, 40058, body);
  for (const body of ['{}', ' {} \n', '\ufeff{}', '{"a":1,"a":2}', deep(20)])
    assert.ok([40003, 910001].includes((await ask(row, { body })).errcode), body);
});

test('the body is JSON whatever its type says, and may be absent', async () => {
  const row = posts.find((r) => r.path.endsWith('/get_corp_tag_list'));
  for (const type of ['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded', 'text/json;charset=GBK', 'nonsense'])
    assert.equal((await ask(row, { body: '{"tag_id":[]}', headers: { 'content-type': type } })).errcode, 0, type);
  const head = `POST /cgi-bin/externalcontact/get_corp_tag_list?access_token=${w.tokens.app} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
  assert.deepEqual(errcodes(await raw(`${head}\r\n`)), [0]);
  assert.deepEqual(errcodes(await raw(`${head}Content-Length: 0\r\n\r\n`)), [0]);
  assert.deepEqual(errcodes(await raw(`${head}Content-Length: 2\r\n\r\n{}`)), [0]);
  assert.deepEqual(errcodes(await raw(`${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n`)), [0]);
  assert.deepEqual(errcodes(await raw([`${head}Expect: 100-continue\r\nContent-Length: 2\r\n\r\n`, '{}'])), [0]);
});

test('too large, and just not', async () => {
  const row = posts.find((r) => r.path.endsWith('/get_corp_tag_list'));
  const body = (n) => `{"x":"${'a'.repeat(n - 8)}"}`;
  assert.equal((await ask(row, { body: body(1 << 20) })).errcode, 0);
  for (const n of [(1 << 20) + 1, 3 << 20]) {
    const reply = await fetch(`${server.url}${row.path}?access_token=${w.tokens.app}`, { method: 'POST', body: body(n) });
    assert.equal((await reply.json()).errcode, 910007, `${n}: ${reply.status}`);
  }
  for (const path of ['/cgi-bin/gettoken', '/v1/sign_in', '/v1/add', '/nowhere']) {
    const reply = await fetch(server.url + path, { method: 'POST', body: body((16 << 10) + 1) });
    assert.equal((await reply.json()).errcode, 910007, `a stranger: ${path}`);
  }
  const many = JSON.stringify({ userid_list: Array.from({ length: 100000 }, () => 'lilei') });
  assert.equal((await ask(posts.find((r) => r.path.endsWith('get_by_user')), { body: many })).errcode, 40058);
  const items = JSON.stringify({ tag: Array.from({ length: 80000 }, () => ({})) });
  assert.equal((await ask(posts.find((r) => r.path.endsWith('add_corp_tag')), { body: items })).errcode, 40058);
  const names = JSON.stringify({ tag_id: Array.from({ length: 9999 }, () => 'etx') });
  assert.equal((await ask(posts.find((r) => r.path.endsWith('get_corp_tag_list')), { body: names })).errcode, 0);
});

test('a megabyte of the smallest things is bounded work', async () => {
  const fill = (start, item, end) => start + item.repeat(Math.floor(((1 << 20) - start.length - end.length) / item.length)) + end;
  const bodies = [fill('[0', ',0', ']'), fill('{"x":[0', ',0', ']}'), fill('{"x":[{}', ',{}', ']}'), fill('{"a":0', ',"":0', '}'), fill('{"tag":[{}', ',{}', ']}'), fill('{"tag_id":[""', ',""', ']}'),
    fill('{"userid_list":[0', ',0', ']}'), fill('{"x":"', '\\u5b57', '"}'), fill('{"x":"', '\\n', '"}'), fill('{"x":', ' ', '1}'), fill('{"x":[[]', ',[]', ']}'), fill('{"text":{"content":[0', ',0', ']}}'),
    fill('{"touser":"a', '|a', '"}'), fill('{"remark_mobiles":["1"', ',"1"', ']}')];
  for (const row of posts.filter((r) => /(message\/send|get_by_user|add_corp_tag|get_corp_tag_list)$/.test(r.path))) {
    const began = Date.now();
    const codes = await Promise.all(bodies.map(async (body) => (await ask(row, { body })).errcode));
    assert.ok(codes.every((c) => typeof c === 'number'), `${row.path}: ${codes}`);
    assert.ok(Date.now() - began < 20000, row.path);
  }
});

test('requests one after the other on one connection, also sent at once', async () => {
  const one = (userid, more = '') => `GET /cgi-bin/user/get?userid=${userid}&access_token=${w.tokens.app} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
  const text = await raw(one('lilei') + one('nobody') + one('hanmeimei') + one('lilei', 'Connection: close\r\n'));
  assert.deepEqual(errcodes(text), [0, 60111, 0, 0]);
  assert.match(await raw(`GET /cgi-bin/user/get?userid=lilei&access_token=${w.tokens.app} HTTP/1.0\r\n\r\n`), /"userid":"lilei"/);
});

test('what is no HTTP is refused, and the server lives on', async () => {
  for (const bytes of ['\r\n\r\n\r\nnonsense\r\n\r\n', 'GET\r\n\r\n', 'GET /cgi-bin/user/get HTTP/9.9\r\n\r\n', `GET /${'x'.repeat(20000)} HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(5000)}\r\n`, 'POST /cgi-bin/message/send HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'POST /cgi-bin/message/send HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
    'POST /cgi-bin/message/send HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST /cgi-bin/message/send HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc])]) {
    const text = await raw([bytes, '\r\n\r\n']);
    assert.match(text, /^(HTTP\/1\.1 (4\d\d|505|501) |$)/, text);
  }
  assert.equal((await ask(rows.find((r) => r.path === '/cgi-bin/agent/list'))).errcode, 0);
});

/* ---- the fields, from the document ---- */

const schemaOf = (s) => {
  if (s.$ref) return schemaOf(openapi.components.schemas[s.$ref.split('/').pop()]);
  return s.allOf ? schemaOf(s.allOf[0]) : s;
};
const sample = (schema) => {
  const s = schemaOf(schema);
  if (s.type === 'object') return Object.fromEntries((s.required ?? []).map((k) => [k, sample(s.properties[k])]));
  if (s.type === 'array') return [sample(s.items)];
  return s.type === 'integer' ? Math.max(1, s.minimum ?? 1) : s.type === 'boolean' ? true : 'x';
};

/* All fields below a schema: where each is and what it is. */
function* fieldsOf(schema, at = []) {
  for (const [name, sub] of Object.entries(schemaOf(schema).properties ?? {})) {
    const s = schemaOf(sub), path = [...at, name];
    yield { path, s };
    if (s.type === 'object') yield* fieldsOf(s, path);
    if (s.type === 'array') {
      const item = schemaOf(s.items);
      yield { path: [...path, 0], s: item };
      if (item.type === 'object') yield* fieldsOf(item, [...path, 0]);
    }
  }
}

/* A body where all is well but what stands at path. */
function bodyWith(schema, path, value) {
  const [key, ...rest] = path, s = schemaOf(schema);
  if (key === undefined) return value;
  if (key === 0) return [bodyWith(s.items, rest, value)];
  return { ...sample(s), [key]: bodyWith(s.properties[key], rest, value) };
}
const named = (path) => path.map((p, i) => (p === 0 ? '[0]' : i ? `.${p}` : p)).join('');

function* wrongValues({ s }) {
  if (s.type === 'string') yield* [['an object', {}], ['a list', ['x']], ['true', true]];
  if (s.type === 'string' && s.maxLength < 500000) yield ['too long', 'x'.repeat(s.maxLength + 1)];
  if (s.type === 'integer') yield* [['a word', 'word'], ['an object', {}], ['a fraction', 1.5], ['true', true], ['2^63', '9223372036854775808']];
  if (s.type === 'integer' && s.minimum > Number.MIN_SAFE_INTEGER) yield ['too small', s.minimum - 1];
  if (s.type === 'boolean') yield* [['a word', 'word'], ['2', 2], ['an object', {}]];
  if (s.type === 'array') yield* [['an object', {}], ['a word', 'word'], ['a number', 7]];
  if (s.type === 'array' && s.maxItems < 100000) yield ['too many', Array.from({ length: s.maxItems + 1 }, () => sample(s.items))];
  if (s.type === 'object') yield* [['a word', 'word'], ['a list', []], ['a number', 7]];
}

describe('each field of each row', () => {
  for (const row of posts) {
    const schema = row.requestBody.content['application/json'].schema;
    const fields = [...fieldsOf(schema)];
    if (fields.length)
      test(row.path, async () => {
        let tried = 0;
        for (const field of fields)
          for (const [what, value] of wrongValues(field)) {
            const got = await ask(row, { body: JSON.stringify(bodyWith(schema, field.path, value)) });
            const where = `${named(field.path)} = ${what}`;
            assert.ok(got.errcode >= 40000 && got.errcode < 50000, `${where}: ${got.errcode} ${got.errmsg}`);
            assert.ok(got.errmsg.includes(`field \`${named(field.path)}\``), `${where}: ${got.errmsg}`);
            tried++;
          }
        for (const name of schemaOf(schema).required ?? []) {
          const { [name]: gone, ...rest } = sample(schema);
          const got = await ask(row, { body: JSON.stringify(rest) });
          assert.equal(got.errcode, 40058);
          assert.ok(got.errmsg.includes(`field \`${name}\` is required`), got.errmsg);
        }
        assert.ok(tried > 0);
      });
  }

  test('null is as good as absent', async () => {
    for (const row of posts) {
      const schema = row.requestBody.content['application/json'].schema;
      const required = schemaOf(schema).required ?? [];
      const bare = await ask(row, { body: JSON.stringify(sample(schema)) });
      const nulls = Object.fromEntries(Object.keys(schemaOf(schema).properties ?? {}).filter((k) => !required.includes(k)).map((k) => [k, null]));
      const same = await ask(row, { body: JSON.stringify({ ...nulls, ...sample(schema) }) });
      assert.equal(same.errcode, bare.errcode, row.path);
    }
  });

  test('values of every kind in every field crash nothing', async () => {
    const odd = [null, '', 0, -1, 1e308, '\u202e', '𝕏'.repeat(70), [[]], [null], { a: { b: [] } }, '1'.repeat(400), -9223372036854775808, ' ', '\n', "'; DROP TABLE member; --", '%s%n'];
    for (const row of posts) {
      const schema = row.requestBody.content['application/json'].schema;
      for (const field of fieldsOf(schema))
        await Promise.all(odd.map((value) => ask(row, { body: JSON.stringify(bodyWith(schema, field.path, value)) })));
    }
  });
});
