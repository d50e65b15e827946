/* add_intercept_rule, get_intercept_rule_list, get_intercept_rule, update_intercept_rule,
 * del_intercept_rule (document 95097). */
const made = {};
const E = 'externalcontact/';
const rule = (fields) => ({ rule_name: `规则${Math.random().toString(36).slice(2, 8)}`, word_list: ['返现'], intercept_type: 1, applicable_range: { user_list: ['lilei'] }, ...fields });
const read = async (w, rule_id) => (await w.server.api('/cgi-bin/externalcontact/get_intercept_rule', { token: w.tokens.app, body: { rule_id } })).rule;
const added = (fields) => async (got, ok, w) => {
  const r = await read(w, got.rule_id);
  for (const key of Object.keys(fields)) ok.deepEqual(r[key], fields[key], key);
};
const many = (n, of) => Array.from({ length: n }, (_, i) => of(i));

export default [
  [`${E}add_intercept_rule`, (w) => rule({ rule_name: '禁语', word_list: ['加微信', '私下转账'], semantics_list: [1, 2, 3], applicable_range: { user_list: ['LiLei'], department_list: [w.haidian] } }), async (got, ok, w) => {
    made.id = got.rule_id;
    ok.match(got.rule_id, /^wr/);
    const r = await read(w, made.id);
    ok.ok(Math.abs(r.create_time - Date.now() / 1000) < 100);
    delete r.create_time;
    ok.deepEqual(r, {
      rule_id: made.id, rule_name: '禁语', word_list: ['加微信', '私下转账'], semantics_list: [1, 2, 3], extra_rule: { semantics_list: [1, 2, 3] },
      intercept_type: 1, applicable_range: { user_list: ['lilei'], department_list: [w.haidian] },
    });
  }],
  [`${E}add_intercept_rule`, rule({ word_list: undefined, semantics_list: [1] }), added({ word_list: [], semantics_list: [1] })],
  [`${E}add_intercept_rule`, rule({ word_list: many(300, (i) => `词${i}`), applicable_range: { department_list: [1] } }), added({ applicable_range: { user_list: [], department_list: [1] } })],
  [`${E}add_intercept_rule`, rule({ word_list: ['字'.repeat(32)], intercept_type: '2' }), added({ word_list: ['字'.repeat(32)], intercept_type: 2 })],
  [`${E}add_intercept_rule`, rule({ rule_name: '字'.repeat(20) }), added({ rule_name: '字'.repeat(20) })],
  [`${E}add_intercept_rule`, rule({ rule_name: '字'.repeat(21) }), 40058, 'rule_name'],
  [`${E}add_intercept_rule`, rule({ rule_name: '' }), 40058, 'rule_name'],
  [`${E}add_intercept_rule`, rule({ rule_name: undefined }), 40058, 'rule_name'],
  [`${E}add_intercept_rule`, rule({ rule_name: '禁语' }), 41077],
  [`${E}add_intercept_rule`, rule({ word_list: many(301, (i) => `词${i}`) }), 41068, '300'],
  [`${E}add_intercept_rule`, rule({ word_list: ['好', ''] }), 41083, 'word_list[1]'],
  [`${E}add_intercept_rule`, rule({ word_list: ['字'.repeat(33)] }), 41083, 'word_list[0]'],
  [`${E}add_intercept_rule`, rule({ word_list: [] }), 41083],
  [`${E}add_intercept_rule`, rule({ word_list: '返现' }), 40058, 'word_list'],
  [`${E}add_intercept_rule`, rule({ semantics_list: [4] }), 41084, 'semantics_list[0]'],
  [`${E}add_intercept_rule`, rule({ semantics_list: ['x'] }), 40058, 'semantics_list[0]'],
  [`${E}add_intercept_rule`, rule({ intercept_type: 3 }), 40058, 'intercept_type'],
  [`${E}add_intercept_rule`, rule({ intercept_type: undefined }), 40058, 'intercept_type'],
  [`${E}add_intercept_rule`, rule({ applicable_range: {} }), 40058, 'applicable_range'],
  [`${E}add_intercept_rule`, rule({ applicable_range: undefined }), 40058, 'applicable_range'],
  [`${E}add_intercept_rule`, rule({ applicable_range: { user_list: ['nobody'] } }), 60111],
  [`${E}add_intercept_rule`, rule({ applicable_range: { user_list: many(1001, () => 'lilei') } }), 40058, 'user_list'],
  [`${E}add_intercept_rule`, rule({ applicable_range: { department_list: [99] } }), 60003, 'department_list[0]'],
  [`${E}add_intercept_rule`, rule({}), 60011, 'narrow'],
  [`${E}add_intercept_rule`, rule({ applicable_range: { department_list: [1] } }), 60011, 'narrow', 'department_list[0]'],
  [`${E}add_intercept_rule`, rule({ rule_name: '海淀', applicable_range: { user_list: ['zhaoqiang'] } }), (got) => { made.narrow = got.rule_id; }, 'narrow'],
  [`${E}add_intercept_rule`, rule({}), 48002, 'plain'],
  [`${E}add_intercept_rule`, rule({}), 60111, 'other'],

  [`${E}get_intercept_rule_list`, {}, (got, ok) => {
    const all = got.rule_list.map((r) => r.rule_id);
    ok.ok(all.includes(made.id) && all.includes(made.narrow), 'all of the company');
    ok.equal(got.rule_list.find((r) => r.rule_id === made.id).rule_name, '禁语');
  }],
  [`${E}get_intercept_rule_list`, {}, { rule_list: [] }, 'other'],
  [`${E}get_intercept_rule_list`, {}, 48002, 'sync'],

  [`${E}get_intercept_rule`, {}, 41070],
  [`${E}get_intercept_rule`, { rule_id: 'wrx-' }, 41070],
  [`${E}get_intercept_rule`, () => ({ rule_id: made.id }), 41070, 'other'],
  [`${E}get_intercept_rule`, () => ({ rule_id: made.id }), (got, ok, w) => ok.deepEqual(got.rule.applicable_range, { user_list: [], department_list: [w.haidian] }), 'narrow'],

  [`${E}update_intercept_rule`, () => ({ rule_id: made.id, rule_name: '禁语二', word_list: ['返利'], extra_rule: { semantics_list: [] }, intercept_type: 2, add_applicable_range: { user_list: ['hanmeimei'] }, remove_applicable_range: { user_list: ['lilei'] } }), async (got, ok, w) => {
    const r = await read(w, made.id);
    ok.deepEqual([r.rule_name, r.word_list, r.semantics_list, r.intercept_type, r.applicable_range], ['禁语二', ['返利'], [], 2, { user_list: ['hanmeimei'], department_list: [w.haidian] }]);
  }],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id }), async (got, ok, w) => ok.equal((await read(w, made.id)).rule_name, '禁语二')],
  [`${E}update_intercept_rule`, (w) => ({ rule_id: made.id, remove_applicable_range: { user_list: ['hanmeimei'], department_list: [w.haidian] } }), 40058, 'applicable_range'],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id, word_list: [] }), 41083],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id, extra_rule: { semantics_list: [9] } }), 41084],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id, intercept_type: 0 }), 40058, 'intercept_type'],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id, rule_name: '海淀' }), 41077],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.narrow, intercept_type: 2 }), 41070, 'another app'],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.narrow, add_applicable_range: { user_list: ['lilei'] } }), 60011, 'narrow'],
  [`${E}update_intercept_rule`, { rule_id: 'nonsense' }, 41070],
  [`${E}update_intercept_rule`, () => ({ rule_id: made.id }), 41070, 'other'],

  [`${E}del_intercept_rule`, () => ({ rule_id: made.narrow }), 41070],
  [`${E}del_intercept_rule`, () => ({ rule_id: made.narrow }), 0, 'narrow'],
  [`${E}del_intercept_rule`, () => ({ rule_id: made.narrow }), 41071, 'narrow'],
  [`${E}get_intercept_rule`, () => ({ rule_id: made.narrow }), 41071],
  [`${E}del_intercept_rule`, () => ({ rule_id: made.id }), 41070, 'other'],
  [`${E}del_intercept_rule`, () => ({ rule_id: made.id }), 0],
  [`${E}get_intercept_rule_list`, {}, (got, ok) => ok.ok(!got.rule_list.some((r) => r.rule_id === made.id))],
  [`${E}add_intercept_rule`, rule({ rule_name: '禁语二' }), 0],
];
