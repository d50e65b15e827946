import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors } from '../src/errors.gen';
import { ERR } from '../src/client';

test('every number that pages look at has words in both languages', () => {
  for (const [name, code] of Object.entries(ERR)) {
    if (name === 'NETWORK') continue;
    assert.ok(errors[code]?.en, name);
    assert.ok(errors[code]?.zh, name);
  }
});
