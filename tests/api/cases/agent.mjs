/* agent/get, agent/list (document 90227). */
const mine = (w) => ({ agentid: w.apps.app.agentid });

export default [
  ['agent/get', mine, (got, ok, w) => {
    ok.equal(got.agentid, w.apps.app.agentid);
    ok.equal(got.name, '门店助手');
    ok.deepEqual(got.allow_partys, { partyid: [1] });
    ok.deepEqual(got.allow_userinfos, { user: [] });
    ok.deepEqual(got.allow_tags, { tagid: [] });
    ok.equal(got.close, 0);
  }],
  ['agent/get', (w) => ({ agentid: w.apps.narrow.agentid }), (got, ok, w) => ok.deepEqual(got.allow_partys.partyid, [w.haidian]), 'narrow'],
  ['agent/get', (w) => ({ agentid: w.apps.narrow.agentid }), 301002, 'app', 'agentid'],
  ['agent/get', { agentid: 1 }, 301002, 'app', 'agentid'],
  ['agent/get', { agentid: 999 }, 40056, 'agentid'],
  ['agent/get', { agentid: -1 }, 40056],
  ['agent/get', { agentid: 'x' }, 40058, 'agentid'],
  ['agent/get', {}, 41016, 'agentid'],
  ['agent/get', mine, 48002, 'sync'],
  ['agent/get', mine, (got, ok) => ok.equal(got.name, 'spy', 'the same number, another company'), 'other'],
  ['agent/list', {}, (got, ok, w) => ok.deepEqual(got.agentlist, [{ agentid: w.apps.app.agentid, name: '门店助手', square_logo_url: '' }])],
  ['agent/list', {}, (got, ok) => ok.deepEqual(got.agentlist.map((a) => a.name), ['narrow']), 'narrow'],
  ['agent/list', {}, 48002, 'external'],
];
