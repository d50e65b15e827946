import assert from 'node:assert/strict';
import test from 'node:test';
import { randomKey, randomToken } from '../src/pages/app/random';
import { layOut } from '../src/pages/callback/xml';
import { usePages } from '../src/parts/load';

test('generated callback values pass the strictest decoder', () => {
  for (let i = 0; i < 200; i++) {
    assert.match(randomToken(), /^[A-Za-z0-9]{24}$/);
    const key = randomKey();
    assert.match(key, /^[A-Za-z0-9]{42}[AEIMQUYcgkosw048]$/);
    const bytes = Buffer.from(key + '=', 'base64');
    assert.equal(bytes.length, 32);
    assert.equal(bytes.toString('base64'), key + '=');
  }
  assert.notEqual(randomKey(), randomKey());
});

test('XML is laid out, its text untouched', () => {
  assert.equal(
    layOut('<xml><A><![CDATA[a < b </A> > c]]></A><N>12</N><E/><In><X>1</X></In></xml>'),
    [
      '<xml>',
      '  <A><![CDATA[a < b </A> > c]]></A>',
      '  <N>12</N>',
      '  <E/>',
      '  <In>',
      '    <X>1</X>',
      '  </In>',
      '</xml>',
    ].join('\n'),
  );
});

test('what is no XML stays what it is', () => {
  assert.equal(layOut(''), '');
  assert.equal(layOut('plain words'), 'plain words');
  assert.equal(layOut('<open><never'), '<open><never');
  assert.equal(layOut('{"a":"<b>"}').replace(/\s/g, ''), '{"a":"<b>"}');
});

test('pages go forward by cursor and back by what was passed', async () => {
  const asked: (string | undefined)[] = [];
  const list = usePages<number>(async (cursor) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { rows: [at], next: at < 2 ? String(at + 1) : '', total: 3 };
  });
  assert.equal(list.rows.value, null);
  await list.first();
  assert.deepEqual([list.rows.value, list.page.value, list.hasNext.value, list.total.value], [[0], 1, true, 3]);
  await list.next();
  await list.next();
  assert.deepEqual([list.rows.value, list.page.value, list.hasNext.value], [[2], 3, false]);
  await list.prev();
  assert.deepEqual([list.rows.value, list.page.value], [[1], 2]);
  await list.prev();
  await list.prev();
  assert.deepEqual([list.rows.value, list.page.value], [[0], 1]);
  assert.deepEqual(asked, [undefined, '1', '2', '1', undefined, undefined]);
});

test('an answer that was overtaken is dropped; a failure keeps the rows', async () => {
  const waiting: ((rows: string[]) => void)[] = [];
  let fail = false;
  const list = usePages<string>(() =>
    fail
      ? Promise.reject(new Error('lost'))
      : new Promise((done) => waiting.push((rows) => done({ rows }))),
  );
  const slow = list.first();
  const quick = list.first();
  waiting[1]!(['new']);
  await quick;
  waiting[0]!(['old']);
  await slow;
  assert.deepEqual(list.rows.value, ['new']);
  assert.equal(list.loading.value, false);
  fail = true;
  await list.reload();
  assert.match(String(list.error.value), /lost/);
  assert.deepEqual(list.rows.value, ['new']);
});
