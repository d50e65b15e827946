/* customer_acquisition/… (documents 97297, 97298, 97375, 100130). */
const made = {};
const A = 'externalcontact/customer_acquisition';
const link = (fields) => ({ link_name: '双十一', range: { user_list: ['lilei'] }, ...fields });
const read = (w, link_id) => w.server.api(`/cgi-bin/${A}/get`, { token: w.tokens.app, body: { link_id } });
const day = () => Math.floor(Date.now() / 1000);
const fresh = {};

/* Somebody comes by a link; gives what /v1/add said. */
async function come(w, url, nickname) {
  const at = new URL(url);
  const code = at.pathname.split('/').pop();
  const channel = at.searchParams.get('customer_channel') ?? undefined;
  const headers = { 'x-liaison-client': 'consumer', 'user-agent': encodeURIComponent(nickname) };
  await w.server.api('/v1/card/seen', { body: { code, channel }, headers });
  return w.server.api('/v1/add', { body: { code, nickname, channel }, headers });
}

export default [
  [`${A}/list_link`, {}, { link_id_list: [], next_cursor: '' }],
  [`${A}_quota`, {}, { total: 100000000, balance: 100000000, quota_list: [] }],
  [`${A}/create_link`, link({}), async (got, ok, w) => {
    made.id = got.link.link_id;
    made.url = got.link.url;
    ok.deepEqual(Object.keys(got.link), ['link_id', 'link_name', 'url', 'create_time']);
    ok.match(made.url, /\/c\/[^/]+$/);
    const one = await read(w, made.id);
    ok.deepEqual(one.link, { link_name: '双十一', url: made.url, create_time: got.link.create_time, skip_verify: true, mark_source: true });
    ok.deepEqual(one.range.user_list, ['lilei']);
    ok.equal(one.priority_option, undefined);
  }],
  [`${A}/create_link`, (w) => link({ link_name: '字'.repeat(30), range: { user_list: ['lilei'], department_list: [w.haidian] }, skip_verify: false, mark_source: false, priority_option: { priority_type: 2, priority_userid_list: ['hanmeimei'] } }), async (got, ok, w) => {
    made.second = got.link.link_id;
    const one = await read(w, made.second);
    ok.deepEqual([one.link.skip_verify, one.link.mark_source], [false, false]);
    ok.deepEqual(one.range, { user_list: ['lilei'], department_list: [w.haidian] });
    ok.deepEqual(one.priority_option, { priority_type: 2, priority_userid_list: ['hanmeimei'] });
  }],
  [`${A}/create_link`, link({ priority_option: { priority_type: 1 } }), (got) => { made.third = got.link.link_id; }],
  [`${A}/create_link`, link({ link_name: '' }), 40058, 'link_name'],
  [`${A}/create_link`, link({ link_name: undefined }), 40058, 'link_name'],
  [`${A}/create_link`, link({ link_name: '字'.repeat(31) }), 40058, 'link_name'],
  [`${A}/create_link`, link({ link_name: ['x'] }), 40058, 'link_name'],
  [`${A}/create_link`, link({ range: undefined }), 40058, 'range'],
  [`${A}/create_link`, link({ range: 'x' }), 40058, 'range'],
  [`${A}/create_link`, link({ range: {} }), 41037],
  [`${A}/create_link`, link({ range: { user_list: ['nobody'] } }), 40003, 'range.user_list[0]'],
  [`${A}/create_link`, link({ range: { user_list: ['fengjuan'] } }), 41054],
  [`${A}/create_link`, link({ range: { user_list: Array(501).fill('lilei') } }), 40058, 'user_list'],
  [`${A}/create_link`, link({ range: { department_list: [99] } }), 40098],
  [`${A}/create_link`, link({ skip_verify: 'maybe' }), 40058, 'skip_verify'],
  [`${A}/create_link`, link({ priority_option: { priority_type: 3 } }), 40058, 'priority_type'],
  [`${A}/create_link`, link({ priority_option: { priority_type: 2 } }), 40058, 'priority_userid_list'],
  [`${A}/create_link`, link({ priority_option: { priority_type: 2, priority_userid_list: ['nobody'] } }), 40003, 'priority_userid_list[0]'],
  [`${A}/create_link`, link({}), 60011, 'narrow'],
  [`${A}/create_link`, link({ range: { department_list: [1] } }), 60011, 'narrow', 'department_list[0]'],
  [`${A}/create_link`, link({}), 48002, 'plain'],
  [`${A}/create_link`, link({}), 48002, 'external'],
  [`${A}/create_link`, link({}), 40003, 'other'],
  [`${A}/list_link`, {}, (got, ok) => ok.deepEqual(got.link_id_list, [made.third, made.second, made.id])],
  [`${A}/list_link`, { limit: 2 }, async (got, ok, w) => {
    ok.equal(got.link_id_list.length, 2);
    const next = await w.server.api(`/cgi-bin/${A}/list_link`, { token: w.tokens.app, body: { limit: 2, cursor: got.next_cursor } });
    ok.deepEqual([next.link_id_list, next.next_cursor], [[made.id], '']);
  }],
  [`${A}/list_link`, { limit: 1000 }, { next_cursor: '' }],
  [`${A}/list_link`, { cursor: 'x' }, 50100],
  [`${A}/list_link`, {}, { link_id_list: [] }, 'narrow'],
  [`${A}/list_link`, {}, { link_id_list: [] }, 'other'],
  [`${A}/list_link`, {}, 48002, 'external'],
  [`${A}/get`, {}, 40058, 'link_id'],
  [`${A}/get`, { link_id: 'nonsense' }, 40058],
  [`${A}/get`, () => ({ link_id: made.id }), 40058, 'narrow'],
  [`${A}/get`, () => ({ link_id: made.id }), 40058, 'other'],
  [`${A}/get`, () => ({ link_id: made.id }), 48002, 'external'],

  [`${A}/update_link`, () => ({ link_id: made.id, link_name: '双十二', range: { user_list: ['hanmeimei'] }, priority_option: { priority_type: 1 } }), async (got, ok, w) => {
    const one = await read(w, made.id);
    ok.deepEqual([one.link.link_name, one.link.url, one.link.skip_verify], ['双十二', made.url, true]);
    ok.deepEqual(one.range.user_list, ['hanmeimei']);
    ok.equal(one.priority_option.priority_type, 1);
  }],
  [`${A}/update_link`, () => ({ link_id: made.id, priority_option: { priority_type: 0 } }), 0],
  [`${A}/update_link`, () => ({ link_id: made.id }), 0],
  [`${A}/update_link`, () => ({ link_id: made.id, link_name: '' }), 40058],
  [`${A}/update_link`, () => ({ link_id: made.id, range: {} }), 41037],
  [`${A}/update_link`, () => ({ link_id: made.id, link_name: 'x' }), 40058, 'other'],
  [`${A}/update_link`, { link_id: 'nonsense' }, 40058],

  /* Two come by the link, one of them by a channel; its way is of no use to other rows. */
  [`${A}/customer`, () => ({ link_id: made.id }), async (got, ok, w) => {
    ok.deepEqual([got.customer_list, got.next_cursor], [[], '']);
    fresh.plain = await come(w, made.url, '甲');
    fresh.channel = await come(w, `${made.url}?customer_channel=${encodeURIComponent('抖音 7')}`, '乙');
    ok.ok(fresh.channel.chat, JSON.stringify(fresh.channel));
  }],
  [`${A}/customer`, () => ({ link_id: made.id }), async (got, ok, w) => {
    ok.deepEqual(got.customer_list.map((c) => [c.userid, c.chat_status, c.state]), [['hanmeimei', 0, ''], ['hanmeimei', 0, '抖音 7']]);
    const one = await w.server.api(`/cgi-bin/externalcontact/get?external_userid=${got.customer_list[1].external_userid}`, { token: w.tokens.app });
    ok.deepEqual(one.follow_user.map((f) => [f.add_way, f.state]), [[16, '抖音 7']]);
  }],
  [`${A}/customer`, () => ({ link_id: made.id, limit: 1 }), async (got, ok, w) => {
    ok.equal(got.customer_list.length, 1);
    const next = await w.server.api(`/cgi-bin/${A}/customer`, { token: w.tokens.app, body: { link_id: made.id, limit: 1, cursor: got.next_cursor } });
    ok.deepEqual([next.customer_list[0].state, next.next_cursor], ['抖音 7', '']);
  }],
  [`${A}/customer`, () => ({ link_id: made.id, cursor: '?' }), 50100],
  [`${A}/customer`, () => ({ link_id: made.id }), 40058, 'other'],
  [`${A}/customer`, {}, 40058],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day(), end_time: day() }), { click_link_customer_cnt: 2, new_customer_cnt: 2 }],
  [`${A}/statistic`, () => ({ link_id: made.second, start_time: day() - 86400, end_time: day() }), { click_link_customer_cnt: 0, new_customer_cnt: 0 }],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day() - 40 * 86400, end_time: day() }), 40058, 'end_time'],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day() - 190 * 86400, end_time: day() - 189 * 86400 }), 40058, 'start_time'],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day(), end_time: day() - 86400 }), 40058, 'start_time'],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day() }), 40058, 'end_time'],
  [`${A}/statistic`, () => ({ link_id: made.id, start_time: day(), end_time: day() }), 40058, 'other'],
  [`${A}/get_chat_info`, { chat_key: 'nonsense' }, 40058, 'chat_key'],
  [`${A}/get_chat_info`, {}, 40058, 'chat_key'],
  [`${A}/get_chat_info`, { chat_key: 'x' }, 48002, 'external'],
  [`${A}_quota`, {}, 48002, 'external'],
  [`${A}_quota`, {}, 48002, 'plain'],
  ['externalcontact/list_contact_way', {}, (got, ok) => ok.ok(got.contact_way.every((c) => c.config_id))],

  [`${A}/delete_link`, () => ({ link_id: made.id }), 40058, 'other'],
  [`${A}/delete_link`, {}, 40058],
  [`${A}/delete_link`, () => ({ link_id: made.id }), async (got, ok, w) => {
    ok.equal((await read(w, made.id)).errcode, 40058);
    ok.equal((await come(w, made.url, '丙')).errcode, 910012);
  }],
  [`${A}/delete_link`, () => ({ link_id: made.id }), 40058],
];
