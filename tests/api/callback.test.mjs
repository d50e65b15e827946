/*
 * Callbacks, as apps get them: read by @wecom/crypto, answered by it.
 *
 * The server hurries: 20 times as fast as usual, so a welcome code lives one second,
 * and a failed delivery is tried again after 50, 100 and 200 ms, then 1.5 s.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { listen, readXml } from '../lib/callback.mjs';
import { until } from '../lib/server.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';

let w, server, admin, guide;
const endpoints = [];

before(async () => {
  w = await startWorld({ args: ['--hurry', '20'] });
  ({ server, admin, guide } = w);
});
after(async () => {
  for (const e of endpoints) await e.close();
  await server.stop();
});

const newKey = () => randomBytes(64).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 42) + 'A';

/* An app of its own, with an endpoint that listens. */
async function appWith(name, settings = {}, options = {}) {
  const app = await makeApp(server, admin, name, settings);
  const keys = { token: `tok${name}`.slice(0, 32), aesKey: newKey() };
  const endpoint = await listen({ ...keys, corpid: w.env.CORPID, ...options });
  endpoints.push(endpoint);
  const set = await admin('/v1/admin/app/callback', { agentid: app.agentid, url: endpoint.url, token: keys.token, aes_key: keys.aesKey });
  assert.equal(set.http, 200, set.errmsg);
  return Object.assign(endpoint, app, keys, { access: await server.token(app.secret) });
}
const mute = (app) => admin('/v1/admin/app/callback', { agentid: app.agentid, url: '' });
const api = (app, path, body) => server.api(`/cgi-bin/${path}`, { token: app.access, body });
const timeline = async (who, chat) => (await who(`/v1/chat/messages?chat=${chat}&limit=200`)).messages;
const texts = (messages) => messages.filter((m) => m.type === 'text').map((m) => m.body.content);
const appChat = async (app) => (await guide('/v1/app/open', { agentid: app.agentid })).chat.chat;
const say = (chat, content) => guide('/v1/chat/send', { chat, nonce: randomBytes(9).toString('hex'), type: 'text', body: { content } });
const deliveries = async (app, more = '') => (await admin(`/v1/admin/deliveries?agentid=${app.agentid}${more}`)).deliveries;
const wayOf = async (state, users = ['lilei']) => {
  const { config_id, qr_code } = await server.api('/cgi-bin/externalcontact/add_contact_way', { token: w.tokens.app, body: { type: 1, scene: 2, user: users, state } });
  return { config_id, code: new URL(qr_code).searchParams.get('code') };
};

test('a URL is kept only when it has proved that it holds token and key', async () => {
  const app = await makeApp(server, admin, 'verify');
  const keys = { token: 'token123', aesKey: newKey() };
  const good = await listen({ ...keys, corpid: w.env.CORPID });
  const set = (fields) => admin('/v1/admin/app/callback', { agentid: app.agentid, url: good.url, token: keys.token, aes_key: keys.aesKey, ...fields });
  const odd = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://x');
    if (pathname === '/moved') response.writeHead(302, { location: good.url + request.url.slice(6) }).end();
    else response.writeHead(pathname === '/500' ? 500 : 200).end(pathname === '/long' ? 'x'.repeat(3 << 20) : 'hello');
  });
  await new Promise((resolve) => odd.listen(0, '127.0.0.1', resolve));
  endpoints.push(good, { close: () => { odd.closeAllConnections(); odd.close(); } });
  const at = (path) => `http://127.0.0.1:${odd.address().port}${path}`;
  for (const [fields, errcode, words] of [
    [{ token: 'other' }, 40057, '403'],
    [{ aes_key: newKey() }, 40057],
    [{ url: at('/moved') }, 40057, '302'],
    [{ url: at('/500') }, 40057, '500'],
    [{ url: at('/hello') }, 40057, 'echostr'],
    [{ url: at('/long') }, 40057],
    [{ url: 'http://127.0.0.1:1/' }, 40057],
    [{ url: 'http://no.such.host.invalid/' }, 40057],
    [{ url: 'ftp://127.0.0.1/x' }, 40057, 'url'],
    [{ url: 'file:///etc/passwd' }, 40057, 'url'],
    [{ url: `http://127.0.0.1/${'x'.repeat(2048)}` }, 40058, 'url'],
    [{ url: 'http://127.0.0.1/\r\nX: y' }, 40033, 'url'],
    [{ token: 'no' }, 40058, 'token'],
    [{ token: 'white space' }, 40058, 'token'],
    [{ token: undefined }, 40058, 'token'],
    [{ aes_key: keys.aesKey.slice(1) }, 40058, 'aes_key'],
    [{ aes_key: undefined }, 40058, 'aes_key'],
    [{ agentid: 4711 }, 40056, 'agentid'],
    [{ url: undefined }, 40058, 'url'],
  ]) {
    const got = await set(fields);
    assert.equal(got.errcode, errcode, `${JSON.stringify(fields)}: ${JSON.stringify(got)}`);
    if (words) assert.ok(got.errmsg.includes(words), got.errmsg);
  }
  assert.equal((await admin(`/v1/admin/app?agentid=${app.agentid}`)).app.callback_url, '', 'nothing was kept');
  const kept = (await set({ url: `${good.url}?hook=7` })).app;
  assert.deepEqual([kept.callback_url, kept.callback_token, kept.callback_aes_key], [`${good.url}?hook=7`, keys.token, keys.aesKey]);
  const listed = (await admin('/v1/admin/apps')).apps.find((a) => a.agentid === app.agentid);
  assert.equal(listed.callback_aes_key, '', 'no keys in the list');
  assert.equal((await set({ url: '' })).app.callback_url, '');
});

test('private addresses are refused unless the company allows them', async () => {
  const app = await appWith('private');
  const set = (url) => admin('/v1/admin/app/callback', { agentid: app.agentid, url, token: app.token, aes_key: app.aesKey });
  await admin('/v1/admin/corp', { allow_private_callbacks: false });
  const port = new URL(app.url).port;
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '10.0.0.1', '192.168.1.1', '169.254.169.254', '172.16.0.1', '[fe80::1]', '[fd00::1]', '100.64.0.1']) {
    const got = await set(`http://${host}:${port}/callback`);
    assert.ok([40057, 910015].includes(got.errcode), `${host}: ${JSON.stringify(got)}`);
    assert.match(got.errmsg, /private/, host);
  }
  /* One that was set before is not called either. */
  await say(await appChat(app), 'unheard');
  const [d] = await until(async () => (await deliveries(app)).filter((x) => x.tries > 0 || x.error).length && deliveries(app), 'a refused try');
  assert.equal(d.status, 'waiting');
  assert.match(d.error, /private/);
  assert.deepEqual(app.requests, []);
  await admin('/v1/admin/corp', { allow_private_callbacks: true });
  assert.equal((await app.next((e) => e.Content === 'unheard')).id, d.event, 'and comes when it is allowed again');
  await mute(app);
});

test('a customer comes, changes, goes: signed, encrypted, in order', async () => {
  const app = await appWith('order');
  const way = await wayOf('门店 7');
  const customer = await server.comesBy(way.code, '王小姐');
  const added = await app.next((e) => e.ChangeType === 'add_external_contact');
  const external = added.ExternalUserID;
  assert.deepEqual(Object.keys(readXml(added.xml)), ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Event', 'ChangeType', 'UserID', 'ExternalUserID', 'State']);
  assert.deepEqual(
    [added.ToUserName, added.FromUserName, added.MsgType, added.Event, added.UserID, added.State],
    [w.env.CORPID, 'sys', 'event', 'change_external_contact', 'lilei', '门店 7'],
  );
  assert.match(external, /^wm/);
  assert.ok(Math.abs(added.CreateTime - Date.now() / 1000) < 60);
  assert.deepEqual(Object.keys(added.envelope).sort(), ['AgentID', 'Encrypt', 'ToUserName']);
  assert.equal(added.envelope.AgentID, String(app.agentid));
  assert.match(added.id, /^\d+$/);

  await guide('/v1/customer/remark', { external_userid: external, remark: '王姐' });
  const { groups } = await guide('/v1/tags');
  await guide('/v1/customer/tags', { external_userid: external, tag_ids: [groups[0].tags[0].tag_id] });
  await customer('/v1/leave', { chat: customer.chat.chat });
  await app.next((e) => e.ChangeType === 'del_follow_user');
  const back = await customer('/v1/add', { code: way.code });
  assert.equal(back.chat.chat, customer.chat.chat, 'the old chat');
  await app.next((e) => e.ChangeType === 'add_external_contact' && e.id !== added.id);
  await guide('/v1/customer/delete', { external_userid: external });
  await app.next((e) => e.ChangeType === 'del_external_contact');
  assert.deepEqual(app.events.map((e) => e.ChangeType), ['add_external_contact', 'edit_external_contact', 'edit_external_contact', 'del_follow_user', 'add_external_contact', 'del_external_contact']);
  assert.deepEqual(app.events.map((e) => e.ExternalUserID), Array(6).fill(external));
  assert.deepEqual(app.bad, []);
  assert.equal(new Set(app.events.map((e) => e.id)).size, 6);
  await mute(app);
});

test('what an app changes causes no callback, as in WeCom; what a member changes does', async () => {
  const one = await appWith('changes'), other = await appWith('watches');
  const blind = await appWith('blind', { customer_contact: false });
  const { groups } = await guide('/v1/tags');
  const change = (path, body) => api(one, `externalcontact/${path}`, { userid: 'lilei', external_userid: w.customer, ...body });
  assert.equal((await change('remark', { remark: '老陈' })).errcode, 0);
  assert.equal((await change('mark_tag', { add_tag: [groups[1].tags[0].tag_id] })).errcode, 0);
  await guide('/v1/customer/remark', { external_userid: w.customer, remark: '陈先生' });
  for (const app of [one, other]) {
    await app.next((e) => e.ChangeType === 'edit_external_contact');
    assert.equal((await deliveries(app)).length, 1, 'only what the member did');
  }
  assert.deepEqual(await deliveries(blind), [], 'without the scope nothing is told');
  await Promise.all([one, other, blind].map(mute));
});

test('the customer-contact secret has its own callbacks, without an AgentID', async () => {
  const { apps } = await admin('/v1/admin/apps');
  const { agentid } = apps.find((a) => a.kind === 'customer_contact');
  const keys = { token: 'system', aesKey: newKey() };
  const endpoint = await listen({ ...keys, corpid: w.env.CORPID });
  endpoints.push(endpoint);
  assert.equal((await admin('/v1/admin/app/callback', { agentid, url: endpoint.url, token: keys.token, aes_key: keys.aesKey })).http, 200);
  await guide('/v1/customer/remark', { external_userid: w.customer, remark: '陈老板' });
  const event = await endpoint.next((e) => e.ChangeType === 'edit_external_contact');
  assert.ok(!event.envelope.AgentID, JSON.stringify(event.envelope));
  await mute({ agentid });
});

/* ---- welcomes ---- */

const welcomes = async (customer) => (await timeline(customer, customer.chat.chat)).filter((m) => m.type !== 'system').map((m) => m.body.content ?? m.type);
let corpWelcome;

test('without an app that welcomes, the company does, at once', async () => {
  corpWelcome = (await admin('/v1/admin/corp')).corp.welcome;
  const app = await appWith('quiet');
  const customer = await server.comesBy((await wayOf('')).code, 'A');
  assert.deepEqual(await welcomes(customer), [corpWelcome]);
  const event = await app.next((e) => e.ChangeType === 'add_external_contact');
  assert.equal(event.WelcomeCode, undefined);
  assert.equal(event.State, undefined);
  await mute(app);
});

test('an app welcomes with the code, once; who is late is told so', async () => {
  const app = await appWith('welcomes', { sends_welcome: true });
  const customer = await server.comesBy((await wayOf('w')).code, 'B');
  assert.deepEqual(await welcomes(customer), [], 'the company waits for the app');
  const { WelcomeCode: code } = await app.next((e) => e.ChangeType === 'add_external_contact');
  const send = (fields) => api(app, 'externalcontact/send_welcome_msg', { welcome_code: code, text: { content: '您好，我是李雷' }, ...fields });
  assert.equal((await send({ attachments: [{ msgtype: 'image', image: { media_id: 'nothing' } }] })).errcode, 40007, 'refused as a whole');
  const both = await Promise.all(Array.from({ length: 8 }, () => send({ attachments: [{ msgtype: 'link', link: { title: '新品', url: 'https://example.com/new' } }] })));
  assert.deepEqual(both.map((b) => b.errcode).sort(), [0, ...Array(7).fill(41051)]);
  assert.equal((await server.api('/cgi-bin/externalcontact/send_welcome_msg', { token: w.tokens.other, body: { welcome_code: code, text: { content: 'x' } } })).errcode, 41050);
  assert.deepEqual(await welcomes(customer), ['您好，我是李雷', 'link']);
  const [, text] = await timeline(customer, customer.chat.chat);
  assert.equal(text.from.kind, 'member');
  assert.equal(text.from.name, '李雷');

  const late = await server.comesBy((await wayOf('w')).code, 'C');
  const event = await app.next((e) => e.ChangeType === 'add_external_contact' && e.WelcomeCode !== code);
  await until(async () => (await welcomes(late)).length, 'the company to lose patience');
  assert.ok([41050, 41051].includes((await send({ welcome_code: event.WelcomeCode })).errcode));
  assert.deepEqual(await welcomes(late), [corpWelcome]);
  await mute(app);
  await admin('/v1/admin/app/update', { agentid: app.agentid, sends_welcome: false });
});

test('exactly one welcome, also when the app is about as quick as the company', async () => {
  const app = await appWith('races', { sends_welcome: true });
  const { code } = await wayOf('race');
  const customers = await Promise.all(Array.from({ length: 12 }, (_, i) => server.comesBy(code, `R${i}`)));
  await until(() => app.events.length >= customers.length, 'all events');
  const sent = [];
  await Promise.all(app.events.map(async (event, i) => {
    await new Promise((resolve) => { setTimeout(resolve, 600 + i * 50); });
    sent.push((await api(app, 'externalcontact/send_welcome_msg', { welcome_code: event.WelcomeCode, text: { content: 'by the app' } })).errcode);
  }));
  await until(async () => (await Promise.all(customers.map(welcomes))).every((v) => v.length), 'everybody to be welcomed');
  const all = (await Promise.all(customers.map(welcomes))).flat();
  assert.equal(all.length, customers.length, 'one each');
  assert.equal(all.filter((t) => t === 'by the app').length, sent.filter((e) => e === 0).length, `${sent}`);
  await mute(app);
  await admin('/v1/admin/app/update', { agentid: app.agentid, sends_welcome: false });
});

test('who has left meanwhile is not welcomed', async () => {
  const app = await appWith('leaves', { sends_welcome: true });
  const customer = await server.comesBy((await wayOf('')).code, 'L');
  const { WelcomeCode } = await app.next((e) => e.WelcomeCode);
  await customer('/v1/leave', { chat: customer.chat.chat });
  const got = await api(app, 'externalcontact/send_welcome_msg', { welcome_code: WelcomeCode, text: { content: 'too late' } });
  assert.notEqual(got.errcode, 0);
  assert.deepEqual(await welcomes(customer), []);
  await mute(app);
  await admin('/v1/admin/app/update', { agentid: app.agentid, sends_welcome: false });
});

/* ---- members' messages and passive replies ---- */

const xml = (to, type, inner) => `<xml><ToUserName><![CDATA[${to}]]></ToUserName><FromUserName><![CDATA[${w.env.CORPID}]]></FromUserName><CreateTime>1348831860</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${inner}</xml>`;
const replyText = (content) => (event) => xml(event.FromUserName, 'text', `<Content><![CDATA[${content}]]></Content>`);

test('a member writes to the app, the passive reply appears once', async () => {
  const app = await appWith('replies', {}, { reply: (e) => (e.MsgType === 'text' ? replyText(`echo: ${e.Content}`)(e) : '') });
  const chat = await appChat(app);
  const sent = await say(chat, '库存？ <b>&amp;\n]]> 😀');
  const event = await app.next((e) => e.MsgType === 'text');
  assert.deepEqual(Object.keys(readXml(event.xml)).slice(0, 7), ['ToUserName', 'FromUserName', 'CreateTime', 'MsgType', 'Content', 'MsgId', 'AgentID']);
  assert.equal(event.FromUserName, 'lilei');
  assert.equal(event.AgentID, String(app.agentid));
  assert.equal(event.MsgId, sent.msgid);
  assert.equal(event.CreateTime, String(Math.floor(sent.time / 1000)));
  const messages = await until(async () => { const m = await timeline(guide, chat); return m.length > 1 && m; }, 'the reply');
  assert.equal(messages[1].from.kind, 'app');
  assert.match(messages[1].body.content, /^echo: 库存？ <b>&amp;\n/);
  const [d] = await deliveries(app);
  assert.deepEqual([d.event, d.status, d.tries, d.http_status, d.name, d.error], [event.id, 'delivered', 1, 200, 'text', '']);
  const { payload } = await admin(`/v1/admin/delivery?event=${d.event}`);
  assert.match(payload, /<MsgType><!\[CDATA\[text\]\]><\/MsgType>/);

  assert.equal((await admin('/v1/admin/delivery/replay', { event: d.event })).http, 200);
  await until(() => app.requests.length === 2, 'the replay');
  assert.equal(app.requests[1].id, event.id);
  assert.equal(app.requests[1].xml, event.xml, 'byte for byte');
  await until(async () => (await deliveries(app))[0].status === 'delivered', 'the end of the replay');
  assert.equal((await timeline(guide, chat)).length, 2, 'its reply is known already');
  await mute(app);
});

test('failing, hanging, failing, then well: the same event, one reply', async () => {
  const tries = [500, 'hang', 404, 200];
  let release;
  const hanging = new Promise((resolve) => { release = resolve; });
  const app = await appWith('flaky', {}, {
    reply: replyText('at last'),
    status: async () => { const now = tries.shift(); return now === 'hang' ? hanging : now; },
  });
  const chat = await appChat(app);
  await say(chat, 'hello?');
  await app.next((e) => e.Content === 'hello?', 30000);
  release(500);
  assert.equal(app.requests.length >= 3, true);
  for (const key of ['id', 'xml']) assert.equal(new Set(app.requests.map((r) => r[key])).size, 1, key);
  await until(async () => (await deliveries(app))[0].status === 'delivered', 'the log');
  assert.equal((await deliveries(app))[0].tries, 4);
  assert.deepEqual(texts(await timeline(guide, chat)), ['hello?', 'at last']);
  await mute(app);
});

test('a failing app delays nobody else, and gets its own in order', async () => {
  let down = true;
  const lame = await appWith('lame', {}, { status: () => (down ? 503 : 200) });
  const well = await appWith('well');
  const [a, b] = [await appChat(lame), await appChat(well)];
  for (let i = 0; i < 10; i++) {
    await say(a, `m${i}`);
    await say(b, `m${i}`);
  }
  await until(() => well.events.length === 10, 'the good one');
  assert.equal(lame.events.length, 0);
  const log = await deliveries(lame, '&status=waiting');
  assert.equal(log.length, 10);
  assert.deepEqual(log.slice(0, 9).map((d) => d.tries), Array(9).fill(0), 'only the oldest is tried');
  await until(async () => (await deliveries(lame, '&status=waiting')).at(-1).tries >= 4, 'four quick tries');
  const oldest = (await deliveries(lame, '&status=waiting')).at(-1);
  assert.equal(oldest.http_status, 503);
  assert.ok(oldest.next > Date.now() - 1000);
  assert.ok((await admin('/v1/admin/overview')).callbacks_waiting >= 10);
  down = false;
  await until(() => lame.events.length === 10, 'all of them');
  const order = Array.from({ length: 10 }, (_, i) => `m${i}`);
  assert.deepEqual(lame.events.map((e) => e.Content), order);
  assert.deepEqual(well.events.map((e) => e.Content), order);
  assert.equal(new Set(lame.requests.map((r) => r.id)).size, 10);
  await Promise.all([lame, well].map(mute));
});

test('replies of other kinds, and such as cannot be understood', async () => {
  let reply;
  const app = await appWith('kinds', {}, { reply: (e) => reply(e) });
  const chat = await appChat(app);
  const form = new FormData();
  form.set('media', new Blob([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR42mP8z8AARAwYFABDegMBVuqR3gAAAABJRU5ErkJggg==', 'base64')]), 'p.png');
  const { media_id } = await server.api('/cgi-bin/media/upload?type=image', { token: app.access, body: form });
  const ask = async (answer) => {
    reply = answer;
    const n = (await timeline(guide, chat)).length;
    await say(chat, `question ${n}`);
    await until(async () => (await deliveries(app))[0].status === 'delivered', 'its delivery');
    return { messages: (await timeline(guide, chat)).slice(n + 1), error: (await deliveries(app))[0].error };
  };
  const image = await ask((e) => xml(e.FromUserName, 'image', `<Image><MediaId><![CDATA[${media_id}]]></MediaId></Image>`));
  assert.deepEqual(image.messages.map((m) => m.type), ['image'], image.error);
  const item = (t) => `<item><Title><![CDATA[${t}]]></Title><Description><![CDATA[d]]></Description><PicUrl></PicUrl><Url><![CDATA[https://example.com/]]></Url></item>`;
  const news = await ask((e) => xml(e.FromUserName, 'news', `<ArticleCount>2</ArticleCount><Articles>${item('one')}${item('two')}</Articles>`));
  assert.deepEqual(news.messages.map((m) => m.body.title), ['one', 'two'], news.error);
  for (const bad of [() => 'no xml', () => '<xml>', (e) => xml(e.FromUserName, 'nonsense', ''), (e) => xml(e.FromUserName, 'image', '<Image><MediaId>nothing</MediaId></Image>'),
    () => '<!DOCTYPE x [<!ENTITY a "b">]><xml><MsgType>text</MsgType><Content>&a;</Content></xml>']) {
    const got = await ask(bad);
    assert.deepEqual(got.messages, []);
    assert.match(got.error, /^delivered, but the reply is no good/);
  }
  assert.deepEqual(await ask((e) => xml(e.FromUserName, 'text', '<Content></Content>')), { messages: [], error: '' });
  const after_ = await ask(replyText('still here'));
  assert.deepEqual(texts(after_.messages), ['still here']);
  await mute(app);
});

test('a picture and a file reach the app by media_id', async () => {
  const app = await appWith('files');
  const chat = await appChat(app);
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR42mP8z8AARAwYFABDegMBVuqR3gAAAABJRU5ErkJggg==', 'base64');
  const upload = async (type, name, bytes) => {
    const form = new FormData();
    form.set('media', new Blob([bytes]), name);
    return guide(`/v1/chat/upload?chat=${chat}&nonce=${type}1&type=${type}`, form);
  };
  assert.equal((await upload('image', 'a.png', png)).http, 200);
  assert.equal((await upload('file', '报价.txt', 'price list')).http, 200);
  const image = await app.next((e) => e.MsgType === 'image'), file = await app.next((e) => e.MsgType === 'file');
  const get = async (id) => Buffer.from(await (await server.api(`/cgi-bin/media/get?media_id=${id}`, { token: app.access, raw: true })).arrayBuffer());
  assert.deepEqual(await get(image.MediaId), png);
  assert.equal((await get(file.MediaId)).toString(), 'price list');
  await mute(app);
});

test('a closed or muted app is told nothing, and its past does not come later', async () => {
  const app = await appWith('closed');
  const chat = await appChat(app);
  await admin('/v1/admin/app/update', { agentid: app.agentid, closed: true });
  await guide('/v1/customer/remark', { external_userid: w.customer, remark: 'x1' });
  assert.deepEqual(await deliveries(app), []);
  await admin('/v1/admin/app/update', { agentid: app.agentid, closed: false });
  await say(chat, 'open again');
  await app.next((e) => e.Content === 'open again');
  assert.equal(app.requests.length, 1);
});
