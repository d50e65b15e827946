/*
 * tests/lib/service.mjs - a customer service with an account, servicers and customers.
 *
 *	const kf = await makeService(world, { servicers: ['lilei'] });
 *	const wang = await kf.comes('王芳');     // a consumer, with wang.chat, wang.id
 *	await wang.says('在吗');
 *	(await kf.sync()).msg_list               // all there is for the app
 */
import { randomBytes } from 'node:crypto';
import { picture, upload } from './media.mjs';

export async function makeService(w, { name = '客服', servicers = [], as = 'app' } = {}) {
  const { server } = w;
  const api = (path, body) => server.api(`/cgi-bin/kf/${path}`, { token: w.tokens[as], body });
  const must = async (path, body) => {
    const got = await api(path, body);
    if (got.errcode) throw new Error(`${path}: ${got.errmsg}`);
    return got;
  };
  const { open_kfid } = await must('account/add', { name, media_id: await upload(w, 'image', picture, 'kf.png', as) });
  if (servicers.length) await must('servicer/add', { open_kfid, userid_list: servicers });
  const linkOf = async (scene) => (await must('add_contact_way', { open_kfid, scene })).url;
  const codeOf = (url) => /\/k\/([^?]+)/.exec(url)[1];

  /* Everything since a cursor, page by page. */
  async function sync(cursor, { limit, token } = {}) {
    const all = [];
    for (;;) {
      const got = await must('sync_msg', { open_kfid, cursor, limit, token });
      all.push(...got.msg_list);
      cursor = got.next_cursor;
      if (!got.has_more) return { msg_list: all, cursor };
    }
  }

  async function comes(nickname, { scene, scene_param, again } = {}) {
    const code = codeOf(await linkOf(scene));
    const headers = again ? again.headers() : { 'x-liaison-client': 'consumer' };
    const reply = await server.api('/v1/service/enter', { body: { code, nickname, scene_param }, headers, raw: true });
    const got = await reply.json();
    if (!got.chat) throw new Error(`enter: ${JSON.stringify(got)}`);
    const token = again?.token ?? /liaison_consumer=([^;]+)/.exec(reply.headers.get('set-cookie'))[1];
    const who = server.caller('consumer', token, got.me);
    const { chat } = got.chat;
    const { msg_list } = await sync();
    const id = msg_list.filter((m) => m.event?.event_type === 'enter_session').at(-1).event.external_userid;
    return Object.assign(who, {
      chat,
      id,
      code,
      says: (content, nonce = randomBytes(9).toString('hex')) => who('/v1/chat/send', { chat, nonce, type: 'text', body: { content } }),
      service: async () => (await who(`/v1/service/session?chat=${chat}`)).service,
      hears: async () => (await who(`/v1/chat/messages?chat=${chat}&limit=200`)).messages,
    });
  }

  return {
    open_kfid,
    api: (path, body) => api(path, { open_kfid, ...body }),
    must: (path, body) => must(path, { open_kfid, ...body }),
    sync,
    comes,
    linkOf,
    state: async (who) => must('service_state/get', { open_kfid, external_userid: who.id }),
    trans: (who, service_state, servicer_userid) => api('service_state/trans', { open_kfid, external_userid: who.id, service_state, servicer_userid }),
    send: (who, fields) => api('send_msg', { open_kfid, touser: who.id, ...fields }),
    events: async () => (await sync()).msg_list.filter((m) => m.msgtype === 'event').map((m) => m.event),
  };
}
