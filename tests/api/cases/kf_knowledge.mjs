/* kf/knowledge/add_group … list_intent (95971, 95972), and what get_corp_statistic and
 * get_servicer_statistic refuse (95489, 95490). */
import { picture, upload } from '../../lib/media.mjs';

const made = {};
const K = 'kf/knowledge/';
const words = (content) => ({ text: { content } });
const intent = (fields) => ({ question: words('怎么退货'), similar_questions: { items: [words('我想退货'), words('退货流程')] }, answers: [words('七天内可以退货')], ...fields });
const inGroup = (fields) => () => ({ group_id: made.group, ...intent(fields) });
const list = async (w, fields = {}) => (await w.server.api('/cgi-bin/kf/knowledge/list_intent', { token: w.tokens.app, body: fields })).intent_list;
const day = (n) => Math.floor(Date.now() / 1000) - n * 86400;

export default [
  [`${K}list_group`, {}, async (got, ok, w) => {
    ok.equal(got.group_list.length, 1);
    ok.deepEqual([got.group_list[0].name, got.group_list[0].is_default, got.has_more], ['默认分组', 1, 0]);
    made.first = got.group_list[0].group_id;
    made.picture = await upload(w, 'image', picture, '说明.png');
    const { open_kfid } = await w.server.api('/cgi-bin/kf/account/add', { token: w.tokens.app, body: { name: '统计', media_id: made.picture } });
    made.kf = open_kfid;
  }],
  [`${K}add_group`, { name: '售后' }, (got) => { made.group = got.group_id; }],
  [`${K}add_group`, { name: '字'.repeat(12) }, (got) => { made.second = got.group_id; }],
  [`${K}add_group`, { name: '字'.repeat(13) }, 40058, 'name'],
  [`${K}add_group`, {}, 40058, 'name'],
  [`${K}add_group`, { name: 'x' }, 48002, 'plain'],
  [`${K}mod_group`, () => ({ group_id: made.second, name: '物流' }), 0],
  [`${K}mod_group`, () => ({ group_id: made.first, name: '物流' }), 40058],
  [`${K}mod_group`, { group_id: 'nonsense', name: '物流' }, 40058],
  [`${K}mod_group`, () => ({ group_id: made.second, name: '' }), 40058],
  [`${K}mod_group`, () => ({ group_id: made.second, name: 'x' }), 40058, 'other'],
  [`${K}list_group`, {}, (got, ok) => ok.deepEqual(got.group_list.map((g) => g.name), ['默认分组', '售后', '物流'])],
  [`${K}list_group`, { limit: 2 }, async (got, ok, w) => {
    ok.deepEqual([got.group_list.length, got.has_more], [2, 1]);
    const rest = await w.server.api('/cgi-bin/kf/knowledge/list_group', { token: w.tokens.app, body: { cursor: got.next_cursor } });
    ok.deepEqual(rest.group_list.map((g) => g.name), ['物流']);
  }],
  [`${K}list_group`, () => ({ group_id: made.group }), (got, ok) => ok.deepEqual(got.group_list.map((g) => g.name), ['售后'])],
  [`${K}list_group`, { cursor: '!' }, 50100, 'cursor'],

  [`${K}add_intent`, inGroup({}), async (got, ok, w) => {
    made.intent = got.intent_id;
    const [one] = await list(w, { intent_id: made.intent });
    ok.deepEqual(one, { group_id: made.group, intent_id: made.intent, question: words('怎么退货'), similar_questions: { items: [words('我想退货'), words('退货流程')] }, answers: [words('七天内可以退货')] });
  }],
  [`${K}add_intent`, () => ({ group_id: made.group, question: { ...words('发票在哪里'), similar_questions: { items: [words('开发票')] }, answers: [{ ...words('在订单里'), attachments: [
    { msgtype: 'image', image: { media_id: made.picture } },
    { msgtype: 'link', link: { title: '发票', pic_url: 'https://example.com/a.png', desc: '说明', url: 'https://example.com/' } },
    { msgtype: 'miniprogram', miniprogram: { title: '商城', thumb_media_id: made.picture, appid: 'wx1', pagepath: 'index.html' } },
  ] }] } }), async (got, ok, w) => {
    made.invoice = got.intent_id;
    const [one] = await list(w, { intent_id: made.invoice });
    ok.deepEqual(one.similar_questions, { items: [words('开发票')] }, 'as the page\'s sample nests it');
    ok.deepEqual(one.answers[0].attachments.map((a) => a.msgtype), ['image', 'link', 'miniprogram']);
    ok.deepEqual(one.answers[0].attachments[0].image, { name: '说明.png' });
    ok.equal(one.answers[0].attachments[1].link.url, 'https://example.com/');
    ok.equal(one.answers[0].attachments[2].miniprogram.pagepath, 'index.html');
  }],
  [`${K}add_intent`, inGroup({}), 40058, 'question'],
  [`${K}add_intent`, inGroup({ question: words('字'.repeat(200)) }), (got) => { made.long = got.intent_id; }],
  [`${K}add_intent`, inGroup({ question: words('字'.repeat(201)) }), 40058, 'question'],
  [`${K}add_intent`, inGroup({ question: undefined }), 40058, 'question'],
  [`${K}add_intent`, inGroup({ question: words('甲'), similar_questions: { items: Array(101).fill(words('x')) } }), 40058],
  [`${K}add_intent`, inGroup({ question: words('甲'), answers: [words('字'.repeat(501))] }), 40058, 'answers'],
  [`${K}add_intent`, inGroup({ question: words('甲'), answers: [] }), 40058, 'answers'],
  [`${K}add_intent`, inGroup({ question: words('甲'), answers: [words('a'), words('b')] }), 40058, 'answers'],
  [`${K}add_intent`, inGroup({ question: words('甲'), answers: [{ ...words('a'), attachments: [{ msgtype: 'image', image: { media_id: 'x' } }] }] }), 40007],
  [`${K}add_intent`, inGroup({ question: words('甲'), answers: [{ ...words('a'), attachments: [{ msgtype: 'file', file: {} }] }] }), 41065],
  [`${K}add_intent`, () => ({ group_id: made.group, ...intent({ question: words('甲'), answers: [{ ...words('a'), attachments: Array(5).fill({ msgtype: 'image', image: { media_id: made.picture } }) }] }) }), 41064],
  [`${K}add_intent`, { group_id: 'nonsense', ...intent({}) }, 40058, 'group_id'],
  [`${K}add_intent`, inGroup({ question: words('乙') }), 40058, 'other', 'group_id'],

  [`${K}mod_intent`, () => ({ intent_id: made.intent, answers: [words('十四天内可以退货')] }), async (got, ok, w) => {
    const [one] = await list(w, { intent_id: made.intent });
    ok.deepEqual([one.answers[0].text.content, one.question.text.content, one.similar_questions.items.length], ['十四天内可以退货', '怎么退货', 2]);
  }],
  [`${K}mod_intent`, () => ({ intent_id: made.intent, question: words('发票在哪里') }), 40058],
  [`${K}mod_intent`, () => ({ intent_id: made.intent, similar_questions: { items: [] } }), async (got, ok, w) => ok.deepEqual((await list(w, { intent_id: made.intent }))[0].similar_questions.items, [])],
  [`${K}mod_intent`, { intent_id: 'nonsense' }, 40058, 'intent_id'],
  [`${K}mod_intent`, () => ({ intent_id: made.intent, question: words('x') }), 40058, 'other'],

  [`${K}list_intent`, { limit: 1 }, async (got, ok, w) => {
    const seen = got.intent_list.map((i) => i.intent_id);
    let { next_cursor: cursor, has_more: more } = got;
    while (more) {
      const page = await w.server.api('/cgi-bin/kf/knowledge/list_intent', { token: w.tokens.app, body: { limit: 1, cursor } });
      seen.push(...page.intent_list.map((i) => i.intent_id));
      ({ next_cursor: cursor, has_more: more } = page);
    }
    ok.deepEqual(seen, [made.intent, made.invoice, made.long]);
  }],
  [`${K}list_intent`, () => ({ group_id: made.second }), { intent_list: [], has_more: 0 }],
  [`${K}list_intent`, { cursor: '!' }, 50100],
  [`${K}list_intent`, { intent_id: 'x' }, 40058],
  [`${K}list_intent`, {}, { intent_list: [] }, 'other'],
  [`${K}del_intent`, () => ({ intent_id: made.long }), async (got, ok, w) => ok.equal((await list(w)).length, 2)],
  [`${K}del_intent`, () => ({ intent_id: made.long }), 40058],
  [`${K}del_intent`, {}, 40058],
  [`${K}del_group`, () => ({ group_id: made.first }), 40058],
  [`${K}del_group`, () => ({ group_id: made.group }), 40058, 'other'],
  [`${K}del_group`, () => ({ group_id: made.group }), async (got, ok, w) => ok.deepEqual(await list(w), [])],
  [`${K}del_group`, () => ({ group_id: made.group }), 40058],

  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(3), end_time: day(1) }), (got, ok) => {
    ok.equal(got.statistic_list.length, 3);
    ok.deepEqual(got.statistic_list[0].statistic, { session_cnt: 0, customer_cnt: 0, customer_msg_cnt: 0, upgrade_service_customer_cnt: 0, ai_session_reply_cnt: 0, ai_transfer_rate: 0, ai_knowledge_hit_rate: 0, msg_rejected_customer_cnt: 0 });
    ok.equal((got.statistic_list[1].stat_time + 8 * 3600) % 86400, 0, 'midnight');
  }],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(3), end_time: day(0) }), 40058, 'end_time'],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(1), end_time: day(3) }), 40058, 'start_time'],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(182), end_time: day(170) }), 40058, 'start_time'],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(60), end_time: day(1) }), 40058, 'end_time'],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(1) }), 40058, 'end_time'],
  ['kf/get_corp_statistic', () => ({ start_time: day(1), end_time: day(1) }), 60251],
  ['kf/get_corp_statistic', () => ({ open_kfid: made.kf, start_time: day(1), end_time: day(1) }), 48007, 'narrow'],
  ['kf/get_servicer_statistic', () => ({ open_kfid: made.kf, servicer_userid: 'lilei', start_time: day(1), end_time: day(1) }), (got, ok) => ok.equal(Object.keys(got.statistic_list[0].statistic).length, 16)],
  ['kf/get_servicer_statistic', () => ({ open_kfid: made.kf, start_time: day(2), end_time: day(1) }), (got, ok) => ok.equal(got.statistic_list.length, 2)],
  ['kf/get_servicer_statistic', () => ({ open_kfid: made.kf, servicer_userid: 'nobody', start_time: day(2), end_time: day(1) }), 60111],
  ['kf/get_servicer_statistic', () => ({ open_kfid: made.kf, start_time: day(0), end_time: day(0) }), 40058],
  ['kf/account/del', () => ({ open_kfid: made.kf }), 0],
];
