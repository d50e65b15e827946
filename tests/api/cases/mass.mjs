/* add_msg_template, get_groupmsg_list_v2, get_groupmsg_list, get_groupmsg_task,
 * get_groupmsg_send_result, get_group_msg_result, remind_groupmsg_send,
 * cancel_groupmsg_send (documents 92135, 93338, 97610, 97611). */
const made = {};
const E = 'externalcontact/';
const api = (w, path, body, as = 'app') => w.server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens[as], body });
const text = { content: '{customer_name}您好，新品到店' };
const mine = (fields) => (w) => ({ external_userid: [w.customer], text, ...fields });
const now = () => Math.floor(Date.now() / 1000);
const range = (fields) => () => ({ chat_type: 'single', start_time: now() - 3600, end_time: now() + 60, ...fields });
const link = { msgtype: 'link', link: { title: '新品', url: 'https://example.com/new', desc: '看看', picurl: 'https://example.com/a.png' } };

export default [
  [`${E}add_msg_template`, mine({ allow_select: true, attachments: [link] }), async (got, ok, w) => {
    made.id = got.msgid;
    ok.match(got.msgid, /^msg/);
    ok.deepEqual(got.fail_list, []);
    const list = await api(w, 'get_groupmsg_task', { msgid: made.id });
    ok.deepEqual(list.task_list, [{ userid: 'lilei', status: 0 }]);
    ok.equal(list.next_cursor, '');
    const { send_list } = await api(w, 'get_groupmsg_send_result', { msgid: made.id, userid: 'lilei' });
    ok.deepEqual(send_list, [{ external_userid: w.customer, userid: 'lilei', status: 0 }]);
  }],
  [`${E}add_msg_template`, mine({ sender: 'LiLei', chat_type: 'single' }), 0],
  [`${E}add_msg_template`, (w) => ({ external_userid: [w.customer, 'wmnobody', w.customer], text }), (got, ok) => ok.deepEqual(got.fail_list, ['wmnobody'])],
  [`${E}add_msg_template`, { sender: 'lilei', text }, async (got, ok, w) => {
    made.all = got.msgid;
    const { send_list } = await api(w, 'get_groupmsg_send_result', { msgid: got.msgid, userid: 'lilei' });
    ok.ok(send_list.some((s) => s.external_userid === w.customer));
  }],
  [`${E}add_msg_template`, (w) => ({ external_userid: [w.customer] }), 44004],
  [`${E}add_msg_template`, { text }, 41048],
  [`${E}add_msg_template`, { external_userid: ['wmnobody'], text }, 41048],
  [`${E}add_msg_template`, mine({ sender: 'hanmeimei' }), 41048],
  [`${E}add_msg_template`, mine({ sender: 'nobody' }), 60111],
  [`${E}add_msg_template`, mine({ sender: 'fengjuan' }), 41054],
  [`${E}add_msg_template`, mine({ text: undefined }), 44004],
  [`${E}add_msg_template`, mine({ text: { content: ' ' } }), 44004],
  [`${E}add_msg_template`, mine({ text: { content: 'x'.repeat(4000) } }), 0],
  [`${E}add_msg_template`, mine({ text: { content: 'x'.repeat(4001) } }), 45002, 'text.content'],
  [`${E}add_msg_template`, mine({ text: undefined, attachments: [link] }), 0],
  [`${E}add_msg_template`, mine({ attachments: Array(9).fill(link) }), 0],
  [`${E}add_msg_template`, mine({ attachments: Array(10).fill(link) }), 41064],
  [`${E}add_msg_template`, mine({ attachments: [{ msgtype: 'voice' }] }), 41065],
  [`${E}add_msg_template`, mine({ attachments: [{ msgtype: 'image', image: { media_id: 'x' } }] }), 40007],
  [`${E}add_msg_template`, mine({ chat_type: 'both' }), 40058, 'chat_type'],
  [`${E}add_msg_template`, mine({ external_userid: 'x' }), 40058, 'external_userid'],
  [`${E}add_msg_template`, () => ({ external_userid: Array(10001).fill('x'), text }), 40058, 'external_userid'],
  [`${E}add_msg_template`, mine({ allow_select: 'maybe' }), 40058, 'allow_select'],
  [`${E}add_msg_template`, { tag_filter: { group_list: [{ tag_list: ['x'] }] }, text }, 40068],
  [`${E}add_msg_template`, { tag_filter: { group_list: [{ tag_list: Array(101).fill('et1') }] }, text }, 40058, 'tag_list'],
  [`${E}add_msg_template`, { tag_filter: { group_list: [{ tag_list: ['et1'] }] }, text }, 41048],
  [`${E}add_msg_template`, mine({ sender: 'lilei' }), 60011, 'narrow'],
  [`${E}add_msg_template`, mine({}), 41048, 'narrow'],
  [`${E}add_msg_template`, mine({}), 48002, 'plain'],
  [`${E}add_msg_template`, mine({}), 41048, 'other'],

  [`${E}add_corp_tag`, { group_name: '群发', tag: [{ name: '金' }, { name: '银' }, { name: '北京' }] }, (got) => { made.group = got.tag_group.group_id; made.tags = got.tag_group.tag.map((t) => t.id); }],
  [`${E}mark_tag`, (w) => ({ userid: 'lilei', external_userid: w.customer, add_tag: [made.tags[0], made.tags[2]] }), 0],
  [`${E}add_msg_template`, () => ({ tag_filter: { group_list: [{ tag_list: [made.tags[0], made.tags[1]] }, { tag_list: [made.tags[2]] }] }, text }), async (got, ok, w) => {
    const { send_list } = await api(w, 'get_groupmsg_send_result', { msgid: got.msgid, userid: 'lilei' });
    ok.deepEqual(send_list.map((s) => s.external_userid), [w.customer]);
  }],
  [`${E}add_msg_template`, () => ({ tag_filter: { group_list: [{ tag_list: [made.tags[0]] }, { tag_list: [made.tags[1]] }] }, text }), 41048],
  [`${E}add_msg_template`, () => ({ sender: 'hanmeimei', tag_filter: { group_list: [{ tag_list: [made.tags[0]] }] }, text }), 41048],

  [`${E}get_groupmsg_list_v2`, range({}), (got, ok) => {
    const m = got.group_msg_list.find((g) => g.msgid === made.id);
    ok.deepEqual({ ...m, create_time: 0 }, { msgid: made.id, create_time: 0, create_type: 0, text, attachments: [link] });
    ok.match(m.create_time, /^\d{10}$/);
    made.list = got.group_msg_list.map((g) => g.msgid);
  }],
  [`${E}get_groupmsg_list_v2`, range({ limit: 2 }), async (got, ok, w) => {
    const seen = got.group_msg_list.map((g) => g.msgid);
    ok.equal(seen.length, 2);
    for (let { next_cursor: cursor } = got; cursor;) {
      const page = await api(w, 'get_groupmsg_list_v2', range({ limit: 2, cursor })());
      seen.push(...page.group_msg_list.map((g) => g.msgid));
      cursor = page.next_cursor;
    }
    ok.deepEqual(seen, made.list);
  }],
  [`${E}get_groupmsg_list_v2`, range({ limit: 101 }), (got, ok) => ok.equal(got.group_msg_list.length, Math.min(50, made.list.length))],
  [`${E}get_groupmsg_list_v2`, range({ filter_type: 1 }), { group_msg_list: [], next_cursor: '' }],
  [`${E}get_groupmsg_list_v2`, range({ filter_type: 0 }), (got, ok) => ok.ok(got.group_msg_list.length > 3)],
  [`${E}get_groupmsg_list_v2`, range({ filter_type: 3 }), 40058, 'filter_type'],
  [`${E}get_groupmsg_list_v2`, range({ creator: 'lilei' }), { group_msg_list: [] }],
  [`${E}get_groupmsg_list_v2`, range({ creator: 'nobody' }), 60111],
  [`${E}get_groupmsg_list_v2`, range({ chat_type: 'group' }), { group_msg_list: [] }],
  [`${E}get_groupmsg_list_v2`, range({ chat_type: undefined }), 40058, 'chat_type'],
  [`${E}get_groupmsg_list_v2`, range({ end_time: undefined }), 40058, 'end_time'],
  [`${E}get_groupmsg_list_v2`, () => ({ chat_type: 'single', start_time: now() - 32 * 86400, end_time: now() }), 40058, 'month'],
  [`${E}get_groupmsg_list_v2`, () => ({ chat_type: 'single', start_time: now(), end_time: now() - 5 }), 40058],
  [`${E}get_groupmsg_list_v2`, range({ cursor: 'x' }), 50100],
  [`${E}get_groupmsg_list_v2`, range({}), { group_msg_list: [] }, 'other'],
  [`${E}get_groupmsg_list_v2`, range({}), 48002, 'sync'],
  [`${E}get_groupmsg_list`, range({}), (got, ok) => {
    const m = got.group_msg_list.find((g) => g.msgid === made.id);
    ok.deepEqual([m.link, m.text], [link.link, text]);
  }],

  [`${E}get_groupmsg_task`, {}, 41046],
  [`${E}get_groupmsg_task`, { msgid: 'x' }, 41047],
  [`${E}get_groupmsg_task`, () => ({ msgid: made.id }), 41047, 'other'],
  [`${E}get_groupmsg_task`, () => ({ msgid: made.id }), { task_list: [] }, 'narrow'],
  [`${E}get_groupmsg_task`, () => ({ msgid: made.id, cursor: 'x' }), 50100],
  [`${E}get_groupmsg_send_result`, () => ({ msgid: made.id }), 40003],
  [`${E}get_groupmsg_send_result`, () => ({ msgid: made.id, userid: 'hanmeimei' }), { send_list: [], next_cursor: '' }],
  [`${E}get_groupmsg_send_result`, () => ({ msgid: made.id, userid: 'lilei' }), 60011, 'narrow'],
  [`${E}get_groupmsg_send_result`, { userid: 'lilei' }, 41046],
  [`${E}get_group_msg_result`, () => ({ msgid: made.id }), (got, ok, w) => ok.deepEqual([got.check_status, got.detail_list], [1, [{ external_userid: w.customer, userid: 'lilei', status: 0 }]])],
  [`${E}get_group_msg_result`, { msgid: 'msg1' }, 41047],

  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 0],
  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 0],
  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 0],
  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 41094],
  [`${E}remind_groupmsg_send`, {}, 41046],
  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 41047, 'other'],
  [`${E}cancel_groupmsg_send`, () => ({ msgid: made.id }), 41047, 'other'],
  [`${E}cancel_groupmsg_send`, () => ({ msgid: made.id }), 48002, 'plain'],
  [`${E}cancel_groupmsg_send`, () => ({ msgid: made.id }), 0],
  [`${E}cancel_groupmsg_send`, () => ({ msgid: made.id }), 41093],
  [`${E}remind_groupmsg_send`, () => ({ msgid: made.id }), 41093],
  [`${E}cancel_groupmsg_send`, { msgid: 'nonsense' }, 41047],
  [`${E}del_corp_tag`, () => ({ group_id: [made.group] }), 0],
];
