/*
 * What is the consumer's own: his data as a file, name, picture, language, the cards he
 * passes on; and how fast he may go.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { until } from '../lib/server.mjs';
import { connect } from '../lib/socket.mjs';
import { startWorld } from '../lib/world.mjs';
import { readZip } from '../lib/zip.mjs';

let w, server, guide, han;
before(async () => {
  w = await startWorld();
  ({ server, guide } = w);
  han = await server.signIn('hanmeimei');
});
after(() => server.stop());

const both = (got) => [got.http, got.errcode];
const codeOf = async (member) => (await member('/v1/my_code')).code;
const say = (who, content, nonce) => who('/v1/chat/send', { chat: who.chat.chat, type: 'text', body: { content }, nonce });
const customerOf = async (member, q) => (await member(`/v1/customers?q=${encodeURIComponent(q)}`)).customers[0];

/* A PNG of one colour. */
function png(width, height = width) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    let crc = ~0;
    for (const byte of body) {
      crc ^= byte;
      for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    }
    out.writeUInt32BE(~crc >>> 0, body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height))), chunk('IEND', Buffer.alloc(0))]);
}

async function show(who, bytes, name = 'me.png') {
  const form = new FormData();
  form.append('media', new Blob([bytes]), name);
  return server.api('/v1/me/picture', { body: form, headers: who.headers() });
}

/* ---- his data ---- */

test('all that a company has of him, as a file he can read', async () => {
  const a = await server.add(guide, '<b>存档</b>');
  await say(a, '<script>alert(1)</script> & "quoted"', 'e1');
  for (let i = 0; i < 230; i++) await say(a, `第 ${i} 句`, `p${i}`);
  const form = new FormData();
  form.append('media', new Blob(['合同内容']), '合同.txt');
  assert.equal((await server.api(`/v1/chat/upload?chat=${a.chat.chat}&nonce=f1&type=file`, { body: form, headers: a.headers() })).http, 200);
  const customer = await customerOf(guide, '存档');
  await guide('/v1/customer/remark', { external_userid: customer.external_userid, remark: '私下的备注' });
  const reply = await fetch(`${server.url}/v1/company/export?corpid=${w.env.CORPID}&lang=zh`, { headers: a.headers() });
  assert.equal(reply.status, 200);
  assert.equal(reply.headers.get('content-type'), 'application/zip');
  assert.match(reply.headers.get('content-disposition'), /^attachment/);
  const files = readZip(await reply.arrayBuffer());
  const names = [...files.keys()];
  assert.deepEqual(names.slice(0, 4), ['index.html', 'data.json', 'chats/1.json', 'chats/1.html']);
  const file = names.find((n) => n.startsWith('files/'));
  assert.match(file, /^files\/1-\d+-合同\.txt$/);
  assert.equal(files.get(file).toString(), '合同内容');
  const data = JSON.parse(files.get('data.json'));
  assert.equal(data.company.corp.corpid, w.env.CORPID);
  assert.equal(data.holds.name, '<b>存档</b>');
  assert.equal(data.holds.notes, true);
  const messages = JSON.parse(files.get('chats/1.json'));
  const { chat } = await a(`/v1/chat?chat=${a.chat.chat}`);
  assert.deepEqual(messages.map((m) => m.seq), Array.from({ length: chat.last_seq }, (_, i) => i + 1));
  assert.equal(messages.find((m) => m.type === 'text' && m.mine).body.content, '<script>alert(1)</script> & "quoted"');
  const page = files.get('chats/1.html').toString();
  assert.ok(page.includes('&lt;script&gt;') && !page.includes('<script'), 'text is text');
  assert.ok(page.includes('第 229 句'));
  assert.ok(files.get('index.html').toString().includes('李雷'));
  for (const bytes of files.values()) assert.ok(!bytes.toString().includes('私下的备注'));
  for (const bytes of files.values()) assert.ok(!bytes.toString().includes(customer.external_userid));
});

test('the file: his own companies only, a few a minute', async () => {
  const a = await server.add(guide, '存二');
  const get = (corpid) => a(`/v1/company/export?corpid=${corpid}`);
  assert.deepEqual(both(await get(w.otherCorp)), [404, 910002]);
  assert.deepEqual(both(await guide(`/v1/company/export?corpid=${w.env.CORPID}`)), [403, 910008]);
  await get('wwnobody');
  assert.deepEqual(both(await get(w.env.CORPID)), [429, 45009]);
});

/* ---- name, picture, language ---- */

test('a picture: shown to those who serve him, under another key in each company', async () => {
  const a = await server.add(guide, '画像');
  const set = await show(a, png(256));
  assert.equal(set.http, 200, set.errmsg);
  assert.ok(set.me.avatar);
  const seen = (await customerOf(guide, '画像')).avatar;
  assert.ok(seen && seen !== set.me.avatar);
  const picture = async (id) => Buffer.from(await (await server.api(`/v1/avatar?id=${id}`, { raw: true })).arrayBuffer());
  assert.ok((await picture(seen)).equals(png(256)) && (await picture(set.me.avatar)).equals(png(256)));
  /* Who adds later sees it, too. */
  await a('/v1/add', { code: await codeOf(han) });
  assert.equal((await customerOf(han, '画像')).avatar, seen, 'one customer, one picture, however many serve him');
  assert.equal((await a('/v1/me')).me.avatar, set.me.avatar);
});

test('what is no small square picture is refused', async () => {
  const codes = [];
  const a = await server.add(guide, '图一');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script></svg>';
  for (const bytes of [png(64, 65), png(16), png(1025), svg, 'GIF89a', Buffer.alloc(0)]) codes.push((await show(a, bytes)).errcode);
  assert.deepEqual(codes, [40009, 40009, 40009, 40004, 40004, 40004]);
  const b = await server.add(guide, '图二');
  const big = Buffer.concat([png(64), Buffer.alloc(256 << 10)]);
  assert.equal((await show(b, big)).errcode, 45001);
  assert.deepEqual(both(await show(guide, png(64))), [403, 910008]);
  assert.equal((await b('/v1/me')).me.avatar, '');
});

test('renaming: a few times a minute', async () => {
  const a = await server.add(guide, '改名');
  const codes = [];
  for (let i = 0; i < 7; i++) codes.push((await a('/v1/me/name', { name: `改名${i}` })).errcode ?? 0);
  assert.deepEqual(codes.slice(-1), [45009]);
  assert.equal((await customerOf(guide, '改名')).name, '改名5');
});

test('a language of his own', async () => {
  const a = await server.add(guide, '语言');
  assert.equal((await a('/v1/me')).me.language, undefined);
  assert.equal((await a('/v1/me/language', { language: 'en' })).http, 200);
  assert.equal((await a('/v1/me')).me.language, 'en');
  assert.equal((await a('/v1/me/language', { language: 'tlh' })).errcode, 40058);
  assert.equal((await a('/v1/me/language', { language: '' })).http, 200);
});

/* ---- cards that are passed on ---- */

test('a card passed on by another customer: the employee sees whose recommendation it was', async () => {
  const a = await server.add(guide, '推荐人');
  const shared = await a('/v1/card/share', { chat: a.chat.chat });
  assert.equal(shared.http, 200, shared.errmsg);
  assert.equal((await a('/v1/card/share', { chat: a.chat.chat })).url, shared.url);
  const url = new URL(shared.url);
  const code = url.pathname.slice(3), by = url.searchParams.get('by');
  const card = await server.api(`/v1/card?code=${code}&by=${by}`);
  assert.deepEqual([card.card.name, card.shared_by], ['李雷', '推荐人']);
  assert.equal((await server.api(`/v1/card?code=${code}&by=nonsense`)).shared_by, undefined);
  const add = async (fields) => {
    const got = await server.api('/v1/add', { body: { code, ...fields }, headers: { 'x-liaison-client': 'consumer' } });
    assert.equal(got.http, 200, got.errmsg);
    return got;
  };
  await add({ by, nickname: '朋友甲' });
  await add({ by: 'nonsense', nickname: '朋友乙' });
  const first = await customerOf(guide, '朋友甲'), second = await customerOf(guide, '朋友乙');
  assert.deepEqual([first.add_way, first.shared_by], [3, '推荐人']);
  assert.deepEqual([second.add_way, second.shared_by], [1, undefined]);
  const open = await server.api(`/cgi-bin/externalcontact/get?external_userid=${first.external_userid}`, { token: w.tokens.app });
  assert.equal(open.follow_user[0].add_way, 3);
  /* For another employee's code it says nothing. */
  const other = await server.api('/v1/add', { body: { code: await codeOf(han), by, nickname: '朋友丙' }, headers: { 'x-liaison-client': 'consumer' } });
  assert.equal(other.http, 200);
  assert.equal((await customerOf(han, '朋友丙')).add_way, 1);
  assert.equal((await a('/v1/add', { code, by })).http, 200, 'his own link leads him to his own chat');
});

test('only a card one has can be passed on', async () => {
  const a = await server.add(guide, '甲甲'), b = await server.add(guide, '乙乙');
  assert.deepEqual(both(await a('/v1/card/share', { chat: b.chat.chat })), [404, 910002]);
  await a('/v1/leave', { chat: a.chat.chat });
  assert.deepEqual(both(await a('/v1/card/share', { chat: a.chat.chat })), [403, 910013]);
});

/* ---- how fast ---- */

test('a consumer may send so fast and no faster, over HTTP and the socket together', async () => {
  await server.halt();
  server.options.args = ['--rate-consumer-per-minute', '12'];
  await server.start();
  const fresh = await server.signIn('lilei');
  const minute = () => Math.floor(Date.now() / 60000);
  /* All within one minute: try again should the minute turn in between. */
  await until(async () => {
    const began = minute();
    const a = await server.add(fresh, `快手${began}`);
    const socket = await connect(a);
    const got = [];
    for (let i = 0; i < 6; i++) got.push((await say(a, `h${i}`, `h${i}`)).http);
    for (let i = 0; i < 8; i++) socket.text(a.chat.chat, `s${i}`, `s${i}`);
    const frames = [];
    for (let i = 0; i < 8; i++) frames.push(await socket.next('', (f) => f.nonce === `s${i}` && (f.t === 'ack' || f.t === 'nack')));
    const last = await say(a, 'more', 'more');
    await socket.close();
    if (minute() !== began) return false;
    assert.deepEqual(got, [200, 200, 200, 200, 200, 200]);
    assert.deepEqual(frames.map((f) => f.t), ['ack', 'ack', 'ack', 'ack', 'ack', 'ack', 'nack', 'nack']);
    const nack = frames.at(-1);
    assert.deepEqual([nack.errcode, nack.retry], [45009, true]);
    assert.ok(nack.retry_ms > 0 && nack.retry_ms <= 60000, String(nack.retry_ms));
    assert.deepEqual(both(last), [429, 45009]);
    /* Members are not slowed down by it, nor other consumers. */
    for (let i = 0; i < 20; i++) assert.equal((await fresh('/v1/chat/send', { chat: a.chat.chat, type: 'text', body: { content: 'x' }, nonce: `m${i}` })).http, 200);
    const b = await server.add(fresh, '慢手');
    assert.equal((await say(b, 'x', 'x')).http, 200);
    return true;
  }, 'a whole minute');
});
