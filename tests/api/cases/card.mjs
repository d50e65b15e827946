/* customer_card/set, del, list: ours, in WeCom's manner; what apps show of a customer. */
const E = 'externalcontact/customer_card/';
const card = (fields) => (w) => ({ external_userid: w.customer, card_id: 'order-1', title: '订单 1001', ...fields });
const cards = (expect) => async (got, ok, w) => {
  const { cards: shown } = await w.guide(`/v1/customer/cards?external_userid=${w.customer}`);
  ok.deepEqual(shown.map((c) => [c.card_id, c.title, c.status, c.color]), expect);
};
const many = (n) => Array.from({ length: n }, (_, i) => ({ name: `n${i}`, value: 'v' }));

export default [
  [`${E}list`, (w) => ({ external_userid: w.customer }), { card_list: [] }],
  [`${E}set`, card({ fields: [{ name: '金额', value: '¥1,299 "含税"' }, { name: '空', value: '' }], status: { text: '已付款', color: 'green' }, url: 'https://shop.example/o/1001' }), cards([['order-1', '订单 1001', '已付款', 'green']])],
  [`${E}list`, (w) => ({ external_userid: w.customer }), (got, ok) => {
    const [c] = got.card_list;
    ok.deepEqual(c.fields, [{ name: '金额', value: '¥1,299 "含税"' }, { name: '空', value: '' }]);
    ok.deepEqual(c.status, { text: '已付款', color: 'green' });
    ok.equal(c.url, 'https://shop.example/o/1001');
    ok.ok(Math.abs(c.create_time - Date.now() / 1000) < 600);
    ok.equal(c.update_time, c.create_time);
  }],
  [`${E}set`, card({ title: '订单 1001（改）' }), cards([['order-1', '订单 1001（改）', '', 'gray']])],
  [`${E}list`, (w) => ({ external_userid: w.customer }), (got, ok) => ok.deepEqual(got.card_list[0].fields, [])],
  /* another app neither sees nor touches it */
  [`${E}list`, (w) => ({ external_userid: w.customer }), { card_list: [] }, 'external'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'order-1' }), 910002, 'external', 'card_id'],
  [`${E}set`, card({ card_id: 'a' }), (got, ok) => ok.ok(got), 'external'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'a' }), (got, ok) => ok.ok(got), 'external'],

  [`${E}set`, card({ title: '' }), 40058, 'title'],
  [`${E}set`, card({ title: undefined }), 40058, 'title'],
  [`${E}set`, card({ title: '字'.repeat(65) }), 40058, 'title'],
  [`${E}set`, card({ card_id: '' }), 40058, 'card_id'],
  [`${E}set`, card({ card_id: 'x'.repeat(65) }), 40058, 'card_id'],
  [`${E}set`, card({ fields: many(21) }), 40058, 'fields'],
  [`${E}set`, card({ fields: [{ name: '', value: 'v' }] }), 40058, 'fields[0].name'],
  [`${E}set`, card({ fields: [{ name: 'n', value: '字'.repeat(257) }] }), 40058, 'fields[0].value'],
  [`${E}set`, card({ fields: 'x' }), 40058, 'fields'],
  [`${E}set`, card({ status: { text: 'x', color: 'pink' } }), 40058, 'color'],
  [`${E}set`, card({ status: { text: '字'.repeat(17) } }), 40058, 'status.text'],
  [`${E}set`, card({ url: 'javascript:alert(1)' }), 40058, 'url'],
  [`${E}set`, card({ url: 'https://x.example/' + 'x'.repeat(2048) }), 40058, 'url'],
  [`${E}set`, card({ external_userid: 'wmnobody' }), 40096],
  [`${E}set`, card(), 60011, 'narrow', 'external_userid'],
  [`${E}set`, card(), 48002, 'plain'],
  [`${E}set`, card(), 48002, 'sync'],
  [`${E}set`, card(), 40096, 'other'],
  [`${E}list`, (w) => ({ external_userid: w.customer }), 60011, 'narrow'],
  [`${E}list`, (w) => ({ external_userid: w.customer }), 48002, 'plain'],
  [`${E}list`, (w) => ({ external_userid: w.customer }), 40096, 'other'],
  [`${E}list`, {}, 40058, 'external_userid'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'nope' }), 910002, 'card_id'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'order-1' }), 60011, 'narrow'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'order-1' }), 48002, 'plain'],
  [`${E}del`, (w) => ({ external_userid: w.customer, card_id: 'order-1' }), cards([])],
];
