import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { firstWord, solve } from '../src/card/puzzle';

const word = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0);

test('the hash is SHA-256, whatever the length', () => {
  for (const n of [0, 1, 55, 56, 63, 64, 119, 120, 300]) assert.equal(firstWord('x'.repeat(n)), word('x'.repeat(n)), String(n));
});

test('a solved puzzle has its zero bits', async () => {
  const puzzle = '9.1795000000000.abcdef.000000000000000000000000';
  assert.equal(word(`${puzzle}:${await solve(puzzle)}`) >>> 23, 0);
});
