/*
 * tests/plays/leaving.mjs - 李雷 leaves and 韩梅梅 goes on, in real browsers, at two widths.
 *
 * The administrator sets a rule and looks who would get whom; 李雷 leaves; his customer is
 * told in the same chat, and 韩梅梅 has its history and answers.  Of another leaver, for whom no
 * rule decides, the customers are assigned by selection.  PICTURES=1 keeps the screenshots.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { startServer, until } from '../lib/server.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const texts = async (p) => (await p.at('message-text').allInnerTexts()).map((t) => t.trim());
const hears = (p, words) => until(async () => (await texts(p)).some((t) => t.includes(words)), `“${words}” to appear`);

async function say(p, words) {
  await p.at('composer-input').fill(words);
  if (p.isPhone) await p.at('send').click();
  else await p.at('composer-input').press('Enter');
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`leaving, ${width}`, () => {
    let server, api, admin, customer, han;
    before(async () => {
      server = await startServer();
      api = await server.signIn('admin', 'demo-admin', 'console');
      await api('/v1/admin/corp', { handover_at_once: true });
    });
    after(async () => {
      await Promise.all([admin, customer, han].map((p) => p?.close()));
      await server?.stop();
    });
    const tab = (name) => admin.page.goto(`${server.url}/console/#/handover?tab=${name}`);
    async function fits(p, name) {
      const beyond = await p.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(beyond, 0, `${name} is too wide`);
    }

    it('a customer adds 李雷 and asks him something', async () => {
      const guide = await server.signIn('lilei');
      const { url } = await guide('/v1/my_code');
      customer = await person(browser, server, shape);
      await customer.page.goto(new URL(new URL(url).pathname, server.url).href);
      await customer.at('card-name').waitFor();
      await customer.at('nickname').fill('王女士');
      await customer.at('add').click();
      await customer.at('composer-input').waitFor();
      await say(customer, '空调什么时候送到？');
      await hears(customer, '空调什么时候送到？');
    });

    it('the administrator sets a rule and sees who would get whom', async () => {
      admin = await person(browser, server, shape);
      await admin.page.goto(`${server.url}/console/`);
      await admin.at('account').fill('admin');
      await admin.at('password').fill('demo-admin');
      await admin.at('sign-in').click();
      await admin.page.getByRole('heading', { level: 1 }).waitFor();
      await tab('rules');
      await admin.at('no-rules').waitFor();
      await admin.at('add-rule').click();
      await admin.at('to-0').selectOption('member');
      await admin.at('member-0').fill('hanmeimei');
      await admin.at('preview-of').fill('lilei');
      await admin.at('preview').click();
      await admin.at('shares').waitFor();
      assert.match(await admin.at('shares').innerText(), /韩梅梅/);
      await admin.picture(`console-handover-rules-${width}`);
      await fits(admin, 'the rules');
      await admin.at('save-rules').click();
      await until(async () => (await api('/v1/admin/handover/rules')).rules.length === 1, 'the rule to be kept');
    });

    it('李雷 leaves; the customer is told, and 韩梅梅 goes on', async () => {
      const left = await api('/v1/admin/member/leave', { userid: 'lilei' });
      assert.equal(left.http, 200, left.errmsg);
      await until(async () => (await customer.page.locator('body').innerText()).includes('韩梅梅'), 'the customer to be told who follows');
      await customer.picture(`customer-handed-over-${width}`);
      han = await person(browser, server, shape);
      await han.page.goto(`${server.url}/desk/`);
      await han.at('sign-in-account').fill('hanmeimei');
      await han.at('sign-in-password').fill('demo-hanmeimei');
      await han.at('sign-in-submit').click();
      await han.page.getByText('王女士').first().click();
      await hears(han, '空调什么时候送到？');
      await say(han, '您好，我是韩梅梅，明天上午送到。');
      await hears(customer, '明天上午送到');
      await han.picture(`desk-handed-over-${width}`);
    });

    it('the history says by which rule', async () => {
      await tab('log');
      await admin.at('handovers').waitFor();
      const log = await admin.at('handovers').innerText();
      assert.match(log, /王女士/);
      assert.match(log, /规则 1/);
      await fits(admin, 'the history');
      await admin.picture(`console-handover-log-${width}`);
    });

    it('who waits is assigned by selection', async () => {
      await api('/v1/admin/handover/rules/set', { rules: [] });
      const { qr_code } = await server.api('/cgi-bin/externalcontact/add_contact_way', { token: await server.token(), body: { type: 1, scene: 2, user: ['zhaoqiang'] } });
      const code = new URL(qr_code).searchParams.get('code');
      for (const name of ['周先生', '吴女士', '郑先生']) await server.comesBy(code, name);
      await api('/v1/admin/member/disable', { userid: 'zhaoqiang' });
      await tab('waiting');
      await admin.page.reload();
      await admin.at('leaver-zhaoqiang').waitFor();
      await admin.at('leaver-zhaoqiang').click();
      await admin.at('unassigned').waitFor();
      await admin.page.locator('[data-testid^="tick-wm"]').first().check();
      await admin.at('assign-to').fill('hanmeimei');
      await admin.picture(`console-handover-waiting-${width}`);
      await fits(admin, 'who waits');
      await admin.at('assign-some').click();
      await until(async () => (await api('/v1/admin/handover/customers?userid=zhaoqiang')).total === 2, 'one to be assigned');
      await until(async () => await admin.page.locator('[data-testid^="tick-wm"]').count() === 2, 'two to be left');
      await admin.at('assign-all').click();
      await admin.at('empty').waitFor();
    });

    it('nothing went wrong on any page', () => {
      for (const p of [admin, customer, han]) assert.deepEqual(p.faults, []);
    });
  });
}
