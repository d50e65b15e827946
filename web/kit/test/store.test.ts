import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatList, gaps, reduce, unreadTotal, type Event, type Pending } from '../src/store';
import { after, chat, hello, me, message, page, seqs } from './make';

const pending = (nonce: string, made = 1): Pending => ({
  nonce,
  chat: 'c1',
  type: 'text',
  body: { content: nonce },
  made,
  state: 'sending',
});
const ack = (nonce: string, seq: number): Event => ({
  t: 'ack',
  nonce,
  chat: 'c1',
  seq,
  msgid: 'm' + seq,
  time: 5000,
  from: me,
});

test('the next message is applied, an old one is ignored', () => {
  let s = after(hello(chat({ last_seq: 2 })), page('newest', 1, 2));
  s = reduce(s, { t: 'message', stamp: '101', message: message(3) });
  s = reduce(s, { t: 'message', stamp: '101', message: message(3) });
  s = reduce(s, { t: 'message', stamp: '102', message: message(1) });
  assert.deepEqual(seqs(s), [1, 2, 3]);
  assert.equal(s.chats['c1']?.unread, 1);
  assert.equal(s.cursor, '102');
  assert.deepEqual(gaps(s), []);
});

test('a message beyond the next leaves a gap, which a page fills', () => {
  let s = after(hello(chat({ last_seq: 2 })), page('newest', 1, 2));
  s = reduce(s, { t: 'message', stamp: '105', message: message(5) });
  assert.deepEqual(seqs(s), [1, 2]);
  assert.deepEqual(gaps(s), [{ chat: 'c1', after: 2, until: 5 }]);
  s = reduce(s, page('after', 3, 5));
  assert.deepEqual(seqs(s), [1, 2, 3, 4, 5]);
  assert.deepEqual(gaps(s), []);
});

test('a resumed chat that grew shows as a gap', () => {
  let s = after(hello(chat({ last_seq: 2 })), page('newest', 1, 2));
  s = reduce(s, {
    t: 'hello',
    cursor: '200',
    more: false,
    chats: [chat({ last_seq: 9, stamp: '150' })],
  });
  assert.deepEqual(gaps(s), [{ chat: 'c1', after: 2, until: 9 }]);
});

test('what came while the newest page was asked for is kept', () => {
  let s = after(hello(chat({ last_seq: 3 })), page('newest', 1, 3));
  s = reduce(s, { t: 'message', message: message(4) });
  s = reduce(s, page('newest', 1, 3));
  assert.deepEqual(seqs(s), [1, 2, 3, 4]);
});

test('older pages go before, without doubles', () => {
  let s = after(hello(chat({ last_seq: 9 })), page('newest', 6, 9));
  s = reduce(s, page('older', 1, 6));
  assert.deepEqual(seqs(s), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(s.timelines['c1']?.older, false);
});

test('an acknowledged message moves into the timeline', () => {
  let s = after(hello(chat({ last_seq: 1, unread: 1 })), page('newest', 1, 1));
  s = reduce(s, { t: 'queued', pending: pending('a') });
  s = reduce(s, { t: 'queued', pending: pending('a') });
  assert.equal(s.pending['c1']?.length, 1);
  s = reduce(s, ack('a', 2));
  assert.deepEqual(seqs(s), [1, 2]);
  assert.equal(s.pending['c1']?.length, 0);
  assert.equal(s.timelines['c1']?.messages[1]?.mine, true);
  assert.equal(s.chats['c1']?.last?.preview, 'a');
  assert.equal(s.chats['c1']?.unread, 0);
});

test('an acknowledgement beyond a gap waits as sent until the page brings it', () => {
  let s = after(hello(chat({ last_seq: 1 })), page('newest', 1, 1));
  s = reduce(s, { t: 'queued', pending: pending('a') });
  s = reduce(s, ack('a', 4));
  assert.deepEqual(seqs(s), [1]);
  assert.equal(s.pending['c1']?.[0]?.state, 'sent');
  assert.equal(gaps(s).length, 1);
  const mine = message(4, { mine: true, nonce: 'a' });
  const messages = [message(2), message(3), mine];
  s = reduce(s, { t: 'page', chat: 'c1', side: 'after', messages, has_more: false });
  assert.deepEqual(seqs(s), [1, 2, 3, 4]);
  assert.equal(s.pending['c1']?.length, 0);
});

test('our own message from another device does not count as unread', () => {
  let s = after(hello(chat({ last_seq: 1 })), page('newest', 1, 1));
  s = reduce(s, { t: 'message', message: message(2, { mine: true, nonce: 'x' }) });
  assert.equal(s.chats['c1']?.unread, 0);
  assert.equal(s.chats['c1']?.read_seq, 2);
});

test('a second acknowledgement of the same nonce changes nothing', () => {
  let s = after(hello(chat()), page('newest', 1, 0));
  s = reduce(s, { t: 'queued', pending: pending('a') });
  s = reduce(s, ack('a', 1));
  assert.deepEqual(seqs(reduce(s, ack('a', 1))), [1]);
});

test('a refused message says why, and can be tried again or dropped', () => {
  let s = after(hello(chat()), { t: 'queued', pending: pending('a') });
  s = reduce(s, { t: 'nack', nonce: 'a', chat: 'c1', errcode: 910013 });
  assert.deepEqual(
    [s.pending['c1']?.[0]?.state, s.pending['c1']?.[0]?.errcode],
    ['failed', 910013],
  );
  s = reduce(s, { t: 'again', nonce: 'a', chat: 'c1' });
  assert.equal(s.pending['c1']?.[0]?.state, 'sending');
  s = reduce(s, { t: 'discarded', nonce: 'a', chat: 'c1' });
  assert.equal(s.pending['c1']?.length, 0);
});

test('reading only grows and counts what is left', () => {
  let s = after(hello(chat({ last_seq: 4, unread: 4 })), page('newest', 1, 4));
  s = reduce(s, { t: 'read', chat: 'c1', seq: 3, mine: true });
  assert.equal(s.chats['c1']?.unread, 1);
  s = reduce(s, { t: 'read', chat: 'c1', seq: 1, mine: true });
  assert.equal(s.chats['c1']?.read_seq, 3);
  s = reduce(s, { t: 'read', chat: 'c1', seq: 4, mine: true });
  assert.equal(unreadTotal(s), 0);
  s = reduce(s, { t: 'read', chat: 'c1', seq: 2, mine: false });
  assert.equal(s.chats['c1']?.peer_read_seq, 2);
});

test("an older view of a chat does not undo what this page knows", () => {
  let s = after(hello(chat({ last_seq: 2, unread: 2, stamp: '90' })), page('newest', 1, 2));
  s = reduce(s, { t: 'read', chat: 'c1', seq: 2, mine: true });
  s = reduce(s, { t: 'chat', stamp: '99', chat: chat({ last_seq: 2, unread: 2, stamp: '99' }) });
  assert.equal(s.chats['c1']?.unread, 0);
  s = reduce(s, { t: 'chat', chat: chat({ last_seq: 1, unread: 9, stamp: '50' }) });
  assert.equal(s.chats['c1']?.last_seq, 2);
});

test('stamps compare as numbers, not as text', () => {
  let s = after(hello(chat({ stamp: '99' })));
  s = reduce(s, { t: 'customer', stamp: '1000', external_userid: 'wm1', change: 'added' });
  s = reduce(s, { t: 'customer', stamp: '999', external_userid: 'wm1', change: 'changed' });
  assert.equal(s.cursor, '1000');
  assert.equal(s.customers, 2);
});

test('typing ends by time and by a message', () => {
  const typing: Event = { t: 'typing', chat: 'c1', who: { kind: 'customer', id: 'wm1' }, now: 0 };
  let s = after(hello(chat()), typing);
  assert.ok(reduce(s, { t: 'typing_over', now: 100 }).typing['c1']);
  assert.equal(reduce(s, { t: 'typing_over', now: 5000 }).typing['c1'], undefined);
  s = reduce(s, { t: 'message', message: message(1) });
  assert.equal(s.typing['c1'], undefined);
});

test('chats are listed newest first', () => {
  const last = (time: number) => ({ seq: 1, type: 'text', preview: '', time, mine: false });
  const s = after(
    hello(chat({ chat: 'a', last: last(5) }), chat({ chat: 'b', last: last(9) }), chat({ chat: 'z' })),
  );
  assert.deepEqual(
    chatList(s).map((c) => c.chat),
    ['b', 'a', 'z'],
  );
});

test('after being away, a chat that has passed to a successor goes; a newer one stays', () => {
  const s = after(
    hello(chat({ chat: 'a', stamp: '105' }), chat({ chat: 'b', stamp: '104' }), chat({ chat: 'old', stamp: '101' }), chat({ chat: 'new', stamp: '200' })),
  );
  const asked = '110';
  const part = reduce(s, { t: 'still', chats: [chat({ chat: 'a', stamp: '105' }), chat({ chat: 'c', stamp: '102' })], all: false, asked });
  assert.deepEqual(Object.keys(part.chats).sort(), ['a', 'c', 'new', 'old']);
  const all = reduce(s, { t: 'still', chats: [chat({ chat: 'a', stamp: '105' })], all: true, asked });
  assert.deepEqual(Object.keys(all.chats).sort(), ['a', 'new']);
});

test('a chat that is gone takes its timeline along', () => {
  const s = after(hello(chat()), page('newest', 1, 2), { t: 'gone', chat: 'c1' });
  assert.deepEqual([s.chats, s.timelines], [{}, {}]);
});
