/*
 * tests/plays/service.mjs - a queue with two servicers, in real browsers, at phone and
 * desktop width.
 *
 * Customers come by a link and wait; 李雷 takes one from the queue and passes him on to
 * 韩梅梅, who ends it; the customer says how it was.  The bot answers at another account.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { makeService } from '../lib/service.mjs';
import { startServer, until } from '../lib/server.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser?.close(); });

async function signIn(p, server, account) {
  await p.page.goto(`${server.url}/desk/`);
  await p.at('sign-in-account').fill(account);
  await p.at('sign-in-password').fill(`demo-${account}`);
  await p.at('sign-in-submit').click();
  await p.at('tab-service').first().waitFor();
  await p.at('tab-service').first().click();
}

const texts = async (p) => (await p.at('message-text').allInnerTexts()).map((t) => t.trim());
async function say(p, words) {
  await p.at('composer-input').fill(words);
  if (p.isPhone) await p.at('send').click();
  else await p.at('composer-input').press('Enter');
}
const hears = (p, words) => until(async () => (await texts(p)).some((t) => t.includes(words)), `“${words}” to appear`);

for (const [width, options] of [['phone', phone], ['desktop', desktop]]) {
  describe(`customer service at ${width} width`, () => {
    let w, kf, url, lilei, hanmeimei, customer;
    before(async () => {
      const server = await startServer();
      w = { server, admin: await server.signIn('admin', 'demo-admin', 'console'), tokens: { app: await server.token() } };
      kf = await makeService(w, { name: '格力售后', servicers: ['lilei', 'hanmeimei'] });
      url = (await kf.linkOf('poster')).replace(/^https?:\/\/[^/]+/, w.server.url);
      const set = await w.admin('/v1/admin/service/account/update', { open_kfid: kf.open_kfid, first: 2, routing: 0, welcome: '您好，请问有什么可以帮您？', end_words: '感谢咨询，再见。' });
      assert.equal(set.http, 200, set.errmsg);
    });
    after(async () => {
      for (const p of [lilei, hanmeimei, customer]) await p?.close();
      await w?.server.stop();
    });

    it('a customer comes by the link and waits in the queue', async () => {
      customer = await person(browser, w.server, options);
      await customer.page.goto(url);
      await customer.at('service-start').waitFor();
      assert.equal((await customer.at('service-name').innerText()).trim(), '格力售后');
      await customer.picture(`service-card-${width}`);
      await kf.comes('先来的').then((c) => c.says('我先来'));
      await customer.at('service-start').click();
      await hears(customer, '您好，请问有什么可以帮您？');
      await say(customer, '空调不制冷了');
      await customer.at('service-place').waitFor();
      assert.match(await customer.at('service-place').innerText(), /前面还有 1 位/);
      await customer.picture(`service-queue-${width}`);
    });

    it('a servicer takes him from the queue; the place of the others moves', async () => {
      [lilei, hanmeimei] = [await person(browser, w.server, options), await person(browser, w.server, options)];
      await signIn(lilei, w.server, 'lilei');
      await signIn(hanmeimei, w.server, 'hanmeimei');
      await until(async () => (await lilei.at('service-queued').count()) === 2, 'two who wait');
      await lilei.picture(`service-desk-${width}`);
      await lilei.at('service-take').first().click();
      await until(async () => /即将/.test(await customer.at('service-place').innerText()), 'the first place');
      await hanmeimei.at('service-take').first().waitFor();
      await until(async () => (await hanmeimei.at('service-queued').count()) === 1, 'the queue to move for her, too');
      if (options.isMobile) await lilei.page.goBack();
      await lilei.at('service-take').first().click();
      await customer.at('service-by').waitFor();
      await hears(lilei, '空调不制冷了');
      await say(lilei, '请问是哪一款？');
      await hears(customer, '请问是哪一款？');
      await lilei.picture(`service-serving-${width}`);
    });

    it('he passes him on; the colleague goes on where he was', async () => {
      await lilei.at('service-pass').click();
      await lilei.at('pass-hanmeimei').click();
      await hanmeimei.at('service-item').first().waitFor();
      await hanmeimei.at('service-item').first().click();
      await hears(hanmeimei, '请问是哪一款？');
      await say(hanmeimei, '我来为您安排上门检修。');
      await hears(customer, '我来为您安排上门检修。');
      await until(async () => /韩梅梅/.test(await customer.at('service-by').innerText()), 'who serves now');
    });

    it('it ends, and he says how it was', async () => {
      await hanmeimei.at('service-end').click();
      await customer.at('service-rate').waitFor();
      await hears(customer, '感谢咨询，再见。');
      await customer.at('star-5').click();
      await customer.picture(`service-rate-${width}`);
      await customer.at('rate-send').click();
      await until(async () => (await customer.at('service-rate').count()) === 0, 'the rating to be taken');
      const { days } = await w.admin(`/v1/admin/service/statistics?open_kfid=${kf.open_kfid}`);
      assert.deepEqual([days.at(-1).rated, days.at(-1).rating_sum], [1, 5]);
    });

    it('the bot answers what it knows and hands over to people', async () => {
      await w.admin('/v1/admin/service/account/update', { open_kfid: kf.open_kfid, first: 1 });
      const { group_list: [{ group_id }] } = await kf.must('knowledge/list_group', {});
      await kf.must('knowledge/add_intent', { group_id, question: { text: { content: '空调怎么清洗' } }, answers: [{ text: { content: '请先断电，再取下滤网。' } }] });
      await say(customer, '空调怎么清洗');
      await hears(customer, '请先断电，再取下滤网。');
      await say(customer, '明早下雨吗');
      await customer.at('menu-item').last().waitFor();
      await customer.picture(`service-bot-${width}`);
      await customer.at('menu-item').last().click();
      await customer.at('service-place').waitFor();
      for (const p of [customer, lilei, hanmeimei]) assert.deepEqual(p.faults, []);
    });
  });
}
