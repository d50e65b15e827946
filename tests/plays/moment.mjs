/*
 * tests/plays/moment.mjs - moments and the product album in real browsers, at two widths.
 *
 * The console puts a product into the album and asks members to publish a moment; 李雷
 * publishes it and one of his own; his customer sees them, likes, asks, is answered, and
 * gets the product into the chat.
 */
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { png } from '../lib/pictures.mjs';
import { startServer, until } from '../lib/server.mjs';

let browser, files;
before(async () => {
  browser = await openBrowser();
  files = await mkdtemp(join(tmpdir(), 'liaison-moment-'));
  const colours = [[[36, 99, 190], [170, 205, 235]], [[30, 130, 96], [200, 225, 190]], [[180, 90, 30], [245, 215, 170]]];
  for (const [i, [from, to]] of colours.entries()) await writeFile(join(files, `p${i}.png`), png(480, 480, from, to));
});
after(async () => { await browser?.close(); });

const file = (...names) => names.map((n) => join(files, n));

async function signIn(p, account, landmark) {
  await p.at('sign-in-account').fill(account);
  await p.at('sign-in-password').fill(`demo-${account}`);
  await p.at('sign-in-submit').click();
  await landmark().first().waitFor();
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`moments, ${width}`, () => {
    let server, admin, lilei, customer;
    before(async () => { server = await startServer(); });
    after(async () => {
      for (const p of [admin, lilei, customer]) await p?.close();
      await server?.stop();
    });

    it('the console fills the album and makes a moment', async () => {
      admin = await person(browser, server, shape);
      await admin.page.goto(`${server.url}/console/`);
      await admin.at('account').fill('admin');
      await admin.at('password').fill('demo-admin');
      await admin.at('sign-in').click();
      await admin.page.getByRole('heading').first().waitFor();
      await admin.page.goto(`${server.url}/console/#/album`);
      await admin.at('add-product').click();
      await admin.at('product-description').fill('挂式空调 1.5 匹\n一级能效，送装一体');
      await admin.at('product-price').fill('2599');
      await admin.at('product-sn').fill('KFR35');
      await admin.at('shot-input').setInputFiles(file('p0.png', 'p1.png'));
      await until(async () => (await admin.at('shot').count()) === 2, 'two pictures');
      await admin.picture(`album-dialog-${width}`);
      await admin.at('save-product').click();
      await admin.at('product').first().waitFor();
      await admin.picture(`album-${width}`);
      await admin.page.goto(`${server.url}/console/#/moments`);
      await admin.at('create-moment').click();
      await admin.at('moment-words').fill('双十一全场八折，周末到店有礼 🎁');
      await admin.at('shot-input').setInputFiles(file('p0.png', 'p1.png', 'p2.png'));
      await until(async () => (await admin.at('shot').count()) === 3, 'three pictures');
      await admin.picture(`moment-create-${width}`);
      await admin.at('moment-go').click();
      await admin.at('moment-row').first().waitFor();
      await until(async () => {
        await admin.at('refresh').click();
        return (await admin.at('moments').innerText()).includes('已派发');
      }, 'the moment with its members');
    });

    it('李雷 publishes it, and one of his own', async () => {
      lilei = await person(browser, server, shape);
      await lilei.page.goto(`${server.url}/desk/`);
      await signIn(lilei, 'lilei', () => lilei.at('tab-messages'));
      await lilei.page.goto(`${server.url}/desk/#/moments`);
      await lilei.at('moment-publish').waitFor();
      await lilei.picture(`moment-task-${width}`);
      await lilei.at('moment-audience').click();
      await lilei.at('audience-count').waitFor();
      assert.match(await lilei.at('audience-count').innerText(), /你的 \d+ 位客户/);
      await lilei.at('dialog-close').click();
      await lilei.at('moment-publish').click();
      await lilei.at('moments-mine').waitFor();
      await lilei.at('new-moment').click();
      await lilei.at('moment-words').fill('今天店里新到了样机，欢迎来看');
      await lilei.at('moment-input').setInputFiles(file('p2.png'));
      await lilei.at('moment-file').waitFor();
      await lilei.picture(`moment-new-${width}`);
      await lilei.at('moment-add').click();
      await until(async () => (await lilei.at('moment').count()) === 2, 'both moments');
    });

    it('his customer sees them, likes one and asks', async () => {
      const { code } = await (await server.signIn('lilei'))('/v1/my_code');
      const visitor = await server.comesBy(code, '王小明');
      customer = await person(browser, server, shape);
      await customer.context.addCookies([{ name: 'liaison_consumer', value: visitor.token, url: server.url, httpOnly: true }]);
      await customer.page.goto(`${server.url}/c/`);
      await customer.at('to-moments').click();
      await until(async () => (await customer.at('moment').count()) === 2, 'two moments');
      assert.deepEqual((await customer.at('moment-text').allInnerTexts()).map((t) => t.slice(0, 4)), ['今天店里', '双十一全']);
      const second = customer.at('moment').nth(1);
      await second.getByTestId('moment-like').click();
      await until(async () => (await second.getByTestId('moment-like').getAttribute('aria-pressed')) === 'true', 'the like');
      await second.getByTestId('comment-input').fill('这款多少钱？');
      await second.getByTestId('comment-send').click();
      await second.getByTestId('moment-comment').waitFor();
      await until(async () => customer.page.evaluate(() => [...document.images].every((i) => i.complete && (i.naturalWidth > 0 || i.loading === 'lazy'))), 'the pictures');
      await customer.picture(`moment-consumer-${width}`);
    });

    it('he answers, and the answer is there', async () => {
      const asked = lilei.at('moment-comment').filter({ hasText: '这款多少钱' });
      await asked.waitFor();
      assert.match(await lilei.at('moment-likes').innerText(), /王小明/);
      await asked.getByRole('button').first().click();
      const card = lilei.at('moment').filter({ has: asked });
      await card.getByTestId('comment-input').fill('2599 元，我发您看看');
      await card.getByTestId('comment-send').click();
      await until(async () => (await card.getByTestId('moment-comment').count()) === 2, 'his answer');
      await lilei.picture(`moment-desk-${width}`);
      await customer.page.reload();
      await customer.at('moment-comment').filter({ hasText: '2599 元' }).waitFor();
    });

    it('he sends the product into the chat', async () => {
      const { chat } = (await (await server.signIn('lilei'))('/v1/chats')).chats[0];
      await lilei.page.goto(`${server.url}/desk/#/messages/${chat}`);
      await lilei.at('product-button').click();
      await lilei.at('product-item').waitFor();
      await lilei.picture(`product-picker-${width}`);
      await lilei.at('product-item').click();
      await lilei.at('product').waitFor();
      await customer.page.goto(`${server.url}/c/#chat/${chat}`);
      await customer.page.reload();
      await customer.at('product').waitFor();
      assert.match(await customer.at('product-price').innerText(), /2,599\.00/);
      await customer.picture(`product-chat-${width}`);
    });

    it('the console sees what came of it', async () => {
      await admin.page.goto(`${server.url}/console/#/moments`);
      await admin.at('refresh').click();
      await admin.at('moment-row').last().click();
      await admin.at('moment-members').waitFor();
      assert.match(await admin.at('moment-members').innerText(), /李雷[\s\S]*1 个赞/);
      await admin.picture(`moment-drawer-${width}`);
    });

    it('nothing went wrong in any page', () => {
      for (const p of [admin, lilei, customer]) assert.deepEqual(p.faults, []);
    });
  });
}
