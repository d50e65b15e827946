/*
 * tests/plays/story.mjs - the product's main job, in real browsers, at two widths.
 *
 * 李雷 serves from his desk, a customer scans his code, an app that reads with
 * @wecom/crypto hears of it, an administrator disables 李雷.  PICTURES=1 keeps the
 * screenshots that the documents show.
 */
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { listen } from '../lib/callback.mjs';
import { startServer, until } from '../lib/server.mjs';

const token = 'storytoken', aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFI';
let browser, server, files;
before(async () => {
  browser = await openBrowser();
  files = await mkdtemp(join(tmpdir(), 'liaison-play-'));
  await takePhoto(join(files, 'photo.png'));
  await writeFile(join(files, '报价单.txt'), 'one air conditioner\n');
});
after(async () => { await browser?.close(); });

/* A picture such as a customer sends: drawn by the browser, so that it is a real PNG. */
async function takePhoto(path) {
  const page = await browser.newPage({ viewport: { width: 480, height: 360 } });
  await page.setContent(`<body style="margin:0;background:linear-gradient(160deg,#dbe7f5,#f6efe4)">
    <div style="position:absolute;left:60px;top:70px;width:360px;height:100px;border-radius:14px;background:#fff;
      box-shadow:0 12px 30px #8aa0b855"></div>
    <div style="position:absolute;left:80px;top:140px;width:320px;height:10px;border-radius:5px;background:#d5dde6"></div>
    <div style="position:absolute;left:0;right:0;bottom:0;height:90px;background:#cbb79c"></div>`);
  await page.screenshot({ path });
  await page.close();
}

async function signIn(p, account = 'lilei') {
  await p.at('sign-in-account').fill(account);
  await p.at('sign-in-password').fill(`demo-${account}`);
  await p.at('sign-in-submit').click();
  await p.at('tab-messages').first().waitFor();
}

const texts = async (p) => (await p.at('message-text').allInnerTexts()).map((t) => t.trim());
const seen = (locator) => locator.first().isVisible().catch(() => false);

/* Enter sends where there is a keyboard; a thumb taps the button. */
async function say(p, words) {
  await p.at('composer-input').fill(words);
  if (p.isPhone) await p.at('send').click();
  else await p.at('composer-input').press('Enter');
}

async function hears(p, words) {
  await until(async () => (await texts(p)).some((t) => t.includes(words)), `“${words}” to appear`);
}

/* Picked files go at once. */
async function sendFile(p, input, name) {
  await p.at(input).setInputFiles(join(files, name));
}

for (const [width, shape] of [['wide', desktop], ['phone', phone]]) {
  describe(`the story, ${width}`, () => {
    let lilei, customer, app, link;
    before(async () => {
      server = await startServer();
      app = await listen({ token, aesKey, corpid: server.env.CORPID });
    });
    after(async () => {
      await lilei?.close();
      await customer?.close();
      await app?.close();
      await server?.stop();
    });

    it('an administrator gives the app a callback and lets it welcome', async () => {
      const admin = await server.signIn('admin', 'demo-admin', 'console');
      const agentid = server.env.AGENTID;
      const saved = await admin('/v1/admin/app/callback', { agentid, url: app.url, token, aes_key: aesKey });
      assert.equal(saved.http, 200, JSON.stringify(saved));
      const set = await admin('/v1/admin/app/update', { agentid, sends_welcome: true });
      assert.equal(set.http, 200, JSON.stringify(set));
    });

    it('李雷 signs in and opens his code', async () => {
      lilei = await person(browser, server, shape);
      await lilei.page.goto(`${server.url}/desk/`);
      await lilei.at('sign-in-account').fill('lilei');
      await lilei.at('sign-in-password').fill('not-his-password');
      await lilei.at('sign-in-submit').click();
      await lilei.at('sign-in-error').waitFor();
      await signIn(lilei);
      await lilei.at('tab-code').first().click();
      await lilei.at('code-picture').waitFor();
      link = await until(async () => {
        const text = await lilei.at('code-link').innerText();
        return text.includes('/c/') ? text : null;
      }, 'the link');
      await lilei.picture(`desk-code-${width}`);
    });

    it('a customer opens the link, sees who it is, and adds him', async () => {
      customer = await person(browser, server, shape);
      await customer.page.goto(link);
      await customer.at('card-name').waitFor();
      assert.equal(await customer.at('card-name').innerText(), '李雷');
      assert.match(await customer.at('card-position').innerText(), /家电顾问|导购/);
      await customer.at('verified-badge').first().waitFor();
      await customer.picture(`card-${width}`);
      await customer.at('nickname').fill('小王');
      await customer.at('add').click();
      await customer.at('composer-input').waitFor();
    });

    it('李雷 sees the new customer at once', async () => {
      await lilei.at('tab-messages').first().click();
      await lilei.at('chat-item').filter({ hasText: '小王' }).click();
      await until(async () => (await lilei.at('chat-title').first().innerText()).includes('小王'), 'the title');
    });

    it('the app hears of it and sends the welcome, exactly once', async () => {
      const event = await app.next((e) => e.ChangeType === 'add_external_contact');
      assert.equal(event.UserID, 'lilei');
      assert.ok(event.WelcomeCode, event.xml);
      const welcome = async (content) => server.api('/cgi-bin/externalcontact/send_welcome_msg', {
        token: await server.token(), body: { welcome_code: event.WelcomeCode, text: { content } },
      });
      const sent = await welcome('您好，我是星河家电的李雷，很高兴为您服务！');
      assert.equal(sent.errcode, 0, sent.errmsg);
      await hears(customer, '我是星河家电的李雷');
      await hears(lilei, '我是星河家电的李雷');
      assert.equal((await welcome('twice')).errcode, 41051);
      assert.deepEqual(app.bad, []);
    });

    it('they chat both ways: emoji, lines, pictures and files', async () => {
      await say(customer, '你好 😀 想问一下空调');
      await hears(lilei, '你好 😀 想问一下空调');
      await lilei.at('composer-input').fill('当然可以！\n您家客厅多大？');
      await lilei.at('send').click();
      await hears(customer, '您家客厅多大？');
      assert.ok((await texts(customer)).includes('当然可以！\n您家客厅多大？'), 'the line break is kept');
      await sendFile(customer, 'image-input', 'photo.png');
      await lilei.at('image').first().waitFor();
      await sendFile(lilei, 'file-input', '报价单.txt');
      await customer.at('file').first().waitFor();
      assert.match(await customer.at('file').first().innerText(), /报价单/);
    });

    it('typing shows', async () => {
      await until(async () => {
        await customer.at('composer-input').pressSequentially('嗯'); /* told every 3 s at most */
        return seen(lilei.at('typing'));
      }, 'typing');
      await customer.at('composer-input').fill('');
    });

    it('closing and opening again loses nothing and shows nothing twice', async () => {
      const before = await texts(customer);
      await customer.page.close();
      await say(lilei, '第一条');
      await hears(lilei, '第一条');
      await say(lilei, '第二条');
      await hears(lilei, '第二条');
      await customer.open(link);
      await hears(customer, '第二条');
      assert.deepEqual(await texts(customer), [...before, '第一条', '第二条']);
      await lilei.page.reload();
      await lilei.at('composer-input').waitFor(); /* the same conversation is open again */
      await hears(lilei, '第二条');
      assert.equal((await texts(lilei)).filter((t) => t === '第一条').length, 1);
    });

    it('李雷 gives a remark and tags', async () => {
      if (lilei.isPhone) await lilei.at('open-panel').click(); /* it stands beside, else */
      await lilei.at('remark-field').fill('王先生');
      await lilei.at('remark-field').press('Tab');
      await lilei.at('edit-tags').click();
      await lilei.at('tag-option').filter({ hasText: '高意向' }).click();
      await lilei.at('tag-option').filter({ hasText: '空调' }).click();
      await lilei.at('save-tags').click();
      await lilei.at('tag-chip').filter({ hasText: '空调' }).first().waitFor();
      await lilei.picture(`customer-panel-${width}`);
    });

    it('the app reads him: remark, tags, source', async () => {
      const t = await server.token();
      const list = await server.api('/cgi-bin/externalcontact/list?userid=lilei', { token: t });
      const all = await Promise.all(list.external_userid.map((id) =>
        server.api(`/cgi-bin/externalcontact/get?external_userid=${id}`, { token: t })));
      const [follow] = all.find((c) => c.external_contact.name === '小王').follow_user;
      assert.equal(follow.remark, '王先生');
      assert.deepEqual(follow.tags.map((g) => g.tag_name).sort(), ['空调', '高意向']);
      assert.equal(follow.add_way, 1);
    });

    it('a text card of the app appears on his desk, and he talks with the app', async () => {
      app.reply = (e) => (e.MsgType !== 'text' ? '' : `<xml><ToUserName><![CDATA[${e.FromUserName}]]></ToUserName>`
        + `<FromUserName><![CDATA[${e.ToUserName}]]></FromUserName><CreateTime>1</CreateTime>`
        + '<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[库存：12 台]]></Content></xml>');
      const sent = await server.api('/cgi-bin/message/send', {
        token: await server.token(),
        body: { touser: 'lilei', msgtype: 'textcard', agentid: server.env.AGENTID, textcard: {
          title: '新订单', description: '<div class="gray">今天</div><br>空调一台', url: 'https://example.com/1' } },
      });
      assert.equal(sent.errcode, 0, sent.errmsg);
      await lilei.page.goto(`${server.url}/desk/`);
      await lilei.at('tab-apps').first().click();
      await lilei.at('app-item').first().click();
      await lilei.at('textcard').filter({ hasText: '新订单' }).waitFor();
      await say(lilei, '查库存');
      const event = await app.next((e) => e.MsgType === 'text');
      assert.equal(event.Content, '查库存');
      assert.equal(event.AgentID, server.env.AGENTID);
      await hears(lilei, '库存：12 台');
      assert.equal((await texts(lilei)).filter((t) => t.includes('库存：12 台')).length, 1);
      await lilei.picture(`desk-app-${width}`);
    });

    it('pictures for the reader', async () => {
      await lilei.page.goto(`${server.url}/desk/`);
      await lilei.at('chat-item').filter({ hasText: '王先生' }).first().click();
      await hears(lilei, '第二条');
      await say(customer, '好的，谢谢！周末去店里看看 👍');
      await hears(lilei, '周末去店里看看');
      await lilei.picture(`desk-${width}`);
      await customer.picture(`consumer-${width}`);
    });

    it('an administrator disables 李雷: his desk ends at once, his customers stay', async () => {
      const session = await server.signIn('lilei');
      await server.liaison('member', 'disable', 'lilei');
      await lilei.at('ended').waitFor({ timeout: 3000 });
      assert.equal((await session('/v1/me')).http, 401);
      const list = await server.api('/cgi-bin/externalcontact/list?userid=lilei', { token: await server.token() });
      assert.equal(list.errcode, 0, list.errmsg);
      assert.equal(list.external_userid.length, 2);
      await customer.page.reload();
      await hears(customer, '第二条');
    });

    it('no page asked a foreign host, none had an error', () => {
      assert.deepEqual([...lilei.faults, ...customer.faults], []);
    });
  });
}
