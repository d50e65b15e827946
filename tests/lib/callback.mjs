/*
 * tests/lib/callback.mjs - an app's callback endpoint, with @wecom/crypto doing the reading.
 *
 *	const app = await listen({ token, aesKey, corpid });
 *	const event = await app.next((e) => e.Event === 'change_external_contact');
 */
import { createServer } from 'node:http';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

/* The flat XML of callbacks as an object: texts and numbers, nested groups as objects. */
export function readXml(xml) {
  const out = {};
  const element = /<(\w+)>(?:<!\[CDATA\[([\s\S]*?)\]\]>|([^<]*)|((?:(?!<\/\1>)[\s\S])*))<\/\1>/g;
  for (const [, name, cdata, text, inner] of xml.replace(/^<xml>|<\/xml>$/g, '').matchAll(element)) {
    out[name] = cdata ?? (inner === undefined ? text : readXml(inner));
  }
  return out;
}

export async function listen({ token, aesKey, corpid, reply, status }) {
  const app = { events: [], requests: [], bad: [], reply, status };
  const waiting = [];

  function take(event) {
    app.events.push(event);
    for (const w of waiting.splice(0)) w();
  }

  async function answer(url, body, headers) {
    const q = url.searchParams;
    const encrypted = q.get('echostr') ?? readXml(body).Encrypt;
    const right = getSignature(token, q.get('timestamp'), q.get('nonce'), encrypted);
    if (right !== q.get('msg_signature')) {
      app.bad.push('signature');
      return { status: 403, body: 'bad signature' };
    }
    const { message, id } = decrypt(aesKey, encrypted);
    if (id !== corpid) app.bad.push(`receiveid ${id}`);
    if (q.has('echostr')) return { status: 200, body: message };
    const event = { ...readXml(message), xml: message, id: headers['x-liaison-event'], envelope: readXml(body) };
    const code = (typeof app.status === 'function' ? await app.status(event) : app.status) ?? 200;
    event.status = code;
    app.requests.push(event);
    if (code !== 200) return { status: code, body: '' };
    const words = app.reply?.(event);
    take(event);
    if (!words) return { status: 200, body: '' };
    const timestamp = Math.floor(Date.now() / 1000), nonce = 'n0nce';
    const cipher = encrypt(aesKey, words, corpid);
    const sign = getSignature(token, timestamp, nonce, cipher);
    return { status: 200, body: `<xml><Encrypt><![CDATA[${cipher}]]></Encrypt><MsgSignature><![CDATA[${sign}]]></MsgSignature><TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>` };
  }

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (b) => (body += b));
    request.on('end', async () => {
      const got = await answer(new URL(request.url, 'http://localhost'), body, request.headers);
      response.writeHead(got.status, { 'content-type': 'text/plain' }).end(got.body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  app.url = `http://127.0.0.1:${server.address().port}/callback`;

  /* The first event, past or coming, that fits. */
  app.next = async (fits, ms = 20000) => {
    const end = Date.now() + ms;
    for (;;) {
      const event = app.events.find(fits);
      if (event) return event;
      if (Date.now() > end) throw new Error(`no such event; got ${JSON.stringify(app.events)}`);
      await new Promise((resolve) => {
        waiting.push(resolve);
        setTimeout(resolve, 100);
      });
    }
  };
  app.close = () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); });
  return app;
}
