import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load, save } from '../src/keep';
import { Outbox } from '../src/outbox';
import type { Pending } from '../src/store';

const pending = (nonce: string, made: number): Pending => ({
  nonce,
  chat: 'c1',
  type: 'text',
  body: { content: nonce },
  made,
  state: 'sending',
});

test('what waits is found again in the order it was written, and only by its owner', () => {
  const box = new Outbox('desk.a');
  box.put(pending('second', 2));
  box.put(pending('first', 1));
  box.put({ ...pending('second', 2), state: 'failed', errcode: 910013, share: 0.5 });
  const found = new Outbox('desk.a').all();
  assert.deepEqual(
    found.map((p) => [p.nonce, p.state, p.share]),
    [
      ['first', 'sending', undefined],
      ['second', 'failed', undefined],
    ],
  );
  assert.deepEqual(new Outbox('desk.b').all(), []);
  box.drop('first');
  box.drop('second');
  assert.deepEqual(box.all(), []);
});

test('an entry that cannot be read is forgotten, the others stay', () => {
  save('out.desk.c.bad', '{');
  const box = new Outbox('desk.c');
  box.put(pending('good', 1));
  assert.deepEqual(
    box.all().map((p) => p.nonce),
    ['good'],
  );
  assert.equal(load('out.desk.c.bad'), null);
});

test('the bytes of a file last as long as the page where no database is', async () => {
  const box = new Outbox('desk.d');
  await box.putFile('n', new Blob(['abc']));
  assert.equal((await box.file('n'))?.size, 3);
  box.drop('n');
  assert.equal(await box.file('n'), undefined);
});
