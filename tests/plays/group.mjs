/*
 * tests/plays/group.mjs - a customer group in real browsers, at two widths.
 *
 * 李雷 makes a group of his customer at the desk and shows its code; a stranger scans it,
 * joins, and all three talk; the notice is read; the stranger leaves.  PICTURES=1 keeps
 * the screenshots that the documents show.
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
const lines = async (p) => (await p.at('system-line').allInnerTexts()).map((t) => t.trim());

async function say(p, words) {
  await p.at('composer-input').fill(words);
  if (p.isPhone) await p.at('send').click();
  else await p.at('composer-input').press('Enter');
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`a group, ${width}`, () => {
    let server, lilei, passer, link, anna;
    before(async () => {
      server = await startServer();
      const guide = await server.signIn('lilei');
      anna = await server.add(guide, '安娜');
      lilei = await person(browser, server, shape);
      passer = await person(browser, server, { ...shape, locale: width === 'phone' ? 'zh-CN' : 'en-US' });
    });
    after(async () => {
      await lilei?.close();
      await passer?.close();
      await server?.stop();
    });

    it('李雷 makes a group of his customer', async () => {
      await lilei.page.goto(`${server.url}/desk/`);
      await lilei.at('sign-in-account').fill('lilei');
      await lilei.at('sign-in-password').fill('demo-lilei');
      await lilei.at('sign-in-submit').click();
      await lilei.at('new-group').click();
      await lilei.at('group-name').fill('周末羊毛群');
      await lilei.page.locator('label', { hasText: '安娜' }).getByTestId('pick-customer').check();
      await lilei.picture(`group-new-${width}`);
      await lilei.at('pick-go').click();
      await lilei.at('chat-title').filter({ hasText: '周末羊毛群' }).waitFor();
      await until(async () => (await lines(lilei)).some((l) => l.includes('安娜')), 'the line about Anna');
    });

    it('and shows its code', async () => {
      if (!(await lilei.at('group-panel').isVisible())) await lilei.at('open-panel').click();
      await lilei.at('group-code').click();
      link = await lilei.at('group-code-link').getAttribute('href');
      assert.match(link, /\/c\/\w+_\w+$/);
      await lilei.at('group-code-picture').waitFor();
      await lilei.picture(`group-code-${width}`);
      await lilei.page.keyboard.press('Escape');
    });

    it('a stranger scans it, sees where it leads, and joins', async () => {
      await passer.page.goto(server.url + new URL(link).pathname);
      await passer.at('group-card').waitFor();
      assert.equal(await passer.at('card-name').innerText(), '周末羊毛群');
      await passer.at('join').click();
      await passer.page.getByRole('textbox').waitFor();
      assert.equal(await passer.at('chat-title').count(), 0, 'a name is needed');
      await passer.at('nickname').fill('路过的王');
      await passer.picture(`group-card-${width}`);
      await passer.at('join').click();
      await passer.at('chat-title').filter({ hasText: '周末羊毛群' }).waitFor();
      assert.match(await passer.at('members').innerText(), /3/);
    });

    it('all three talk, and everybody sees who says what', async () => {
      if (width === 'phone') await lilei.page.keyboard.press('Escape');
      if (width === 'phone' && !(await lilei.at('composer-input').isVisible())) await lilei.page.getByLabel('返回').first().click();
      await until(async () => (await lines(lilei)).some((l) => l.includes('路过的王')), 'the line about the stranger');
      await say(passer, '周末有活动吗？');
      await hears(lilei, '周末有活动吗');
      assert.deepEqual((await lilei.at('sender').allInnerTexts()).map((s) => s.trim()), ['路过的王']);
      await say(lilei, '有的，满两千减三百');
      await hears(passer, '满两千减三百');
      await anna('/v1/chat/send', { chat: (await anna('/v1/chats')).chats.find((c) => c.kind === 'group').chat, type: 'text', body: { content: '我也来' }, nonce: 'a1' });
      await hears(passer, '我也来');
      assert.deepEqual((await passer.at('sender').allInnerTexts()).map((s) => s.trim()), ['李雷', '安娜']);
      await lilei.picture(`group-chat-${width}`);
      await passer.picture(`group-customer-${width}`);
    });

    it('the notice is written at the desk and read by customers', async () => {
      if (!(await lilei.at('group-panel').isVisible())) await lilei.at('open-panel').click();
      await lilei.at('group-notice').click();
      await lilei.at('group-field').fill('周六上午十点，门店见');
      await lilei.at('group-save').click();
      await until(async () => (await lines(passer)).some((l) => l.includes('门店见')), 'the notice');
      await passer.at('chat-more').click();
      await passer.at('group-about').getByText('周六上午十点，门店见').waitFor();
      assert.equal(await passer.at('group-person').count(), 3);
      await passer.picture(`group-about-${width}`);
      await lilei.picture(`group-panel-${width}`);
    });

    it('the stranger leaves; the desk sees it', async () => {
      await passer.at('leave').click();
      await passer.at('confirm-leave').click();
      await until(async () => (await passer.at('chat-item').count()) === 0, 'his list to be empty');
      await until(async () => (await lilei.at('group-person').count()) === 2, 'two to be left');
    });

    it('an administrator sees the group and gives it to 韩梅梅', async () => {
      const admin = await person(browser, server, shape);
      await admin.page.goto(`${server.url}/console/`);
      await admin.at('account').fill('admin');
      await admin.at('password').fill('demo-admin');
      await admin.at('sign-in').click();
      await admin.at('sign-in').waitFor({ state: 'detached' });
      await admin.page.goto(`${server.url}/console/#/handover?tab=groups`);
      await admin.at('admin-group').filter({ hasText: '周末羊毛群' }).waitFor();
      await admin.at('group-transfer').click();
      await admin.page.getByTestId('group-to').fill('hanmeimei');
      await admin.picture(`group-console-${width}`);
      await admin.at('group-move').click();
      await admin.at('admin-group').filter({ hasText: '韩梅梅' }).waitFor();
      assert.deepEqual(admin.faults, []);
      await admin.close();
    });

    it('an old code says so kindly', async () => {
      await passer.page.goto(`${server.url}/c/1_gone`);
      await passer.at('code-gone').waitFor();
    });

    it('no page asked a foreign host, none had an error', () => {
      assert.deepEqual(lilei.faults, []);
      assert.deepEqual(passer.faults, []);
    });
  });
}
