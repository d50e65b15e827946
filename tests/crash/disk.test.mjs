/*
 * The disk is full, and has room again.  Data on a tmpfs of 8 MiB, which only root may
 * mount: others skip this.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statfsSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connect } from '../lib/socket.mjs';
import { startServer, until } from '../lib/server.mjs';

function mount(t) {
  const dir = mkdtempSync(join(tmpdir(), 'liaison-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir], { stdio: 'pipe' });
  } catch (e) {
    rmSync(dir, { recursive: true });
    return null;
  }
  t.after(() => { execFileSync('umount', ['-l', dir]); rmSync(dir, { recursive: true }); });
  return dir;
}

test('a full disk: errors, nothing half done, and on it goes when there is room', { timeout: 120000 }, async (t) => {
  const dir = process.getuid() === 0 ? mount(t) : null;
  if (!dir) {
    t.skip('needs root and the right to mount a tmpfs of 8 MiB');
    return;
  }
  const server = await startServer({ data: join(dir, 'data') });
  t.after(() => server.child.exitCode ?? server.child.signalCode ?? server.kill());
  const guide = await server.signIn('lilei'), customer = await server.add(guide, '小王');
  const chat = customer.chat.chat, token = await server.token();
  const { chat: appChat } = await guide('/v1/app/open', { agentid: +server.env.AGENTID });
  const page = await connect(customer);
  const ballast = join(dir, 'ballast');
  const fillUp = () => { for (let n = 1 << 20; n >= 512; n /= 2) try { for (;;) appendFileSync(ballast, randomBytes(n)); } catch { /* full at this size */ } };
  let n = 0;
  const acked = [];
  const send = async () => {
    const nonce = `n${n++}`, content = `${nonce} ${'满'.repeat(3000)}`;
    const got = await guide('/v1/chat/send', { chat, nonce, type: 'text', body: { content } });
    if (got.seq) acked.push({ seq: got.seq, content });
    return { nonce, content, ...got, http: got.http };
  };
  assert.equal((await send()).http, 200);

  for (let round = 0; round < 3; round++) {
    writeFileSync(ballast, '');
    fillUp();
    /* What the log still has room for goes through; then it must be an error. */
    const bad = await until(async () => { const got = await send(); return got.http !== 200 && got; }, 'the disk to be full', 60000);
    assert.ok([910009, 910010].includes(bad.errcode), JSON.stringify(bad.errmsg));
    assert.ok([503, 507].includes(bad.http));
    assert.equal(bad.errcode, 910010, bad.errmsg);
    assert.ok(statfsSync(dir).bfree < 64, 'it is full');

    /* Every way of writing says so, and none hangs. */
    page.text(chat, `page${round}`, '满'.repeat(3000));
    const nack = await page.next('nack');
    assert.deepEqual([nack.errcode, nack.retry], [910010, true]);
    const api = await server.api('/cgi-bin/message/send', { token, body: { touser: 'lilei|hanmeimei', msgtype: 'text', agentid: server.env.AGENTID, text: { content: `half ${round} ${'满'.repeat(600)}` } } });
    assert.equal(api.errcode, 910010, api.errmsg);
    const form = new FormData();
    form.set('media', new Blob([randomBytes(300000)]), 'a.bin');
    const upload = await server.api('/cgi-bin/media/upload?type=file', { token, body: form });
    assert.ok([910009, 910010].includes(upload.errcode), JSON.stringify(upload));
    const form2 = new FormData();
    form2.set('media', new Blob([randomBytes(300000)]), 'a.bin');
    const file = await guide(`/v1/chat/upload?chat=${chat}&nonce=f${round}&type=file`, form2);
    assert.ok([910009, 910010].includes(file.errcode), JSON.stringify(file));
    /* Reading goes on. */
    assert.equal((await guide('/v1/me')).http, 200);
    assert.equal((await server.api('/cgi-bin/user/get?userid=lilei', { token })).errcode, 0);
    const timeline = (await guide(`/v1/chat/messages?chat=${chat}&limit=200`)).messages;
    assert.deepEqual(timeline.filter((m) => m.mine && m.type === 'text' && m.nonce).map((m) => m.body.content).slice(-acked.length), acked.slice(-200).map((a) => a.content).slice(-timeline.length), 'acknowledged, and nothing else');

    writeFileSync(ballast, '');
    const again = await until(async () => {
      const got = await guide('/v1/chat/send', { chat, nonce: bad.nonce, type: 'text', body: { content: bad.content } });
      return got.http === 200 && got;
    }, 'room to be noticed');
    acked.push({ seq: again.seq, content: bad.content });
    page.text(chat, `page${round}`, 'the same nonce');
    await page.next('ack');
    assert.equal((await server.api('/cgi-bin/message/send', { token, body: { touser: 'lilei', msgtype: 'text', agentid: server.env.AGENTID, text: { content: `whole ${round}` } } })).errcode, 0);
    assert.match(await server.liaison('doctor'), /all is well/);
  }

  const { messages } = await guide(`/v1/chat/messages?chat=${appChat.chat}`);
  assert.deepEqual(messages.map((m) => m.body.content), ['whole 0', 'whole 1', 'whole 2'], 'nothing half done');
  const all = (await guide(`/v1/chat/messages?chat=${chat}&limit=200`)).messages;
  for (let i = 1; i < all.length; i++) assert.equal(all[i].seq, all[i - 1].seq + 1);

  /* Killed while full, it starts again. */
  fillUp();
  await until(async () => (await send()).http !== 200, 'full again', 60000);
  await server.kill();
  writeFileSync(ballast, '');
  await server.start();
  assert.equal((await send()).http, 200);
  const last = (await guide(`/v1/chat/messages?chat=${chat}&limit=50`)).messages;
  assert.deepEqual(last.filter((m) => m.mine).slice(-3).map((m) => m.body.content), acked.slice(-3).map((a) => a.content));
  await server.halt();
  assert.match(await server.liaison('doctor'), /all is well/);
});
