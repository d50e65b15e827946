/*
 * Sensitive words where they are said: over the socket, over HTTP, in names of files.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';
import { connect } from '../lib/socket.mjs';

let w, guide, chat, customer;
const api = (path, body) => w.server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens.app, body });
before(async () => {
  w = await startWorld();
  guide = w.guide;
  customer = await w.server.add(guide, '小词');
  chat = customer.chat.chat;
});
after(() => w.server.stop());

let n = 0;
const say = (who, content, more = {}) => who('/v1/chat/send', { chat, nonce: `w${++n}`, type: 'text', body: { content }, ...more });

test('a word stops, warns, or is nobody\'s business', async () => {
  assert.equal((await say(guide, '加我微信返现')).errcode, undefined, 'no rules yet');
  const stop = await api('add_intercept_rule', { rule_name: '停', word_list: ['返现'], intercept_type: 1, applicable_range: { department_list: [1] } });
  assert.equal(stop.errcode, 0, stop.errmsg);
  assert.equal((await api('add_intercept_rule', { rule_name: '警', word_list: ['最低价'], semantics_list: [1], intercept_type: 2, applicable_range: { user_list: ['lilei'] } })).errcode, 0);
  const stopped = await say(guide, '给您返现哦');
  assert.equal(stopped.errcode, 910141);
  assert.match(stopped.errmsg, /: 返现$/);
  assert.equal((await say(guide, '返现', { anyway: true })).errcode, 910141, 'no flag helps');
  const warned = await say(guide, '我们是最低价');
  assert.equal(warned.errcode, 910142);
  assert.equal((await say(guide, '我们是最低价', { anyway: true })).errcode, undefined);
  assert.equal((await say(guide, '电话 138 0013 8000')).errcode, 910142);
  assert.equal((await say(customer, '能返现吗')).errcode, undefined, 'customers say what they like');

  const desk = await connect(guide);
  desk.send({ t: 'send', nonce: 's1', chat, type: 'text', body: { content: '返现' } });
  const nack = await desk.next('nack');
  assert.deepEqual([nack.nonce, nack.errcode, nack.errmsg, nack.retry], ['s1', 910141, '返现', false]);
  desk.send({ t: 'send', nonce: 's2', chat, type: 'text', body: { content: '最低价' } });
  assert.equal((await desk.next('nack')).errcode, 910142);
  desk.send({ t: 'send', nonce: 's2', chat, type: 'text', body: { content: '最低价' }, anyway: true });
  assert.equal((await desk.next('ack')).nonce, 's2');
  desk.ws.close();

  const { messages } = await customer(`/v1/chat/messages?chat=${chat}`);
  assert.equal(messages.filter((m) => m.body.content === '返现').length, 0);
  assert.equal(messages.filter((m) => m.body.content === '最低价').length, 1);

  /* A rule that is gone holds no more, at once. */
  assert.equal((await api('del_intercept_rule', { rule_id: stop.rule_id })).errcode, 0);
  assert.equal((await say(guide, '给您返现哦')).errcode, undefined);
});

test('a rule of one company is no other\'s, and an app chat knows none', async () => {
  const { apps } = await guide('/v1/apps');
  const opened = await guide('/v1/app/open', { agentid: apps[0].agentid });
  const told = await guide('/v1/chat/send', { chat: opened.chat.chat, nonce: 'app1', type: 'text', body: { content: '最低价' } });
  assert.equal(told.errcode, undefined, JSON.stringify(told));
});

test('administrators see all rules, make and change them, and who was warned', async () => {
  const { admin } = w;
  const seen = (await admin('/v1/admin/words')).rules;
  const byApp = seen.find((r) => r.name === '警');
  assert.deepEqual([byApp.words, byApp.semantics, byApp.intercept, byApp.users], [['最低价'], [1], 2, [{ userid: 'lilei', name: '李雷' }]]);
  assert.equal(seen.some((r) => r.name === '停'), false, 'deleted by its app');

  const { hits, next_cursor } = await admin('/v1/admin/word/hits?limit=1');
  assert.deepEqual([hits.length, hits[0].word, hits[0].name, hits[0].user.userid], [1, '最低价', '警', 'lilei']);
  assert.ok(Math.abs(hits[0].at - Date.now()) < 3600_000);
  const older = await admin(`/v1/admin/word/hits?cursor=${next_cursor}`);
  assert.deepEqual([older.hits.map((h) => h.word), older.next_cursor], [['最低价'], undefined]);
  assert.equal((await admin('/v1/admin/word/hits?cursor=nonsense')).errcode, 50100);

  const put = (body) => admin('/v1/admin/word/put', { name: '保本', words: [' 保本 ', '保本', '', '稳赚'], intercept: 1, users: [], parties: [1], ...body });
  const { rule } = await put();
  assert.deepEqual([rule.words, rule.semantics, rule.intercept, rule.users, rule.parties.map((p) => p.id)], [['保本', '稳赚'], [], 1, [], [1]]);
  assert.deepEqual((await admin(`/v1/admin/word?rule=${rule.rule}`)).rule, rule);
  assert.equal((await say(guide, '稳赚不赔')).errcode, 910141);
  for (const [change, errcode] of [
    [{}, 41077], [{ name: ' ' }, 40058], [{ name: '二', words: [' '] }, 41083], [{ name: '二', semantics: [4] }, 41084],
    [{ name: '二', intercept: 3 }, 40058], [{ name: '二', parties: [] }, 40058], [{ name: '二', parties: [404] }, 60003],
    [{ name: '二', words: ['长'.repeat(33)] }, 41083], [{ name: '二', words: Array.from({ length: 301 }, (_, i) => `w${i}`) }, 41068],
    [{ name: '二', users: ['nobody'] }, 60111], [{ name: '二', rule: 404 }, 41070],
  ]) {
    const refused = await put(change);
    assert.equal(refused.errcode, errcode, `${JSON.stringify(change)}: ${refused.errmsg}`);
  }

  /* Of an app's rule the administrator may change all; it stays the app's. */
  const changed = await put({ rule: byApp.rule, name: '警', words: ['国家级'], intercept: 2, users: ['lilei'], parties: [] });
  assert.deepEqual([changed.rule.words, changed.rule.semantics], [['国家级'], []]);
  assert.equal((await say(guide, '最低价')).errcode, undefined);
  assert.equal((await say(guide, '国家级')).errcode, 910142);
  const { rule_list } = await api('get_intercept_rule_list', {});
  assert.deepEqual(rule_list.map((r) => r.rule_name).sort(), ['保本', '警']);
  const mine = rule_list.find((r) => r.rule_name === '警').rule_id;
  assert.equal((await api('update_intercept_rule', { rule_id: mine, intercept_type: 2 })).errcode, 0);
  const theirs = rule_list.find((r) => r.rule_name === '保本').rule_id;
  assert.equal((await api('del_intercept_rule', { rule_id: theirs })).errcode, 41070, 'not made by the app');

  assert.equal((await admin('/v1/admin/word/delete', { rule: rule.rule })).errcode, undefined);
  assert.equal((await say(guide, '稳赚不赔')).errcode, undefined);
  assert.equal((await admin(`/v1/admin/word?rule=${rule.rule}`)).errcode, 41071);
  assert.equal((await admin('/v1/admin/word/delete', { rule: rule.rule })).errcode, 41071);
  const verbs = (await admin('/v1/admin/audit?limit=20')).entries.map((e) => e.verb).filter((v) => v.startsWith('word_rule.'));
  assert.deepEqual(verbs, ['word_rule.delete', 'word_rule.set', 'word_rule.add']);
  assert.notEqual((await guide('/v1/admin/words')).errcode, undefined, 'nobody else');
});
