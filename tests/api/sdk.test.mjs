/*
 * Unmodified clients from npm: node-easywechat with its base URL changed, and
 * @wecom/crypto for callbacks and passive replies.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { until } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';

const { Work, ServerRequest } = createRequire(import.meta.url)('node-easywechat');
const FormData = createRequire(createRequire(import.meta.url).resolve('node-easywechat'))('form-data');

const cache = mkdtempSync(join(tmpdir(), 'easywechat-'));
const keys = { token: 'easywechat', aes_key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
let w, server, app, client;

const sdk = (secret) => new Work({
  corp_id: w.env.CORPID, secret, token: keys.token, aes_key: keys.aes_key,
  http: { baseURL: `${server.url}/`, throw: false }, file_cache: { path: cache },
});

before(async () => {
  w = await startWorld();
  server = w.server;
  app = sdk(w.env.SECRET);
  client = app.getClient();
});
after(async () => {
  await server.stop();
  rmSync(cache, { recursive: true });
});

const get = async (path, params) => (await client.get(`cgi-bin/${path}`, { params })).toObject();
const post = async (path, json) => (await client.post(`cgi-bin/${path}`, { json })).toObject();

test('the token is asked for and kept by the SDK', async () => {
  assert.equal(await app.getAccessToken().getToken(), w.tokens.app);
  assert.equal(await app.getAccessToken().getToken(), w.tokens.app, 'from its cache');
  await assert.rejects(() => sdk('wrong').getAccessToken().getToken(), /40001/);
});

test('members and departments', async () => {
  const user = await get('user/get', { userid: 'lilei' });
  assert.deepEqual([user.errcode, user.name, user.main_department], [0, '李雷', w.chaoyang]);
  assert.equal((await get('user/simplelist', { department_id: 1, fetch_child: 1 })).userlist.length, 12);
  assert.equal((await get('user/list', { department_id: w.haidian })).userlist[0].name, '赵强');
  assert.equal((await get('department/list')).department[0].name, '星河家电');
  assert.equal((await get('department/simplelist', { id: 1 })).department_id.length, 8);
  assert.equal((await get('agent/get', { agentid: w.env.AGENTID })).name, '门店助手');
  assert.equal((await get('user/get', { userid: 'nobody' })).errcode, 60111);
});

test('messages, a file among them', async () => {
  const agentid = +w.env.AGENTID;
  assert.equal((await post('message/send', { touser: 'lilei', msgtype: 'text', agentid, text: { content: '您有新订单' }, safe: 0 })).errcode, 0);
  assert.equal((await post('message/send', { touser: 'lilei', msgtype: 'textcard', agentid, textcard: { title: '订单', description: '一台空调', url: 'https://example.com/1', btntxt: '查看' } })).errcode, 0);
  const form = new FormData();
  form.append('media', Buffer.from('price list'), { filename: '报价.txt', contentType: 'text/plain' });
  const up = (await client.request('POST', 'cgi-bin/media/upload', { params: { type: 'file' }, formData: form })).toObject();
  assert.equal(up.type, 'file', JSON.stringify(up));
  assert.equal((await post('message/send', { touser: 'lilei', msgtype: 'file', agentid, file: { media_id: up.media_id } })).errcode, 0);
  const down = await client.get('cgi-bin/media/get', { params: { media_id: up.media_id }, responseType: 'arraybuffer' });
  assert.equal(down.is('audio') || down.is('image'), false);
  assert.equal(Buffer.from(down.getContent ? down.getContent() : down.data).toString(), 'price list');
  const { chat } = await w.guide('/v1/app/open', { agentid });
  assert.deepEqual((await w.guide(`/v1/chat/messages?chat=${chat.chat}`)).messages.map((m) => m.type), ['text', 'textcard', 'file']);
});

test('customers, tags and codes', async () => {
  const E = 'externalcontact';
  assert.ok((await get(`${E}/get_follow_user_list`)).follow_user.includes('lilei'));
  const { external_userid: [id] } = await get(`${E}/list`, { userid: 'lilei' });
  assert.equal(id, w.customer);
  const { tag_group: [group] } = await post(`${E}/get_corp_tag_list`, {});
  assert.equal((await post(`${E}/mark_tag`, { userid: 'lilei', external_userid: id, add_tag: [group.tag[0].id] })).errcode, 0);
  assert.equal((await post(`${E}/remark`, { userid: 'lilei', external_userid: id, remark: '陈总', remark_mobiles: ['13900000000'] })).errcode, 0);
  const one = await get(`${E}/get`, { external_userid: id });
  assert.deepEqual([one.external_contact.name, one.follow_user[0].remark, one.follow_user[0].tags[0].tag_name], ['陈晨', '陈总', group.tag[0].name]);
  const batch = await post(`${E}/batch/get_by_user`, { userid_list: ['lilei'], limit: 100 });
  assert.equal(batch.external_contact_list[0].follow_info.remark, '陈总');
  const added = await post(`${E}/add_corp_tag`, { group_name: '渠道', tag: [{ name: '小程序' }] });
  assert.equal((await post(`${E}/edit_corp_tag`, { id: added.tag_group.tag[0].id, name: '公众号' })).errcode, 0);
  assert.equal((await post(`${E}/del_corp_tag`, { group_id: [added.tag_group.group_id] })).errcode, 0);
  const way = await post(`${E}/add_contact_way`, { type: 1, scene: 2, user: ['lilei'], state: 'sdk' });
  assert.equal((await post(`${E}/get_contact_way`, { config_id: way.config_id })).contact_way.state, 'sdk');
  assert.equal((await post(`${E}/update_contact_way`, { config_id: way.config_id, remark: 'x' })).errcode, 0);
  assert.ok((await post(`${E}/list_contact_way`, {})).contact_way.some((c) => c.config_id === way.config_id));
  assert.equal((await post(`${E}/del_contact_way`, { config_id: way.config_id })).errcode, 0);
});

test('its own server answers verification, events and messages', async () => {
  const seen = [];
  const endpoint = createServer(async (request, response) => {
    const mine = sdk(w.env.SECRET); /* one for each request: its server remembers handlers */
    mine.setRequest(await ServerRequest.createFromIncomingMessage(request));
    const sdkServer = mine.getServer();
    sdkServer.with(async (message, next) => {
      seen.push(message);
      return message.MsgType === 'text' ? `收到：${message.Content}` : next(message);
    });
    const reply = await sdkServer.serve();
    response.writeHead(reply.getStatusCode(), { 'content-type': 'text/plain' }).end(reply.getBody().toString());
  });
  await new Promise((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  try {
    const set = await w.admin('/v1/admin/app/callback', { agentid: +w.env.AGENTID, url: `http://127.0.0.1:${endpoint.address().port}/hook`, token: keys.token, aes_key: keys.aes_key });
    assert.equal(set.http, 200, set.errmsg);
    await server.add(w.guide, '扫码的');
    await until(() => seen.length, 'the event');
    assert.equal(seen[0].ChangeType, 'add_external_contact');
    assert.equal(seen[0].UserID, 'lilei');
    const { chat } = await w.guide('/v1/app/open', { agentid: +w.env.AGENTID });
    const sent = await w.guide('/v1/chat/send', { chat: chat.chat, nonce: 'x1', type: 'text', body: { content: '库存多少' } });
    const reply = await until(async () => (await w.guide(`/v1/chat/messages?chat=${chat.chat}&after=${sent.seq}`)).messages[0], 'its reply');
    assert.deepEqual([reply.from.kind, reply.body.content], ['app', '收到：库存多少']);
  } finally {
    endpoint.closeAllConnections();
    endpoint.close();
  }
});

test('@wecom/crypto and the server understand each other at every length', async () => {
  const echo = (e) => `<xml><ToUserName>${e.FromUserName}</ToUserName><MsgType>text</MsgType><Content><![CDATA[${e.Content}]]></Content></xml>`;
  const endpoint = await listen({ token: keys.token, aesKey: keys.aes_key, corpid: w.env.CORPID, reply: echo });
  try {
    const set = await w.admin('/v1/admin/app/callback', { agentid: +w.env.AGENTID, url: endpoint.url, token: keys.token, aes_key: keys.aes_key });
    assert.equal(set.http, 200, set.errmsg);
    const { chat } = await w.guide('/v1/app/open', { agentid: +w.env.AGENTID });
    const words = Array.from({ length: 40 }, (_, n) => '字'.repeat(n) + 'x'.repeat(1 + (n % 3)));
    for (const [n, content] of words.entries()) await w.guide('/v1/chat/send', { chat: chat.chat, nonce: `n${n}`, type: 'text', body: { content } });
    await until(() => endpoint.events.length === words.length, 'all of them');
    assert.deepEqual(endpoint.events.map((e) => e.Content), words);
    assert.deepEqual(endpoint.bad, []);
    const replies = await until(async () => {
      const { messages } = await w.guide(`/v1/chat/messages?chat=${chat.chat}&limit=200`);
      const said = messages.filter((m) => !m.mine && words.includes(m.body.content));
      return said.length === words.length && said;
    }, 'the echoes');
    assert.deepEqual(replies.map((m) => m.body.content), words);
  } finally {
    await endpoint.close();
  }
});
