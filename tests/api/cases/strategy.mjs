/* customer_strategy/*, moment_strategy/* (documents 94883, 94890) and a strategy's tags (94882). */
const E = 'externalcontact/', C = `${E}customer_strategy/`, M = `${E}moment_strategy/`;
const made = {};
const call = (w, path, body, as = 'app') => w.server.api(`/cgi-bin/${path}`, { token: w.tokens[as], body, method: 'POST' });
const create = (fields) => (w) => ({ strategy_name: '海淀', admin_list: ['zhaoqiang'], range: [{ type: 2, partyid: w.haidian }], ...(typeof fields === 'function' ? fields(w) : fields) });
const keep = (name) => (got, ok) => { made[name] = got.strategy_id; ok.ok(Number.isSafeInteger(got.strategy_id)); };
const edit = (fields) => (w) => ({ strategy_id: made.top, ...(typeof fields === 'function' ? fields(w) : fields) });
const fixed = ['view_customer_list', 'view_customer_data', 'view_room_list', 'contact_me', 'join_room'];
const all = [...fixed, 'share_customer', 'oper_resign_customer', 'oper_resign_group', 'send_customer_msg', 'edit_welcome_msg', 'view_behavior_data', 'view_room_data', 'send_group_msg', 'room_deduplication', 'rapid_reply', 'onjob_customer_transfer', 'edit_anti_spam_rule', 'export_customer_list', 'export_customer_data', 'export_customer_group_list', 'manage_customer_tag'];
const mark = (fields) => (w) => ({ userid: 'lilei', external_userid: w.customer, ...fields() });

export default [
  [`${C}list`, {}, { strategy: [] }],
  [`${C}create`, create({}), keep('top')],
  [`${C}get`, () => ({ strategy_id: made.top }), (got, ok) => {
    const { strategy: s } = got;
    ok.equal(s.strategy_id, made.top);
    ok.equal(s.parent_id, 0);
    ok.equal(s.strategy_name, '海淀');
    ok.deepEqual(s.admin_list, ['zhaoqiang']);
    ok.ok(Math.abs(s.create_time - Date.now() / 1000) < 600);
    ok.deepEqual(Object.keys(s.privilege).sort(), [...all].sort());
    for (const p of all) ok.equal(s.privilege[p], true, p);
  }],
  [`${C}get_range`, () => ({ strategy_id: made.top }), (got, ok, w) => {
    ok.deepEqual(got.range, [{ type: 2, partyid: w.haidian }]);
    ok.equal(got.next_cursor, undefined);
  }],
  [`${C}create`, create((w) => ({ parent_id: made.top, strategy_name: '下级', range: [{ type: 1, userid: 'ZhaoQiang' }], privilege: { share_customer: false } })), keep('below')],
  [`${C}get`, () => ({ strategy_id: made.below }), (got, ok) => {
    ok.equal(got.strategy.parent_id, made.top);
    ok.equal(got.strategy.privilege.share_customer, true, 'its parent\'s');
  }],
  [`${C}get_range`, () => ({ strategy_id: made.below }), { range: [{ type: 1, userid: 'zhaoqiang' }] }],
  [`${C}create`, create((w) => ({ parent_id: made.top, range: [{ type: 2, partyid: w.chaoyang }] })), 40058, 'range'],
  [`${C}create`, create(() => ({ parent_id: made.top, range: [{ type: 1, userid: 'lilei' }] })), 40058, 'range'],
  [`${C}create`, create({ parent_id: 999 }), 40058, 'parent_id'],
  [`${C}create`, create({ strategy_name: '' }), 40058, 'strategy_name'],
  [`${C}create`, create({ strategy_name: '字'.repeat(65) }), 40058, 'strategy_name'],
  [`${C}create`, create({ admin_list: [] }), 40058, 'admin_list'],
  [`${C}create`, create({ admin_list: ['admin'] }), 40058, 'admin_list'],
  [`${C}create`, create({ admin_list: ['nobody'] }), 60111],
  [`${C}create`, create({ admin_list: 'zhaoqiang' }), 40058, 'admin_list'],
  [`${C}create`, create({ range: [] }), 40058, 'range'],
  [`${C}create`, create({ range: [{ type: 3 }] }), 40058, 'range[0].type'],
  [`${C}create`, create({ range: [{ type: 1 }] }), 40058, 'userid'],
  [`${C}create`, create({ range: [{ type: 1, userid: 'nobody' }] }), 60111],
  [`${C}create`, create({ range: [{ type: 2, partyid: 99999 }] }), 60123, 'range'],
  [`${C}create`, create((w) => ({ range: Array.from({ length: 101 }, () => ({ type: 2, partyid: w.haidian })) })), 40058, 'range'],
  [`${C}create`, create({ privilege: 'all' }), 40058, 'privilege'],
  [`${C}create`, { admin_list: ['lilei'], range: [] }, 40058, 'strategy_name'],
  [`${C}create`, create({}), 48002, 'plain'],
  [`${C}create`, create({}), 48002, 'sync'],
  [`${C}create`, create((w) => ({ range: [{ type: 2, partyid: w.chaoyang }] })), 60011, 'narrow'],
  [`${C}create`, create({}), keep('narrow'), 'narrow'],
  [`${C}create`, create({ privilege: Object.fromEntries(all.map((p) => [p, false])) }), keep('system'), 'external'],
  [`${C}get`, () => ({ strategy_id: made.system }), async (got, ok) => {
    for (const p of all) ok.equal(got.strategy.privilege[p], fixed.includes(p), p);
  }, 'external'],
  /* An app manages its own; the system secret all; another corp none. */
  [`${C}list`, {}, (got, ok) => {
    ok.deepEqual(got.strategy.map((s) => s.strategy_id), [made.top, made.below]);
    ok.equal(got.next_cursor, undefined);
  }],
  [`${C}list`, {}, (got, ok) => ok.deepEqual(got.strategy.map((s) => s.strategy_id), [made.narrow]), 'narrow'],
  [`${C}list`, {}, (got, ok) => ok.deepEqual(got.strategy.map((s) => s.strategy_id), [made.top, made.below, made.narrow, made.system]), 'external'],
  [`${C}list`, {}, { strategy: [] }, 'other'],
  [`${C}list`, { limit: 1 }, async (got, ok, w) => {
    ok.deepEqual(got.strategy.map((s) => s.strategy_id), [made.top]);
    const next = await call(w, `${C}list`, { limit: 1, cursor: got.next_cursor });
    ok.deepEqual(next.strategy.map((s) => s.strategy_id), [made.below]);
    ok.equal(next.next_cursor, undefined);
  }],
  [`${C}list`, { limit: 5000 }, (got, ok) => ok.equal(got.strategy.length, 2)],
  [`${C}list`, { cursor: 'x' }, 50100, 'cursor'],
  [`${C}list`, {}, 48002, 'plain'],
  [`${C}get`, () => ({ strategy_id: made.top }), 40058, 'narrow', 'strategy_id'],
  [`${C}get`, () => ({ strategy_id: made.top }), 40058, 'other', 'strategy_id'],
  [`${C}get`, {}, 40058, 'strategy_id'],
  [`${C}get`, { strategy_id: 'x' }, 40058, 'strategy_id'],
  [`${C}get`, { strategy_id: 99999 }, 40058, 'strategy_id'],
  [`${M}get`, () => ({ strategy_id: made.top }), 40058, 'strategy_id'],
  [`${C}get_range`, { strategy_id: 99999 }, 40058, 'strategy_id'],
  [`${C}get_range`, () => ({ strategy_id: made.top, cursor: 'x' }), 50100, 'cursor'],

  [`${C}edit`, edit((w) => ({ strategy_name: '京北', admin_list: ['zhaoqiang', 'lilei'], privilege: { share_customer: false }, range_add: [{ type: 1, userid: 'lilei' }] })), async (got, ok, w) => {
    const { strategy: s } = await call(w, `${C}get`, { strategy_id: made.top });
    ok.equal(s.strategy_name, '京北');
    ok.deepEqual(s.admin_list, ['zhaoqiang', 'lilei']);
    ok.equal(s.privilege.share_customer, false);
    ok.equal(s.privilege.rapid_reply, true);
    ok.equal((await call(w, `${C}get`, { strategy_id: made.below })).strategy.privilege.share_customer, false, 'and below');
    const first = await call(w, `${C}get_range`, { strategy_id: made.top, limit: 1 });
    ok.deepEqual(first.range, [{ type: 1, userid: 'lilei' }]);
    const second = await call(w, `${C}get_range`, { strategy_id: made.top, limit: 1, cursor: first.next_cursor });
    ok.deepEqual(second.range, [{ type: 2, partyid: w.haidian }]);
  }],
  [`${C}edit`, edit((w) => ({ range_del: [{ type: 2, partyid: w.haidian }] })), async (got, ok, w) => {
    ok.deepEqual((await call(w, `${C}get_range`, { strategy_id: made.below })).range, [], 'shrinks with its parent');
  }],
  [`${C}edit`, edit({ strategy_name: '' }), 40058, 'strategy_name'],
  [`${C}edit`, edit({ admin_list: [] }), 40058, 'admin_list'],
  [`${C}edit`, edit({ range_add: [{ type: 1, userid: 'nobody' }] }), 60111],
  [`${C}edit`, edit({ range_add: [{ type: 2, partyid: 99999 }] }), 60123],
  [`${C}edit`, edit({ strategy_name: 'x' }), 40058, 'narrow'],
  [`${C}edit`, { strategy_name: 'x' }, 40058, 'strategy_id'],
  [`${C}edit`, edit({ strategy_name: 'x' }), 48002, 'plain'],

  [`${M}create`, create({ privilege: { send_moment: false } }), keep('moment')],
  [`${M}get`, () => ({ strategy_id: made.moment }), (got, ok) => ok.deepEqual(got.strategy.privilege, { view_moment_list: true, send_moment: false, manage_moment_cover_and_sign: true })],
  [`${M}list`, {}, (got, ok) => ok.deepEqual(got.strategy.map((s) => s.strategy_id), [made.moment])],
  [`${M}get_range`, () => ({ strategy_id: made.moment }), (got, ok, w) => ok.deepEqual(got.range, [{ type: 2, partyid: w.haidian }])],
  [`${M}edit`, () => ({ strategy_id: made.moment, privilege: { send_moment: true } }), async (got, ok, w) => ok.equal((await call(w, `${M}get`, { strategy_id: made.moment })).strategy.privilege.send_moment, true)],
  [`${M}edit`, () => ({ strategy_id: made.top, strategy_name: 'x' }), 40058, 'strategy_id'],
  [`${M}create`, create({ admin_list: ['admin'] }), 40058, 'admin_list'],
  [`${M}create`, create({}), 48002, 'plain'],
  [`${M}del`, () => ({ strategy_id: made.top }), 40058, 'strategy_id'],
  [`${M}del`, () => ({ strategy_id: made.moment }), 0],
  [`${M}get`, () => ({ strategy_id: made.moment }), 40058, 'strategy_id'],
  [`${M}get_range`, () => ({ strategy_id: made.moment }), 40058],
  [`${M}list`, {}, { strategy: [] }],

  /* ---- tags of a strategy ---- */
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: '门店', order: 3, tag: [{ name: '老客', order: 2 }, { name: '新客' }, { name: '老客' }] }), (got, ok) => {
    made.group = got.tag_group;
    ok.equal(got.tag_group.group_name, '门店');
    ok.equal(got.tag_group.order, 3);
    ok.deepEqual(got.tag_group.tag.map((t) => t.name), ['老客', '新客']);
  }],
  /* A name of the corp's library is free in a strategy's. */
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: '意向', tag: [{ name: '高意向' }] }), (got, ok) => { made.same = got.tag_group; ok.ok(got.tag_group.group_id); }],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_id: made.group.group_id, tag: [{ name: '常客' }] }), (got, ok) => ok.equal(got.tag_group.group_name, '门店')],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.below, group_name: '门店', tag: [{ name: 'x' }] }), 40058, 'strategy_id'],
  [`${E}add_strategy_tag`, { strategy_id: 99999, group_name: 'g', tag: [{ name: 'x' }] }, 40058, 'strategy_id'],
  [`${E}add_strategy_tag`, { group_name: 'g', tag: [{ name: 'x' }] }, 40058, 'strategy_id'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, tag: [{ name: 'x' }] }), 40071, 'group_name'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: 'g', tag: [{ name: '字'.repeat(31) }] }), 40072, 'name'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_id: 'etZZZ', tag: [{ name: 'x' }] }), 40068, 'group_id'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: 'g', tag: [] }), 40058, 'tag'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: 'g', tag: [{ name: 'x' }] }), 40058, 'narrow', 'strategy_id'],
  [`${E}add_strategy_tag`, () => ({ strategy_id: made.top, group_name: 'g', tag: [{ name: 'x' }] }), 48002, 'plain'],
  [`${E}get_strategy_tag_list`, () => ({ strategy_id: made.top }), (got, ok) => {
    ok.deepEqual(got.tag_group.map((g) => [g.group_name, g.strategy_id]), [['门店', made.top], ['意向', made.top]]);
    ok.deepEqual(got.tag_group[0].tag.map((t) => t.name), ['老客', '新客', '常客']);
  }],
  [`${E}get_strategy_tag_list`, {}, (got, ok) => ok.equal(got.tag_group.length, 2)],
  [`${E}get_strategy_tag_list`, () => ({ strategy_id: made.top, tag_id: [made.group.tag[0].id] }), (got, ok) => ok.deepEqual(got.tag_group.map((g) => g.tag.map((t) => t.name)), [['老客']])],
  [`${E}get_strategy_tag_list`, () => ({ strategy_id: made.top, group_id: [made.same.group_id], tag_id: [made.group.tag[0].id] }), (got, ok) => ok.deepEqual(got.tag_group.map((g) => g.group_name), ['意向'])],
  [`${E}get_strategy_tag_list`, { tag_id: ['x'] }, 40068],
  [`${E}get_strategy_tag_list`, () => ({ strategy_id: made.top }), 40058, 'narrow'],
  [`${E}get_strategy_tag_list`, {}, { tag_group: [] }, 'narrow'],
  [`${E}get_strategy_tag_list`, {}, { tag_group: [] }, 'other'],
  [`${E}get_strategy_tag_list`, {}, 48002, 'plain'],
  [`${E}get_corp_tag_list`, {}, (got, ok) => {
    ok.ok(!got.tag_group.some((g) => g.group_id === made.group.group_id), 'is not the corp\'s');
    ok.ok(got.tag_group.every((g) => g.strategy_id === undefined));
  }],
  [`${E}edit_strategy_tag`, () => ({ id: made.group.tag[1].id, name: '生客', order: 9 }), async (got, ok, w) => {
    const { tag_group: [g] } = await call(w, `${E}get_strategy_tag_list`, { strategy_id: made.top });
    ok.deepEqual(g.tag.map((t) => t.name), ['生客', '老客', '常客']);
  }],
  [`${E}edit_strategy_tag`, () => ({ id: made.group.group_id, name: '意向' }), 40071, 'name'],
  [`${E}edit_strategy_tag`, () => ({ id: made.group.group_id, name: '来源' }), 0],
  [`${E}edit_strategy_tag`, { id: 'etZZZ', name: 'x' }, 40068],
  [`${E}edit_strategy_tag`, () => ({ id: made.group.group_id, name: 'x' }), 40068, 'narrow'],
  [`${E}edit_corp_tag`, () => ({ id: made.group.group_id, name: 'x' }), 40068],
  [`${E}del_corp_tag`, () => ({ group_id: [made.group.group_id] }), 40068],

  [`${E}mark_tag`, mark(() => ({ add_tag: [made.group.tag[0].id] })), async (got, ok, w) => {
    const { follow_user: [f] } = await w.server.api(`/cgi-bin/externalcontact/get?external_userid=${w.customer}`, { token: w.tokens.app });
    const tag = f.tags.find((t) => t.tag_id === made.group.tag[0].id);
    ok.deepEqual(tag, { group_name: '来源', tag_name: '老客', tag_id: tag.tag_id, type: 3 });
    const { groups } = await w.guide('/v1/tags');
    ok.ok(groups.some((g) => g.group_id === made.group.group_id), 'his desk shows it');
  }],
  [`${C}edit`, edit({ range_del: [{ type: 1, userid: 'lilei' }] }), async (got, ok, w) => {
    const { groups } = await w.guide('/v1/tags');
    ok.ok(!groups.some((g) => g.group_id === made.group.group_id));
  }],
  [`${E}mark_tag`, mark(() => ({ add_tag: [made.same.tag[0].id] })), 81011],
  [`${E}mark_tag`, mark(() => ({ remove_tag: [made.group.tag[0].id] })), 0],
  [`${E}del_strategy_tag`, () => ({ tag_id: [made.same.tag[0].id] }), async (got, ok, w) => ok.equal((await call(w, `${E}get_strategy_tag_list`, {})).tag_group.length, 1)],
  [`${E}del_strategy_tag`, {}, 40058],
  [`${E}del_strategy_tag`, () => ({ tag_id: [made.same.tag[0].id] }), 40068],
  [`${E}del_strategy_tag`, () => ({ group_id: [made.group.group_id] }), 40068, 'narrow'],
  [`${E}del_strategy_tag`, () => ({ group_id: [made.group.group_id] }), 48002, 'plain'],

  [`${C}del`, () => ({ strategy_id: made.top }), 40058, 'narrow'],
  [`${C}del`, {}, 40058, 'strategy_id'],
  [`${C}del`, () => ({ strategy_id: made.top }), async (got, ok, w) => {
    ok.deepEqual((await call(w, `${C}list`, {})).strategy, [], 'with what was below');
    ok.deepEqual((await call(w, `${E}get_strategy_tag_list`, {})).tag_group, [], 'and its tags');
  }],
  [`${C}del`, () => ({ strategy_id: made.top }), 40058],
  [`${C}del`, () => ({ strategy_id: made.narrow }), 0, 'external'],
];
