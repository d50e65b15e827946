/*
 * Changes of the labels' library, as apps hear of them (document 92130), read by @wecom/crypto.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { listen } from '../lib/callback.mjs';
import { makeApp, startWorld } from '../lib/world.mjs';

let w, hears;
before(async () => {
  w = await startWorld({ args: ['--hurry', '20'] });
  const app = await makeApp(w.server, w.admin, 'hears');
  const keys = { token: 'tokhears', aesKey: randomBytes(64).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 42) + 'A' };
  hears = await listen({ ...keys, corpid: w.env.CORPID });
  const set = await w.admin('/v1/admin/app/callback', { agentid: app.agentid, url: hears.url, token: keys.token, aes_key: keys.aesKey });
  assert.equal(set.http, 200, set.errmsg);
  hears.access = await w.server.token(app.secret);
});
after(async () => {
  await hears.close();
  await w.server.stop();
});
const call = (path, body, token = w.tokens.app) => w.server.api(`/cgi-bin/externalcontact/${path}`, { token, body, method: 'POST' });
const next = (change, id) => hears.next((e) => e.Event === 'change_external_tag' && e.ChangeType === change && (id === undefined || e.Id === id));

test('create, update, shuffle and delete of the corp\'s labels', async () => {
  const { tag_group: g } = await call('add_corp_tag', { group_name: '节气', tag: [{ name: '春分' }, { name: '秋分' }] });
  const created = await next('create', g.group_id);
  assert.equal(created.TagType, 'tag_group');
  assert.equal(created.ToUserName, w.env.CORPID);
  assert.equal(created.FromUserName, 'sys');
  assert.equal(created.StrategyId, undefined);
  for (const t of g.tag) assert.equal((await next('create', t.id)).TagType, 'tag');
  await call('edit_corp_tag', { id: g.tag[0].id, name: '清明' });
  assert.equal((await next('update', g.tag[0].id)).TagType, 'tag');
  await call('edit_corp_tag', { id: g.tag[0].id, order: 5 });
  assert.equal((await next('shuffle', g.group_id)).TagType, undefined);
  await call('edit_corp_tag', { id: g.group_id, order: 50 });
  await hears.next((e) => e.ChangeType === 'shuffle' && e.Id === undefined);
  await call('add_corp_tag', { group_id: g.group_id, tag: [{ name: '冬至' }] });
  assert.equal((await next('update', g.group_id)).TagType, 'tag_group');
  await call('del_corp_tag', { tag_id: [g.tag[1].id] });
  assert.equal((await next('delete', g.tag[1].id)).TagType, 'tag');
  await call('del_corp_tag', { group_id: [g.group_id] });
  assert.equal((await next('delete', g.group_id)).TagType, 'tag_group');
});

test('a strategy\'s labels carry its number', async () => {
  const { strategy_id } = await call('customer_strategy/create', { strategy_name: '海淀', admin_list: ['zhaoqiang'], range: [{ type: 2, partyid: w.haidian }] });
  const { tag_group: g } = await call('add_strategy_tag', { strategy_id, group_name: '门店', tag: [{ name: '老客' }] });
  assert.equal(+(await next('create', g.tag[0].id)).StrategyId, strategy_id);
  await call('edit_strategy_tag', { id: g.group_id, order: 3 });
  assert.equal(+(await hears.next((e) => e.ChangeType === 'shuffle' && e.StrategyId !== undefined)).StrategyId, strategy_id);
  await call('customer_strategy/del', { strategy_id });
  assert.equal(+(await next('delete', g.group_id)).StrategyId, strategy_id);
});

test('an app does not hear of its own changes', async () => {
  const { tag_group: mine } = await call('add_corp_tag', { group_name: '自己', tag: [{ name: '甲' }] }, hears.access);
  const { tag_group: others } = await call('add_corp_tag', { group_name: '别人', tag: [{ name: '乙' }] });
  await next('create', others.tag[0].id); /* in order: the former would have come before */
  assert.ok(!hears.events.some((e) => e.Id === mine.group_id));
});

test('what happens to a customer is told to apps that see the member', async () => {
  const narrow = await makeApp(w.server, w.admin, 'north', { parties: [w.haidian], users: [], sends_welcome: true });
  const keys = { token: 'toknorth', aesKey: randomBytes(64).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, 42) + 'A' };
  const north = await listen({ ...keys, corpid: w.env.CORPID });
  try {
    const set = await w.admin('/v1/admin/app/callback', { agentid: narrow.agentid, url: north.url, token: keys.token, aes_key: keys.aesKey });
    assert.equal(set.http, 200, set.errmsg);
    const codeOf = async (userid) => {
      const { qr_code } = await call('add_contact_way', { type: 1, scene: 2, user: [userid] });
      return new URL(qr_code).searchParams.get('code');
    };
    await w.server.comesBy(await codeOf('lilei'), '南边来的');
    await w.server.comesBy(await codeOf('zhaoqiang'), '北边来的');
    const heard = await north.next((e) => e.ChangeType === 'add_external_contact');
    assert.equal(heard.UserID, 'zhaoqiang', 'lilei came first and is out of its sight');
    assert.ok(heard.WelcomeCode, 'it may welcome his customers');
    const seen = await hears.next((e) => e.ChangeType === 'add_external_contact' && e.UserID === 'lilei');
    assert.ok(!north.events.some((e) => e.ExternalUserID === seen.ExternalUserID));
    const welcome = await w.server.api('/cgi-bin/externalcontact/send_welcome_msg', { token: await w.server.token(narrow.secret), body: { welcome_code: heard.WelcomeCode, text: { content: '您好' } } });
    assert.ok([0, 41050].includes(welcome.errcode), welcome.errmsg); /* hurried: its second may be over */
  } finally {
    await north.close();
  }
});
