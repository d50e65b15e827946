/* get_user_behavior_data (document 92132). */
const E = 'externalcontact/get_user_behavior_data';
const DAY = 24 * 3600;
const now = () => Math.floor(Date.now() / 1000);
const lilei = (fields) => () => ({ userid: ['lilei'], start_time: now() - DAY, end_time: now(), ...fields });

export default [
  [E, lilei(), (got, ok) => {
    ok.equal(got.behavior_data.length, 2);
    const [before, today] = got.behavior_data;
    ok.equal(today.stat_time - before.stat_time, DAY);
    ok.equal((today.stat_time + 8 * 3600) % DAY, 0, 'midnight in Beijing');
    ok.ok(today.new_contact_cnt >= 1, 'the demo has a customer from the start');
    for (const key of ['new_apply_cnt', 'chat_cnt', 'message_cnt', 'negative_feedback_cnt']) ok.equal(typeof today[key], 'number');
    ok.equal(before.new_contact_cnt, 0);
    ok.equal(before.reply_percentage, undefined, 'nothing stands behind it');
  }],
  [E, (w) => ({ partyid: [1], start_time: now(), end_time: now() }), (got, ok) => ok.equal(got.behavior_data.length, 1)],
  [E, (w) => ({ partyid: [w.haidian], start_time: now(), end_time: now() }), (got, ok) => ok.equal(got.behavior_data.length, 1), 'narrow'],
  [E, lilei({ start_time: undefined }), 40058, 'start_time'],
  [E, lilei({ end_time: undefined }), 40058, 'end_time'],
  [E, lilei({ start_time: now() + DAY }), 40058, 'end_time'],
  [E, lilei({ start_time: now() - 30 * DAY }), (got, ok) => ok.equal(got.behavior_data.length, 31)],
  [E, lilei({ start_time: now() - 31 * DAY }), 40058, 'end_time'],
  [E, lilei({ start_time: now() - 182 * DAY, end_time: now() - 181 * DAY }), 40058, 'start_time'],
  [E, lilei({ userid: [] }), 82001, 'userid'],
  [E, lilei({ userid: Array(101).fill('lilei') }), 40058, 'userid'],
  [E, lilei({ partyid: Array(101).fill(1) }), 40058, 'partyid'],
  [E, lilei({ userid: ['nobody'] }), 60111],
  [E, lilei({ userid: undefined, partyid: [999] }), 60003],
  [E, lilei(), 60011, 'narrow'],
  [E, lilei({ userid: undefined, partyid: [1] }), 60011, 'narrow'],
  [E, lilei(), 60111, 'other'],
  [E, lilei(), 48002, 'plain'],
  [E, lilei(), 48002, 'sync'],
];
