/*
 * Somebody leaves: the rules that decide who follows, the console's rows, and what is left for
 * an administrator to assign.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWorld } from '../lib/world.mjs';

let w, server, admin, vip;
before(async () => {
  w = await startWorld();
  ({ server, admin } = w);
  await admin('/v1/admin/corp', { handover_at_once: true });
  const { tag_group } = await server.api('/cgi-bin/externalcontact/add_corp_tag', { token: w.tokens.app, body: { group_name: '等级', tag: [{ name: '贵宾' }] } });
  vip = tag_group.tag[0].id;
});
after(() => server.stop());

const H = '/v1/admin/handover';
const post = async (path, body) => {
  const got = await admin(`${H}${path}`, body);
  assert.equal(got.http, 200, got.errmsg);
  return got;
};
const setRules = (rules) => post('/rules/set', { rules });
const always = (to, more = {}) => ({ when: 'always', to, ...more });
const codeOf = async (userid) => {
  const { qr_code } = await server.api('/cgi-bin/externalcontact/add_contact_way', { token: w.tokens.app, body: { type: 1, scene: 2, user: [userid] } });
  return new URL(qr_code).searchParams.get('code');
};
const customers = async (userid) => (await admin(`${H}/customers?userid=${userid}`)).customers.map((c) => c.name).sort();
const mark = (userid, external_userid) => server.api('/cgi-bin/externalcontact/mark_tag', { token: w.tokens.app, body: { userid, external_userid, add_tag: [vip] } });

test('rules are checked, kept in order, and shown with names', async () => {
  const bad = [
    [{ when: 'sometimes', to: 'nobody' }, 40058],
    [{ when: 'always', to: 'anybody' }, 40058],
    [{ when: 'always' }, 40058],
    [{ when: 'tag', tag_id: 'x', to: 'nobody' }, 40068],
    [{ when: 'tag', tag_id: 'etZZZ', to: 'nobody' }, 40068],
    [{ when: 'department', department: 99999, to: 'nobody' }, 60003],
    [{ when: 'always', to: 'member', userid: 'nobody' }, 60111],
    [{ when: 'always', to: 'member', userid: 'fengjuan' }, 41054],
    [{ when: 'always', to: 'department', to_department: 99999 }, 60003],
  ];
  for (const [rule, code] of bad) assert.equal((await admin(`${H}/rules/set`, { rules: [rule] })).errcode, code, JSON.stringify(rule));
  assert.equal((await admin(`${H}/rules/set`, {})).errcode, 40058);
  assert.equal((await admin(`${H}/rules/set`, { rules: Array(101).fill(always('nobody')) })).errcode, 40058);
  assert.equal((await w.guide(`${H}/rules`)).http, 403);
  assert.deepEqual((await admin(`${H}/rules`)).rules, []);
  const { rules } = await setRules([
    { when: 'tag', tag_id: vip, to: 'member', userid: 'HanMeimei' },
    { when: 'department', department: w.haidian, to: 'department', to_department: w.chaoyang },
    always('manager'),
  ]);
  assert.deepEqual(rules, [
    { when: 'tag', tag_id: vip, tag_name: '贵宾', to: 'member', userid: 'hanmeimei', name: '韩梅梅' },
    { when: 'department', department: w.haidian, department_name: '海淀店', to: 'department', to_department: w.chaoyang, to_department_name: '朝阳店' },
    always('manager'),
  ]);
});

test('a member leaves: what the preview said happens, in the same transaction', async () => {
  const code = await codeOf('zhaoqiang');
  const consumers = [];
  for (const name of ['甲', '乙', '丙']) consumers.push(await server.comesBy(code, name));
  const list = await server.api('/cgi-bin/externalcontact/list?userid=zhaoqiang', { token: w.tokens.app });
  assert.equal((await mark('zhaoqiang', list.external_userid[0])).errcode, 0);
  await setRules([{ when: 'tag', tag_id: vip, to: 'member', userid: 'lilei' }, always('member', { userid: 'hanmeimei' })]);
  const preview = await post('/preview', { userid: 'zhaoqiang' });
  assert.equal(preview.at_once, true);
  assert.equal(preview.customers, list.external_userid.length);
  assert.deepEqual(preview.shares.map((s) => [s.userid, s.rule, s.customers]).sort(), [['hanmeimei', 2, list.external_userid.length - 1], ['lilei', 1, 1]]);
  const other = await post('/preview', { userid: 'zhaoqiang', rules: [always('nobody')] });
  assert.deepEqual(other.shares.map((s) => [s.userid, s.customers]), [['', list.external_userid.length]], 'by rules not kept yet');

  const left = await admin('/v1/admin/member/leave', { userid: 'zhaoqiang' });
  assert.equal(left.http, 200, left.errmsg);
  assert.deepEqual((await admin(`${H}/leavers`)).leavers.filter((l) => l.userid === 'zhaoqiang'), [], 'nobody waits');
  const log = (await admin('/v1/admin/handovers?userid=zhaoqiang')).handovers;
  assert.equal(log.length, list.external_userid.length);
  for (const h of log) {
    assert.equal(h.status, 1);
    assert.equal(h.from, 'zhaoqiang');
    assert.equal(h.oper_userid, 'admin');
    assert.equal(h.in_service, false);
    assert.equal(h.to, h.rule === 1 ? 'lilei' : 'hanmeimei');
  }
  const { members } = await admin('/v1/admin/members?limit=200');
  assert.ok(!members.some((m) => m.userid === 'zhaoqiang'), 'he is in no list of members');
  const { entries } = await admin('/v1/admin/audit?limit=5');
  assert.ok(entries.some((e) => e.verb === 'member.leave' && / \d+ customers and \d+ groups passed on by the rules/.test(e.detail)));
  const again = await admin('/v1/admin/member/leave', { userid: 'zhaoqiang' });
  assert.equal(again.errcode, 60111);
});

test('who waits is assigned by selection', async () => {
  const code = await codeOf('sunli');
  for (const name of ['丁', '戊', '己']) await server.comesBy(code, name);
  await setRules([]);
  assert.equal((await admin('/v1/admin/member/disable', { userid: 'sunli' })).http, 200);
  const { leavers } = await admin(`${H}/leavers`);
  const leaver = leavers.find((l) => l.userid === 'sunli');
  assert.equal(leaver.disabled, true);
  assert.equal(leaver.customers, 3);
  const page = await admin(`${H}/customers?userid=sunli&limit=2`);
  assert.equal(page.total, 3);
  assert.equal(page.customers.length, 2);
  const rest = await admin(`${H}/customers?userid=sunli&limit=2&cursor=${page.next_cursor}`);
  assert.equal(rest.customers.length, 1);
  assert.equal(rest.next_cursor, undefined);
  const ids = page.customers.map((c) => c.external_userid);
  const done = await post('', { from: 'sunli', to: 'lilei', external_userids: [...ids, 'wmnobody'], words: '您好，我是李雷' });
  assert.equal(done.customers, 2);
  assert.deepEqual(await customers('sunli'), rest.customers.map((c) => c.name));
  const again = await post('', { from: 'sunli', to: 'lilei', external_userids: ids });
  assert.equal(again.customers, 0);
  assert.equal((await admin(`${H}/customers?userid=nobody`)).errcode, 60111);
  assert.equal((await admin(`${H}/preview`, { userid: 'nobody' })).errcode, 60111);
  const { handovers, next_cursor } = await admin('/v1/admin/handovers?userid=sunli&limit=1');
  assert.equal(handovers.length, 1);
  assert.equal((await admin(`/v1/admin/handovers?userid=sunli&limit=1&cursor=${next_cursor}`)).handovers.length, 1);
});

test('by the command line, too', async () => {
  const code = await codeOf('hanmeimei');
  const before = (await admin(`${H}/customers?userid=hanmeimei`)).total;
  await server.comesBy(code, '庚');
  await setRules([always('member', { userid: 'lilei' })]);
  assert.match(await server.liaison('--corp', w.env.CORPID, 'handover', 'rules'), /^1\talways\tmember lilei$/m);
  assert.match(await server.liaison('--corp', w.env.CORPID, 'handover', 'preview', 'hanmeimei'), new RegExp(`^${before + 1}\\tlilei\\t`, 'm'));
  assert.match(await server.liaison('--corp', w.env.CORPID, 'member', 'leave', 'hanmeimei'), /has left/);
  assert.equal((await admin(`${H}/customers?userid=hanmeimei`)).total, 0);
  assert.match(await server.liaison('--corp', w.env.CORPID, 'ledger', 'verify'), /^HEAD=/m);
});
