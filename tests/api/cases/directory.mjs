/* user/get, user/simplelist, user/list, department/list, department/simplelist
 * (documents 90196, 90200, 90201, 90208, 95350). */
const HAIDIAN = ['zhaoqiang', 'sunli'];
const ids = (list) => list.map((x) => x.userid);

export default [
  ['user/get', { userid: 'lilei' }, {
    userid: 'lilei', name: '李雷', position: '导购', mobile: '13800000003', gender: '1', email: 'lilei@demo.example',
    alias: 'Leo', status: 1, external_position: '家电顾问', is_leader_in_dept: [0], direct_leader: [], extattr: { attrs: [] },
  }],
  ['user/get', { userid: 'LiLei' }, { userid: 'lilei' }],
  ['user/get', { userid: 'hanmeimei' }, (got, ok, w) => {
    ok.deepEqual(got.department, [w.chaoyang]);
    ok.equal(got.main_department, w.chaoyang);
    ok.deepEqual(got.is_leader_in_dept, [1]);
    ok.equal(got.gender, '2');
  }],
  ['user/get', { userid: 'zhaoqiang' }, { status: 4 }],
  ['user/get', { userid: 'nobody' }, 60111],
  ['user/get', { userid: '李雷' }, 40003],
  ['user/get', { userid: 'lilei\u0000' }, 40058, 'userid'],
  ['user/get', { userid: 'x'.repeat(64) }, 60111],
  ['user/get', { userid: 'x'.repeat(65) }, 40058, 'userid'],
  ['user/get', { userid: '' }, 41009, 'userid'],
  ['user/get', {}, 41009, 'userid'],
  ['user/get', { userid: 'lilei', unknown: '1' }, { userid: 'lilei' }],
  ['user/get', { userid: 'zhaoqiang' }, { name: '赵强' }, 'narrow'],
  ['user/get', { userid: 'lilei' }, 60011, 'narrow', 'userid'],
  ['user/get', { userid: 'lilei' }, { name: '李雷' }, 'sync'],
  ['user/get', { userid: 'lilei' }, 48002, 'external'],
  ['user/get', { userid: 'lilei' }, 60111, 'other'],

  ['user/simplelist', (w) => ({ department_id: w.haidian }), (got, ok, w) => {
    ok.deepEqual(got.userlist, [
      { userid: 'zhaoqiang', name: '赵强', department: [w.haidian] },
      { userid: 'sunli', name: '孙丽', department: [w.haidian] },
    ]);
  }],
  ['user/simplelist', { department_id: 1 }, (got, ok) => ok.deepEqual(got.userlist, [], 'nobody is in the root itself')],
  ['user/simplelist', { department_id: 1, fetch_child: 0 }, (got, ok) => ok.equal(got.userlist.length, 0)],
  ['user/simplelist', { department_id: 1, fetch_child: 1 }, (got, ok) => {
    ok.equal(got.userlist.length, 12);
    ok.equal(new Set(ids(got.userlist)).size, 12);
  }],
  ['user/simplelist', { department_id: 99 }, 60003],
  ['user/simplelist', { department_id: 0 }, 60123],
  ['user/simplelist', { department_id: -1 }, 60123],
  ['user/simplelist', { department_id: '9223372036854775807' }, 60003],
  ['user/simplelist', { department_id: '9223372036854775808' }, 40058, 'department_id'],
  ['user/simplelist', { department_id: '1x' }, 40058, 'department_id'],
  ['user/simplelist', { department_id: '1.5' }, 40058, 'department_id'],
  ['user/simplelist', {}, 40058, 'department_id'],
  ['user/simplelist', { department_id: '' }, 40058, 'department_id'],
  ['user/simplelist', { department_id: 1, fetch_child: 2 }, 40058, 'fetch_child'],
  ['user/simplelist', (w) => ({ department_id: w.haidian }), (got, ok) => ok.deepEqual(ids(got.userlist), HAIDIAN), 'narrow'],
  ['user/simplelist', (w) => ({ department_id: w.chaoyang }), 60011, 'narrow', 'department_id'],
  ['user/simplelist', { department_id: 1, fetch_child: 1 }, 60011, 'narrow'],
  ['user/simplelist', { department_id: 1 }, 48002, 'external'],
  ['user/simplelist', (w) => ({ department_id: w.haidian }), 60003, 'other'],

  ['user/list', (w) => ({ department_id: w.chaoyang }), (got, ok) => {
    ok.deepEqual(ids(got.userlist), ['lilei', 'hanmeimei']);
    ok.equal(got.userlist[0].mobile, '13800000003');
    ok.deepEqual(got.userlist[1].is_leader_in_dept, [1]);
  }],
  ['user/list', { department_id: 1, fetch_child: 1 }, (got, ok) => ok.equal(got.userlist.length, 12)],
  ['user/list', {}, 40058, 'department_id'],
  ['user/list', { department_id: 77 }, 60003],
  ['user/list', { department_id: 1 }, 60011, 'narrow'],
  ['user/list', (w) => ({ department_id: w.haidian }), (got, ok) => ok.deepEqual(ids(got.userlist), HAIDIAN), 'narrow'],

  ['department/list', {}, (got, ok, w) => {
    ok.equal(got.department.length, 8);
    ok.deepEqual(got.department[0], { id: 1, name: '星河家电', name_en: '', department_leader: [], parentid: 0, order: 0 });
    const d = got.department.find((x) => x.id === w.chaoyang);
    ok.equal(d.name, '朝阳店');
    ok.deepEqual(d.department_leader, ['hanmeimei']);
    const seen = new Set([0]);
    for (const x of got.department) {
      ok.ok(seen.has(x.parentid), 'parents first');
      seen.add(x.id);
    }
  }],
  ['department/list', { id: 1 }, (got, ok) => ok.equal(got.department.length, 8)],
  ['department/list', (w) => ({ id: w.haidian }), (got, ok) => ok.deepEqual(got.department.map((d) => d.name), ['海淀店'])],
  ['department/list', { id: 99 }, 60003],
  ['department/list', { id: 0 }, 60123],
  ['department/list', { id: 'x' }, 40058, 'id'],
  ['department/list', {}, (got, ok, w) => ok.deepEqual(got.department.map((d) => d.id), [w.haidian]), 'narrow'],
  ['department/list', (w) => ({ id: w.chaoyang }), 60011, 'narrow'],
  ['department/list', {}, 48002, 'external'],
  ['department/list', {}, (got, ok) => ok.deepEqual(got.department.map((d) => d.name), ['Other Ltd']), 'other'],

  ['department/simplelist', {}, (got, ok) => {
    ok.equal(got.department_id.length, 8);
    ok.deepEqual(got.department_id[0], { id: 1, parentid: 0, order: 0 });
  }],
  ['department/simplelist', (w) => ({ id: w.chaoyang }), (got, ok, w) => ok.deepEqual(got.department_id.map((d) => d.id), [w.chaoyang])],
  ['department/simplelist', {}, (got, ok) => ok.equal(got.department_id.length, 8), 'external'],
  ['department/simplelist', {}, (got, ok) => ok.equal(got.department_id.length, 8), 'sync'],
  ['department/simplelist', {}, (got, ok, w) => ok.deepEqual(got.department_id.map((d) => d.id), [w.haidian]), 'narrow'],
  ['department/simplelist', { id: 1 }, 60011, 'narrow'],
  ['department/simplelist', { id: 99 }, 60003],
];
