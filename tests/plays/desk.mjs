/*
 * tests/plays/desk.mjs - an employee among his customers: search in Chinese, filters, the
 * profile with what happened, a card that an app puts there, quick replies, his own welcome.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { startServer, until } from '../lib/server.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

const CUSTOMERS = [
  ['欧阳小红', { remark: '采购欧阳', remark_company: '格力电器', remark_mobiles: ['138 1234 5678'] }],
  ['王建国', { description: '喜欢变频空调' }],
  ['Anna Lee', {}],
];

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`the desk, ${width}`, () => {
    let server, lilei, token, guide, ids;
    const names = async () => (await lilei.at('customer-item').locator('.name').allInnerTexts()).map((t) => t.trim());
    const shows = (wanted, what) => until(async () => {
      const got = await names();
      return got.length === wanted.length && wanted.every((n) => got.includes(n));
    }, what ?? wanted.join());

    before(async () => {
      server = await startServer();
      guide = await server.signIn('lilei');
      token = await server.token();
      const admin = await server.signIn('admin', 'demo-admin', 'console');
      await admin('/v1/admin/reply/put', { group: '售后', title: '退换货', text: '七天内可无理由退换。', attachments: [{ msgtype: 'link', link: { title: '退换货说明', url: 'https://shop.example/return' } }] });
      await admin('/v1/admin/reply/put', { group: '问候', title: '您好', text: '您好，请问有什么可以帮您？' });
      const { groups } = await guide('/v1/tags');
      const tag = groups[0].tags[0].tag_id;
      for (const [name, notes] of CUSTOMERS) {
        const stranger = await server.add(guide, name);
        const { customers: [f] } = await guide(`/v1/customers?q=${encodeURIComponent(name)}`);
        if (Object.keys(notes).length) await guide('/v1/customer/remark', { external_userid: f.external_userid, ...notes });
        if (name === '王建国') await guide('/v1/customer/tags', { external_userid: f.external_userid, tag_ids: [tag] });
        if (name === 'Anna Lee') await stranger('/v1/chat/send', { chat: stranger.chat.chat, nonce: 'n1', type: 'text', body: { content: '请问能退货吗？' } });
      }
      const { customers } = await guide('/v1/customers');
      ids = Object.fromEntries(customers.map((c) => [c.name, c.external_userid]));
    });
    after(async () => {
      assert.deepEqual(lilei?.faults ?? [], []);
      await lilei?.close();
      await server?.stop();
    });

    it('he finds customers by parts of Chinese words, companies and numbers', async () => {
      lilei = await person(browser, server, shape);
      await lilei.page.goto(`${server.url}/desk/`);
      await lilei.at('sign-in-account').fill('lilei');
      await lilei.at('sign-in-password').fill('demo-lilei');
      await lilei.at('sign-in-submit').click();
      await lilei.at('tab-customers').first().click();
      await lilei.at('customer-item').first().waitFor();
      for (const [q, wanted] of [['欧阳', ['采购欧阳']], ['力电', ['采购欧阳']], ['5678', ['采购欧阳']], ['空调', ['王建国']], ['ANNA', ['Anna Lee']]]) {
        await lilei.at('customer-search').fill(q);
        await shows(wanted, q);
      }
      await lilei.at('customer-search').fill('没有这个人');
      await shows([]);
      await lilei.picture(`desk-nobody-${width}`);
      await lilei.at('customer-search').fill('');
      await until(async () => (await names()).length >= 3, 'all of them');
    });

    it('he filters by label and by unread', async () => {
      await lilei.at('open-filters').click();
      await lilei.at('filter-tag').first().click();
      await lilei.at('filter-added-week').click();
      await lilei.picture(`desk-filters-${width}`);
      await lilei.at('filter-save').click();
      await until(async () => (await names()).includes('王建国') && !(await names()).includes('Anna Lee'), 'only those with the label');
      assert.equal(await lilei.at('filter-count').innerText(), '2');
      await lilei.at('open-filters').click();
      await lilei.at('filter-clear').click();
      await lilei.at('open-filters').click();
      await lilei.at('filter-unread').click();
      await lilei.at('filter-save').click();
      await until(async () => (await names()).includes('Anna Lee') && !(await names()).includes('王建国'), 'only unread');
      await lilei.at('open-filters').click();
      await lilei.at('filter-clear').click();
      await until(async () => (await names()).length >= 3, 'all again');
      await lilei.picture(`desk-customers-${width}`);
    });

    it('an app puts a card beside the customer; it appears by itself and says whose it is', async () => {
      await lilei.page.locator(`[data-testid="customer-item"][data-customer="${ids['欧阳小红']}"]`).click();
      await lilei.at('customer-name').waitFor();
      const set = await server.api('/cgi-bin/externalcontact/customer_card/set', { token, body: { external_userid: ids['欧阳小红'], card_id: 'o1', title: '订单 20260101', fields: [{ name: '商品', value: '变频空调 1.5 匹 ×2' }, { name: '金额', value: '¥5,998' }], status: { text: '已付款', color: 'green' }, url: 'https://shop.example/o/1' } });
      assert.equal(set.errcode, 0, set.errmsg);
      await lilei.at('card').first().waitFor();
      const words = await lilei.at('card').first().innerText();
      for (const part of ['订单 20260101', '已付款', '¥5,998', '来自']) assert.ok(words.includes(part), `${words} without ${part}`);
    });

    it('he adds a label of his own, and sees what happened', async () => {
      await lilei.at('personal-field').fill('老乡');
      await lilei.at('add-personal').click();
      await lilei.at('personal-tag').first().waitFor();
      await lilei.picture(`desk-profile-${width}`);
      await lilei.at('panel-history').click();
      await lilei.at('history-item').first().waitFor();
      const kinds = await lilei.at('history-item').evaluateAll((all) => all.map((el) => el.dataset.kind));
      assert.equal(kinds[0], 'card');
      assert.ok(kinds.includes('noted') && kinds.at(-1) === 'added', kinds.join());
      await lilei.picture(`desk-history-${width}`);
    });

    it('he keeps a quick reply and sends one with “/”', async () => {
      await lilei.page.goto(`${server.url}/desk/#/replies`);
      await lilei.at('reply-row').first().waitFor();
      await lilei.at('reply-add').click();
      await lilei.at('reply-title').fill('价格');
      await lilei.at('reply-group').fill('售前');
      await lilei.at('reply-text').fill('今天下单立减 200 元。');
      await lilei.at('reply-save').click();
      await until(async () => (await lilei.at('replies-mine').innerText()).includes('价格'), 'the reply in the list');
      await lilei.picture(`desk-replies-${width}`);

      const { customer } = await guide(`/v1/customer?external_userid=${ids['Anna Lee']}`);
      await lilei.page.goto(`${server.url}/desk/#/messages/${customer.chat}`);
      await lilei.at('composer-input').waitFor();
      await lilei.at('composer-input').fill('/退');
      await until(async () => (await lilei.at('reply-option').count()) === 1, 'one reply found');
      await lilei.picture(`desk-slash-${width}`);
      await lilei.at('composer-input').press('Enter');
      await until(async () => (await lilei.at('message').allInnerTexts()).some((t) => t.includes('退换货说明')), 'text and link');
      await lilei.at('composer-input').fill('/');
      await until(async () => (await lilei.at('reply-option').count()) === 3, 'all replies');
      await lilei.at('reply-option').filter({ hasText: '价格' }).click();
      assert.equal(await lilei.at('composer-input').inputValue(), '今天下单立减 200 元。');
      await lilei.picture(`desk-chat-${width}`);
    });

    it('he writes his own welcome; the next customer hears it, and the bubble says so', async () => {
      await lilei.page.goto(`${server.url}/desk/#/me`);
      await lilei.at('open-welcome').click();
      await lilei.at('welcome-text').fill('您好 {customer}，我是{member}！');
      await lilei.picture(`desk-welcome-${width}`);
      await lilei.at('welcome-save').click();
      await lilei.at('welcome-text').waitFor({ state: 'detached' });
      const stranger = await server.add(guide, '新客户');
      await lilei.page.goto(`${server.url}/desk/#/messages/${stranger.chat.chat}`);
      await until(async () => (await lilei.at('message-text').allInnerTexts()).some((t) => t.includes('您好 新客户，我是李雷')), 'the welcome');
      assert.equal(await lilei.at('message-via').first().getAttribute('data-via'), 'welcome');
      await lilei.picture(`desk-welcomed-${width}`);
    });
  });
}
