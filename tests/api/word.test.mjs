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
