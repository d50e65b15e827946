/*
 * message/send against the running program: types, receivers, errors, repeats; and what
 * a member says to the app.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../lib/server.mjs';
import { connect } from '../lib/socket.mjs';

let server, env, token, guide;

const call = (path, body, access = token) => server.api(`/cgi-bin/${path}?access_token=${access}`, { body });

const send = (fields) =>
  call('message/send', { touser: 'lilei', msgtype: 'text', agentid: env.AGENTID, text: { content: 'hi' }, ...fields });

before(async () => {
  server = await startServer();
  env = server.env;
  token = await server.token();
  guide = await server.signIn('lilei', 'demo-lilei');
});
after(() => server.stop());

test('a text arrives on the desk, in the chat with the app', async () => {
  const desk = await connect(guide);
  const sent = await send({ text: { content: '今天有 3 位老客过生日' }, agentid: Number(env.AGENTID), safe: '0' });
  assert.equal(sent.errcode, 0, sent.errmsg);
  assert.equal(sent.errmsg, 'ok');
  assert.equal(typeof sent.msgid, 'string');
  assert.equal(sent.invaliduser, undefined);
  const { message } = await desk.next('message');
  assert.equal(message.from.kind, 'app');
  assert.equal(message.from.id, env.AGENTID);
  assert.deepEqual(message.body, { content: '今天有 3 位老客过生日' });
  const { chat } = await guide.get(`/v1/chat?chat=${message.chat}`);
  assert.equal(chat.kind, 'app');
  assert.equal(chat.peer.id, env.AGENTID);
  const { apps } = await guide.get('/v1/apps');
  assert.equal(apps.find((a) => String(a.agentid) === env.AGENTID).chat, message.chat);
  await desk.close();
});

test('cards, markdown, pictures and files arrive', async () => {
  const desk = await connect(guide);
  const card = { title: '新订单', description: '<div class="gray">今天</div>', url: 'https://example.com/o/1' };
  assert.equal((await send({ msgtype: 'textcard', textcard: card })).errcode, 0);
  assert.deepEqual((await desk.next('message')).message.body, { ...card, btntxt: '详情' });
  assert.equal((await send({ msgtype: 'markdown', markdown: { content: '# hi' } })).errcode, 0);
  assert.equal((await desk.next('message')).message.type, 'markdown');

  const form = new FormData();
  form.set('media', new Blob(['name,count\n冰箱,3\n']), '库存.csv');
  const { media_id } = await server.api(`/cgi-bin/media/upload?access_token=${token}&type=file`, { body: form });
  assert.equal((await send({ msgtype: 'file', file: { media_id } })).errcode, 0);
  const { message } = await desk.next('message');
  assert.equal(message.body.name, '库存.csv');
  assert.equal(message.body.media_id, undefined);
  const file = await fetch(`${server.url}/v1/chat/file?chat=${message.chat}&seq=${message.seq}`, { headers: guide.headers() });
  assert.equal(await file.text(), 'name,count\n冰箱,3\n');
  assert.equal((await send({ msgtype: 'image', image: { media_id } })).errcode, 40007);
  await desk.close();
});

test('who cannot be reached is reported', async () => {
  const some = await send({ touser: 'LiLei|Nobody|lilei', toparty: '1|999', totag: '7' });
  assert.equal(some.errcode, 0, some.errmsg);
  assert.equal(some.invaliduser, 'nobody');
  assert.equal(some.invalidparty, '999');
  assert.equal(some.invalidtag, '7');
  assert.equal((await send({ touser: '@all', toparty: '999' })).invalidparty, undefined);
});

test('what is wrong has its number', async () => {
  const codes = [
    [{ touser: '' }, 82001],
    [{ touser: 'nobody', toparty: '999' }, 81013],
    [{ touser: undefined, totag: '1' }, 81013],
    [{ agentid: undefined }, 41016],
    [{ agentid: 'x' }, 40056],
    [{ agentid: 999999 }, 40056],
    [{ agentid: 1 }, 301002],
    [{ msgtype: undefined }, 40008],
    [{ msgtype: 'voice', voice: { media_id: 'x' } }, 40007],
    [{ msgtype: 'video' }, 40007],
    [{ msgtype: 'nonsense' }, 40008],
    [{ text: undefined }, 44004],
    [{ text: { content: '' } }, 44004],
    [{ text: 'x' }, 40058],
    [{ msgtype: 'markdown', markdown: { content: 'x'.repeat(2049) } }, 45002],
    [{ msgtype: 'image', image: { media_id: 'x' } }, 40007],
    [{ msgtype: 'file' }, 40007],
    [{ msgtype: 'textcard', textcard: { title: 't' } }, 40058],
    [{ touser: Array(1001).fill('lilei').join('|') }, 40032],
  ];
  for (const [fields, code] of codes) {
    const got = await send(fields);
    assert.equal(got.errcode, code, `${JSON.stringify(fields).slice(0, 80)}: ${got.errmsg}`);
    assert.equal(got.http, 200);
    assert.equal(got.msgid, undefined);
  }
  assert.equal((await call('message/send', '{"touser":')).errcode, 910001);
  assert.equal((await call('message/send', '{}', 'nonsense')).errcode, 40014);
  assert.equal((await call('message/send', '{}', '')).errcode, 41001);
});

test('the same call twice within its time is delivered once, if the app wants that', async () => {
  const desk = await connect(guide);
  const once = { text: { content: 'once' }, enable_duplicate_check: 1, duplicate_check_interval: 60 };
  assert.equal((await send(once)).errcode, 0);
  assert.equal((await send(once)).errcode, 0);
  assert.equal((await send({ text: { content: 'again' } })).errcode, 0);
  assert.equal((await send({ text: { content: 'again' } })).errcode, 0);
  const heard = [];
  for (let i = 0; i < 3; i++) heard.push((await desk.next('message')).message.body.content);
  assert.deepEqual(heard, ['once', 'again', 'again']);
  assert.deepEqual(await desk.rest(), []);
  await desk.close();
});

test('more than thirty a minute to one member are dropped silently', async () => {
  const han = await server.signIn('admin');
  const desk = await connect(han);
  for (let i = 0; i < 70; i++)
    assert.equal((await send({ touser: 'admin', text: { content: `${i}` } })).errcode, 0);
  const heard = (await desk.rest()).filter((f) => f.t === 'message').map((f) => f.message.body.content);
  /* The minute may turn over once in between. */
  assert.ok(heard.length >= 20 && heard.length <= 60, `${heard.length}`);
  assert.deepEqual(heard.slice(0, 20), [...Array(20).keys()].map(String));
  await desk.close();
});

test('a member answers the app in its chat', async () => {
  const opened = await guide.post('/v1/app/open', { agentid: Number(env.AGENTID) });
  assert.equal(opened.http, 200, opened.errmsg);
  const desk = await connect(guide);
  desk.text(opened.chat.chat, 'to the app', '库存还有吗？');
  assert.equal((await desk.next('ack')).chat, opened.chat.chat);
  assert.equal((await guide.post('/v1/app/open', { agentid: 1 })).errcode, 40056);
  assert.equal((await guide.post('/v1/app/open', { agentid: 424242 })).errcode, 40056);
  await desk.close();
});

test('to thousands at once, and they are found again', async () => {
  const many = 5300, admin = await server.signIn('admin', 'demo-admin');
  const rows = Array.from({ length: many }, (_, i) => `many${i},众${i},大部,${i === many - 1 ? 'the-last-one' : ''}`);
  const form = new FormData();
  form.set('media', new Blob([`userid,name,department,password\n${rows.join('\n')}\n`]), 'many.csv');
  const imported = await fetch(`${server.url}/v1/admin/members/import`, { method: 'POST', body: form, headers: admin.headers() });
  assert.equal((await imported.json()).added, many);

  const sent = await send({ touser: '@all', text: { content: '致全体' } });
  assert.equal(sent.errcode, 0, sent.errmsg);
  const last = await server.signIn(`many${many - 1}`, 'the-last-one');
  const { chats } = await last.get('/v1/chats');
  assert.deepEqual(chats.map((c) => c.last.preview), ['致全体']);

  const { departments } = await admin.get('/v1/admin/departments');
  const { id } = departments.find((d) => d.name === '大部');
  const find = (q, cursor = '') => admin.get(`/v1/admin/members?department=${id}&limit=2&q=${q}${cursor && `&cursor=${cursor}`}`);
  assert.deepEqual((await find('many529')).members.map((m) => m.userid), ['many529', 'many5290']);
  const { next_cursor } = await find('many529');
  assert.deepEqual((await find('many529', next_cursor)).members.map((m) => m.userid), ['many5291', 'many5292']);
  assert.deepEqual((await find('')).members.map((m) => m.userid), ['many0', 'many1']);
  assert.deepEqual((await find('lilei')).members, [], 'he stands elsewhere');
});
