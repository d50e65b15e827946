/*
 * tests/plays/console.mjs - an administrator's day in a real browser: members, apps,
 * callbacks, company, audit; wide and light in Chinese, on a phone and dark in English.
 *
 * Every page that is reached is also read by axe.  PICTURES=1 keeps the screenshots
 * that the documents show.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { listen } from '../lib/callback.mjs';
import { startServer, until } from '../lib/server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SAMPLE_ROWS = 3;
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const shapes = [
  ['wide', { ...desktop, colorScheme: 'light' }],
  ['phone', { ...phone, colorScheme: 'dark', locale: 'en-GB' }],
];
for (const [width, shape] of shapes) {
  describe(`the console, ${width}`, () => {
    let server, admin, app, agentid;
    before(async () => {
      server = await startServer();
      admin = await person(browser, server, shape);
    });
    after(async () => {
      await admin?.close();
      await app?.close();
      await server?.stop();
    });

    const at = (id) => admin.at(id);
    const row = (userid, id) => at(`member-${userid}`).getByTestId(id);
    const text = async (id) => (await at(id).first().innerText()).trim();
    const go = (path) => admin.page.goto(`${server.url}/console/#${path}`);

    /* Waits for colours to settle: half-way through a fade everything is pale. */
    async function check(name) {
      await admin.page.evaluate(() => Promise.all(document.getAnimations()
        .filter((a) => a.effect.getTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))));
      await admin.page.evaluate(axe);
      const { violations } = await admin.page.evaluate(() => axe.run({ exclude: [['[data-testid=toast]']] }));
      const words = violations.map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
      assert.deepEqual(words, [], `axe on ${name}`);
      const beyond = await admin.page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(beyond, 0, `${name} is too wide`);
    }

    async function agree() {
      await at('ask-yes').click();
      await at('ask-yes').waitFor({ state: 'hidden' });
    }

    async function signIn(account, password = `demo-${account}`) {
      await at('account').fill(account);
      await at('password').fill(password);
      await at('sign-in').click();
    }

    it('who is no administrator is told so, and a wrong password too', async () => {
      await go('/');
      await signIn('lilei', 'not-his-password');
      await at('error').waitFor();
      await check('sign-in');
      await signIn('lilei');
      await at('not-admin').waitFor();
      await check('not an administrator');
      await at('switch-account').click();
    });

    it('the administrator signs in and sees the company in numbers', async () => {
      await signIn('admin');
      await at('tile-members').waitFor();
      await until(async () => /\b12\b/.test(await text('tile-members')), 'the number of members');
      await check('overview');
      await admin.picture(`console-${width}`);
    });

    it('finds a member, disables and enables him: his session ends, his customers stay', async () => {
      const session = await server.signIn('lilei');
      await go('/members?q=lilei');
      await row('lilei', 'disable').click();
      await check('the question');
      await agree();
      await row('lilei', 'enable').waitFor();
      assert.equal((await session('/v1/me')).http, 401);
      const list = await server.api('/cgi-bin/externalcontact/list?userid=lilei', { token: await server.token() });
      assert.equal(list.external_userid.length, 1);
      await row('lilei', 'enable').click();
      await agree();
      await row('lilei', 'disable').waitFor();
      assert.equal((await server.signIn('lilei')).me.id, 'lilei');
    });

    it('an administrator cannot disable himself', async () => {
      await go('/members?q=admin');
      await row('admin', 'disable').waitFor();
      assert.ok(await row('admin', 'disable').isDisabled());
    });

    it('a new password is shown once and works', async () => {
      await go('/members?q=hanmeimei');
      await row('hanmeimei', 'reset-password').click();
      await at('password-go').click();
      const password = await text('new-password');
      await check('the password');
      await at('password-done').click();
      await at('new-password').waitFor({ state: 'detached' });
      assert.equal((await server.signIn('hanmeimei', password)).me.id, 'hanmeimei');
    });

    it('the example file can be imported as it is; broken lines are named', async () => {
      await go('/members');
      await at('open-import').click();
      const [download] = await Promise.all([admin.page.waitForEvent('download'), at('import-sample').click()]);
      await at('import-file').setInputFiles(await download.path());
      await at('import-go').click();
      await at('import-result').waitFor();
      assert.equal(await text('import-added'), String(SAMPLE_ROWS));
      assert.equal(await text('import-failed'), '0');
      await at('import-close').click();
      await at('open-import').click();
      await at('import-file').setInputFiles({
        name: 'members.csv', mimeType: 'text/csv',
        buffer: Buffer.from('userid,name,department,colour\nlinda,Linda,总部,red\nbad id!,Bad,总部,blue\n'),
      });
      await at('import-go').click();
      await at('import-result').waitFor();
      assert.equal(await text('import-added'), '1');
      assert.equal(await text('import-failed'), '1');
      assert.match(await text('import-result'), /userid/);
      assert.match(await text('import-ignored'), /colour/);
      await check('the import');
      await at('import-close').click();
    });

    it('walks the departments by keyboard', async () => {
      await go('/members');
      await at('members').waitFor();
      if (await at('choose-department').isVisible()) await at('choose-department').click();
      const tree = at('department-tree').last();
      await tree.focus();
      await tree.press('ArrowDown');
      await tree.press('Enter');
      await until(() => /department=\d+/.test(admin.page.url()), 'the department');
      await at('members').waitFor();
      await check('members');
      await admin.picture(`console-members-${width}`);
    });

    it('creates an app; lilei sees it, its secret gives a token until it is renewed', async () => {
      await go('/apps');
      await at('create-app').click();
      await at('create-go').click();
      await at('app-name').fill('售后工单');
      await at('create-go').click();
      await at('app').waitFor();
      agentid = Number(await text('agentid'));
      await at('app-home').fill('https://service.example.com/');
      await at('save-basics').click();
      await until(() => at('save-basics').isDisabled(), 'saving');
      await at('show-secret').click();
      await until(async () => !(await text('secret')).includes('•'), 'the secret');
      const old = await text('secret');
      assert.ok(await server.token(old));
      await at('renew-secret').click();
      await agree();
      await until(async () => (await text('secret')) !== old, 'the new secret');
      await assert.rejects(server.token(old), /40001|invalid credential/);
      assert.ok(await server.token(await text('secret')));
      await check('the app');
    });

    it('narrows the visible range to one member', async () => {
      await at('choose-range').click();
      await at('range-members').click();
      await at('range-search').fill('lilei');
      await at('tick-lilei').check({ force: true });
      const dialog = at('range-dialog');
      await check('the range');
      for (const drop of await dialog.locator('.chosen li').filter({ hasNotText: '李雷' }).getByRole('button').all())
        await drop.click();
      await at('save-range').click();
      await until(async () => (await text('range')) === '李雷', 'the range');
      const mine = async (who) => (await (await server.signIn(who))('/v1/apps')).apps.some((a) => a.agentid === agentid);
      assert.equal(await mine('lilei'), true);
      assert.equal(await mine('admin'), false);
    });

    it('a callback URL that does not answer is refused, with words', async () => {
      await at('callback-url').fill('http://127.0.0.1:9/callback');
      await at('make-token').click();
      await at('make-key').click();
      await at('save-callback').click();
      await at('error').waitFor();
      assert.match(await text('error'), /connect/i);
      await check('the refusal');
      const saved = await (await server.signIn('admin', 'demo-admin', 'console'))(`/v1/admin/app?agentid=${agentid}`);
      assert.equal(saved.app.callback_url, '');
    });

    it('one that decrypts the question is kept', async () => {
      app = await listen({
        token: await at('callback-token').inputValue(), aesKey: await at('callback-key').inputValue(),
        corpid: server.env.CORPID, status: 502,
      });
      await at('callback-url').fill(app.url);
      await at('save-callback').click();
      await at('to-deliveries').waitFor();
      assert.deepEqual(app.bad, []);
    });

    it('the log shows a failing delivery, its tries, and replays it', async () => {
      await server.add(await server.signIn('lilei'), 'Mia');
      await until(() => app.requests.length > 0, 'a try');
      await at('to-deliveries').click();
      await at('open-delivery').first().click();
      await at('payload').waitFor();
      assert.match(await text('payload'), /<ChangeType><!\[CDATA\[add_external_contact\]\]>/);
      assert.equal(await text('delivery-http'), '502');
      await check('the delivery');
      await admin.picture(`console-delivery-${width}`);
      app.status = 200;
      const event = await app.next((e) => e.ChangeType === 'add_external_contact');
      assert.equal(await text('delivery-event'), event.id);
      await until(() => at('replay').isEnabled(), 'the delivery');
      await at('replay').click();
      await until(() => app.events.filter((e) => e.id === event.id).length === 2, 'the replay');
      const [first, second] = app.events.filter((e) => e.id === event.id);
      assert.equal(first.CreateTime, second.CreateTime);
      await admin.page.keyboard.press('Escape');
      await at('filter-parked').click();
      await at('empty').waitFor();
      await check('the log');
    });

    it('a closed app gets no token; its callback can be turned off', async () => {
      await go(`/apps/${agentid}`);
      await at('show-secret').click();
      await until(async () => !(await text('secret')).includes('•'), 'the secret');
      const secret = await text('secret');
      await at('closed').click();
      await agree();
      await until(async () => (await at('closed').getAttribute('aria-checked')) === 'true', 'the switch');
      await assert.rejects(server.token(secret));
      await at('callback-off').click();
      await agree();
      await at('to-deliveries').waitFor({ state: 'detached' });
    });

    it('the company page saves the welcome text and the switches', async () => {
      await go('/company');
      await at('welcome').fill('您好!\nHow can I help?');
      await at('save-company').click();
      await until(() => at('save-company').isDisabled(), 'saving');
      await at('sync-reads-ids').click();
      await until(async () => (await at('sync-reads-ids').getAttribute('aria-checked')) === 'true', 'the switch');
      await check('the company');
      const { corp } = await (await server.signIn('admin', 'demo-admin', 'console'))('/v1/admin/corp');
      assert.equal(corp.welcome, '您好!\nHow can I help?');
      assert.equal(corp.sync_reads_ids, true);
    });

    it('makes a rule of sensitive words, which stops lilei at once', async () => {
      await go('/sensitive');
      await at('no-hits').waitFor();
      await check('no sensitive words');
      await at('add-word').click();
      await at('word-save').click();
      await at('word-dialog').getByRole('alert').first().waitFor();
      await at('word-name').fill('承诺收益');
      await at('word-list').fill('保本\n稳赚');
      await at('semantic-1').click();
      await at('word-stop').click();
      await check('a rule of sensitive words');
      await admin.picture(`console-word-dialog-${width}`);
      await at('word-range').click();
      await at('range-members').click();
      await at('range-search').fill('lilei');
      await at('tick-lilei').check({ force: true });
      await at('save-range').click();
      await until(async () => (await text('word-whom')) === '李雷', 'the range');
      await at('word-save').click();
      await at('word-rule').waitFor();
      assert.match(await text('word-rule'), /承诺收益[\s\S]*稳赚[\s\S]*李雷/);
      const lilei = await server.signIn('lilei');
      const { chat } = (await server.add(lilei, '小保')).chat;
      const say = (nonce, more) => lilei('/v1/chat/send', { chat, nonce, type: 'text', body: { content: '稳赚不赔' }, ...more });
      assert.equal((await say('p1')).errcode, 910141);
      await at('edit-word').click();
      await at('word-warn').click();
      await at('word-save').click();
      await at('word-dialog').waitFor({ state: 'detached' });
      assert.equal((await say('p2')).errcode, 910142);
      assert.equal((await say('p2', { anyway: true })).errcode, undefined);
      await admin.page.reload();
      await at('word-hits').waitFor();
      assert.match(await text('word-hits'), /李雷[\s\S]*稳赚/);
      await check('sensitive words');
      await admin.picture(`console-word-${width}`);
      await at('drop-word').click();
      await agree();
      await at('word-rule').waitFor({ state: 'detached' });
      assert.equal((await say('p3')).errcode, undefined);
    });

    it('takes the list of customers as a file, on record', async () => {
      await go('/insight');
      await at('export-customers').click();
      await check('the question before an export');
      const [download] = await Promise.all([admin.page.waitForEvent('download'), at('ask-yes').click()]);
      assert.match(download.suggestedFilename(), /^customers-EX\w+\.csv$/);
      const file = readFileSync(await download.path(), 'utf8');
      assert.match(file, /No\. EX\w+/);
      await at('ask-yes').waitFor({ state: 'hidden' });
      await check('insight');
      await admin.picture(`console-export-${width}`);
    });

    it('a member leaves for good: the question says where the customers go', async () => {
      const session = await server.signIn('lilei');
      await go('/members?q=lilei');
      await row('lilei', 'leave').click();
      assert.equal(await at('ask-more').getAttribute('href'), '#/handover?tab=rules');
      await check('the question before somebody leaves');
      await admin.picture(`console-leave-${width}`);
      await agree();
      await until(async () => (await row('lilei', 'leave').count()) === 0, 'his leaving');
      assert.equal((await session('/v1/me')).http, 401);
      await go('/handover');
      await at('leaver-lilei').click();
      await at('unassigned').waitFor();
      await check('who waits');
      await admin.picture(`console-leavers-${width}`);
      const [download] = await Promise.all([
        admin.page.waitForEvent('download'),
        at('export-customers').click().then(() => at('ask-yes').click()),
      ]);
      assert.match(readFileSync(await download.path(), 'utf8'), /小保/);
    });

    it('all of it stands in the audit log', async () => {
      await go('/audit');
      await at('audit').waitFor();
      assert.ok((await at('audit').locator('tbody tr').count()) >= 12);
      await check('the audit log');
    });

    it('the language changes in place and stays', async () => {
      const title = admin.page.locator('h1');
      const before = await title.innerText();
      await at('language').click();
      await until(async () => (await title.innerText()) !== before, 'the other language');
      const other = await title.innerText();
      await admin.page.reload();
      await at('audit').waitFor();
      assert.equal(await title.innerText(), other);
      await at('language').click();
    });

    it('a session that ends elsewhere leads to the sign-in, with a word', async () => {
      await admin.context.clearCookies();
      await at('refresh').click();
      await at('ended').waitFor();
      await check('the end');
    });

    it('no page asked a foreign host, none had an error', () => {
      assert.deepEqual(admin.faults, []);
    });
  });
}
