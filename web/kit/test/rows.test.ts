import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeRows } from '../src/chat/rows';
import { message } from './make';

const MINUTE = 60_000;
const noon = new Date(2026, 4, 1, 12).getTime();

test('a day line stands before the first message of each day', () => {
  const rows = makeRows(
    [
      message(1, { time: noon }),
      message(2, { time: noon + MINUTE }),
      message(3, { time: noon + 24 * 60 * MINUTE }),
    ],
    [],
    0,
  );
  assert.deepEqual(
    rows.map((r) => r.t),
    ['day', 'bubble', 'bubble', 'day', 'bubble'],
  );
});

test('one sender within three minutes is a group; its last bubble has the time', () => {
  const rows = makeRows(
    [
      message(1, { time: noon }),
      message(2, { time: noon + MINUTE }),
      message(3, { time: noon + 2 * MINUTE, mine: true }),
      message(4, { time: noon + 9 * MINUTE, mine: true }),
    ],
    [],
    3,
  );
  const bubbles = rows.flatMap((r) => (r.t === 'bubble' ? [r] : []));
  assert.deepEqual(
    bubbles.map((b) => [b.first, b.last, b.delivery]),
    [
      [true, false, undefined],
      [false, true, undefined],
      [true, true, 'read'],
      [true, true, 'sent'],
    ],
  );
});

test('a message keeps its place in the page from the key press to the timeline', () => {
  const p = {
    nonce: 'a',
    chat: 'c1',
    type: 'text',
    body: { content: 'x' },
    made: noon,
    state: 'sending' as const,
  };
  const before = makeRows([], [p], 0);
  const after = makeRows([message(1, { mine: true, nonce: 'a', time: noon })], [], 0);
  assert.equal(before[1]?.key, after[1]?.key);
});

test('a line of the system breaks a group', () => {
  const rows = makeRows(
    [
      message(1, { time: noon }),
      message(2, { time: noon, type: 'system', body: { event: 'added' } }),
      message(3, { time: noon }),
    ],
    [],
    0,
  );
  assert.deepEqual(
    rows.map((r) => r.t),
    ['day', 'bubble', 'system', 'bubble'],
  );
});
