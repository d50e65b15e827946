/* get_corp_tag_list, add_corp_tag, edit_corp_tag, del_corp_tag, mark_tag
 * (documents 92117, 92118). */
const made = {}; /* what the cases before made */
const list = (w, body = {}) => w.server.api('/cgi-bin/externalcontact/get_corp_tag_list', { token: w.tokens.app, body });
const mark = (fields) => (w) => ({ userid: 'lilei', external_userid: w.customer, ...fields });
const marked = (ids) => async (got, ok, w) => {
  const { follow_user: [f] } = await w.server.api(`/cgi-bin/externalcontact/get?external_userid=${w.customer}`, { token: w.tokens.app });
  ok.deepEqual(f.tags.map((t) => t.tag_id).sort(), ids().sort());
  for (const t of f.tags) ok.equal(t.type, 1);
};
const E = 'externalcontact/';

export default [
  [`${E}get_corp_tag_list`, {}, (got, ok) => {
    ok.deepEqual(got.tag_group.map((g) => g.group_name), ['意向', '品类', '来源']);
    ok.deepEqual(got.tag_group[0].tag.map((t) => t.name), ['高意向', '中意向', '低意向', '已成交']);
    ok.equal(got.tag_group[0].deleted, undefined);
    ok.equal(got.tag_group[0].tag[0].deleted, undefined);
    made.wish = got.tag_group[0];
    made.kind = got.tag_group[1];
  }],
  [`${E}get_corp_tag_list`, '', (got, ok) => ok.equal(got.tag_group.length, 3)],
  [`${E}get_corp_tag_list`, { tag_id: null, group_id: [] }, (got, ok) => ok.equal(got.tag_group.length, 3), 'external'],
  [`${E}get_corp_tag_list`, () => ({ tag_id: [made.wish.tag[1].id] }), (got, ok) => {
    ok.equal(got.tag_group.length, 1);
    ok.deepEqual(got.tag_group[0].tag.map((t) => [t.name, t.deleted]), [['中意向', false]]);
    ok.equal(got.tag_group[0].deleted, false);
  }],
  [`${E}get_corp_tag_list`, () => ({ group_id: [made.kind.group_id], tag_id: [made.wish.tag[1].id] }), (got, ok) =>
    ok.deepEqual(got.tag_group.map((g) => g.group_name), ['品类'])],
  [`${E}get_corp_tag_list`, { tag_id: ['etZZZ'] }, { tag_group: [] }],
  [`${E}get_corp_tag_list`, { tag_id: ['no such'] }, 40068, 'tag_id[0]'],
  [`${E}get_corp_tag_list`, { tag_id: 'etZZZ' }, 40058, 'tag_id'],
  [`${E}get_corp_tag_list`, {}, 48002, 'plain'],
  [`${E}get_corp_tag_list`, {}, { tag_group: [] }, 'other'],

  [`${E}add_corp_tag`, { group_name: '会员', order: 5, tag: [{ name: '金卡', order: 2 }, { name: '银卡' }, { name: '金卡' }], agentid: 1 }, (got, ok) => {
    ok.equal(got.tag_group.group_name, '会员');
    ok.equal(got.tag_group.order, 5);
    ok.deepEqual(got.tag_group.tag.map((t) => [t.name, t.order]), [['金卡', 2], ['银卡', 0]]);
    made.card = got.tag_group;
  }],
  [`${E}add_corp_tag`, { group_name: '会员', tag: [{ name: '铜卡' }] }, (got, ok) => {
    ok.equal(got.tag_group.group_id, made.card.group_id, 'the group of that name');
    made.card.tag.push(got.tag_group.tag[0]);
  }],
  [`${E}add_corp_tag`, () => ({ group_id: made.card.group_id, group_name: 'ignored', order: 9, tag: [{ name: '黑卡' }] }), (got, ok) => {
    ok.equal(got.tag_group.group_name, '会员');
    ok.equal(got.tag_group.order, 5);
  }],
  [`${E}add_corp_tag`, { group_name: '字'.repeat(30), tag: [{ name: '字'.repeat(30) }] }, (got, ok) => { made.long = got.tag_group; ok.ok(made.long.group_id); }],
  [`${E}add_corp_tag`, { group_name: '字'.repeat(31), tag: [{ name: 'x' }] }, 40072, 'group_name'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: '字'.repeat(31) }] }, 40072, 'name'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: '' }] }, 40071, 'name'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: '  ' }] }, 40071, 'name'],
  [`${E}add_corp_tag`, { tag: [{ name: 'x' }] }, 40071, 'group_name'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{}] }, 40058, 'tag[0].name'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: ['x'] }, 40058, 'tag[0]'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [] }, 40058, 'tag'],
  [`${E}add_corp_tag`, { group_name: 'g' }, 40058, 'tag'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: { name: 'x' } }, 40058, 'tag'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: 'x', order: -1 }] }, 40058, 'tag[0].order'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: 'x', order: 4294967296 }] }, 40058, 'tag[0].order'],
  [`${E}add_corp_tag`, { group_id: 'nonsense', tag: [{ name: 'x' }] }, 40068, 'group_id'],
  [`${E}add_corp_tag`, { group_id: 'etZZZ', tag: [{ name: 'x' }] }, 40068, 'group_id'],
  [`${E}add_corp_tag`, { group_name: 'g', tag: [{ name: 'x' }] }, 48002, 'sync'],
  [`${E}add_corp_tag`, () => ({ group_id: made.card.group_id, tag: [{ name: 'x' }] }), 40068, 'other'],

  [`${E}edit_corp_tag`, () => ({ id: made.card.tag[0].id, name: '白金卡', order: 7 }), async (got, ok, w) => {
    const { tag_group: [g] } = await list(w, { group_id: [made.card.group_id] });
    ok.deepEqual(g.tag.find((t) => t.id === made.card.tag[0].id).name, '白金卡');
    ok.equal(g.tag[0].order, 7, 'larger first');
  }],
  [`${E}edit_corp_tag`, () => ({ id: made.card.group_id, name: '会员等级' }), async (got, ok, w) => {
    ok.equal((await list(w, { group_id: [made.card.group_id] })).tag_group[0].group_name, '会员等级');
  }],
  [`${E}edit_corp_tag`, () => ({ id: made.card.tag[0].id, name: '银卡' }), 40071, 'name'],
  [`${E}edit_corp_tag`, () => ({ id: made.card.group_id, name: '意向' }), 40071, 'name'],
  [`${E}edit_corp_tag`, () => ({ id: made.card.group_id, name: '会员等级' }), 0],
  [`${E}edit_corp_tag`, () => ({ id: made.card.tag[0].id, name: '字'.repeat(31) }), 40072, 'name'],
  [`${E}edit_corp_tag`, { id: 'etZZZ', name: 'x' }, 40068, 'id'],
  [`${E}edit_corp_tag`, { id: '', name: 'x' }, 40068, 'id'],
  [`${E}edit_corp_tag`, { name: 'x' }, 40058, 'id'],
  [`${E}edit_corp_tag`, () => ({ id: made.card.group_id, name: 'x' }), 40068, 'other'],

  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[0].id, made.card.tag[1].id] })(w), marked(() => [made.wish.tag[0].id, made.card.tag[1].id])],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[0].id] })(w), marked(() => [made.wish.tag[0].id, made.card.tag[1].id])],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[2].id], remove_tag: [made.wish.tag[0].id] })(w), marked(() => [made.wish.tag[2].id, made.card.tag[1].id])],
  [`${E}mark_tag`, (w) => mark({ remove_tag: [made.wish.tag[0].id] })(w), marked(() => [made.wish.tag[2].id, made.card.tag[1].id])],
  [`${E}mark_tag`, mark({}), 40058, 'add_tag'],
  [`${E}mark_tag`, mark({ add_tag: [], remove_tag: null }), 40058, 'add_tag'],
  [`${E}mark_tag`, mark({ add_tag: ['etZZZ'] }), 40068],
  [`${E}mark_tag`, mark({ add_tag: ['x'] }), 40068, 'add_tag[0]'],
  [`${E}mark_tag`, mark({ add_tag: 'x' }), 40058, 'add_tag'],
  [`${E}mark_tag`, (w) => mark({ userid: 'nobody', add_tag: [made.wish.tag[0].id] })(w), 60111],
  [`${E}mark_tag`, (w) => mark({ userid: 'hanmeimei', add_tag: [made.wish.tag[0].id] })(w), 84061],
  [`${E}mark_tag`, (w) => mark({ external_userid: 'wmx', add_tag: [made.wish.tag[0].id] })(w), 40096],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[0].id] })(w), 60011, 'narrow'],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[0].id] })(w), 48002, 'plain'],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.wish.tag[0].id] })(w), 60111, 'other'],

  [`${E}del_corp_tag`, () => ({ tag_id: [made.card.tag[1].id] }), marked(() => [made.wish.tag[2].id])],
  [`${E}get_corp_tag_list`, () => ({ tag_id: [made.card.tag[1].id] }), (got, ok) => ok.deepEqual(got.tag_group[0].tag.map((t) => t.deleted), [true])],
  [`${E}mark_tag`, (w) => mark({ add_tag: [made.card.tag[1].id] })(w), 40068],
  [`${E}edit_corp_tag`, () => ({ id: made.card.tag[1].id, name: 'x' }), 40068],
  [`${E}del_corp_tag`, () => ({ tag_id: [made.card.tag[1].id] }), 40068],
  [`${E}del_corp_tag`, () => ({ tag_id: [made.long.tag[0].id] }), async (got, ok, w) => {
    const { tag_group } = await list(w);
    ok.ok(!tag_group.some((g) => g.group_id === made.long.group_id), 'a group without tags is gone');
  }],
  [`${E}del_corp_tag`, () => ({ group_id: [made.card.group_id] }), async (got, ok, w) => ok.equal((await list(w)).tag_group.length, 3)],
  [`${E}add_corp_tag`, { group_name: '会员等级', tag: [{ name: '银卡' }] }, (got, ok) => ok.notEqual(got.tag_group.group_id, made.card.group_id, 'a name is free again')],
  [`${E}del_corp_tag`, {}, 40058, 'tag_id'],
  [`${E}del_corp_tag`, { tag_id: [], group_id: [] }, 40058],
  [`${E}del_corp_tag`, { tag_id: ['x'] }, 40068],
  [`${E}del_corp_tag`, () => ({ tag_id: [made.wish.tag[0].id] }), 40068, 'other'],
  [`${E}del_corp_tag`, () => ({ tag_id: [made.wish.tag[0].id] }), 48002, 'plain'],
];
