/*
 * media/upload and media/get (documents 90253, 90254), and what message/send makes of
 * pictures and files in the member's chat.
 */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, server;
before(async () => {
  w = await startWorld();
  server = w.server;
});
after(() => server.stop());

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR42mP8z8AARAwYFABDegMBVuqR3gAAAABJRU5ErkJggg==', 'base64');
const jpeg = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080002000301011100', 'hex'), Buffer.alloc(40), Buffer.from('ffd9', 'hex')]);
const mp4 = Buffer.concat([Buffer.from('0000001c667479706d70343200000000', 'hex'), Buffer.from('mp42isom'), Buffer.alloc(200)]);
/* Narrow-band AMR of so many 20 ms frames (mode 7: 31 bytes and a header). */
const amr = (frames) => Buffer.concat([Buffer.from('#!AMR\n'), ...Array(frames).fill(Buffer.concat([Buffer.from([0x3c]), Buffer.alloc(31)]))]);
const padded = (start, bytes) => Buffer.concat([start, Buffer.alloc(bytes - start.length)]);

const form = (bytes, name = 'a.bin', part = 'media') => {
  const f = new FormData();
  f.set(part, new Blob([bytes]), name);
  return f;
};
const upload = (type, bytes, name, as = 'app') => server.api(`/cgi-bin/media/upload?type=${type}`, { token: w.tokens[as], body: form(bytes, name) });
const get = (id, { as = 'app', range } = {}) => server.api(`/cgi-bin/media/get?media_id=${encodeURIComponent(id)}`, { token: w.tokens[as], raw: true, headers: range ? { range } : {} });
const bytesOf = async (reply) => Buffer.from(await reply.arrayBuffer());

test('what goes in comes out', async () => {
  for (const [type, bytes, name, mime] of [
    ['image', png, 'p.png', 'image/png'], ['image', jpeg, 'p.jpg', 'image/jpeg'], ['video', mp4, 'v.mp4', 'video/mp4'],
    ['voice', amr(50), 'v.amr', 'audio/amr'], ['file', Buffer.from('第一行\n'), '报价单 2026.txt', 'text/plain'], ['file', Buffer.from([0, 1, 2, 3, 255, 254]), 'x.bin', 'application/octet-stream'],
  ]) {
    const got = await upload(type, bytes, name);
    assert.deepEqual(Object.keys(got), ['errcode', 'errmsg', 'type', 'media_id', 'created_at'], got.errmsg);
    assert.equal(got.type, type);
    assert.equal(typeof got.created_at, 'string');
    assert.ok(Math.abs(got.created_at - Date.now() / 1000) < 60);
    const reply = await get(got.media_id);
    assert.equal(reply.status, 200);
    assert.match(reply.headers.get('content-type'), new RegExp(`^${mime}`));
    assert.match(reply.headers.get('content-disposition'), /^attachment; filename=/);
    assert.deepEqual(await bytesOf(reply), bytes);
    assert.deepEqual(await bytesOf(await get(got.media_id, { as: 'external' })), bytes, 'shared by the company\'s apps');
    assert.equal((await (await get(got.media_id, { as: 'other' })).json()).errcode, 40007);
  }
  const { media_id } = await upload('file', Buffer.from('123456'), '报价单.txt');
  assert.match((await get(media_id)).headers.get('content-disposition'), /filename\*=UTF-8''%E6%8A%A5/);
});

test('parts of a file', async () => {
  const { media_id } = await upload('file', Buffer.from('0123456789'), 'd.txt');
  for (const [range, status, text, content] of [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'], ['bytes=4-', 206, '456789', 'bytes 4-9/10'], ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=8-100', 206, '89', 'bytes 8-9/10'], ['bytes=-100', 206, '0123456789', 'bytes 0-9/10'], ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=5-3', 200, '0123456789', null], ['bytes=a-b', 200, '0123456789', null], ['lines=1-2', 200, '0123456789', null], ['bytes=0-1,4-5', 200, '0123456789', null],
  ]) {
    const reply = await get(media_id, { range });
    assert.deepEqual([reply.status, await reply.text(), reply.headers.get('content-range')], [status, text, content], range);
    assert.equal(reply.headers.get('accept-ranges'), 'bytes');
  }
});

test('types and sizes at their bounds', async () => {
  const MB = 1 << 20;
  for (const [type, bytes, errcode] of [
    ['image', padded(png, 10 * MB), 0], ['image', padded(png, 10 * MB + 1), 40009], ['voice', padded(amr(1), 2 * MB), 0], ['voice', padded(amr(1), 2 * MB + 1), 45001],
    ['video', padded(mp4, 10 * MB + 1), 45001], ['file', Buffer.alloc(20 * MB, 'x'), 0], ['file', Buffer.alloc(20 * MB + 1, 'x'), 45001],
    ['file', Buffer.alloc(6), 0], ['file', Buffer.alloc(5), 40006], ['file', Buffer.alloc(0), 44001],
    ['image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 40004], ['image', Buffer.from('not a picture'), 40004], ['image', mp4, 40004], ['voice', png, 40004],
    ['video', Buffer.from('not a film'), 40004], ['voice', amr(3000), 0], ['voice', amr(3001), 45007], ['', Buffer.from('123456'), 40005], ['nonsense', Buffer.from('123456'), 40005],
  ]) {
    const got = await upload(type, bytes);
    assert.equal(got.errcode, errcode, `${type} of ${bytes.length}: ${got.errmsg}`);
  }
});

test('a body beyond all bounds is refused without being kept', async () => {
  const got = await upload('file', Buffer.alloc(23 << 20)).catch((e) => e);
  assert.ok(got instanceof Error || got.errcode === 910007, JSON.stringify(got));
  assert.equal((await upload('file', Buffer.from('123456'))).errcode, 0);
});

test('broken multipart', async () => {
  const send = (body, type) => server.api('/cgi-bin/media/upload?type=file', { token: w.tokens.app, body, headers: { 'content-type': type } });
  const good = '--b\r\nContent-Disposition: form-data; name="media"; filename="a.txt"\r\n\r\nhello world\r\n--b--\r\n';
  assert.equal((await send(good, 'multipart/form-data; boundary=b')).errcode, 0);
  assert.equal((await send(good, 'multipart/form-data; boundary="b"')).errcode, 0);
  assert.equal((await send(good.replace('filename="a.txt"', 'filename="a.txt"; filelength=11'), 'multipart/form-data; boundary=b')).errcode, 0, 'as WeCom shows it');
  assert.equal((await send(good.replace('filename="a.txt"', "filename*=UTF-8''%E4%BD%A0.txt"), 'multipart/form-data; boundary=b')).errcode, 0);
  for (const [what, body, type] of [
    ['another boundary', good, 'multipart/form-data; boundary=c'], ['no boundary', good, 'multipart/form-data'], ['no type', good, 'application/json'], ['cut', good.slice(0, -8), 'multipart/form-data; boundary=b'],
    ['empty', '', 'multipart/form-data; boundary=b'], ['no header', '--b\r\n\r\nhello world\r\n--b--', 'multipart/form-data; boundary=b'], ['nothing but the end', '--b--', 'multipart/form-data; boundary=b'],
    ['another part', good.replace('"media"', '"other"').replace('; filename="a.txt"', ''), 'multipart/form-data; boundary=b'], ['a long boundary', good, `multipart/form-data; boundary=${'b'.repeat(1000)}`],
  ]) {
    const got = await send(body, type);
    assert.ok([910018, 44001].includes(got.errcode), `${what}: ${JSON.stringify(got)}`);
  }
  const names = ['../../etc/passwd', '..\\..\\x.txt', 'a\u0000b.txt', '\u202etxt.exe', '名'.repeat(300), '', 'CON', 'a/b', '"quoted".txt', 'line\r\nbreak.txt'];
  for (const name of names) {
    const got = await upload('file', Buffer.from('123456'), name);
    assert.equal(got.errcode, 0, JSON.stringify(name));
    const reply = await get(got.media_id);
    assert.equal(reply.status, 200);
    assert.doesNotMatch(reply.headers.get('content-disposition'), /[/\\]|\.\.\//, name);
  }
});

test('a slow upload, cut in the middle, leaves nothing and blocks nobody', async () => {
  const cut = new Promise((resolve) => {
    const r = request(`${server.url}/cgi-bin/media/upload?type=file&access_token=${w.tokens.app}`, { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': 5000000 } });
    r.on('error', resolve);
    r.write('--b\r\nContent-Disposition: form-data; name="media"; filename="a"\r\n\r\n', () => { r.write(Buffer.alloc(100000), () => r.destroy()); });
  });
  assert.equal((await upload('file', Buffer.from('123456'))).errcode, 0);
  await cut;
});

test('unknown files', async () => {
  for (const id of ['nothing', 'x'.repeat(128), '../keys', '..%2f..%2fkeys', "'"]) assert.equal((await (await get(id)).json()).errcode, 40007, id);
  assert.equal((await (await get('')).json()).errcode, 41006);
  assert.equal((await (await get('x'.repeat(257))).json()).errcode, 40058);
});

test('a picture and a file as messages', async () => {
  const { agentid } = w.apps.app;
  const image = await upload('image', png, 'p.png'), file = await upload('file', Buffer.from('hello file'), '说明.txt');
  const send = (msgtype, media_id) => server.api('/cgi-bin/message/send', { token: w.tokens.app, body: { touser: 'lilei', msgtype, agentid, [msgtype]: { media_id } } });
  assert.equal((await send('image', image.media_id)).errcode, 0);
  assert.equal((await send('file', file.media_id)).errcode, 0);
  assert.equal((await send('image', file.media_id)).errcode, 40007, 'a file is no picture');
  const { chat } = await w.guide('/v1/app/open', { agentid });
  const { messages } = await w.guide(`/v1/chat/messages?chat=${chat.chat}`);
  assert.deepEqual(messages.map((m) => [m.type, m.body]), [
    ['image', { name: 'p.png', mime: 'image/png', size: png.length, width: 2, height: 3 }], ['file', { name: '说明.txt', mime: 'text/plain', size: 10 }]]);
  const shown = await fetch(`${server.url}/v1/chat/file?chat=${chat.chat}&seq=2`, { headers: w.guide.headers() });
  assert.equal(await shown.text(), 'hello file');
});

/* A PNG's header of that size; and an MP4 of so many milliseconds. */
const picture = (width, height, bytes = 100) => {
  const all = padded(png.subarray(0, 33), bytes);
  all.writeUInt32BE(width, 16);
  all.writeUInt32BE(height, 20);
  return all;
};
const box = (type, content) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4);
  return Buffer.concat([head, content]);
};
const film = (ms, bytes = 0) => {
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(ms, 16);
  const start = Buffer.concat([box('ftyp', Buffer.from('mp42\0\0\0\0mp42isom')), box('moov', box('mvhd', mvhd))]);
  return bytes ? Buffer.concat([start, box('mdat', Buffer.alloc(bytes - start.length - 8))]) : start;
};

test('attachments of moments and of the album', async () => {
  const MB = 1 << 20;
  const attach = (type, purpose, bytes, as = 'app') => server.api(`/cgi-bin/media/upload_attachment?media_type=${type}&attachment_type=${purpose}`, { token: w.tokens[as], body: form(bytes, 'a.bin') });
  for (const [type, purpose, bytes, errcode] of [
    ['image', 1, png, 0], ['image', 2, jpeg, 0], ['video', 1, film(30000), 0], ['image', 1, picture(10800, 1080), 0], ['image', 1, picture(1080, 10800), 0],
    ['image', 1, picture(10801, 1080), 41081], ['image', 1, picture(1081, 1081), 41081], ['image', 2, picture(4000, 3000), 0],
    ['image', 1, picture(10, 10, 10 * MB), 0], ['image', 1, picture(10, 10, 10 * MB + 1), 41080], ['image', 2, picture(10, 10, 10 * MB + 1), 41080],
    ['video', 1, film(1000, 10 * MB), 0], ['video', 1, film(1000, 10 * MB + 1), 41080], ['video', 1, film(30001), 41082], ['video', 1, mp4, 41090], ['video', 1, png, 41090], ['video', 1, Buffer.from('no film'), 41090],
    ['image', 1, film(10), 40004], ['image', 1, Buffer.from('GIF89a\x02\x00\x02\x00 and more'), 40004], ['image', 2, Buffer.from('no picture'), 40004],
    ['video', 2, film(10), 41072], ['file', 1, Buffer.from('123456'), 41072], ['file', 2, Buffer.from('123456'), 41072],
    ['voice', 1, amr(1), 40004], ['', 1, png, 40004], ['nonsense', 1, png, 40004], ['image', 0, png, 40058], ['image', 3, png, 40058], ['image', '', png, 40058], ['image', 'x', png, 40058],
    ['image', 1, Buffer.alloc(0), 44001], ['image', 1, png.subarray(0, 5), 40006],
  ]) {
    const got = await attach(type, purpose, bytes);
    assert.equal(got.errcode, errcode, `${type} for ${purpose}, ${bytes.length} bytes: ${got.errmsg}`);
  }
  const got = await attach('image', 1, png);
  assert.deepEqual(Object.keys(got), ['errcode', 'errmsg', 'type', 'media_id', 'created_at']);
  assert.deepEqual([got.type, typeof got.created_at], ['image', 'number']);
  assert.ok(Math.abs(got.created_at - Date.now() / 1000) < 60);
  assert.deepEqual(await bytesOf(await get(got.media_id)), png);
  const sent = await server.api('/cgi-bin/message/send', { token: w.tokens.app, body: { touser: 'lilei', msgtype: 'image', agentid: w.apps.app.agentid, image: { media_id: got.media_id } } });
  assert.equal(sent.errcode, 40007, 'it is for moments only');
  assert.equal((await server.api('/cgi-bin/media/upload_attachment?media_type=image&attachment_type=1', { token: w.tokens.app, body: '{}' })).errcode, 910018);
});

test('a picture with an address for ever', async () => {
  const MB = 1 << 20;
  const publish = (bytes, name = 'p.png', part = 'anything', as = 'app') => server.api('/cgi-bin/media/uploadimg', { token: w.tokens[as], body: form(bytes, name, part) });
  const { url, ...rest } = await publish(png);
  assert.deepEqual(rest, { errcode: 0, errmsg: 'ok' });
  assert.ok(url.startsWith(server.url), url);
  const shown = await fetch(url);
  assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/png']);
  assert.deepEqual(await bytesOf(shown), png);
  assert.notEqual((await publish(png)).url, url, 'each has its own');
  for (const [bytes, errcode] of [
    [jpeg, 0], [padded(png, 2 * MB), 0], [padded(png, 2 * MB + 1), 40009], [png.subarray(0, 5), 40009], [Buffer.alloc(0), 44001],
    [Buffer.from('GIF89a\x02\x00\x02\x00 and more'), 40123], [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 40123], [film(10), 40123],
  ]) assert.equal((await publish(bytes)).errcode, errcode, `${bytes.length} bytes`);
});

test('a welcome takes the address of a published picture, and no other', async () => {
  const { makeApp } = await import('../lib/world.mjs');
  const { listen } = await import('../lib/callback.mjs');
  const token = 'phototoken', aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI';
  const app = await makeApp(server, w.admin, 'photo', { sends_welcome: true });
  const heard = await listen({ token, aesKey, corpid: server.env.CORPID });
  try {
    await w.admin('/v1/admin/corp', { allow_private_callbacks: true });
    const set = await w.admin('/v1/admin/app/callback', { agentid: app.agentid, url: heard.url, token, aes_key: aesKey });
    assert.equal(set.http, 200, set.errmsg);
    const access = await server.token(app.secret);
    const { url } = await server.api('/cgi-bin/media/uploadimg', { token: access, body: form(png, 'hello.png') });
    const customer = await server.add(w.guide, '看图的人');
    const { WelcomeCode } = await heard.next((e) => e.ChangeType === 'add_external_contact');
    const welcome = (pic_url) => server.api('/cgi-bin/externalcontact/send_welcome_msg', { token: access,
      body: { welcome_code: WelcomeCode, attachments: [{ msgtype: 'image', image: { pic_url } }] } });
    assert.notEqual((await welcome('https://example.com/a.png')).errcode, 0);
    assert.notEqual((await welcome(`${url}x`)).errcode, 0);
    const sent = await welcome(url);
    assert.equal(sent.errcode, 0, sent.errmsg);
    const { messages } = await customer(`/v1/chat/messages?chat=${customer.chat.chat}`);
    const picture = messages.find((m) => m.type === 'image');
    assert.deepEqual([picture.body.width, picture.body.height], [2, 3]);
    const shown = await fetch(`${server.url}/v1/chat/file?chat=${customer.chat.chat}&seq=${picture.seq}`, { headers: customer.headers() });
    assert.deepEqual(await bytesOf(shown), png);
  } finally {
    await heard.close();
  }
});

test('the picture at the end of a temporary way has an address', async () => {
  const ec = (path, body) => server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens.app, body });
  const { media_id } = await upload('image', png, 'end.png'), text = await upload('file', Buffer.from('no picture'));
  const add = (image) => ec('add_contact_way', { type: 1, scene: 2, user: ['lilei'], is_temp: true, conclusions: { text: { content: '再见' }, image } });
  const { config_id } = await add({ media_id });
  const { conclusions } = (await ec('get_contact_way', { config_id })).contact_way;
  assert.equal(conclusions.image.media_id, undefined);
  const shown = await fetch(conclusions.image.pic_url);
  assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/png']);
  assert.deepEqual(await bytesOf(shown), png);
  const set = await ec('update_contact_way', { config_id, conclusions: { image: { pic_url: conclusions.image.pic_url } } });
  assert.equal(set.errcode, 0, set.errmsg);
  assert.equal((await ec('get_contact_way', { config_id })).contact_way.conclusions.image.pic_url, conclusions.image.pic_url);
  assert.equal((await add({ media_id: text.media_id })).errcode, 40007);
  /* Only such pictures: not what apps and people send each other. */
  for (const id of [media_id, text.media_id]) assert.equal((await server.api(`/v1/avatar?id=1-${id}`)).http, 404);
  for (const id of ['', 'x', '1-', '-', '1-../keys', `2-${new URL(conclusions.image.pic_url).searchParams.get('id').slice(2)}`]) assert.ok((await server.api(`/v1/avatar?id=${id}`)).http >= 400, id);
});

test('the words of text, markdown and cards arrive as they were sent', async () => {
  const { agentid } = w.apps.plain;
  const send = (msgtype, body, more) => server.api('/cgi-bin/message/send', { token: w.tokens.plain, body: { touser: 'hanmeimei', msgtype, agentid, [msgtype]: body, ...more } });
  const han = await server.signIn('hanmeimei');
  const { chat } = await han('/v1/app/open', { agentid });
  const content = '第一行\n<a href="https://example.com">链接</a> "q" \\ \u{1F600}\t.';
  await send('text', { content });
  await send('markdown', { content: '# 标题\n> 引用' });
  await send('textcard', { title: '订单', description: '<div class="gray">今天</div>一台', url: 'https://example.com/?a=1&b=2', btntxt: '更多更多更多' });
  await send('textcard', { title: 't', description: 'd', url: 'https://example.com/' });
  await send('text', { content: `${'字'.repeat(682)}abc${'字'.repeat(100)}` });
  await send('text', { content: 'once' }, { enable_duplicate_check: 1 });
  assert.equal((await send('text', { content: 'once' }, { enable_duplicate_check: 1 })).errcode, 0);
  const { messages } = await han(`/v1/chat/messages?chat=${chat.chat}`);
  assert.deepEqual(messages.map((m) => m.seq), [1, 2, 3, 4, 5, 6], 'the repeated one was not delivered');
  assert.equal(messages[0].body.content, content);
  assert.deepEqual(messages[1].body, { content: '# 标题\n> 引用' });
  assert.deepEqual(messages[2].body, { title: '订单', description: '<div class="gray">今天</div>一台', url: 'https://example.com/?a=1&b=2', btntxt: '更多更多' });
  assert.equal(messages[3].body.btntxt, '详情');
  assert.equal(messages[4].body.content, `${'字'.repeat(682)}ab`, 'cut at 2048 bytes, not within a character');
  for (const m of messages) assert.deepEqual([m.from.kind, m.mine], ['app', false]);
});

test('more than 30 a minute to one member are dropped without a word', async () => {
  const { agentid } = w.apps.narrow;
  for (let i = 0; i < 35; i++) {
    const got = await server.api('/cgi-bin/message/send', { token: w.tokens.narrow, body: { touser: 'sunli', msgtype: 'text', agentid, text: { content: `n${i}` } } });
    assert.equal(got.errcode, 0);
  }
  const { password } = await w.admin('/v1/admin/member/password', { userid: 'sunli' });
  const sun = await server.signIn('sunli', password);
  const { chat } = await sun('/v1/app/open', { agentid });
  const n = (await sun(`/v1/chat/messages?chat=${chat.chat}&limit=100`)).messages.length;
  assert.ok(n === 30 || (n > 30 && n <= 35), `${n}: 30, or more when the minute ended in between`);
});
