/*
 * Every field that the catalogue documents: is it in the row's shapes, and is it looked
 * at when it comes in wrong?  What a field does is in cases/ and the tests beside it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from '../lib/server.mjs';
import { catalogue } from '../lib/catalogue.mjs';
import { startWorld } from '../lib/world.mjs';

const openapi = JSON.parse(execFileSync(join(build, 'liaisond'), ['describe', 'openapi'], { maxBuffer: 1 << 26 }));

/* A schema with its references followed: { properties, items, type }. */
function solid(schema) {
  if (!schema) return {};
  if (schema.$ref) return solid(openapi.components.schemas[schema.$ref.split('/').at(-1)]);
  if (!schema.allOf) return schema;
  return schema.allOf.map(solid).reduce((all, s) => ({ ...all, ...s, properties: { ...all.properties, ...s.properties } }), {});
}

function bodyOf(row) {
  const op = openapi.paths[row.path]?.[row.method.toLowerCase()];
  if (!op) return undefined;
  const body = solid(op.requestBody?.content?.['application/json']?.schema);
  const query = Object.fromEntries((op.parameters ?? []).map((p) => [p.name, p.schema]));
  return { in: { properties: { ...query, ...body.properties } }, out: solid(op.responses['200'].content['application/json']?.schema) };
}

const typeOf = { str: ['string'], int: ['integer', 'boolean'], bool: ['boolean', 'integer'], float: ['number', 'integer'] };

/* What the schema lacks of these fields, by path. */
function lacks(fields, schema, at, exact) {
  if (schema['x-any']) return [];
  return fields.flatMap((f) => {
    const path = at + f.name;
    let has = schema.properties?.[f.name];
    if (!has) return exact && isNever(path) ? [] : [path];
    has = solid(has);
    if (has['x-any']) return [];
    if (f.list) {
      if (has.type !== 'array') return [`${path} (no list)`];
      has = solid(has.items);
    }
    if (f.type === 'object') return has.properties ? lacks(f.fields, has, `${path}.`, exact) : [`${path} (no object)`];
    /* Coming in, ids may be either; going out, types are what SDKs read. */
    return exact && !typeOf[f.type].includes(has.type) ? [`${path} (${has.type}, not ${f.type})`] : [];
  });
}

/* Something of the right kind for the fields that must come, so that the next one is looked at. */
const likely = { str: '1', int: 1, bool: true, float: 1 };
function filled(fields) {
  return Object.fromEntries(fields.map((f) => {
    const one = f.type === 'object' ? filled(f.fields) : likely[f.type];
    return [f.name, f.list ? [one] : one];
  }));
}

/* Each field of a request with something of the wrong kind in it: [path, body].  What is taken
 * whole and looked at by its msgtype (x-any) is in cases/. */
function wrongs(fields) {
  const rest = filled(fields);
  return fields.flatMap((f) => {
    const put = (v) => ({ ...rest, [f.name]: v });
    const one = (v) => put(f.list ? [v] : v);
    if (f.type !== 'object') return [[f.name, one({ no: 'such' })], ...(f.list ? [[f.name, put('x')]] : [])];
    return [[f.name, put('x')], ...wrongs(f.fields).map(([path, body]) => [path, one(body)])];
  });
}

/* Documented, and never there, for a reason. */
const NEVER = {
  open_userid: 'third-party providers only',
  qr_code: 'a code is made for who asks for it: add_contact_way, or the desk',
  customized_publish_status: 'apps made for one corp by a provider',
  unionid: 'would let two companies match their customers',
  wechat_channels: 'no video channels',
  position: 'customers of WeCom corps only', corp_name: 'likewise', corp_full_name: 'likewise', external_profile: 'likewise',
};
const isNever = (path) => path.split('.').at(-1) in NEVER;

const isUpload = (row) => row.path.startsWith('/cgi-bin/media/');

for (const row of catalogue) {
  test(`${row.path} has every documented field`, () => {
    const has = bodyOf(row);
    assert.ok(has, 'no such row');
    assert.deepEqual(lacks(row.request, has.in, '', false), [], 'of the request');
    assert.deepEqual(lacks(row.response, has.out, '', true), [], 'of the answer');
  });
}

describe('live', () => {
  let w;
  before(async () => { w = await startWorld(); });
  after(() => w.server.stop());
  const call = (row, token, body) => w.server.api(row.path, { token, body, method: 'POST' });

  for (const row of catalogue.filter((r) => r.path !== '/cgi-bin/gettoken')) {
    test(`${row.path} wants a token with its scope`, async () => {
      assert.equal((await call(row, undefined, {})).errcode, 41001);
      assert.equal((await call(row, 'x'.repeat(64), {})).errcode, 40014);
      if (/^(ec|kf)-/.test(row.area)) assert.equal((await call(row, w.tokens.plain, {})).errcode, 48002);
    });
    if (isUpload(row)) continue;
    test(`${row.path} looks at every field`, async () => {
      const silent = [];
      const { properties } = bodyOf(row).in;
      for (const [path, body] of wrongs(row.request.filter((f) => !solid(properties[f.name])['x-any']))) {
        const got = await call(row, w.tokens.app, body);
        if (got.errcode === 0 || got.errcode === -1 || !got.errmsg.includes(path)) silent.push(`${JSON.stringify(body)}: ${got.errcode} ${got.errmsg}`);
      }
      assert.deepEqual(silent, []);
    });
    const required = row.request.filter((f) => f.required);
    if (required.length)
      test(`${row.path} wants ${required.map((f) => f.name).join(', ')}`, async () => {
        const got = await call(row, w.tokens.app, {});
        assert.notEqual(got.errcode, 0);
        assert.notEqual(got.errcode, -1);
        const nulls = await call(row, w.tokens.app, Object.fromEntries(row.request.map((f) => [f.name, null])));
        assert.equal(nulls.errcode, got.errcode, 'null is absent');
      });
  }
});
