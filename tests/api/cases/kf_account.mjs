/* kf/account/add, del, update, list (94661 to 94664), kf/add_contact_way (94665),
 * kf/servicer/add, del, list (94645 to 94647). */
import { picture, upload } from '../../lib/media.mjs';

const made = {};
const list = (w, as = 'app') => w.server.api('/cgi-bin/kf/account/list', { token: w.tokens[as], body: { limit: 100 } });
const mine = async (w, as) => (await list(w, as)).account_list.find((a) => a.open_kfid === made.id);
const kf = (fields) => () => ({ open_kfid: made.id, ...fields });
const servicers = async (w) => (await w.server.api(`/cgi-bin/kf/servicer/list?open_kfid=${made.id}`, { token: w.tokens.app })).servicer_list;

export default [
  ['kf/account/list', {}, async (got, ok, w) => {
    ok.deepEqual(got.account_list, []);
    made.picture = await upload(w, 'image', picture, 'kf.png');
    made.file = await upload(w, 'file', Buffer.from('no picture at all'), 'a.txt');
  }],
  ['kf/account/add', () => ({ name: '格力客服', media_id: made.picture }), async (got, ok, w) => {
    made.id = got.open_kfid;
    ok.match(made.id, /^wk[0-9A-Za-z]{30}$/);
    const { avatar, ...rest } = await mine(w);
    ok.deepEqual(rest, { open_kfid: made.id, name: '格力客服', manage_privilege: true });
    const got2 = await fetch(avatar.replace(/^https?:\/\/[^/]+/, w.server.url));
    ok.equal(got2.status, 200);
    ok.equal((await mine(w, 'narrow')).manage_privilege, false);
    ok.equal((await mine(w, 'external')).manage_privilege, true, 'the corp\'s own secret');
  }],
  ['kf/account/add', () => ({ name: '字'.repeat(16), media_id: made.picture }), (got) => { made.second = got.open_kfid; }],
  ['kf/account/add', () => ({ name: '字'.repeat(17), media_id: made.picture }), 95006, 'name'],
  ['kf/account/add', () => ({ name: ' ', media_id: made.picture }), 95006],
  ['kf/account/add', () => ({ media_id: made.picture }), 95006],
  ['kf/account/add', { name: '格力客服' }, 40007, 'media_id'],
  ['kf/account/add', { name: '格力客服', media_id: 'nonsense' }, 40007],
  ['kf/account/add', () => ({ name: '格力客服', media_id: made.file }), 40007],
  ['kf/account/add', { name: ['x'], media_id: 'x' }, 40058, 'name'],
  ['kf/account/add', () => ({ name: 'x', media_id: made.picture }), 48002, 'plain'],
  ['kf/account/add', () => ({ name: 'x', media_id: made.picture }), 40007, 'other'],

  ['kf/account/list', { limit: 1 }, (got, ok) => ok.equal(got.account_list.length, 1)],
  ['kf/account/list', { offset: 1, limit: 100 }, (got, ok) => ok.deepEqual(got.account_list.map((a) => a.open_kfid), [made.second])],
  ['kf/account/list', { offset: 7 }, { account_list: [] }],
  ['kf/account/list', { limit: 101 }, 40058, 'limit'],
  ['kf/account/list', { offset: -1 }, 40058, 'offset'],
  ['kf/account/list', {}, { account_list: [] }, 'other'],
  ['kf/account/list', {}, 48002, 'plain'],

  ['kf/account/update', kf({ name: '售后' }), async (got, ok, w) => ok.equal((await mine(w)).name, '售后')],
  ['kf/account/update', () => ({ open_kfid: made.id, media_id: made.picture }), async (got, ok, w) => ok.equal((await mine(w)).name, '售后')],
  ['kf/account/update', kf({ name: '字'.repeat(17) }), 95006],
  ['kf/account/update', kf({ media_id: 'nonsense' }), 40007],
  ['kf/account/update', { name: 'x' }, 60251],
  ['kf/account/update', { open_kfid: 'kf1', name: 'x' }, 95000],
  ['kf/account/update', { open_kfid: 'wknobody', name: 'x' }, 95004],
  ['kf/account/update', kf({ name: 'x' }), 48007, 'narrow'],
  ['kf/account/update', kf({ name: 'x' }), 95004, 'other'],
  ['kf/account/update', kf({}), 0, 'external'],

  ['kf/add_contact_way', kf({}), async (got, ok, w) => {
    ok.match(got.url, /\/k\/[0-9A-Za-z]+-[0-9A-Za-z]{14}$/);
    made.url = got.url;
  }],
  ['kf/add_contact_way', kf({}), (got, ok) => ok.equal(got.url, made.url, 'one link a scene')],
  ['kf/add_contact_way', kf({ scene: 'poster-7_A' }), (got, ok) => {
    ok.match(got.url, /\/k\/[^?]+\?scene=poster-7_A$/);
    ok.notEqual(got.url.split('?')[0], made.url);
  }],
  ['kf/add_contact_way', kf({ scene: 'x'.repeat(32) }), 0],
  ['kf/add_contact_way', kf({ scene: 'x'.repeat(33) }), 40058, 'scene'],
  ['kf/add_contact_way', kf({ scene: '海报' }), 40058, 'scene'],
  ['kf/add_contact_way', {}, 60251],
  ['kf/add_contact_way', { open_kfid: 'wknobody' }, 95004],
  ['kf/add_contact_way', kf({}), 48007, 'narrow'],

  ['kf/servicer/add', (w) => ({ open_kfid: made.id, userid_list: ['lilei', 'hanmeimei'], department_id_list: [w.haidian] }), async (got, ok, w) => {
    ok.deepEqual(got.result_list, [
      { userid: 'lilei', errcode: 0, errmsg: 'success' },
      { userid: 'hanmeimei', errcode: 0, errmsg: 'success' },
      { department_id: w.haidian, errcode: 0, errmsg: 'success' },
    ]);
    const all = await servicers(w);
    ok.deepEqual(all.slice(0, 2).sort((a, b) => (a.userid < b.userid ? -1 : 1)), [{ userid: 'hanmeimei', status: 0 }, { userid: 'lilei', status: 0 }]);
    ok.deepEqual(all[2], { department_id: w.haidian });
  }],
  ['kf/servicer/add', kf({ userid_list: ['lilei', 'nobody'], department_id_list: [9999] }), (got, ok) => {
    ok.deepEqual(got.result_list.map((r) => [r.errcode, r.errmsg === 'ignored']), [[0, true], [60111, false], [60003, false]]);
  }],
  ['kf/servicer/add', kf({}), 40058, 'userid_list'],
  ['kf/servicer/add', kf({ userid_list: [], department_id_list: [] }), 40058],
  ['kf/servicer/add', kf({ userid_list: 'lilei' }), 40058, 'userid_list'],
  ['kf/servicer/add', kf({ userid_list: Array(101).fill('lilei') }), 40058, 'userid_list'],
  ['kf/servicer/add', kf({ department_id_list: Array(21).fill(1) }), 40058, 'department_id_list'],
  ['kf/servicer/add', { userid_list: ['lilei'] }, 60251],
  ['kf/servicer/add', kf({ userid_list: ['lilei'] }), 48007, 'narrow'],
  ['kf/servicer/add', kf({ userid_list: ['lilei'] }), 95004, 'other'],

  ['kf/servicer/list', kf({}), (got, ok) => ok.equal(got.servicer_list.length, 3)],
  ['kf/servicer/list', {}, 60251],
  ['kf/servicer/list', { open_kfid: 'wknobody' }, 95004],
  ['kf/servicer/list', kf({}), 48007, 'narrow'],
  ['kf/servicer/list', kf({}), 48002, 'plain'],

  ['kf/servicer/del', (w) => ({ open_kfid: made.id, userid_list: ['lilei', 'fengjuan'], department_id_list: [w.haidian] }), async (got, ok, w) => {
    ok.deepEqual(got.result_list.map((r) => r.errmsg), ['success', 'ignored', 'success']);
    ok.deepEqual((await servicers(w)).map((s) => s.userid), ['hanmeimei']);
  }],
  ['kf/servicer/del', kf({ department_id_list: Array(100).fill(1) }), 0],
  ['kf/servicer/del', kf({ department_id_list: Array(101).fill(1) }), 40058],
  ['kf/servicer/del', kf({}), 40058],
  ['kf/servicer/del', kf({ userid_list: ['lilei'] }), 48007, 'narrow'],

  ['kf/account/del', kf({}), 48007, 'narrow'],
  ['kf/account/del', () => ({ open_kfid: made.second }), async (got, ok, w) => ok.deepEqual((await list(w)).account_list.map((a) => a.open_kfid), [made.id])],
  ['kf/account/del', () => ({ open_kfid: made.second }), 95004],
  ['kf/account/del', kf({}), 0],
  ['kf/servicer/list', kf({}), 95004],
  ['kf/account/del', {}, 60251],
];
