/*
 * tests/plays/mass.mjs - a mass message, in real browsers, at two widths.
 *
 * An administrator writes to everybody's customers; 李雷 looks at it on his desk, leaves
 * one out and sends; the customer reads his name in it.  Then 李雷 writes to his own, and
 * the company's words stop one of his messages and warn of another.  PICTURES=1 keeps the
 * screenshots.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { startServer, until } from '../lib/server.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

async function signIn(p) {
  await p.at('sign-in-account').fill('lilei');
  await p.at('sign-in-password').fill('demo-lilei');
  await p.at('sign-in-submit').click();
  await p.at('tab-messages').first().waitFor();
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`a mass message, ${width}`, () => {
    let server, admin, lilei, guide, customers;
    before(async () => {
      server = await startServer();
      guide = await server.signIn('lilei');
      customers = [];
      for (const name of ['王芳', '刘洋', '陈静']) customers.push(await server.add(guide, name));
      const token = await server.token();
      const api = (path, body) => server.api(`/cgi-bin/externalcontact/${path}`, { token, body });
      const { tag_group } = await api('add_corp_tag', { group_name: '会员', tag: [{ name: '金卡' }, { name: '银卡' }] });
      const { customers: list } = await guide('/v1/customers?limit=100');
      for (const c of customers) {
        const { external_userid } = list.find((x) => x.chat === c.chat.chat);
        assert.equal((await api('mark_tag', { userid: 'lilei', external_userid, add_tag: [tag_group.tag[0].id] })).errcode, 0);
      }
      assert.equal((await api('add_intercept_rule', { rule_name: '禁语', word_list: ['返现'], intercept_type: 1, applicable_range: { department_list: [1] } })).errcode, 0);
      assert.equal((await api('add_intercept_rule', { rule_name: '提醒', word_list: ['最低价'], intercept_type: 2, applicable_range: { department_list: [1] } })).errcode, 0);
    });
    after(async () => {
      await admin?.close();
      await lilei?.close();
      await server?.stop();
    });
    const hears = async (c, words) => until(async () => (await c(`/v1/chat/messages?chat=${c.chat.chat}`)).messages.some((m) => m.body.content === words), words);

    it('the administrator writes it and sees how many get it', async () => {
      admin = await person(browser, server, shape);
      await admin.page.goto(`${server.url}/console/`);
      await admin.at('account').fill('admin');
      await admin.at('password').fill('demo-admin');
      await admin.at('sign-in').click();
      await admin.page.locator('.page-head__title').first().waitFor();
      await admin.page.goto(`${server.url}/console/#/mass/new`);
      await admin.at('mass-form').waitFor();
      await admin.at('mass-any').filter({ hasText: '金卡' }).click();
      await admin.at('mass-text').fill('您好，门店周末有新品体验，欢迎您来！');
      await admin.at('mass-text').press('Home');
      await admin.at('mass-customer-name').click();
      await admin.at('mass-link').click();
      await admin.at('mass-link-title').fill('周末新品体验');
      await admin.at('mass-link-url').fill('https://example.com/weekend');
      await admin.at('mass-link-add').click();
      await until(async () => /3/.test(await admin.at('mass-count').innerText()), 'three customers');
      assert.match(await admin.at('mass-preview').innerText(), /王女士您好/);
      await admin.page.getByText('允许员工在发送前去掉部分客户').click();
      await admin.picture(`mass-new-${width}`);
      await admin.at('mass-go').click();
      await admin.at('mass-sure').click();
      await admin.at('mass-members').waitFor();
      assert.equal(await admin.at('mass-targets').innerText(), '3');
      await admin.picture(`mass-open-${width}`);
    });

    it('李雷 leaves one out and sends it', async () => {
      lilei = await person(browser, server, shape);
      await lilei.page.goto(`${server.url}/desk/`);
      await signIn(lilei);
      await until(async () => /1/.test(await lilei.at('badge-mass').first().innerText().catch(() => '')), 'a badge');
      await lilei.at('tab-mass').first().click();
      await lilei.at('mass-item').first().click();
      await lilei.at('mass-task').waitFor();
      assert.match(await lilei.at('mass-preview').innerText(), /您好，门店周末有新品体验/);
      await until(async () => (await lilei.at('mass-pick').count()) === 3, 'his three customers');
      await lilei.page.locator('label').filter({ hasText: '刘洋' }).getByTestId('mass-pick').click();
      await lilei.picture(`mass-task-${width}`);
      await lilei.at('mass-confirm').click();
      await lilei.at('mass-confirm-sure').click();
      await until(async () => /已发送/.test(await lilei.at('mass-state').innerText()), 'all to be sent');
      await hears(customers[0], '王芳您好，门店周末有新品体验，欢迎您来！');
      await hears(customers[2], '陈静您好，门店周末有新品体验，欢迎您来！');
      assert.ok(!(await customers[1](`/v1/chat/messages?chat=${customers[1].chat.chat}`)).messages.some((m) => /新品体验/.test(m.body.content ?? '')));
      assert.deepEqual(lilei.faults, []);
    });

    it('the console shows what came of it', async () => {
      await until(async () => /2/.test(await admin.at('mass-sent').innerText()), 'two sent');
      await admin.at('mass-of-customers').click();
      await admin.at('mass-customers').waitFor();
      const table = await admin.at('mass-customers').innerText();
      assert.match(table, /王芳/);
      assert.match(table, /员工未勾选/);
      const [csv] = await Promise.all([admin.page.waitForEvent('download'), admin.at('mass-csv').click()]);
      assert.equal(csv.suggestedFilename(), 'mass-customers.csv');
      await admin.picture(`mass-result-${width}`);
      assert.deepEqual(admin.faults, []);
    });

    it('he writes to his own customers', async () => {
      await lilei.page.goto(`${server.url}/desk/#/mass/new`);
      await lilei.at('mass-form').waitFor();
      await lilei.at('mass-any').filter({ hasText: '金卡' }).click();
      await lilei.at('mass-text').fill('下周我在店里，有事随时找我');
      await until(async () => /3/.test(await lilei.at('mass-count').innerText()), 'three customers');
      await lilei.picture(`mass-own-${width}`);
      await lilei.at('mass-go').click();
      await lilei.at('mass-sure').click();
      await until(async () => /已发送/.test(await lilei.at('mass-state').innerText().catch(() => '')), 'his own to be sent');
      for (const c of customers) await hears(c, '下周我在店里，有事随时找我');
    });

    it('a sensitive word stops one message and warns of another', async () => {
      await lilei.page.goto(`${server.url}/desk/#/messages/${customers[0].chat.chat}`);
      const say = async (words) => {
        await lilei.at('composer-input').fill(words);
        if (lilei.isPhone) await lilei.at('send').click();
        else await lilei.at('composer-input').press('Enter');
      };
      await say('给您返现');
      await until(async () => /“返现” 是企业禁止发给客户的敏感词/.test(await lilei.at('message-failure').last().innerText().catch(() => '')), 'the word to be named');
      await say('这是最低价');
      await until(async () => /最低价/.test(await lilei.at('message-failure').last().innerText().catch(() => '')), 'a warning');
      await lilei.picture(`word-${width}`);
      await lilei.at('message-retry').last().click();
      await hears(customers[0], '这是最低价');
      assert.ok(!(await customers[0](`/v1/chat/messages?chat=${customers[0].chat.chat}`)).messages.some((m) => m.body.content === '给您返现'));
      assert.deepEqual(lilei.faults, []);
    });
  });
}
