/*
 * tests/lib/browser.mjs - Debian's chromium, driven by playwright-core.
 *
 * Each person of a play has a browser context of his own.  Every page is watched:
 * a request to a foreign host, an error in the console or a refused policy fails
 * the play.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './server.mjs';

export const phone = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
export const desktop = { viewport: { width: 1440, height: 900 } };

/* Pictures for the documents are kept only when asked for: PICTURES=1. */
const pictures = process.env.PICTURES ? join(root, 'doc/images') : join(root, 'var/plays');

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--font-render-hinting=none'],
  });
}

export async function person(browser, server, options = {}) {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...desktop, ...options });
  const faults = [];
  const p = { context, faults, isPhone: options.isMobile === true, close: () => context.close() };

  function watch(page) {
    page.on('request', (r) => {
      const host = new URL(r.url()).host;
      if (/^https?:/.test(r.url()) && ![`127.0.0.1:${server.port}`, `localhost:${server.port}`].includes(host)) faults.push(`foreign host: ${r.url()}`);
    });
    page.on('pageerror', (e) => faults.push(`error: ${e.message}`));
    page.on('console', (m) => {
      if (m.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(m.text())) faults.push(`console: ${m.text()}`);
    });
    page.setDefaultTimeout(15000);
    return page;
  }

  p.page = watch(await context.newPage());
  p.at = (id) => p.page.getByTestId(id);
  /* A new tab in place of the one that was closed. */
  p.open = async (url) => {
    p.page = watch(await context.newPage());
    await p.page.goto(url);
  };
  p.picture = async (name) => {
    mkdirSync(pictures, { recursive: true });
    await p.page.screenshot({ path: join(pictures, `${name}.png`) });
  };
  return p;
}
