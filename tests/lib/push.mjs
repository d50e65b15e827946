/*
 * tests/lib/push.mjs - a push service and a browser's side of it: takes pushes, checks who
 * sends (RFC 8292) and decrypts them (RFC 8291, 8188), with Node's own cryptography.
 *
 *	const service = await listenPush();
 *	const phone = service.browser();    phone.subscription is what a page would send
 *	const { words, request } = await phone.next();
 *	phone.gone = true                   410 from now on
 */
import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { until } from './server.mjs';

const hmac = (key, data) => createHmac('sha256', key).update(data).digest();
const hkdf = (salt, secret, info, n) => hmac(hmac(salt, secret), Buffer.concat([info, Buffer.from([1])])).subarray(0, n);

function decrypt(body, ecdh, auth) {
  const salt = body.subarray(0, 16), size = body.readUInt32BE(16), idLength = body[20];
  const sender = body.subarray(21, 21 + idLength), box = body.subarray(21 + idLength);
  if (size < box.length) throw new Error('more than one record');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const ikm = hkdf(auth, ecdh.computeSecret(sender), info, 32);
  const key = hkdf(salt, ikm, Buffer.from('Content-Encoding: aes128gcm\0'), 16), nonce = hkdf(salt, ikm, Buffer.from('Content-Encoding: nonce\0'), 12);
  const open = createDecipheriv('aes-128-gcm', key, nonce);
  open.setAuthTag(box.subarray(-16));
  const plain = Buffer.concat([open.update(box.subarray(0, -16)), open.final()]);
  const end = plain.lastIndexOf(2);
  if (plain.subarray(end + 1).some((b) => b)) throw new Error('bad padding');
  return plain.subarray(0, end).toString();
}

/* The claims of a vapid header, its signature checked. */
export function readVapid(header) {
  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(header);
  const [head, claims, signature] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const right = verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  if (!right) throw new Error('the signature is wrong');
  return { key, head: JSON.parse(Buffer.from(head, 'base64url')), claims: JSON.parse(Buffer.from(claims, 'base64url')) };
}

export async function listenPush() {
  const browsers = new Map();
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (b) => parts.push(b));
    request.on('end', () => {
      const b = browsers.get(request.url);
      if (!b || b.gone) {
        if (b) b.refused++;
        response.writeHead(410).end();
        return;
      }
      const words = JSON.parse(decrypt(Buffer.concat(parts), b.ecdh, b.auth));
      b.pushes.push({ words, request: { method: request.method, headers: request.headers } });
      response.writeHead(201).end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    browser() {
      const ecdh = createECDH('prime256v1'), auth = randomBytes(16);
      ecdh.generateKeys();
      const path = `/push/${randomBytes(12).toString('hex')}`;
      const b = { ecdh, auth, pushes: [], gone: false, refused: 0, subscription: { endpoint: url + path, p256dh: ecdh.getPublicKey().toString('base64url'), auth: auth.toString('base64url') } };
      b.next = async (seen = 0) => until(() => b.pushes[seen], 'a push');
      browsers.set(path, b);
      return b;
    },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }),
  };
}
