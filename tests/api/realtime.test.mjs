/*
 * The realtime protocol, as doc/realtime.md has it, against the running program.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../lib/server.mjs';
import { Socket, connect } from '../lib/socket.mjs';

let server, guide, customer, chat;

before(async () => {
  server = await startServer();
  guide = await server.signIn('lilei', 'demo-lilei');
  customer = await server.add(guide, '韩梅梅');
  chat = customer.chat.chat;
});
after(() => server.stop());

test('a message goes across, acknowledged and numbered', async () => {
  const desk = await connect(guide), page = await connect(customer);
  desk.text(chat, 'n1', '你好\n😀 "quoted" \\ ');
  const ack = await desk.next('ack');
  const { message } = await page.next('message');
  assert.equal(ack.nonce, 'n1');
  assert.equal(message.seq, ack.seq);
  assert.equal(message.msgid, ack.msgid);
  assert.equal(message.mine, false);
  assert.deepEqual(message.body, { content: '你好\n😀 "quoted" \\ ' });
  assert.equal(message.from.kind, 'member');
  assert.equal(message.from.name, guide.me.name);
  assert.notEqual(message.from.id, 'lilei', 'a customer sees no userid');
  assert.equal(message.nonce, undefined);

  page.text(chat, 'n1', 'the nonce is mine, so it is another message');
  const back = await desk.next('message');
  assert.equal(back.message.seq, ack.seq + 1);
  assert.equal(back.message.from.kind, 'customer');
  assert.match(back.message.from.id, /^wm/);
  assert.equal(back.message.from.name, '韩梅梅');
  await desk.close();
  await page.close();
});

test('the same nonce again gives the same answer and adds nothing', async () => {
  const desk = await connect(guide), page = await connect(customer);
  desk.text(chat, 'twice', 'once');
  const first = await desk.next('ack');
  desk.text(chat, 'twice', 'something else');
  assert.deepEqual(await desk.next('ack'), first);
  desk.text(chat, 'after', 'next');
  assert.equal((await desk.next('ack')).seq, first.seq + 1, 'no number is lost');
  await page.next('message', (f) => f.message.seq === first.seq + 1);
  assert.deepEqual((await page.rest()).map((f) => f.message.body.content), ['once']);
  await desk.close();
  await page.close();
});

test('my other sessions get my messages, with the nonce; the sender does not', async () => {
  const phone = await connect(guide), desk = await connect(guide);
  desk.text(chat, 'own', 'mine');
  await desk.next('ack');
  const { message } = await phone.next('message');
  assert.equal(message.mine, true);
  assert.equal(message.nonce, 'own');
  assert.equal(message.from.id, 'lilei');
  assert.deepEqual(await desk.rest(), []);
  await phone.close();
  await desk.close();
});

test('64 sends in flight are applied in order', async () => {
  const desk = await connect(guide);
  for (let i = 0; i < 64; i++) desk.text(chat, `flight${i}`, `${i}`);
  const acks = [];
  for (let i = 0; i < 64; i++) acks.push(await desk.next('ack'));
  assert.deepEqual(acks.map((a) => a.nonce), acks.map((_, i) => `flight${i}`));
  assert.deepEqual(acks.map((a) => a.seq - acks[0].seq), acks.map((_, i) => i));
  await desk.close();
});

test('hundreds at once: each is acknowledged or refused for now, none is lost', async () => {
  const desk = await connect(guide);
  const left = new Set(Array.from({ length: 300 }, (_, i) => `burst${i}`)), seqs = new Set();
  let refused = 0;
  while (left.size) {
    const batch = [...left];
    for (const nonce of batch) desk.text(chat, nonce, nonce);
    for (let i = 0; i < batch.length; i++) {
      const frame = await desk.next('', (f) => f.t === 'ack' || f.t === 'nack');
      if (frame.t === 'ack') {
        left.delete(frame.nonce);
        seqs.add(frame.seq);
      } else {
        assert.deepEqual([frame.errcode, frame.retry], [45009, true]);
        refused++;
      }
    }
  }
  assert.equal(seqs.size, 300);
  const { messages } = await guide.get(`/v1/chat/messages?chat=${chat}&after=${Math.min(...seqs) - 1}&limit=200`);
  messages.forEach((m, i) => assert.equal(m.seq, Math.min(...seqs) + i));
  await desk.close();
});

test('nonces at their bounds', async () => {
  const desk = await connect(guide);
  for (const nonce of ['x', 'n'.repeat(64), '"\\\n\u{1F600}', '=w1-0', ' ']) {
    desk.text(chat, nonce, 'x');
    assert.equal((await desk.next('', (f) => f.t === 'ack' || f.t === 'nack')).nonce, nonce);
  }
  for (const nonce of ['', 'n'.repeat(65), null, {}]) {
    const s = await connect(guide);
    s.send({ t: 'send', nonce, chat, type: 'text', body: { content: 'x' } });
    assert.equal(typeof (await s.next('error')).errcode, 'number');
    assert.equal(await s.closed, 4400);
  }
  await desk.close();
});

test('a nonce of the server cannot be taken before it', async () => {
  /* The welcome of the next customer will have a nonce of the server's own kind. */
  const page = await connect(customer);
  page.text(chat, '=1', 'mine');
  const frame = await page.next('', (f) => f.t === 'ack' || f.t === 'nack');
  const { messages } = await guide.get(`/v1/chat/messages?chat=${chat}&limit=1`);
  if (frame.t === 'ack') assert.equal(messages[0].from.kind, 'customer', 'it is the sender\'s alone');
  await page.close();
});

test('cursors that are none of ours', async () => {
  for (const cursor of ['0', '9223372036854775807', 5]) {
    const s = await connect(guide, cursor);
    assert.ok(Array.isArray(s.first.chats));
    await s.close();
  }
  for (const cursor of ['-1', 'x', '9223372036854775808', {}, true, '1.5']) {
    const s = new Socket(server, { token: guide.token });
    await s.opened;
    s.send({ t: 'hello', cursor });
    assert.equal((await s.next('error')).errcode, 40058, JSON.stringify(cursor));
    assert.equal(await s.closed, 4400);
  }
});

test('one socket, two people one after the other: each sends as himself', async () => {
  const other = await server.signIn('hanmeimei');
  const theirs = (await server.add(other, '两边')).chat.chat;
  const s = new Socket(server, { token: guide.token });
  await s.opened;
  for (let i = 0; i < 30; i++) {
    s.send({ t: 'hello', token: i % 2 ? other.token : guide.token });
    s.text(i % 2 ? theirs : chat, `turn${i}`, `turn ${i}`);
    s.text(i % 2 ? chat : theirs, `stranger${i}`, 'not mine');
  }
  for (let i = 0; i < 60; i++) {
    const frame = await s.next('', (f) => f.t === 'ack' || f.t === 'nack');
    assert.equal(frame.t, frame.nonce.startsWith('turn') ? 'ack' : 'nack', JSON.stringify(frame));
  }
  const last = (await other.get(`/v1/chat/messages?chat=${theirs}&limit=1`)).messages[0];
  assert.deepEqual([last.from.id, last.body.content], ['hanmeimei', 'turn 29']);
  await s.close();
});

test('resuming by cursor gives what has changed since, once', async () => {
  const desk = await connect(guide);
  const { cursor } = desk.first;
  assert.ok(desk.first.chats.length >= 1);
  await desk.close();
  let again = await connect(guide, cursor);
  assert.deepEqual(again.first.chats, []);
  assert.equal(again.first.cursor, cursor);
  await again.close();

  const page = await connect(customer);
  page.text(chat, 'while away', '在吗？\nhello');
  const ack = await page.next('ack');
  again = await connect(guide, cursor);
  assert.equal(again.first.chats.length, 1);
  const [head] = again.first.chats;
  assert.equal(head.chat, chat);
  assert.equal(head.last_seq, ack.seq);
  assert.deepEqual(head.last, { seq: ack.seq, type: 'text', preview: '在吗？', time: ack.time, mine: false });
  assert.ok(BigInt(again.first.cursor) > BigInt(cursor));
  assert.equal(again.first.more, false);
  await again.close();
  await page.close();
});

test('read marks grow, are told to the other side, and clear the count', async () => {
  const desk = await connect(guide), page = await connect(customer);
  page.text(chat, 'read me', 'x');
  const { seq } = await page.next('ack');
  desk.send({ t: 'read', chat, seq });
  const told = await page.next('read');
  assert.equal(told.seq, seq);
  assert.equal(told.mine, false);
  assert.equal(told.who.kind, 'member');
  assert.equal((await desk.next('read')).mine, true);
  desk.send({ t: 'read', chat, seq: seq - 1 });
  desk.send({ t: 'read', chat, seq: seq + 100 });
  assert.deepEqual(await page.rest(), []);
  const { chat: head } = await guide.get(`/v1/chat?chat=${chat}`);
  assert.equal(head.unread, 0);
  assert.equal(head.read_seq, seq);
  assert.equal((await customer.get(`/v1/chat?chat=${chat}`)).chat.peer_read_seq, seq);
  await desk.close();
  await page.close();
});

test('typing is told to the other side only, and not too often', async () => {
  const desk = await connect(guide), page = await connect(customer);
  page.send({ t: 'typing', chat });
  page.send({ t: 'typing', chat });
  const told = await desk.next('typing');
  assert.equal(told.chat, chat);
  assert.equal(told.who.kind, 'customer');
  assert.deepEqual(await desk.rest(), []);
  assert.deepEqual(await page.rest(), []);
  await desk.close();
  await page.close();
});

test('pictures and files show no media key, and only those in the chat get them', async () => {
  const desk = await connect(guide), page = await connect(customer);
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR42mP8z8AARAwYFABDegMBVuqR3gAAAABJRU5ErkJggg==',
    'base64',
  );
  const upload = async (person, nonce, type, name, bytes) => {
    const form = new FormData();
    form.set('media', new Blob([bytes]), name);
    return person(`/v1/chat/upload?chat=${chat}&nonce=${nonce}&type=${type}`, form);
  };
  const sent = await upload(customer, 'pic', 'image', '照片.png', png);
  assert.equal(sent.http, 200, sent.errmsg);
  assert.deepEqual(await upload(customer, 'pic', 'image', '照片.png', png).then((r) => r.seq), sent.seq);
  const { message } = await desk.next('message');
  assert.deepEqual(message.body, { name: '照片.png', mime: 'image/png', size: png.length, width: 2, height: 3 });
  const listed = (await guide.get(`/v1/chat/messages?chat=${chat}&limit=1`)).messages[0];
  assert.deepEqual(listed.body, message.body);

  const file = (who, seq, more = '') => fetch(`${server.url}/v1/chat/file?chat=${chat}&seq=${seq}${more}`, { headers: who.headers() });
  const shown = await file(guide, sent.seq);
  assert.equal(shown.headers.get('content-type'), 'image/png');
  assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
  assert.match(shown.headers.get('content-disposition'), /^inline/);
  assert.deepEqual(Buffer.from(await shown.arrayBuffer()), png);
  assert.match((await file(guide, sent.seq, '&download=1')).headers.get('content-disposition'), /^attachment/);

  const page1 = await upload(guide, 'html', 'file', 'x.html', '<script>alert(1)</script>');
  assert.equal(page1.http, 200, page1.errmsg);
  assert.match((await file(customer, page1.seq)).headers.get('content-disposition'), /^attachment/);
  assert.equal((await upload(guide, 'html2', 'image', 'x.png', '<script>alert(1)</script>')).errcode, 40004);

  const stranger = await server.add(guide, '陌生人');
  assert.equal((await file(stranger, sent.seq)).status, 404);
  await desk.close();
  await page.close();
});

test('strangers find nothing, send nothing, hear nothing', async () => {
  const stranger = await server.add(guide, '路人');
  const s = await connect(stranger), desk = await connect(guide);
  assert.ok(!s.first.chats.some((c) => c.chat === chat));
  for (const name of [chat, '1-zzzz', 'x', '', '9-1']) {
    s.text(name, `x${name}`, 'hello?');
    assert.equal((await s.next('nack')).errcode, 910002, name);
  }
  s.send({ t: 'read', chat, seq: 1 });
  s.send({ t: 'typing', chat });
  assert.equal((await stranger.get(`/v1/chat?chat=${chat}`)).http, 404);
  assert.equal((await stranger.get(`/v1/chat/messages?chat=${chat}`)).http, 404);
  assert.equal((await stranger.post('/v1/chat/read', { chat, seq: 1 })).http, 404);
  desk.text(chat, 'private', 'not for strangers');
  await desk.next('ack');
  assert.deepEqual(await s.rest(), []);
  await s.close();
  await desk.close();
});

test('what cannot be sent is refused by name, and the socket lives on', async () => {
  const desk = await connect(guide);
  const nack = async (fields) => {
    desk.send({ t: 'send', nonce: 'bad', chat, type: 'text', body: { content: 'x' }, ...fields });
    return desk.next('nack');
  };
  assert.equal((await nack({ body: { content: '' } })).errcode, 40058);
  assert.equal((await nack({ body: { content: ' \n' } })).errcode, 44004);
  assert.equal((await nack({ body: { content: 'x'.repeat(4001) } })).errcode, 40058);
  assert.equal((await nack({ body: {} })).errcode, 40058);
  assert.equal((await nack({ type: 'textcard', body: {} })).errcode, 40008);
  assert.equal((await nack({ type: 'image', body: { media_id: 'x' } })).errcode, 40008);
  desk.text(chat, 'long', '字'.repeat(4000));
  assert.equal((await desk.next('ack')).nonce, 'long');
  await desk.close();
});

test('broken frames get an error and 4400, too large ones 1009', async () => {
  for (const bad of ['{', '[]', '{"t":1.5,"x":[]', '{"t":"nonsense"}', '{"t":"send"}', '{}', '"x"', '{"t":"send\\u0000"}']) {
    const s = await connect(guide);
    s.send(bad);
    assert.equal(typeof (await s.next('error')).errcode, 'number', bad);
    assert.equal(await s.closed, 4400, bad);
  }
  const s = await connect(guide);
  s.send('x'.repeat(131073));
  assert.equal(await s.closed, 1009);
});

test('who is nobody is told so and closed with 4401', async () => {
  for (const options of [{}, { token: 'nonsense' }, { token: customer.token }, { client: 'consumer', token: guide.token }]) {
    const s = new Socket(server, options);
    await s.opened;
    s.send({ t: 'hello' });
    assert.equal((await s.next('error')).errcode, 910004);
    assert.equal(await s.closed, 4401);
  }
  const s = new Socket(server, { token: guide.token });
  await s.opened;
  s.text(chat, 'too early', 'x');
  assert.equal(await s.closed, 4401, 'hello comes first');
});

test('a token in hello, or the cookie, is as good', async () => {
  const one = new Socket(server);
  assert.ok((await one.hello({ token: guide.token })).session);
  const two = new Socket(server, { headers: { cookie: `liaison_member=${guide.token}` } });
  assert.ok((await two.hello()).session);
  await one.close();
  await two.close();
});

test('a foreign origin is refused', async () => {
  const s = new Socket(server, { token: guide.token, headers: { origin: 'https://evil.example' } });
  await assert.rejects(s.opened, /403/);
});

test('revoking a session closes its sockets and no others', async () => {
  const other = await server.signIn('lilei', 'demo-lilei');
  const gone = await connect(other), stays = await connect(guide);
  const { sessions } = await other.get('/v1/sessions');
  const mine = sessions.find((x) => x.current);
  assert.equal((await guide.post('/v1/session/revoke', { session: mine.session })).http, 200);
  assert.equal((await gone.next('signed_out')).reason, 'revoked');
  assert.equal(await gone.closed, 4401);
  assert.deepEqual(await stays.rest(), []);
  await stays.close();
});

test('a slow client is told to sync and gets all from its cursor', async () => {
  const page = await connect(customer), desk = await connect(guide);
  page.ws._socket.pause();
  let last = 0;
  for (let round = 0; round < 40; round++) {
    for (let i = 0; i < 32; i++) desk.text(chat, `slow${round}.${i}`, '慢'.repeat(4000));
    for (let i = 0; i < 32; i++) last = (await desk.next('ack')).seq;
  }
  page.ws._socket.resume();
  await page.next('sync');
  page.send({ t: 'hello', cursor: page.first.cursor });
  const again = await page.next('hello');
  assert.equal(again.chats.find((c) => c.chat === chat).last_seq, last);
  desk.text(chat, 'after the flood', 'x');
  await page.next('message', (f) => f.message.seq === last + 1);
  await page.close();
  await desk.close();
});

test('disabling a member ends his sessions within a second', async () => {
  const admin = await server.signIn('admin', 'demo-admin', 'console');
  const han = await server.signIn('lilei', 'demo-lilei');
  const s = await connect(han), page = await connect(customer);
  const began = Date.now();
  assert.equal((await admin.post('/v1/admin/member/disable', { userid: 'lilei' })).http, 200);
  assert.equal((await s.next('signed_out')).reason, 'disabled');
  assert.equal(await s.closed, 4401);
  assert.ok(Date.now() - began < 1000);
  assert.equal((await han.get('/v1/me')).http, 401);
  /* His customers stay: they may still write. */
  page.text(chat, 'still here', 'x');
  await page.next('ack');
  await page.close();
  assert.equal((await admin.post('/v1/admin/member/enable', { userid: 'lilei' })).http, 200);
  guide = await server.signIn('lilei', 'demo-lilei');
});

test('the server stops politely and loses nothing', async () => {
  const desk = await connect(guide);
  const { chat: before } = await guide.get(`/v1/chat?chat=${chat}`);
  for (let i = 0; i < 50; i++) desk.text(chat, `last${i}`, `${i}`);
  await desk.next('ack');
  await server.halt();
  assert.equal(await desk.closed, 1001);
  const acks = 1 + desk.frames.filter((f) => f.t === 'ack').length;
  assert.match(await server.liaison('doctor'), /./);
  await server.start();
  const { chat: head } = await guide.get(`/v1/chat?chat=${chat}`);
  assert.ok(head.last_seq - before.last_seq >= acks);
});
