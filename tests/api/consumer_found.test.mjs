/*
 * A consumer is found again on another browser: by a code that is mailed to him, and by a
 * passkey.  The authenticator here is Node's own cryptography; the play has Chromium's.
 */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { after, before, test } from 'node:test';
import { freePort } from '../lib/server.mjs';
import { listenSmtp } from '../lib/smtp.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server, guide, han, mail, origin;
before(async () => {
  mail = await listenSmtp();
  const port = await freePort();
  origin = `http://localhost:${port}`;
  w = await startWorld({ port, args: ['--public-url', origin, '--smtp-url', mail.url, '--smtp-from', 'noreply@demo.example'] });
  ({ server, guide } = w);
  han = await server.signIn('hanmeimei');
});
after(async () => {
  await server.stop();
  await mail.close();
});

const both = (got) => [got.http, got.errcode];
const BAD_CODE = [400, 910103], BAD_PASSKEY = [400, 910104], CANNOT_JOIN = [409, 910105];
const anyone = { headers: () => ({ 'x-liaison-client': 'consumer' }) };

/* A caller without a session, or with one; and the session that came of it. */
async function call(path, body, who = anyone) {
  const reply = await server.api(path, { body, headers: who.headers(), raw: true });
  const got = Object.defineProperty(await reply.json(), 'http', { value: reply.status });
  const token = /liaison_consumer=([^;]+)/.exec(reply.headers.get('set-cookie') ?? '')?.[1];
  return Object.defineProperty(got, 'as', { value: token ? server.caller('consumer', token, got.me) : null });
}

async function codeFor(email, who, lang) {
  const seen = mail.mails.filter((m) => m.to.includes(email)).length;
  const asked = await call('/v1/me/email/code', { email, lang }, who);
  assert.equal(asked.http, 200, JSON.stringify(asked));
  const got = await mail.next(email, seen);
  return { proof: asked.proof, code: /\d{6}/.exec(got.text)[0], got };
}
async function prove(email, who) {
  const { proof, code } = await codeFor(email, who);
  return call('/v1/me/email/verify', { proof, code }, who);
}
const chatsOf = async (who) => (await who('/v1/chats')).chats.map((c) => c.chat).sort();

/* ---- by mail ---- */

test('an address is bound by a code, and finds the account from another browser', async () => {
  const a = await server.add(guide, '邮一');
  const bound = await prove('Wang@Example.com', a);
  assert.deepEqual([bound.http, bound.changed, bound.as], [200, false, null]);
  assert.equal((await a('/v1/me/account')).email, 'W***@Example.com');
  const found = await prove('wang@example.com');
  assert.equal(found.changed, true);
  assert.equal(found.me.id, a.me.id);
  assert.deepEqual(await chatsOf(found.as), [a.chat.chat]);
  assert.equal((await a('/v1/me')).http, 200, 'the first browser stays');
});

test('the mail: one recipient, in his language, the code in it', async () => {
  const a = await server.add(guide, '邮二');
  const zh = await codeFor('lang@example.com', a, 'zh'), en = await codeFor('lang@example.com', a, 'en');
  assert.equal(zh.got.from, 'noreply@demo.example');
  assert.deepEqual(zh.got.to, ['lang@example.com']);
  assert.match(zh.got.subject, new RegExp(`^您的验证码：${zh.code}$`));
  assert.match(en.got.subject, new RegExp(`^${en.code} is your code$`));
  assert.match(zh.got.text, /十分钟/);
});

test('what is no address, or would be two, is refused before anything is sent', async () => {
  const before = mail.mails.length;
  for (const email of ['x', 'a@b', '@example.com', 'a@@example.com', 'a@example.com,b@example.com', 'a@example.com\r\nBcc: b@example.com', 'a b@example.com', '<a@example.com>', 'a@example.com.', `${'x'.repeat(65)}@example.com`])
    assert.equal((await call('/v1/me/email/code', { email })).errcode, 40058, email);
  assert.equal(mail.mails.length, before);
});

test('a wrong code counts, five and the right one is worth nothing; a right one works once', async () => {
  const a = await server.add(guide, '邮三');
  const { proof, code } = await codeFor('tries@example.com', a);
  const wrong = code === '000000' ? '000001' : '000000';
  for (let i = 0; i < 5; i++) assert.deepEqual(both(await call('/v1/me/email/verify', { proof, code: wrong }, a)), BAD_CODE);
  assert.deepEqual(both(await call('/v1/me/email/verify', { proof, code }, a)), BAD_CODE);
  const again = await codeFor('tries@example.com', a);
  assert.equal((await call('/v1/me/email/verify', again, a)).http, 200);
  assert.deepEqual(both(await call('/v1/me/email/verify', again)), BAD_CODE, 'used');
  assert.deepEqual(both(await call('/v1/me/email/verify', { proof: '1', code }, a)), BAD_CODE);
});

test('three codes in ten minutes to one address, known here or not', async () => {
  for (const email of ['flood@example.com', 'tries@example.com']) {
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push((await call('/v1/me/email/code', { email })).errcode ?? 0);
    assert.ok(codes.includes(0) && codes.at(-1) === 45009, JSON.stringify(codes));
  }
});

test('an address of nobody finds nobody; one that refuses mail says so', async () => {
  const got = await prove('stranger@example.com');
  assert.deepEqual(both(got), [404, 910002]);
  mail.refuse = true;
  assert.equal((await call('/v1/me/email/code', { email: 'bounce@example.com' })).errcode, 910014);
  mail.refuse = false;
});

test('what this browser had joins the account; sessions of the old one end', async () => {
  const a = await server.add(guide, '主号');
  await prove('join@example.com', a);
  const theirs = await otherGuide();
  const b = await server.add(theirs, '副号');
  const ext = (await theirs('/v1/customers')).customers[0].external_userid;
  const joined = await prove('join@example.com', b);
  assert.deepEqual([joined.changed, joined.me.id], [true, a.me.id]);
  assert.deepEqual(await chatsOf(joined.as), [a.chat.chat, b.chat.chat].sort());
  assert.deepEqual(both(await b('/v1/me')), [401, 910004]);
  assert.equal((await theirs('/v1/customers')).customers[0].external_userid, ext, 'the company sees the same customer');
  assert.equal((await joined.as('/v1/chat/send', { chat: b.chat.chat, type: 'text', body: { content: '还是我' }, nonce: 'j1' })).http, 200);
});

test('two customers of one company stay two', async () => {
  const a = await server.add(guide, '甲号');
  await prove('two@example.com', a);
  const b = await server.add(han, '乙号');
  assert.deepEqual(both(await prove('two@example.com', b)), CANNOT_JOIN);
  assert.deepEqual(await chatsOf(b), [b.chat.chat], 'nothing happened');
});

test('an address can be forgotten, and is free then', async () => {
  const a = await server.add(guide, '忘一'), b = await server.add(guide, '忘二');
  await prove('free@example.com', a);
  assert.equal((await a('/v1/me/email/drop', {})).http, 200);
  assert.equal((await a('/v1/me/account')).email, '');
  assert.deepEqual((await prove('free@example.com', b)).me.id, b.me.id);
});

async function otherGuide() {
  const { writeFile } = await import('node:fs/promises');
  await writeFile(`${server.data}/bob.csv`, 'userid,name,password,serves_customers\nbob,Bob,bob-of-other,1\n');
  await server.liaison('--corp', w.otherCorp, 'member', 'import', `${server.data}/bob.csv`);
  return server.signIn('bob', 'bob-of-other', 'desk', w.otherCorp);
}

/* ---- by passkey ---- */

const b64 = (b) => Buffer.from(b).toString('base64url');
const sha = (b) => createHash('sha256').update(b).digest();

class Authenticator {
  constructor(algorithm = -7) {
    this.algorithm = algorithm;
    this.keys = algorithm === -7 ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.id = randomBytes(20);
    this.counter = 0;
  }

  data(flags, credential, rp = 'localhost') {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const parts = [sha(rp), Buffer.from([flags]), counter];
    if (credential) parts.push(Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, Buffer.from('a0', 'hex'));
    return Buffer.concat(parts);
  }

  client(type, challenge, more = {}) {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...more }));
  }

  add(asked, { flags = 0x45, rp, ...more } = {}) {
    return { proof: asked.proof, client_data: b64(this.client('webauthn.create', asked.challenge, more)), authenticator_data: b64(this.data(flags, true, rp)), public_key: b64(this.keys.publicKey.export({ type: 'spki', format: 'der' })), algorithm: this.algorithm, name: 'test' };
  }

  sign(asked, { flags = 0x05, rp, keys = this.keys, ...more } = {}) {
    const data = this.data(flags, false, rp), client = this.client('webauthn.get', asked.challenge, more);
    return { proof: asked.proof, credential: b64(this.id), client_data: b64(client), authenticator_data: b64(data), signature: b64(sign('sha256', Buffer.concat([data, sha(client)]), keys.privateKey)) };
  }
}

const challenge = (who) => call('/v1/passkey/challenge', {}, who);

for (const [name, algorithm] of [['ES256', -7], ['RS256', -257]])
  test(`a passkey (${name}) signs in on another browser`, async () => {
    const a = await server.add(guide, `钥匙${name}`);
    const key = new Authenticator(algorithm);
    const asked = await challenge(a);
    assert.equal(asked.rp_id, 'localhost');
    assert.equal(Buffer.from(asked.user, 'base64url').toString(), a.me.id);
    const added = await call('/v1/passkey/add', key.add(asked), a);
    assert.equal(added.http, 200, added.errmsg);
    assert.deepEqual((await a('/v1/me/account')).passkeys.map((k) => k.name), ['test']);
    const found = await call('/v1/passkey/sign_in', key.sign(await challenge()));
    assert.equal(found.http, 200, found.errmsg);
    assert.deepEqual([found.changed, found.me.id], [true, a.me.id]);
    assert.deepEqual(await chatsOf(found.as), [a.chat.chat]);
  });

test('whatever does not fit is refused: challenge, site, purpose, signature, presence, key', async () => {
  const a = await server.add(guide, '钥匙三');
  const key = new Authenticator();
  assert.equal((await call('/v1/passkey/add', key.add(await challenge(a)), a)).http, 200);
  const tries = {
    'another challenge': async () => key.sign({ ...(await challenge()), challenge: b64(randomBytes(32)) }),
    'another site': async () => key.sign(await challenge(), { origin: 'https://evil.example' }),
    'another site\'s key': async () => key.sign(await challenge(), { rp: 'evil.example' }),
    'within another site': async () => key.sign(await challenge(), { crossOrigin: true }),
    'another purpose': async () => key.sign(await challenge(), { type: 'webauthn.create' }),
    'nobody there': async () => key.sign(await challenge(), { flags: 0 }),
    'another key': async () => key.sign(await challenge(), { keys: new Authenticator().keys }),
    'unknown credential': async () => ({ ...key.sign(await challenge()), credential: b64(randomBytes(20)) }),
    'cut data': async () => ({ ...key.sign(await challenge()), authenticator_data: b64(Buffer.alloc(36)) }),
    'no JSON': async () => ({ ...key.sign(await challenge()), client_data: b64('hello') }),
    'no base64': async () => ({ ...key.sign(await challenge()), signature: '!!!' }),
  };
  for (const [what, make] of Object.entries(tries)) assert.deepEqual(both(await call('/v1/passkey/sign_in', await make())), BAD_PASSKEY, what);
  const once = key.sign(await challenge());
  assert.equal((await call('/v1/passkey/sign_in', once)).http, 200);
  assert.deepEqual(both(await call('/v1/passkey/sign_in', once)), BAD_PASSKEY, 'a challenge works once');
});

test('registering: a challenge of his own, a key that can be checked, not twice', async () => {
  const a = await server.add(guide, '钥匙四'), b = await server.add(guide, '钥匙五');
  const key = new Authenticator();
  assert.deepEqual(both(await call('/v1/passkey/add', key.add(await challenge(b)), a)), BAD_PASSKEY, 'asked by another');
  assert.deepEqual(both(await call('/v1/passkey/add', key.add(await challenge(a), { origin: 'https://evil.example' }), a)), BAD_PASSKEY);
  const weak = new Authenticator();
  weak.keys = generateKeyPairSync('ec', { namedCurve: 'secp521r1' });
  assert.deepEqual(both(await call('/v1/passkey/add', weak.add(await challenge(a)), a)), BAD_PASSKEY);
  assert.deepEqual(both(await call('/v1/passkey/add', { ...key.add(await challenge(a)), algorithm: -257 }, a)), BAD_PASSKEY);
  assert.deepEqual(both(await call('/v1/passkey/add', { ...key.add(await challenge(a)), public_key: b64('nonsense') }, a)), BAD_PASSKEY);
  assert.equal((await call('/v1/passkey/add', key.add(await challenge(a)), a)).http, 200);
  assert.deepEqual(both(await call('/v1/passkey/add', key.add(await challenge(b)), b)), [409, 910006], 'it is another\'s already');
  assert.deepEqual(both(await call('/v1/passkey/add', key.add(await challenge(a)), anyone)), [401, 910004]);
});

test('a counter that goes back is a copied key', async () => {
  const a = await server.add(guide, '钥匙六');
  const key = new Authenticator();
  key.counter = 7;
  await call('/v1/passkey/add', key.add(await challenge(a)), a);
  key.counter = 8;
  assert.equal((await call('/v1/passkey/sign_in', key.sign(await challenge()))).http, 200);
  key.counter = 8;
  assert.deepEqual(both(await call('/v1/passkey/sign_in', key.sign(await challenge()))), BAD_PASSKEY);
});

test('a passkey can be forgotten, by its owner', async () => {
  const a = await server.add(guide, '钥匙七'), b = await server.add(guide, '钥匙八');
  const key = new Authenticator();
  await call('/v1/passkey/add', key.add(await challenge(a)), a);
  const { passkey } = (await a('/v1/me/account')).passkeys[0];
  assert.deepEqual(both(await b('/v1/passkey/drop', { passkey })), [404, 910002]);
  assert.equal((await a('/v1/passkey/drop', { passkey })).http, 200);
  assert.deepEqual(both(await call('/v1/passkey/sign_in', key.sign(await challenge()))), BAD_PASSKEY);
});

test('without a mail server no code is promised', async () => {
  await server.halt();
  server.options.args = ['--public-url', origin];
  await server.start();
  const a = await server.add(await server.signIn('lilei'), '无邮');
  assert.equal((await a('/v1/me/account')).mail, false);
  assert.equal((await call('/v1/me/email/code', { email: 'x@example.com' })).errcode, 910106);
});
