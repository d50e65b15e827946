/* groupchat/statistic and statistic_group_by_day (document 92133). */
const E = 'externalcontact/groupchat/statistic', D = `${E}_group_by_day`;
const DAY = 24 * 3600;
const now = () => Math.floor(Date.now() / 1000);
const of = (fields) => () => ({ day_begin_time: now(), owner_filter: { userid_list: ['lilei'] }, ...fields });
const NUMBERS = ['new_chat_cnt', 'chat_total', 'chat_has_msg', 'new_member_cnt', 'member_total', 'member_has_msg', 'msg_total', 'migrate_trainee_chat_cnt'];

export default [
  [E, of(), (got, ok) => {
    ok.equal(got.total, 1);
    ok.equal(got.next_offset, 1);
    ok.equal(got.items[0].owner, 'lilei');
    ok.deepEqual(Object.keys(got.items[0].data), NUMBERS);
  }],
  [E, of({ owner_filter: { userid_list: ['lilei', 'hanmeimei'] }, order_by: 4, order_asc: 1, limit: 1, offset: 1 }), (got, ok) => {
    ok.equal(got.total, 2);
    ok.equal(got.items.length, 1);
    ok.equal(got.next_offset, 2);
  }],
  [E, of({ day_begin_time: undefined }), 40058, 'day_begin_time'],
  [E, of({ owner_filter: undefined }), 40058, 'owner_filter'],
  [E, of({ owner_filter: {} }), 40058, 'userid_list'],
  [E, of({ owner_filter: { userid_list: Array(101).fill('lilei') } }), 40058, 'userid_list'],
  [E, of({ order_by: 5 }), 40058, 'order_by'],
  [E, of({ limit: 1001 }), 40058, 'limit'],
  [E, of({ day_end_time: 1 }), 40058, 'day_end_time'],
  [E, of({ day_begin_time: now() - 31 * DAY, day_end_time: now() }), 40058, 'day_end_time'],
  [E, of({ owner_filter: { userid_list: ['nobody'] } }), 60111],
  [E, of(), 60011, 'narrow'],
  [E, of(), 60111, 'other'],
  [E, of(), 48002, 'plain'],
  [D, of({ day_begin_time: now() - DAY, day_end_time: now() }), (got, ok) => {
    ok.equal(got.items.length, 2);
    ok.equal(got.items[1].stat_time - got.items[0].stat_time, DAY);
    ok.deepEqual(Object.keys(got.items[0].data), NUMBERS);
  }],
  [D, of({ owner_filter: {} }), 40058, 'userid_list'],
  [D, of(), 60011, 'narrow'],
  [D, of(), 48002, 'plain'],
];
