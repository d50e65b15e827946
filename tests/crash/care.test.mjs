/*
 * What operators do to a server at work: back it up, stop it, start it twice; and
 * whether the doctor sees what is wrong.
 */
import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { build, freePort, startServer } from '../lib/server.mjs';
import { connect } from '../lib/socket.mjs';
import { Crowd } from './clients.mjs';

const run = promisify(execFile);
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const dir = mkdtempSync(join(tmpdir(), 'liaison-care-'));
const started = [];
let server, guide, customers;

async function start(options) {
  started.push(await startServer(options));
  return started.at(-1);
}

before(async () => {
  server = await start();
  guide = await server.signIn('lilei');
  customers = [];
  for (let i = 0; i < 8; i++) customers.push(await server.add(guide, `客户${i}`));
});
after(async () => {
  for (const s of started) await s.kill();
  rmSync(server.data, { recursive: true, force: true });
  rmSync(dir, { recursive: true, force: true });
});

function crowdOf(them = server) {
  const crowd = new Crowd(them);
  customers.forEach((c, i) => (i % 2 ? crowd.poster(`p${i}`, c, c.chat.chat) : crowd.socket(`s${i}`, c, c.chat.chat)));
  return crowd;
}

async function timeline(person, chat) {
  const all = [];
  for (let more = true; more;) {
    const got = await person(`/v1/chat/messages?chat=${chat}&after=${all.length}&limit=200`);
    all.push(...got.messages);
    more = got.has_more;
  }
  all.forEach((m, i) => assert.equal(m.seq, i + 1, 'dense'));
  return all;
}

async function mustHold(them, promises) {
  const person = await them.signIn('lilei');
  for (const c of customers) {
    const messages = await timeline(person, c.chat.chat);
    for (const p of promises.filter((x) => x.chat === c.chat.chat)) assert.equal(messages[p.seq - 1]?.body.content, p.content);
  }
}

test('a backup made under load is whole, and can be put in place', async () => {
  const form = new FormData();
  form.set('media', new Blob(['a file to keep']), 'k.txt');
  const [first] = customers;
  const file = await first(`/v1/chat/upload?chat=${first.chat.chat}&nonce=file&type=file`, form);
  const crowd = crowdOf();
  await pause(500);
  const before_ = [...crowd.promised];
  assert.ok(before_.length > 50);
  assert.match(await server.liaison('backup', join(dir, 'with.tar'), '--keys'), /with the keys/);
  assert.match(await server.liaison('backup', join(dir, 'without.tar')), /keep it elsewhere/);
  await pause(200);
  await crowd.stop();
  assert.equal(statSync(join(dir, 'with.tar')).mode & 0o77, 0, 'nobody else may read it');

  const other = await start({ data: join(dir, 'restored'), demo: false });
  await assert.rejects(other.liaison('restore', join(dir, 'with.tar')), /in use by process/);
  await other.halt();
  assert.match(await other.liaison('restore', join(dir, 'with.tar')), /restored/);
  assert.match(await other.liaison('doctor'), /all is well/);
  await other.start();
  await mustHold(other, before_);
  const person = await other.signIn('lilei');
  const kept = await fetch(`${other.url}/v1/chat/file?chat=${first.chat.chat}&seq=${file.seq}`, { headers: person.headers() });
  assert.equal(await kept.text(), 'a file to keep');
  assert.equal((await person('/v1/chat/send', { chat: first.chat.chat, nonce: 'on it goes', type: 'text', body: { content: 'x' } })).http, 200);
  await other.stop();

  /* Without keys: those of the old folder are laid beside it. */
  const third = await start({ data: join(dir, 'third'), demo: false });
  await third.halt();
  await third.liaison('restore', join(dir, 'without.tar'));
  copyFileSync(join(server.data, 'keys'), join(third.data, 'keys'));
  await third.start();
  await third.readEnv();
  assert.equal(third.env.SECRET, server.env.SECRET, 'sealed values open');
  await third.stop();
});

test('what is no backup is refused and changes nothing', async () => {
  const other = await start({ data: join(dir, 'victim') });
  await other.halt();
  const bytes = readdirSync(other.data).sort();
  execFileSync('sh', ['-c', `head -c 5000 ${join(dir, 'with.tar')} > ${join(dir, 'cut.tar')}; echo hello > ${join(dir, 'text.tar')}; : > ${join(dir, 'empty.tar')}`]);
  execFileSync('tar', ['-cf', join(dir, 'odd.tar'), '-C', build, 'build.ninja']);
  for (const name of ['cut.tar', 'text.tar', 'empty.tar', 'odd.tar', 'missing.tar'])
    await assert.rejects(other.liaison('restore', join(dir, name)), (e) => e.code === 1 && e.stderr.startsWith('liaison: '), name);
  assert.deepEqual(readdirSync(other.data).sort(), bytes);
  assert.match(await other.liaison('doctor'), /all is well/);
  await other.start();
  await other.stop();
});

test('SIGTERM under load loses nothing that was acknowledged', async () => {
  for (let round = 0; round < 3; round++) {
    const desk = await connect(guide);
    const crowd = crowdOf();
    await pause(400);
    const began = Date.now();
    await server.halt();
    assert.ok(Date.now() - began < 10000, 'and is quick');
    assert.equal(await desk.closed, 1001);
    await server.start();
    await crowd.stop();
    assert.ok(crowd.promised.length > 20);
    await mustHold(server, crowd.promised);
  }
  assert.match(server.log, /msg=stopped|stopped/);
});

/* liaisond with these words: how it ended and what it said. */
const again = (...words) => new Promise((resolve) => {
  const child = spawn(join(build, 'liaisond'), words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (b) => (said += b));
  child.stderr.on('data', (b) => (said += b));
  const late = setTimeout(() => child.kill('SIGKILL'), 15000);
  child.on('exit', (code, signal) => { clearTimeout(late); resolve({ code, signal, said }); });
});

test('a second server on the same folder or port is refused in clear words', async () => {
  const port = await freePort();
  const folder = await again('--data', server.data, '--listen', `127.0.0.1:${port}`);
  assert.ok(folder.code > 0 && folder.signal === null, JSON.stringify(folder));
  assert.match(folder.said, /in use|already|another/i);
  assert.ok(folder.said.includes(server.data), folder.said);
  const same = await again('--data', join(dir, 'second'), '--listen', `127.0.0.1:${server.port}`);
  assert.ok(same.code > 0 && same.signal === null, JSON.stringify(same));
  assert.match(same.said, new RegExp(`127\\.0\\.0\\.1:${server.port}.*(in use|already)`, 'i'));
  for (const [words, about] of [[['--data', '/proc/nothing'], /\/proc\/nothing/], [['--data', join(dir, 'x'), '--listen', 'nonsense'], /nonsense/], [['--data', join(dir, 'x'), '--hurry', '0'], /hurry/],
    [['--nonsense', '1'], /nonsense/], [['--data', join(dir, 'x'), '--tls-cert', '/nothing.pem', '--tls-key', '/nothing.pem'], /tls_cert/], [['--config', '/nothing.ini'], /nothing\.ini/], [['--data', join(dir, 'x'), '--log-level', 'loud'], /log_level/]]) {
    const got = await again(...words);
    assert.ok(got.code > 0 && got.signal === null, JSON.stringify([words, got]));
    assert.match(got.said, about);
  }
  assert.equal((await guide('/v1/me')).http, 200, 'and the first works on');
});

test('wrong command lines say what to do', async () => {
  for (const [words, about] of [[['nonsense'], /help/], [['member', 'disable'], /userid/], [['member', 'disable', 'nobody'], /nobody/], [['member', 'import', '/nothing.csv'], /nothing\.csv/], [['corp', 'create'], /name/],
    [['--corp', 'wwnobody', 'member', 'disable', 'lilei'], /corpid|wwnobody/], [['app', 'create'], /name/], [['backup'], /file/], [['backup', '/nothing/x.tar'], /nothing/]]) {
    await assert.rejects(server.liaison(...words), (e) => { assert.ok(e.code > 0); assert.match(e.stderr, about, words.join(' ')); return true; });
  }
});

/* Each makes one thing wrong that the doctor must see. */
const harm = {
  'a message is missing': 'DELETE FROM message WHERE message = (SELECT max(message) FROM message WHERE seq = 2)',
  'the end of a chat is wrong': 'UPDATE chat SET last_seq = last_seq + 1 WHERE chat = (SELECT max(chat) FROM chat)',
  'a read mark stands behind the end': 'UPDATE chat_person SET read_seq = 999999 WHERE chat = (SELECT max(chat) FROM chat)',
  'nobody is in a chat': 'DELETE FROM chat_person WHERE chat = (SELECT max(chat) FROM chat)',
  'a customer is missing': 'DELETE FROM customer WHERE customer = (SELECT max(customer) FROM customer)',
  'a department is missing': "DELETE FROM department WHERE name = '朝阳店'",
  'a disabled member is signed in': "UPDATE member SET status = 2 WHERE userid = 'lilei'",
  'an unknown tag': 'INSERT INTO follow_tag SELECT corp, member, customer, 4711, 0 FROM follow LIMIT 1',
  'a callback waits for ever': "INSERT INTO outbox (corp, event, app, name, change, fields, chat, expires_ms, status, tries, next_ms, http_status, error, done_ms) SELECT corp, 1, app, 'x', '', '{}', 0, 0, 1, 0, 99999999999999, 0, '', 0 FROM app LIMIT 1",
  'a chat is closed to its customer': 'UPDATE chat SET closed = 1 WHERE chat = (SELECT max(chat) FROM follow)',
  'an app sees a department that is not there': 'INSERT INTO app_range SELECT corp, app, 2, 4711 FROM app LIMIT 1',
};
test('the doctor sees what is wrong', async () => {
  await server.halt();
  const well = join(dir, 'well'), ill = join(dir, 'ill');
  cpSync(server.data, well, { recursive: true });
  const doctor = (data) => run(join(build, 'liaison'), ['--data', data, 'doctor']).then((r) => ({ code: 0, ...r }), (e) => e);
  const sql = (statement) => execFileSync('python3', ['-c', 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); n = c.execute(sys.argv[2]).rowcount; c.commit(); c.close(); sys.exit(0 if n == 1 or n > 1 else 9)', join(ill, 'liaison.db'), statement]);
  assert.equal((await doctor(well)).code, 0);
  for (const [what, statement] of Object.entries(harm)) {
    rmSync(ill, { recursive: true, force: true });
    cpSync(well, ill, { recursive: true });
    sql(statement);
    const got = await doctor(ill);
    assert.equal(got.code, 1, `${what}: ${got.stdout}`);
    assert.ok(got.stdout.trim().length > 10, what);
  }
  rmSync(ill, { recursive: true });
  cpSync(well, ill, { recursive: true });
  for (const d of readdirSync(join(ill, 'media'), { withFileTypes: true })) rmSync(join(ill, 'media', d.name), { recursive: true });
  assert.match((await doctor(ill)).stdout, /media file .* is missing/);
  rmSync(ill, { recursive: true });
  cpSync(well, ill, { recursive: true });
  rmSync(join(ill, 'keys'));
  const keyless = await doctor(ill);
  assert.equal(keyless.code, 1, keyless.stdout);
  execFileSync('sh', ['-c', `printf garbage | dd of=${join(ill, 'liaison.db')} bs=1 seek=20000 conv=notrunc status=none`]);
  assert.equal((await doctor(ill)).code, 1);
  await server.start();
});
