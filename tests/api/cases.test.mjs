/*
 * Each row of the open API, as data: tests/api/cases/*.mjs.
 *
 *	[path, input, expected, as, words]
 *
 * input is the query of a GET row and the JSON body of a POST row (a string goes as it
 * is); or a function of the world (tests/lib/world.mjs) that gives it.  expected is an
 * errcode, an object whose members the answer must have, or a function (answer,
 * assert, world).  `as` names the token, "app" if absent; `words` must be in the errmsg.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from '../lib/server.mjs';
import { startWorld } from '../lib/world.mjs';

const { paths } = JSON.parse(execFileSync(join(build, 'liaisond'), ['describe', 'openapi'], { maxBuffer: 1 << 26 }));
const errors = execFileSync(join(build, 'liaisond'), ['describe', 'errors'], { encoding: 'utf8' });

let w;
before(async () => { w = await startWorld(); });
after(() => w.server.stop());

async function call(path, input, as) {
  const full = `/cgi-bin/${path}`;
  if (!paths[full]) throw new Error(`no row ${full}`);
  const token = path === 'gettoken' ? undefined : w.tokens[as];
  const given = typeof input === 'function' ? await input(w) : input;
  if (paths[full].post) return w.server.api(full, { token, body: given, method: 'POST', raw: true });
  const url = new URL(full, w.server.url);
  for (const [key, value] of Object.entries(given)) url.searchParams.set(key, value);
  return w.server.api(url, { token, raw: true });
}

/* What every answer of /cgi-bin is. */
async function answerOf(reply) {
  const text = await reply.text();
  assert.equal(reply.status, 200, text);
  assert.match(reply.headers.get('content-type'), /^application\/json; ?charset=utf-8$/i);
  const got = JSON.parse(text);
  assert.equal(JSON.stringify(got), text, 'compact JSON');
  assert.equal(typeof got.errcode, 'number');
  assert.equal(typeof got.errmsg, 'string');
  if (got.errcode) {
    assert.deepEqual(Object.keys(got), ['errcode', 'errmsg']);
    assert.ok(errors.includes(`${got.errcode}`), `${got.errcode} is in no list`);
    assert.match(got.errmsg, /hint: \[\w+\], from ip: 127\.0\.0\.1$/);
  } else {
    assert.equal(got.errmsg, 'ok');
  }
  return got;
}

const shown = (input) => {
  const text = typeof input === 'function' ? '…' : typeof input === 'string' ? input : JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const folder = new URL('./cases/', import.meta.url);
for (const file of readdirSync(folder).filter((f) => f.endsWith('.mjs')).sort()) {
  const { default: cases } = await import(new URL(file, folder));
  describe(file.replace('.mjs', ''), () => {
    cases.forEach(([path, input, expected, ...rest], i) => {
      /* With three words to tell apart: a token's name is one of the world's. */
      const as = ['app', 'narrow', 'plain', 'sync', 'external', 'other'].includes(rest[0]) ? rest.shift() : 'app';
      const [words] = rest;
      const wanted = typeof expected === 'number' ? expected : 0;
      test(`${i} ${path} ${shown(input)} as ${as}: ${wanted}`, async () => {
        const got = await answerOf(await call(path, input, as));
        assert.equal(got.errcode, wanted, got.errmsg);
        if (words) assert.ok(got.errmsg.includes(words), `${got.errmsg} does not name ${words}`);
        if (typeof expected === 'function') await expected(got, assert, w);
        if (typeof expected === 'object') for (const key of Object.keys(expected)) assert.deepEqual(got[key], expected[key], key);
      });
    });
  });
}
