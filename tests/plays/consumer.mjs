/*
 * tests/plays/consumer.mjs - the customer's own side, in real browsers, at two widths: his
 * companies, what they have of him, name and picture, cards passed on, reports, blocks,
 * and his consent taken back.  And what a first view costs on a bad network.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { freePort, startServer, until } from '../lib/server.mjs';
import { listenSmtp } from '../lib/smtp.mjs';
import { readZip } from '../lib/zip.mjs';

const FIRST_VIEW_BYTES = 100 * 1024;
let browser, server, files;
before(async () => {
  browser = await openBrowser();
  files = await mkdtemp(join(tmpdir(), 'liaison-play-'));
  const page = await browser.newPage({ viewport: { width: 320, height: 480 } });
  await page.setContent('<body style="margin:0;background:linear-gradient(150deg,#f4a259,#5b8e7d)"><div style="position:absolute;left:90px;top:120px;width:140px;height:140px;border-radius:50%;background:#fff"></div>');
  await page.screenshot({ path: join(files, 'me.png') });
  await page.close();
});
after(async () => { await browser?.close(); });

async function add(p, url, nickname) {
  await p.page.goto(url);
  await p.at('card-name').waitFor();
  if (nickname) await p.at('nickname').fill(nickname);
  await p.at('add').click();
  await p.at('composer-input').waitFor();
}

async function say(p, words) {
  await p.at('composer-input').fill(words);
  if (p.isPhone) await p.at('send').click();
  else await p.at('composer-input').press('Enter');
  await until(async () => (await p.at('message-text').allInnerTexts()).some((t) => t.includes(words)), words);
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`the customer's own side, ${width}`, () => {
    let guide, han, admin, customer, friend, link;
    before(async () => {
      server = await startServer();
      guide = await server.signIn('lilei');
      han = await server.signIn('hanmeimei');
      admin = await server.signIn('admin', 'demo-admin', 'console');
      link = async (member) => `${server.url}/c/${(await member('/v1/my_code')).code}`;
      customer = await person(browser, server, shape);
    });
    after(async () => {
      await customer?.close();
      await friend?.close();
      await server?.stop();
    });

    it('the first view is light, and comes compressed', async () => {
      await customer.page.goto(await link(guide));
      await customer.at('card-name').waitFor();
      await customer.page.waitForFunction(() => performance.getEntriesByName('first-view').length > 0);
      /* What it fetches before anybody can read it; the chat's code comes while he reads. */
      const first = await customer.page.evaluate(() => {
        const until = performance.getEntriesByName('first-view')[0].startTime;
        return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          .filter((e) => e.startTime < until)
          .map((e) => ({ url: e.name, bytes: e.transferSize, plain: e.decodedBodySize }));
      });
      const bytes = first.reduce((sum, r) => sum + r.bytes, 0);
      assert.ok(first.length >= 3, JSON.stringify(first));
      assert.ok(bytes < FIRST_VIEW_BYTES, `${bytes} bytes: ${JSON.stringify(first)}`);
      const scripts = first.filter((r) => /\.js$/.test(r.url));
      assert.ok(scripts.length > 0 && scripts.every((r) => r.bytes < r.plain), JSON.stringify(scripts));
    });

    it('Brotli for those who take it, plain for those who do not', async () => {
      const html = await (await fetch(`${server.url}/c/`)).text();
      const script = /src="([^"]+\.js)"/.exec(html)[1];
      const ask = async (coding) => (await fetch(server.url + script, { headers: { 'accept-encoding': coding } })).headers;
      assert.equal((await ask('br, gzip')).get('content-encoding'), 'br');
      assert.equal((await ask('gzip')).get('content-encoding'), 'gzip');
      assert.equal((await ask('identity')).get('content-encoding'), null);
      assert.match((await ask('br')).get('vary'), /Accept-Encoding/i);
    });

    it('two who serve him stand under one company, its seal explained by a tap', async () => {
      await add(customer, await link(guide), '王小姐');
      await say(customer, '你好，想看看空调');
      await add(customer, await link(han));
      await customer.page.goto(`${server.url}/c/`);
      await customer.at('chat-item').first().waitFor();
      await customer.picture(`consumer-list-${width}`);
      await customer.at('to-companies').click();
      await customer.at('company').waitFor();
      assert.equal(await customer.at('company').count(), 1);
      await until(async () => (await customer.at('company-person').count()) === 2, 'two people');
      await customer.picture(`consumer-companies-${width}`);
      await customer.at('verified-badge').first().click();
      await customer.page.getByRole('dialog').waitFor();
      await customer.picture(`consumer-seal-${width}`);
      await customer.at('dialog-close').click();
    });

    it('he sees what the company has of him, and takes it along', async () => {
      const [c] = (await guide('/v1/customers?q=' + encodeURIComponent('王小姐'))).customers;
      const { groups } = await guide('/v1/tags');
      await guide('/v1/customer/tags', { external_userid: c.external_userid, tag_ids: [groups[0].tags[0].tag_id] });
      await customer.at('company-more').click();
      await customer.at('company-holds').waitFor();
      const text = await customer.at('company-holds').innerText();
      assert.ok(text.includes('王小姐') && text.includes(groups[0].tags[0].name), text);
      await customer.picture(`consumer-company-${width}`);
      const [download] = await Promise.all([customer.page.waitForEvent('download'), customer.at('company-export').click()]);
      const zip = readZip(await readFile(await download.path()));
      assert.ok([...zip.keys()].includes('index.html'));
      assert.ok([...zip.values()].some((b) => b.toString().includes('想看看空调')));
    });

    it('name, picture and language are his own', async () => {
      await customer.page.goto(`${server.url}/c/`);
      await customer.at('to-me').click();
      await customer.at('me-page').waitFor();
      await customer.at('picture-file').setInputFiles(join(files, 'me.png'));
      await until(() => customer.at('save-picture').isEnabled(), 'the picture');
      await customer.picture(`consumer-picture-${width}`);
      await customer.at('save-picture').click();
      await until(async () => (await guide('/v1/customers?q=' + encodeURIComponent('王小姐'))).customers[0].avatar, 'the picture at the desk');
      await customer.at('rename').click();
      await customer.at('rename-field').fill('王女士');
      await customer.at('save-name').click();
      await until(async () => (await customer.at('me-name').innerText()) === '王女士', 'the name');
      await customer.at('language-en').click();
      await customer.page.getByText('My companies').first().waitFor();
      await customer.picture(`consumer-me-${width}`);
      await customer.at('language-zh').click();
    });

    it('a friend adds the same employee by the card he passes on', async () => {
      await customer.page.goto(`${server.url}/c/`);
      await customer.at('chat-item').filter({ hasText: '李雷' }).click();
      await customer.at('chat-more').click();
      await customer.at('share-card').waitFor();
      await customer.picture(`consumer-contact-${width}`);
      await customer.page.evaluate(() => { delete Navigator.prototype.share; });
      await customer.at('share-card').click();
      await customer.at('shared-url').waitFor();
      const url = await customer.at('shared-url').inputValue();
      friend = await person(browser, server, shape);
      await friend.page.goto(url);
      assert.match(await friend.at('shared-by').innerText(), /王女士/);
      await friend.picture(`consumer-shared-${width}`);
      await friend.at('nickname').fill('小张');
      await friend.at('add').click();
      await friend.at('composer-input').waitFor();
      const [c] = (await guide('/v1/customers?q=' + encodeURIComponent('小张'))).customers;
      assert.deepEqual([c.add_way, c.shared_by], [3, '王女士']);
    });

    it('he reports a message; the administrators have it with the message', async () => {
      await customer.at('report').click();
      await customer.at('reason-spam').check();
      await customer.at('report-message').last().check();
      await customer.at('report-words').fill('一直发广告');
      await customer.picture(`consumer-report-${width}`);
      await customer.at('send-report').click();
      const [r] = await until(async () => { const { reports } = await admin('/v1/admin/reports'); return reports.length ? reports : null; }, 'the report');
      assert.deepEqual([r.reason, r.words, r.messages.length], ['spam', '一直发广告', 1]);
    });

    it('an administrator reads it in the console and closes it', async () => {
      const clerk = await person(browser, server, shape);
      await clerk.page.goto(`${server.url}/console/#/reports`);
      await clerk.at('account').fill('admin');
      await clerk.at('password').fill('demo-admin');
      await clerk.at('sign-in').click();
      await clerk.at('sign-in').waitFor({ state: 'detached' });
      await clerk.page.goto(`${server.url}/console/#/reports`);
      await clerk.at('report').waitFor();
      await clerk.at('report-note').fill('已核实');
      await clerk.picture(`console-reports-${width}`);
      await clerk.at('report-act').click();
      await clerk.at('report').waitFor({ state: 'detached' });
      assert.deepEqual(clerk.faults, []);
      await clerk.close();
      const { reports } = await admin('/v1/admin/reports');
      assert.deepEqual([reports[0].open, reports[0].note], [false, '已核实']);
    });

    it('he blocks the employee, and takes it back', async () => {
      await customer.at('chat-more').click();
      await customer.at('block').click();
      await customer.at('confirm-block').click();
      await customer.at('to-companies').click();
      await customer.page.locator('.chip.blocked').waitFor();
      await customer.picture(`consumer-blocked-${width}`);
      const card = await person(browser, server, shape);
      await card.close();
      await customer.page.goto(await link(guide));
      await customer.at('add').click();
      await customer.at('add-error').waitFor();
      await customer.picture(`consumer-shut-out-${width}`);
      await customer.page.goto(`${server.url}/c/#companies`);
      await customer.at('company-more').click();
      await customer.page.getByRole('button', { name: '解除屏蔽', exact: true }).click();
      await until(async () => !(await customer.page.getByRole('button', { name: '解除屏蔽', exact: true }).count()), 'unblocked');
    });

    it('he takes his consent back: the company is gone from his list', async () => {
      await customer.at('company-withdraw').click();
      await customer.picture(`consumer-withdraw-${width}`);
      await customer.at('confirm-company').click();
      await customer.at('companies').waitFor();
      await until(async () => (await customer.at('company').count()) === 0, 'the company to go');
      await customer.page.goto(`${server.url}/c/`);
      await customer.at('to-me').waitFor();
      assert.equal(await customer.at('chat-item').count(), 0);
      const { customers } = await guide('/v1/customers');
      assert.ok(!customers.some((c) => c.name.includes('王')));
    });

    it('nothing went wrong in any page', () => {
      assert.deepEqual([...customer.faults, ...friend.faults], []);
    });
  });
}

describe('found again on another browser, told of messages', () => {
  let guide, mail, base, first, second, third, authenticator;
  before(async () => {
    mail = await listenSmtp();
    const port = await freePort();
    base = `http://localhost:${port}`;
    server = await startServer({ port, args: ['--public-url', base, '--smtp-url', mail.url, '--smtp-from', 'noreply@demo.example'] });
    guide = await server.signIn('lilei');
    first = await person(browser, server, phone);
  });
  after(async () => {
    for (const p of [first, second, third]) await p?.close();
    await server?.stop();
    await mail?.close();
  });

  async function virtualAuthenticator(p) {
    const cdp = await p.context.newCDPSession(p.page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } });
    return { cdp, authenticatorId };
  }

  it('he binds an address and makes a passkey', async () => {
    await add(first, `${base}/c/${(await guide('/v1/my_code')).code}`, '找得到');
    await first.page.goto(`${base}/c/#me`);
    await first.at('bind-email').click();
    await first.at('email').fill('found@example.com');
    await first.at('email-go').click();
    const { text } = await mail.next('found@example.com');
    await first.at('email-code').fill(/\d{6}/.exec(text)[0]);
    await first.picture('consumer-email-phone');
    await first.at('email-go').click();
    await until(async () => (await first.at('bound-email').innerText()) === 'f***@example.com', 'the address');
    authenticator = await virtualAuthenticator(first);
    await first.at('add-passkey').click();
    await first.at('passkey').waitFor();
    await first.picture('consumer-found-phone');
  });

  it('another browser signs in by the passkey', async () => {
    const { credentials } = await authenticator.cdp.send('WebAuthn.getCredentials', { authenticatorId: authenticator.authenticatorId });
    assert.equal(credentials.length, 1);
    second = await person(browser, server, phone);
    await second.page.goto(`${base}/c/`);
    await second.at('by-passkey').waitFor();
    await second.picture('consumer-again-phone');
    const other = await virtualAuthenticator(second);
    await other.cdp.send('WebAuthn.addCredential', { authenticatorId: other.authenticatorId, credential: credentials[0] });
    await second.at('by-passkey').click();
    await second.at('chat-item').filter({ hasText: '李雷' }).waitFor();
    assert.equal(await second.at('me-name').innerText(), '找得到');
  });

  it('a third one by the mailed code', async () => {
    third = await person(browser, server, phone);
    await third.page.goto(`${base}/c/`);
    await third.at('by-email').click();
    await third.at('email').fill('FOUND@example.com');
    await third.at('email-go').click();
    const { text } = await mail.next('FOUND@example.com');
    await third.at('email-code').fill(/\d{6}/.exec(text)[0]);
    await third.at('email-go').click();
    await third.at('chat-item').filter({ hasText: '李雷' }).waitFor();
  });

  it('the service worker shows a push under the strict policy, and nothing else', async () => {
    await first.context.grantPermissions(['notifications'], { origin: base });
    await first.page.goto(`${base}/c/`);
    await first.page.evaluate(async () => {
      await navigator.serviceWorker.register('/c/sw.js', { scope: '/c/' });
      await navigator.serviceWorker.ready;
    });
    const cdp = await first.context.newCDPSession(first.page);
    let registrationId;
    cdp.on('ServiceWorker.workerRegistrationUpdated', (e) => (registrationId = e.registrations.at(-1)?.registrationId ?? registrationId));
    await cdp.send('ServiceWorker.enable');
    await until(() => registrationId, 'the registration');
    const data = JSON.stringify({ title: '李雷 · 星河家电', body: '您有一条新消息', chat: '1-abc' });
    /* One that comes while the worker is starting is lost; its tag keeps a second from showing twice. */
    const shown = await until(async () => {
      await cdp.send('ServiceWorker.deliverPushMessage', { origin: base, registrationId, data });
      const list = await first.page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((n) => ({ title: n.title, body: n.body, tag: n.tag })));
      return list.length ? list : null;
    }, 'the notification');
    assert.deepEqual(shown, [{ title: '李雷 · 星河家电', body: '您有一条新消息', tag: '1-abc' }]);
  });

  it('nothing went wrong in any page', () => {
    assert.deepEqual([...first.faults, ...second.faults, ...third.faults], []);
  });
});
