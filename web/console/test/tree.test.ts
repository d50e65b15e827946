import assert from 'node:assert/strict';
import test from 'node:test';
import type { AdminDepartment } from '@liaison/kit';
import { ancestors, foundRows, index, openRows } from '../src/pages/directory/departments';

function department(id: number, parentid: number, name: string): AdminDepartment {
  return { id, parentid, name, members: 0 };
}
const company = index([
  department(1, 0, 'Company'),
  department(2, 1, 'South'),
  department(3, 1, 'North'),
  department(4, 2, 'Shop A'),
  department(5, 2, 'Shop B'),
]);
const names = (rows: { d: AdminDepartment }[]): string[] => rows.map((r) => r.d.name);

test('only what is unfolded is drawn, each row knowing its place', () => {
  assert.deepEqual(names(openRows(company, new Set())), ['Company']);
  const rows = openRows(company, new Set([1, 2]));
  assert.deepEqual(names(rows), ['Company', 'South', 'Shop A', 'Shop B', 'North']);
  const shop = rows[3]!;
  assert.deepEqual([shop.level, shop.index, shop.siblings, shop.folder], [3, 2, 2, false]);
  assert.deepEqual([rows[1]!.folder, rows[1]!.open, rows[4]!.folder], [true, true, false]);
});

test('a search finds at any depth, without regard to case, and shows the way', () => {
  const rows = foundRows(company, ' shop b ');
  assert.deepEqual(names(rows), ['Shop B']);
  assert.equal(rows[0]!.path, 'Company / South');
  assert.equal(foundRows(company, 'shop', 1).length, 1);
  assert.equal(foundRows(company, 'nothing').length, 0);
});

test('the way up ends at the root', () => {
  assert.deepEqual(ancestors(company, 5).map((d) => d.id), [1, 2]);
  assert.deepEqual(ancestors(company, 1), []);
  assert.deepEqual(ancestors(company, 99), []);
});

test('a department whose parent is not there, or is itself, is a root', () => {
  const odd = index([department(7, 6, 'Orphan'), department(8, 8, 'Own parent')]);
  assert.deepEqual(odd.roots.map((d) => d.id), [7, 8]);
  assert.deepEqual(ancestors(odd, 8), []);
});

test('a circle neither hangs nor shows', () => {
  const circle = index([department(1, 0, 'Company'), department(2, 3, 'A'), department(3, 2, 'B')]);
  assert.deepEqual(names(openRows(circle, new Set([1, 2, 3]))), ['Company']);
  assert.ok(ancestors(circle, 2).length <= 64);
});

test('the shape of 7,600 departments unfolds in one pass', () => {
  const many = [department(1, 0, 'Company')];
  for (let i = 2; i <= 7600; i++) many.push(department(i, 1 + Math.floor((i - 2) / 20), 'D' + i));
  const big = index(many);
  const rows = openRows(big, new Set(many.map((d) => d.id)));
  assert.equal(rows.length, 7600);
  assert.equal(new Set(rows.map((r) => r.d.id)).size, 7600);
});
