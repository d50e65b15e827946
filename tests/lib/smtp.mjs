/*
 * tests/lib/smtp.mjs - a small mail server (RFC 5321), which keeps what it is given.
 *
 *	const post = await listenSmtp();   post.url
 *	const mail = await post.next('wang@example.com');   mail.text, mail.subject
 *	post.refuse = true                  550 to every recipient
 */
import { createServer } from 'node:net';
import { until } from './server.mjs';

function read(raw) {
  const [head, body] = raw.split(/\r\n\r\n([\s\S]*)/);
  const fields = Object.fromEntries(head.replace(/\r\n[ \t]+/g, ' ').split('\r\n').map((l) => [l.slice(0, l.indexOf(':')).toLowerCase(), l.slice(l.indexOf(':') + 1).trim()]));
  const subject = fields.subject.replace(/\?=\s+=\?UTF-8\?B\?/g, '').replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, b) => Buffer.from(b, 'base64').toString());
  return { fields, subject, text: Buffer.from(body.replace(/\r\n/g, ''), 'base64').toString() };
}

export async function listenSmtp() {
  const post = { mails: [], refuse: false };
  const server = createServer((socket) => {
    let buffer = '', mail = null, data = false;
    const say = (line) => socket.write(line + '\r\n');
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      buffer += chunk;
      for (;;) {
        if (data) {
          const end = buffer.indexOf('\r\n.\r\n');
          if (end < 0) return;
          const raw = buffer.slice(0, end).replace(/^\.\./gm, '.');
          buffer = buffer.slice(end + 5);
          data = false;
          post.mails.push({ ...mail, ...read(raw) });
          say('250 kept');
          continue;
        }
        const at = buffer.indexOf('\r\n');
        if (at < 0) return;
        const line = buffer.slice(0, at);
        buffer = buffer.slice(at + 2);
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO' || verb === 'HELO') say('250 mail.example');
        else if (verb === 'MAIL') { mail = { from: /<([^>]*)>/.exec(line)[1], to: [] }; say('250 ok'); }
        else if (verb === 'RCPT') { if (post.refuse) say('550 nobody here'); else { mail.to.push(/<([^>]*)>/.exec(line)[1]); say('250 ok'); } }
        else if (verb === 'DATA') { data = true; say('354 go on'); }
        else if (verb === 'QUIT') { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
    say('220 mail.example');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  post.url = `smtp://127.0.0.1:${server.address().port}`;
  /* The newest mail to somebody, after the first `seen`. */
  post.next = (to, seen = 0) => until(() => post.mails.filter((m) => m.to.includes(to))[seen], `a mail to ${to}`);
  post.close = () => new Promise((resolve) => server.close(resolve));
  return post;
}
