/* externalcontact/list, get, batch/get_by_user, remark, get_follow_user_list
 * (documents 92113, 92114, 92994, 92115, 92571). */
const STAFF = ['wangfang', 'lilei', 'hanmeimei', 'zhaoqiang', 'sunli', 'zhoujie', 'wumin', 'chentao', 'chuyan'];
const whom = (w) => ({ external_userid: w.customer });
const note = (fields) => (w) => ({ userid: 'lilei', external_userid: w.customer, ...fields });
const follow = async (w) => (await w.server.api(`/cgi-bin/externalcontact/get?external_userid=${w.customer}`, { token: w.tokens.app })).follow_user[0];
const noted = (fields) => async (got, ok, w) => {
  const f = await follow(w);
  for (const key of Object.keys(fields)) ok.deepEqual(f[key], fields[key], key);
};

export default [
  ['externalcontact/get_follow_user_list', {}, { follow_user: STAFF }],
  ['externalcontact/get_follow_user_list', {}, { follow_user: STAFF }, 'external'],
  ['externalcontact/get_follow_user_list', {}, { follow_user: ['zhaoqiang', 'sunli'] }, 'narrow'],
  ['externalcontact/get_follow_user_list', {}, { follow_user: [] }, 'other'],
  ['externalcontact/get_follow_user_list', {}, 48002, 'plain'],
  ['externalcontact/get_follow_user_list', {}, 48002, 'sync'],

  ['externalcontact/list', { userid: 'lilei' }, (got, ok, w) => ok.deepEqual(got.external_userid, [w.customer])],
  ['externalcontact/list', { userid: 'LILEI' }, (got, ok, w) => ok.deepEqual(got.external_userid, [w.customer]), 'external'],
  ['externalcontact/list', { userid: 'hanmeimei' }, 84061],
  ['externalcontact/list', { userid: 'nobody' }, 60111],
  ['externalcontact/list', { userid: '' }, 40003, 'userid'],
  ['externalcontact/list', {}, 40003, 'userid'],
  ['externalcontact/list', { userid: 'x'.repeat(65) }, 40058, 'userid'],
  ['externalcontact/list', { userid: 'lilei' }, 60011, 'narrow'],
  ['externalcontact/list', { userid: 'lilei' }, 48002, 'plain'],
  ['externalcontact/list', { userid: 'lilei' }, 60111, 'other'],

  ['externalcontact/get', whom, (got, ok, w) => {
    ok.deepEqual(got.external_contact, { external_userid: w.customer, name: '陈晨', avatar: '', type: 1, gender: 0, unionid: got.external_contact.unionid });
    ok.match(got.external_contact.unionid, /^o[0-9a-f]{27}$/);
    const [f] = got.follow_user;
    ok.equal(got.follow_user.length, 1);
    ok.equal(f.userid, 'lilei');
    ok.equal(f.state, 'poster-chaoyang');
    ok.equal(f.add_way, 1);
    ok.equal(f.oper_userid, w.customer, 'the customer came by himself');
    ok.ok(Math.abs(f.createtime - Date.now() / 1000) < 600, 'seconds');
    ok.deepEqual(f.tags, []);
    ok.deepEqual(f.remark_mobiles, []);
    ok.equal(got.next_cursor, undefined);
  }],
  ['externalcontact/get', (w) => ({ ...whom(w), cursor: '' }), (got, ok) => ok.equal(got.follow_user.length, 1)],
  ['externalcontact/get', (w) => ({ ...whom(w), cursor: 'nonsense' }), 41035, 'cursor'],
  ['externalcontact/get', { external_userid: 'wmnobody' }, 40096],
  ['externalcontact/get', {}, 40096, 'external_userid'],
  ['externalcontact/get', { external_userid: 'x'.repeat(65) }, 40058, 'external_userid'],
  ['externalcontact/get', whom, 60011, 'narrow'],
  ['externalcontact/get', whom, 48002, 'plain'],
  ['externalcontact/get', whom, 40096, 'other'],

  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'] }, (got, ok, w) => {
    ok.equal(got.external_contact_list.length, 1);
    const [item] = got.external_contact_list;
    ok.equal(item.external_contact.external_userid, w.customer);
    ok.equal(item.follow_info.userid, 'lilei');
    ok.deepEqual(item.follow_info.tag_id, []);
    ok.equal(item.follow_info.state, 'poster-chaoyang');
    ok.equal(got.next_cursor, '');
    ok.deepEqual(got.fail_info, { unlicensed_userid_list: [] });
  }],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei', 'LILEI', 'hanmeimei'], limit: 100, cursor: '' }, (got, ok) => ok.equal(got.external_contact_list.length, 1)],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], limit: 1000 }, { next_cursor: '' }],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], limit: '5' }, { next_cursor: '' }],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], limit: null }, { next_cursor: '' }],
  ['externalcontact/batch/get_by_user', { userid_list: ['hanmeimei'] }, { external_contact_list: [], next_cursor: '' }],
  ['externalcontact/batch/get_by_user', { userid_list: Array.from({ length: 100 }, () => 'lilei') }, (got, ok) => ok.equal(got.external_contact_list.length, 1)],
  ['externalcontact/batch/get_by_user', { userid_list: Array.from({ length: 101 }, () => 'lilei') }, 40058, 'userid_list'],
  ['externalcontact/batch/get_by_user', { userid_list: [] }, 40031, 'userid_list'],
  ['externalcontact/batch/get_by_user', {}, 40058, 'userid_list'],
  ['externalcontact/batch/get_by_user', { userid_list: 'lilei' }, 40058, 'userid_list'],
  ['externalcontact/batch/get_by_user', { userid_list: [{}] }, 40058, 'userid_list[0]'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei', null] }, 40058, 'userid_list[1]'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei', 'nobody'] }, 40003, 'userid_list[1]'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], cursor: 'x' }, 50100, 'cursor'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], cursor: 5 }, 50100, 'cursor'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'], limit: 'many' }, 40058, 'limit'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'] }, 60011, 'narrow'],
  ['externalcontact/batch/get_by_user', { userid_list: ['lilei'] }, 48002, 'sync'],

  ['externalcontact/remark', note({ remark: '陈总', description: '要三台空调\n周末送货', remark_company: '晨光贸易', remark_mobiles: ['13900000001', '13900000002'] }),
    noted({ remark: '陈总', description: '要三台空调\n周末送货', remark_corp_name: '晨光贸易', remark_mobiles: ['13900000001', '13900000002'] })],
  ['externalcontact/remark', note({ remark: '小陈' }), noted({ remark: '小陈', description: '要三台空调\n周末送货', remark_corp_name: '晨光贸易' })],
  ['externalcontact/remark', note({ remark: null, description: '' }), noted({ remark: '小陈', description: '' })],
  ['externalcontact/remark', note({ remark_mobiles: [] }), noted({ remark: '小陈' })],
  ['externalcontact/remark', note({ remark_mobiles: [''] }), noted({ remark_mobiles: [] })],
  ['externalcontact/remark', note({ remark: '一二三四五六七八九十一二三四五六七八九十' }), noted({ remark: '一二三四五六七八九十一二三四五六七八九十' })],
  ['externalcontact/remark', note({ remark: '一二三四五六七八九十一二三四五六七八九十超' }), 40058, 'remark'],
  ['externalcontact/remark', note({ description: '字'.repeat(150) }), noted({ description: '字'.repeat(150) })],
  ['externalcontact/remark', note({ description: '字'.repeat(151) }), 40058, 'description'],
  ['externalcontact/remark', note({ remark_company: '字'.repeat(21) }), 40058, 'remark_company'],
  ['externalcontact/remark', note({ remark_mobiles: '139' }), 40058, 'remark_mobiles'],
  ['externalcontact/remark', note({ remark: 12 }), noted({ remark: '12' })],
  ['externalcontact/remark', note({ remark: ['x'] }), 40058, 'remark'],
  ['externalcontact/remark', note({ remark_pic_mediaid: 'nothing' }), 40007, 'media_id'],
  ['externalcontact/remark', note({}), 40058],
  ['externalcontact/remark', note({ userid: '', remark: 'x' }), 40003],
  ['externalcontact/remark', note({ userid: 'nobody', remark: 'x' }), 60111],
  ['externalcontact/remark', note({ external_userid: 'wmnobody', remark: 'x' }), 40096],
  ['externalcontact/remark', note({ external_userid: undefined, remark: 'x' }), 40096],
  ['externalcontact/remark', note({ userid: 'hanmeimei', remark: 'x' }), 84061],
  ['externalcontact/remark', note({ remark: 'x' }), 60011, 'narrow'],
  ['externalcontact/remark', note({ remark: 'x' }), 48002, 'plain'],
  ['externalcontact/remark', note({ remark: 'x' }), 60111, 'other'],
  ['externalcontact/remark', note({ remark: '陈总', description: '' }), noted({ remark: '陈总' }), 'external'],
];
