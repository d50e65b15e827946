/*
 * tests/plays/insight.mjs - an administrator looks at the numbers of a week and changes a
 * rule; wide and light in Chinese, on a phone and dark in English.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser, server;
before(async () => {
  browser = await openBrowser();
  server = await startServer();
  const guide = await server.signIn('lilei');
  const { code } = await guide('/v1/my_code');
  for (const [i, name] of ['王姐', '老张', '小陈', '周女士'].entries()) {
    const customer = await server.comesBy(code, name);
    await customer('/v1/chat/send', { chat: customer.chat.chat, nonce: `c${i}`, type: 'text', body: { content: '在吗？' } });
    if (i < 3) await guide('/v1/chat/send', { chat: customer.chat.chat, nonce: `m${i}`, type: 'text', body: { content: '您好' } });
    if (i === 3) await customer('/v1/leave', { chat: customer.chat.chat });
  }
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

for (const [width, shape] of [['wide', { ...desktop, colorScheme: 'light' }], ['phone', { ...phone, colorScheme: 'dark', locale: 'en-GB' }]]) {
  describe(`numbers, ${width}`, () => {
    let admin;
    before(async () => { admin = await person(browser, server, shape); });
    after(() => admin?.close());
    const go = (path) => admin.page.goto(`${server.url}/console/#${path}`);
    async function isWell() {
      await admin.page.evaluate(axe);
      const { violations } = await admin.page.evaluate(() => axe.run({ exclude: [['[data-testid=toast]'], ['canvas']] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html}`), []);
      assert.deepEqual(admin.faults, []);
      const wider = await admin.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `the page is ${wider} px wider than the screen`);
    }

    it('signs in', async () => {
      await go('/');
      await admin.at('account').fill('admin');
      await admin.at('password').fill('demo-admin');
      await admin.at('sign-in').click();
      await admin.at('tile-members').waitFor();
    });

    it('shows a week', async () => {
      await go('/insight');
      await admin.at('chart').nth(1).waitFor();
      await admin.page.waitForFunction(() => document.querySelectorAll('[data-testid=chart] canvas').length === 2);
      assert.match(await admin.at('insight-reply_percentage').innerText(), /75%/);
      assert.match(await admin.at('insight-lost').innerText(), /\b1\b/);
      assert.match(await admin.at('insight-members').innerText(), /李雷/);
      await admin.picture(`insight-${width}`);
      await isWell();
    });

    it('shows where customers came from', async () => {
      await admin.at('insight-by').locator('label').nth(2).click();
      assert.match(await admin.at('insight-channels').innerText(), /李雷/);
      await isWell();
    });

    it('gives a table', { skip: width === 'phone' && 'a phone opens it' }, async () => {
      const [file] = await Promise.all([admin.page.waitForEvent('download'), admin.at('csv-table').click()]);
      assert.equal(file.suggestedFilename(), 'insight-channel.csv');
    });

    it('changes a rule, and goes back to the default', async () => {
      await go('/settings');
      const rule = admin.at('setting-tag_max');
      await rule.fill('500');
      await rule.blur();
      await admin.page.locator('form', { has: rule }).getByRole('button').first().click();
      await admin.at('toast').first().waitFor();
      await admin.page.reload();
      assert.match(await admin.at('setting-tag_max').inputValue(), /^500$/);
      await admin.page.locator('form', { has: admin.at('setting-tag_max') }).getByRole('button').first().click();
      await admin.page.waitForFunction(() => /10,?000/.test(document.querySelector('[data-testid=setting-tag_max]').value));
      await admin.picture(`settings-${width}`);
      await isWell();
    });
  });
}
