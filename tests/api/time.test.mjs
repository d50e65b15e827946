/*
 * What time does: tokens, codes, files and deliveries end.  The server is started
 * again with its clock ahead, so nothing waits.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { until } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server;
const HOUR = 3600, DAY = 24 * HOUR;

before(async () => {
  w = await startWorld();
  server = w.server;
});
after(async () => {
  /* The doctor looks with the clock of today. */
  await at(0);
  await server.stop();
});

async function at(seconds, ...more) {
  await server.halt();
  server.options.args = ['--clock-ahead-s', String(seconds), ...more];
  await server.start();
}
const userGet = async (token) => (await server.api('/cgi-bin/user/get?userid=lilei', { token })).errcode;
const getToken = () => server.api(`/cgi-bin/gettoken?corpid=${w.env.CORPID}&corpsecret=${w.env.SECRET}`);

test('a token lives two hours; near its end there is another, and both work', async () => {
  const old = w.tokens.app;
  await at(6500);
  const same = await getToken();
  assert.equal(same.access_token, old);
  assert.ok(same.expires_in > 600 && same.expires_in <= 700, `${same.expires_in}`);
  await at(6700);
  const next = await getToken();
  assert.notEqual(next.access_token, old);
  assert.ok(next.expires_in > 7190);
  assert.deepEqual([await userGet(old), await userGet(next.access_token)], [0, 0]);
  assert.equal((await getToken()).access_token, next.access_token);
  await at(7250);
  assert.deepEqual([await userGet(old), await userGet(next.access_token)], [42001, 0]);
  await at(6700 + 7300);
  assert.deepEqual([await userGet(old), await userGet(next.access_token)], [42001, 42001]);
  w.tokens.app = await server.token();
});

test('a temporary way ends, an uploaded file ends, what was sent stays', async () => {
  await at(3 * HOUR);
  w.tokens.app = await server.token();
  const api = (path, body) => server.api(`/cgi-bin/${path}`, { token: w.tokens.app, body });
  const form = () => {
    const f = new FormData();
    f.set('media', new Blob(['some bytes']), 'a.txt');
    return f;
  };
  const spare = await api('media/upload?type=file', form()), sent = await api('media/upload?type=file', form());
  await api('message/send', { touser: 'lilei', msgtype: 'file', agentid: w.apps.app.agentid, file: { media_id: sent.media_id } });
  const { config_id, qr_code } = await api('externalcontact/add_contact_way', { type: 1, scene: 2, user: ['lilei'], is_temp: true, expires_in: 3600 });
  const code = new URL(qr_code).searchParams.get('code');
  assert.ok((await server.comesBy(code, '临时')).chat);

  await at(5 * HOUR);
  w.tokens.app = await server.token();
  const late = await server.api('/v1/add', { body: { code, nickname: 'late' }, headers: { 'x-liaison-client': 'consumer' } });
  assert.deepEqual([late.http, late.errcode], [410, 910012]);
  assert.equal((await api('externalcontact/update_contact_way', { config_id, remark: 'x' })).errcode, 41044);

  await at(3 * DAY + 4 * HOUR);
  w.tokens.app = await server.token();
  assert.equal((await api(`media/get?media_id=${spare.media_id}`)).errcode, 40007);
  assert.equal((await api('message/send', { touser: 'lilei', msgtype: 'file', agentid: w.apps.app.agentid, file: { media_id: spare.media_id } })).errcode, 40007);
  const guide = await server.signIn('lilei');
  const { chat } = (await guide('/v1/app/open', { agentid: w.apps.app.agentid }));
  const file = await fetch(`${server.url}/v1/chat/file?chat=${chat.chat}&seq=${chat.last_seq}`, { headers: guide.headers() });
  assert.equal(await file.text(), 'some bytes');
});

test('a sign-in that is not used ends after 30 days, one that is used does not', async () => {
  await at(4 * DAY);
  const used = await server.signIn('lilei'), unused = await server.signIn('lilei');
  await at(25 * DAY);
  assert.equal((await used('/v1/me')).http, 200);
  await at(40 * DAY);
  const [a, b] = [await used('/v1/me'), await unused('/v1/me')];
  assert.equal(a.http, 200);
  assert.deepEqual([b.http, b.errcode], [401, 910004]);
});

test('a welcome that nobody said before the stop is said once after the start', async () => {
  await at(41 * DAY);
  const admin = await server.signIn('admin', 'demo-admin', 'console');
  const keys = { token: 'abc', aesKey: 'A'.repeat(43) };
  let down = false;
  const app = await listen({ ...keys, corpid: w.env.CORPID, status: () => (down ? 500 : 200) });
  try {
    const { agentid } = w.apps.app;
    assert.equal((await admin('/v1/admin/app/callback', { agentid, url: app.url, token: keys.token, aes_key: keys.aesKey })).http, 200);
    await admin('/v1/admin/app/update', { agentid, sends_welcome: true });
    down = true;
    const guide = await server.signIn('lilei');
    const customer = await server.add(guide, '夜里来的');
    await until(() => app.requests.length, 'the first try');
    const code = app.requests[0].WelcomeCode;
    assert.ok(code);
    await server.kill();
    server.options.args = ['--clock-ahead-s', String(41 * DAY + 60)];
    await server.start();
    down = false;
    const event = await app.next((e) => e.ChangeType === 'add_external_contact');
    assert.equal(event.id, app.requests[0].id, 'the same event');
    assert.equal(event.WelcomeCode, undefined, 'without the code, which is of no use any more');
    const said = async () => (await customer(`/v1/chat/messages?chat=${customer.chat.chat}`)).messages.filter((m) => m.type === 'text');
    await until(async () => (await said()).length, 'the welcome');
    w.tokens.app = await server.token();
    const late = await server.api('/cgi-bin/externalcontact/send_welcome_msg', { token: w.tokens.app, body: { welcome_code: code, text: { content: 'x' } } });
    assert.ok([41050, 41051].includes(late.errcode), late.errmsg);
    assert.equal((await said()).length, 1);
  } finally {
    await app.close();
  }
});

test('a delivery that fails for a day is parked, and may be replayed', async () => {
  await at(42 * DAY, '--hurry', '20');
  const admin = await server.signIn('admin', 'demo-admin', 'console');
  const keys = { token: 'abc', aesKey: 'A'.repeat(43) };
  let down = false;
  const app = await listen({ ...keys, corpid: w.env.CORPID, status: () => (down ? 500 : 200) });
  try {
    const { agentid } = w.apps.app;
    await admin('/v1/admin/app/callback', { agentid, url: app.url, token: keys.token, aes_key: keys.aesKey });
    down = true;
    const guide = await server.signIn('lilei');
    const { chat } = await guide('/v1/app/open', { agentid });
    for (const content of ['first', 'second']) await guide('/v1/chat/send', { chat: chat.chat, nonce: content, type: 'text', body: { content } });
    const one = async () => (await admin(`/v1/admin/deliveries?agentid=${agentid}`)).deliveries[1];
    await until(async () => (await one()).tries >= 4, 'four quick tries', 60000);
    await at(43 * DAY + HOUR, '--hurry', '20');
    await until(async () => (await one()).status === 'parked', 'the end of patience');
    down = false;
    const second = await app.next((e) => e.Content === 'second', 60000);
    assert.ok(second, 'what comes after it is not held up');
    const { event } = await one();
    assert.equal((await admin('/v1/admin/delivery/replay', { event })).http, 200);
    assert.equal((await app.next((e) => e.Content === 'first')).id, event);
    await until(async () => (await one()).status === 'delivered', 'the log');
  } finally {
    await app.close();
  }
});
