/* contact_list (99434), crm/get_external_contact, remark_pic_mediaid, and the old rows transfer and
 * get_transfer_result. */
const E = 'externalcontact/';
const made = {};
const call = (w, path, body, as = 'app') => w.server.api(`/cgi-bin/${path}`, { token: w.tokens[as], body, method: 'POST' });
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
async function upload(w, type = 'image', bytes = png) {
  const form = new FormData();
  form.append('media', new Blob([bytes]), 'p.png');
  const got = await (await fetch(`${w.server.url}/cgi-bin/media/upload?access_token=${w.tokens.app}&type=${type}`, { method: 'POST', body: form })).json();
  return got.media_id;
}
const remark = (fields) => (w) => ({ userid: 'lilei', external_userid: w.customer, ...(typeof fields === 'function' ? fields() : fields) });
const one = (fields) => (w) => ({ external_userid: w.customer, handover_userid: 'lilei', takeover_userid: 'hanmeimei', ...fields });

export default [
  [`${E}contact_list`, {}, async (got, ok, w) => {
    const mine = got.info_list.find((c) => c.external_userid === w.customer);
    ok.equal(mine.is_customer, true);
    ok.equal(mine.follow_userid, 'lilei');
    ok.match(mine.tmp_openid, /^to[0-9a-f]{30}$/);
    ok.equal(mine.name, undefined);
    ok.ok(Number.isInteger(mine.add_time));
    made.openid = mine.tmp_openid;
    made.all = got.info_list.length;
    let again; /* another millisecond, another scan */
    do again = await call(w, `${E}contact_list`, {}); while (again.info_list.find((c) => c.external_userid === w.customer).tmp_openid === made.openid);
  }],
  [`${E}contact_list`, { limit: 1 }, async (got, ok, w) => {
    let page = got, all = got.info_list;
    while (page.next_cursor) {
      page = await call(w, `${E}contact_list`, { limit: 1, cursor: page.next_cursor });
      all = [...all, ...page.info_list];
    }
    ok.equal(all.length, made.all);
    const ids = new Map();
    for (const c of all) {
      ok.ok(!ids.has(c.external_userid) || ids.get(c.external_userid) === c.tmp_openid, 'one person, one id in a scan');
      ids.set(c.external_userid, c.tmp_openid);
    }
  }],
  [`${E}contact_list`, { limit: 5000 }, (got, ok) => ok.equal(got.next_cursor, undefined)],
  [`${E}contact_list`, { cursor: 'x' }, 50100, 'cursor'],
  [`${E}contact_list`, { cursor: 'c1-2-3' }, 50100, '4 hours'],
  [`${E}contact_list`, { limit: 'x' }, 40058, 'limit'],
  [`${E}contact_list`, {}, (got, ok, w) => ok.ok(!got.info_list.some((c) => c.external_userid === w.customer)), 'narrow'],
  [`${E}contact_list`, {}, { info_list: [] }, 'other'],
  [`${E}contact_list`, {}, 48002, 'plain'],

  ['crm/get_external_contact', (w) => ({ external_userid: w.customer }), async (got, ok, w) => {
    ok.equal(got.external_contact.external_userid, w.customer);
    ok.ok(got.follow_user.some((f) => f.userid === 'lilei'));
    const now = await w.server.api(`/cgi-bin/externalcontact/get?external_userid=${w.customer}`, { token: w.tokens.app });
    ok.deepEqual(now.external_contact, got.external_contact);
    ok.match(got.external_contact.unionid, /^o[0-9a-f]{27}$/);
  }],
  ['crm/get_external_contact', { external_userid: 'wmx' }, 40096],
  ['crm/get_external_contact', (w) => ({ external_userid: w.customer }), 60011, 'narrow'],
  ['crm/get_external_contact', (w) => ({ external_userid: w.customer }), 40096, 'other'],
  ['crm/get_external_contact', (w) => ({ external_userid: w.customer }), 48002, 'plain'],

  [`${E}remark`, async (w) => remark({ remark_pic_mediaid: (made.pic = await upload(w)) })(w), async (got, ok, w) => {
    const shown = await fetch(`${w.server.url}/v1/customer/remark_pic?external_userid=${w.customer}`, { headers: { authorization: `Bearer ${w.guide.token}`, 'X-Liaison-Client': 'desk' } });
    ok.equal(shown.status, 200);
    ok.deepEqual(Buffer.from(await shown.arrayBuffer()), png);
  }],
  [`${E}remark`, remark({ remark_pic_mediaid: 'nonsense' }), 40007],
  [`${E}remark`, remark({ remark_pic_mediaid: '' }), async (got, ok, w) => ok.equal((await w.guide(`/v1/customer/remark_pic?external_userid=${w.customer}`)).http, 404)],

  [`${E}transfer`, one({}), 0],
  [`${E}transfer`, one({}), 40129],
  [`${E}get_transfer_result`, one({}), (got, ok) => { ok.equal(got.status, 2); ok.ok(got.takeover_time > Date.now() / 1000); }],
  [`${E}get_transfer_result`, one({ takeover_userid: 'zhaoqiang' }), 40096],
  [`${E}get_transfer_result`, one({ external_userid: 'wmx' }), 40096],
  [`${E}get_transfer_result`, one({ handover_userid: '' }), 40003],
  [`${E}get_transfer_result`, one({ handover_userid: 'nobody' }), 60111],
  [`${E}get_transfer_result`, one({}), 60011, 'narrow'],
  [`${E}get_transfer_result`, one({}), 48002, 'plain'],
  [`${E}transfer`, one({ external_userid: 'wmx' }), 40096],
  [`${E}transfer`, one({ handover_userid: 'sunli' }), 40131],
  [`${E}transfer`, one({ takeover_userid: 'lilei' }), 40130],
  [`${E}transfer`, one({ takeover_userid: '' }), 40003],
  [`${E}transfer`, one({ external_userid: undefined }), 40058, 'external_userid'],
  [`${E}transfer`, one({ transfer_success_msg: '好'.repeat(201) }), 40058, 'transfer_success_msg'],
  [`${E}transfer`, one({}), 60011, 'narrow'],
  [`${E}transfer`, one({}), 60111, 'other'],
  [`${E}transfer`, one({}), 48002, 'plain'],
];
