/*
 * tests/plays/codes.mjs - a customer who must be accepted, a code that is full, and the
 * button on a company's web site; in real browsers.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { desktop, openBrowser, person, phone } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

let browser, server, admin, guide;
before(async () => {
  browser = await openBrowser();
  server = await startServer();
  admin = await server.signIn('admin', 'demo-admin', 'console');
  guide = await server.signIn('lilei');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const made = async (fields) => (await admin('/v1/admin/way', { users: ['lilei'], ...fields })).way;

it('the customer waits, the employee accepts, the chat opens by itself', async () => {
  const { code } = await made({ remark: '展台', skip_verify: false });
  const c = await person(browser, server, phone), desk = await person(browser, server, desktop);
  await c.page.goto(`${server.url}/c/${code}`);
  await c.page.getByTestId('nickname').locator('input').or(c.page.locator('input[name=nickname]')).first().fill('周女士');
  await c.page.locator('input[name=words]').fill('三号展台见过');
  await c.picture('codes-ask');
  await c.at('add').click();
  await c.at('request-waiting').waitFor();
  await c.picture('codes-waiting');

  await desk.page.goto(`${server.url}/desk/`);
  await desk.at('sign-in-account').fill('lilei');
  await desk.at('sign-in-password').fill('demo-lilei');
  await desk.at('sign-in-submit').click();
  await desk.at('tab-messages').first().waitFor();
  await desk.at('tab-code').first().click();
  await desk.at('request').waitFor();
  assert.match(await desk.at('request').innerText(), /周女士[\s\S]*三号展台见过/);
  await desk.picture('codes-desk');
  await desk.at('accept').click();
  await desk.at('request').waitFor({ state: 'detached' });
  await c.at('composer-input').waitFor();
  await c.picture('codes-accepted');
  assert.deepEqual([...c.faults, ...desk.faults], []);
  await c.close();
  await desk.close();
});

it('a full code says so kindly', async () => {
  const { code } = await made({ remark: '限一人', max_customers: 1 });
  await server.comesBy(code, '第一位');
  const c = await person(browser, server, phone);
  await c.page.goto(`${server.url}/c/${code}`);
  await c.at('code-full').waitFor();
  await c.picture('codes-full');
  await c.page.goto(`${server.url}/c/1-nobodyhasthis`);
  await c.at('code-gone').waitFor();
  assert.deepEqual(c.faults, []);
  await c.close();
});

it('the console shows codes with their rules, and badges to print', async () => {
  const p = await person(browser, server, desktop);
  await p.page.goto(`${server.url}/console/`);
  await p.page.locator('input').first().fill('admin');
  await p.page.locator('input[type=password]').fill('demo-admin');
  await p.page.keyboard.press('Enter');
  await p.page.waitForFunction(() => document.querySelector('nav'));
  await p.page.goto(`${server.url}/console/#/ways`);
  await p.at('ways').waitFor();
  await p.picture('codes-console');
  await p.at('new-way').click();
  await p.at('way-dialog').waitFor();
  await p.at('routing-2').click();
  await p.picture('codes-dialog');
  await p.page.keyboard.press('Escape');
  await p.page.goto(`${server.url}/console/#/ways/sheet`);
  await p.at('sheet').waitFor();
  await p.picture('codes-sheet');
  assert.deepEqual(p.faults, []);
  await p.close();
});

it('the button on a web site opens the page in a window of its own', async () => {
  const { code } = await made({ remark: '官网', kind: 'link' });
  const site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', `script-src ${server.url}; style-src 'none'`);
    response.end(`<!doctype html><html lang="zh"><title>site</title><h1>官网</h1><script src="${server.url}/widget.js" data-code="${code}" async></script>`);
  });
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
  const context = await browser.newContext({ locale: 'zh-CN', ...desktop });
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  const [popup] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: '联系我们' }).click()]);
  await popup.getByTestId('card').waitFor();
  assert.equal(new URL(popup.url()).searchParams.get('customer_channel'), '127.0.0.1');
  await context.close();
  site.close();
});
