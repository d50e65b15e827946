/* add_contact_way, get_contact_way, list_contact_way, update_contact_way,
 * del_contact_way (document 92228). */
const made = {};
const E = 'externalcontact/';
const one = (fields) => ({ type: 1, scene: 2, user: ['lilei'], ...fields });
const read = async (w, config_id) => (await w.server.api('/cgi-bin/externalcontact/get_contact_way', { token: w.tokens.app, body: { config_id } })).contact_way;
const added = (fields) => async (got, ok, w) => {
  ok.match(got.config_id, /^[0-9a-f]{32}$/);
  const way = await read(w, got.config_id);
  for (const key of Object.keys(fields)) ok.deepEqual(way[key], fields[key], key);
};
const SECONDS = { day: 86400, week: 7 * 86400, fortnight: 14 * 86400 };

export default [
  [`${E}add_contact_way`, one({ style: 1, remark: '海报', state: 'poster 7', skip_verify: false }), async (got, ok, w) => {
    made.id = got.config_id;
    ok.match(got.qr_code, /\/v1\/code\.svg\?code=/);
    const svg = await fetch(got.qr_code.replace(/^https?:\/\/[^/]+/, w.server.url));
    ok.equal(svg.status, 200);
    ok.match(await svg.text(), /<svg/);
    const { contact_way: way } = { contact_way: await read(w, made.id) };
    ok.deepEqual(way, {
      config_id: made.id, type: 1, scene: 2, style: 1, remark: '海报', skip_verify: false, state: 'poster 7',
      qr_code: got.qr_code, user: ['lilei'], party: [], is_temp: false, is_exclusive: false, mark_source: true,
    });
  }],
  [`${E}add_contact_way`, one({ skip_verify: null, state: null }), added({ skip_verify: true, state: '', mark_source: true })],
  [`${E}add_contact_way`, one({ type: '1', scene: '2' }), added({ type: 1 })],
  [`${E}add_contact_way`, one({ scene: 1, style: 3 }), (got, ok) => ok.equal(got.qr_code, undefined, 'no QR code for a mini program')],
  [`${E}add_contact_way`, one({ state: '字'.repeat(30), remark: '字'.repeat(30) }), added({ state: '字'.repeat(30) })],
  [`${E}add_contact_way`, one({ state: '字'.repeat(31) }), 41042, 'state'],
  [`${E}add_contact_way`, one({ remark: '字'.repeat(31) }), 41041, 'remark'],
  [`${E}add_contact_way`, one({ is_temp: true }), added({ is_temp: true, expires_in: SECONDS.week, chat_expires_in: SECONDS.day })],
  [`${E}add_contact_way`, one({ is_temp: true, expires_in: SECONDS.fortnight, chat_expires_in: 60, conclusions: { text: { content: '再见' } } }),
    added({ expires_in: SECONDS.fortnight, chat_expires_in: 60, conclusions: { text: { content: '再见' } } })],
  [`${E}add_contact_way`, one({ is_temp: true, expires_in: SECONDS.fortnight + 1 }), 40058, 'expires_in'],
  [`${E}add_contact_way`, { type: 2, scene: 2, user: ['lilei', 'hanmeimei'], is_temp: true }, 41038],
  [`${E}add_contact_way`, (w) => ({ type: 2, scene: 2, user: ['lilei'], party: [w.haidian] }), async (got, ok, w) => {
    made.multi = got.config_id;
    const way = await read(w, got.config_id);
    ok.deepEqual([way.type, way.user, way.party], [2, ['lilei'], [w.haidian]]);
  }],
  [`${E}add_contact_way`, { type: 2, scene: 2, party: [3] }, 0],
  [`${E}add_contact_way`, one({ user: ['lilei', 'hanmeimei'] }), 41037, 'user'],
  [`${E}add_contact_way`, one({ user: [] }), 41037, 'user'],
  [`${E}add_contact_way`, { type: 1, scene: 2 }, 41037, 'user'],
  [`${E}add_contact_way`, { type: 2, scene: 2 }, 41037],
  [`${E}add_contact_way`, one({ user: ['nobody'] }), 40003, 'user[0]'],
  [`${E}add_contact_way`, one({ user: 'lilei' }), 40058, 'user'],
  [`${E}add_contact_way`, one({ user: ['fengjuan'] }), 41054, 'user'],
  [`${E}add_contact_way`, { type: 2, scene: 2, party: [99] }, 40098, 'party[0]'],
  [`${E}add_contact_way`, { type: 2, scene: 2, party: ['x'] }, 40058, 'party[0]'],
  [`${E}add_contact_way`, one({ type: 3 }), 41038, 'type'],
  [`${E}add_contact_way`, one({ type: undefined }), 41038, 'type'],
  [`${E}add_contact_way`, one({ type: 'x' }), 40058, 'type'],
  [`${E}add_contact_way`, one({ scene: 0 }), 41039, 'scene'],
  [`${E}add_contact_way`, one({ scene: undefined }), 41039, 'scene'],
  [`${E}add_contact_way`, one({ style: 4 }), 41040, 'style'],
  [`${E}add_contact_way`, one({ skip_verify: 'maybe' }), 40058, 'skip_verify'],
  [`${E}add_contact_way`, one({ is_temp: true, conclusions: { image: {} } }), 40058, 'conclusions.image'],
  [`${E}add_contact_way`, one({ is_temp: true, conclusions: { image: { media_id: 'x' } } }), 40007],
  [`${E}add_contact_way`, one({ is_temp: true, conclusions: 'x' }), 40058, 'conclusions'],
  [`${E}add_contact_way`, one({ user: ['lilei'] }), 60011, 'narrow', 'user'],
  [`${E}add_contact_way`, one({ user: ['zhaoqiang'] }), (got) => { made.narrow = got.config_id; }, 'narrow'],
  [`${E}add_contact_way`, { type: 2, scene: 2, party: [1] }, 60011, 'narrow', 'party[0]'],
  [`${E}add_contact_way`, one({}), 48002, 'plain'],
  [`${E}add_contact_way`, one({}), 40003, 'other'],

  [`${E}get_contact_way`, () => ({ config_id: made.id }), (got, ok) => ok.equal(got.contact_way.state, 'poster 7'), 'external'],
  [`${E}get_contact_way`, {}, 41043, 'config_id'],
  [`${E}get_contact_way`, { config_id: '' }, 41043],
  [`${E}get_contact_way`, { config_id: 'nonsense' }, 41044],
  [`${E}get_contact_way`, { config_id: 7 }, 41044],
  [`${E}get_contact_way`, { config_id: ['x'] }, 40058, 'config_id'],
  [`${E}get_contact_way`, () => ({ config_id: made.id }), 60011, 'narrow'],
  [`${E}get_contact_way`, () => ({ config_id: made.id }), 41044, 'other'],
  [`${E}get_contact_way`, () => ({ config_id: made.narrow }), (got, ok) => ok.deepEqual(got.contact_way.user, ['zhaoqiang']), 'narrow'],

  [`${E}update_contact_way`, () => ({ config_id: made.id, remark: '新海报', state: 'poster 8', style: 2, user: ['hanmeimei'], skip_verify: true }), async (got, ok, w) => {
    const way = await read(w, made.id);
    ok.deepEqual([way.remark, way.state, way.style, way.user, way.skip_verify, way.type], ['新海报', 'poster 8', 2, ['hanmeimei'], true, 1]);
  }],
  [`${E}update_contact_way`, () => ({ config_id: made.id, remark: '' }), async (got, ok, w) => {
    const way = await read(w, made.id);
    ok.deepEqual([way.remark, way.state, way.user], ['', 'poster 8', ['hanmeimei']]);
  }],
  [`${E}update_contact_way`, () => ({ config_id: made.id }), 0],
  [`${E}update_contact_way`, () => ({ config_id: made.id, user: [] }), 41037],
  [`${E}update_contact_way`, () => ({ config_id: made.id, user: ['lilei', 'hanmeimei'] }), 41037],
  [`${E}update_contact_way`, () => ({ config_id: made.id, state: '字'.repeat(31) }), 41042],
  [`${E}update_contact_way`, () => ({ config_id: made.multi, user: [], party: [3] }), async (got, ok, w) => ok.deepEqual((await read(w, made.multi)).party, [3])],
  [`${E}update_contact_way`, { config_id: 'nonsense' }, 41044],
  [`${E}update_contact_way`, {}, 41043],
  [`${E}update_contact_way`, () => ({ config_id: made.narrow, user: ['lilei'] }), 60011, 'narrow'],
  [`${E}update_contact_way`, () => ({ config_id: made.id, remark: 'x' }), 41044, 'other'],

  [`${E}list_contact_way`, {}, (got, ok) => {
    const all = got.contact_way.map((c) => c.config_id);
    ok.ok(all.includes(made.id) && all.includes(made.multi));
    ok.equal(got.next_cursor, '');
    made.all = all;
  }],
  [`${E}list_contact_way`, { limit: 2 }, async (got, ok, w) => {
    const seen = got.contact_way.map((c) => c.config_id);
    ok.equal(seen.length, 2);
    for (let { next_cursor: cursor } = got; cursor;) {
      const page = await w.server.api('/cgi-bin/externalcontact/list_contact_way', { token: w.tokens.app, body: { limit: 2, cursor } });
      seen.push(...page.contact_way.map((c) => c.config_id));
      cursor = page.next_cursor;
    }
    ok.deepEqual(seen, made.all);
  }],
  [`${E}list_contact_way`, { limit: 5000 }, { next_cursor: '' }],
  [`${E}list_contact_way`, { start_time: 1, end_time: 2 }, { contact_way: [], next_cursor: '' }],
  [`${E}list_contact_way`, () => ({ start_time: String(Math.floor(Date.now() / 1000) - 600), end_time: Math.floor(Date.now() / 1000) + 5 }), (got, ok) => ok.ok(got.contact_way.length > 3)],
  [`${E}list_contact_way`, { start_time: 5, end_time: 2 }, 40058, 'start_time'],
  [`${E}list_contact_way`, { start_time: -1 }, 40058, 'start_time'],
  [`${E}list_contact_way`, { cursor: 'x' }, 50100, 'cursor'],
  [`${E}list_contact_way`, {}, { contact_way: [] }, 'other'],
  [`${E}list_contact_way`, {}, 48002, 'plain'],

  [`${E}close_temp_chat`, (w) => ({ userid: 'lilei', external_userid: w.customer }), 84061],
  [`${E}close_temp_chat`, { userid: 'lilei', external_userid: 'nobody' }, 40096],
  [`${E}close_temp_chat`, (w) => ({ userid: 'nobody', external_userid: w.customer }), 60111],
  [`${E}close_temp_chat`, {}, 40003],
  [`${E}close_temp_chat`, (w) => ({ userid: 'lilei', external_userid: w.customer }), 60011, 'narrow'],
  [`${E}close_temp_chat`, (w) => ({ userid: 'lilei', external_userid: w.customer }), 48002, 'plain'],

  [`${E}del_contact_way`, () => ({ config_id: made.id }), 60011, 'narrow'],
  [`${E}del_contact_way`, () => ({ config_id: made.id }), 41044, 'other'],
  [`${E}del_contact_way`, () => ({ config_id: made.id }), async (got, ok, w) => ok.equal(await read(w, made.id), undefined)],
  [`${E}del_contact_way`, () => ({ config_id: made.id }), 41044],
  [`${E}del_contact_way`, {}, 41043],
];
