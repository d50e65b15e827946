/*
 * Two companies on one server: what one has, the other can neither see nor touch.
 *
 * The first company has one of everything, with a mark in each of its texts.  Then every
 * row of the open API is called with the other company's tokens and the first one's own
 * ids, and every row of /v1 by the other's administrator: no answer may hold the mark, and
 * afterwards the first company reads as before.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from '../lib/server.mjs';
import { catalogue } from '../lib/catalogue.mjs';
import { startWorld } from '../lib/world.mjs';

const openapi = JSON.parse(execFileSync(join(build, 'liaisond'), ['describe', 'openapi'], { maxBuffer: 1 << 26 }));
const MARK = '不可外传';
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

let w, spy, ids;

async function must(promise) {
  const got = await promise;
  assert.ok(!got.errcode, JSON.stringify(got));
  return got;
}
const mine = (path, body) => must(w.server.api(`/cgi-bin/${path}`, { token: w.tokens.app, body, method: 'POST' }));

async function upload(path, query) {
  const form = new FormData();
  form.set('media', new Blob([PNG], { type: 'image/png' }), `${MARK}.png`);
  return must(w.server.api(`/cgi-bin/${path}?${query}`, { token: w.tokens.app, body: form, method: 'POST' }));
}

/* One of everything, by the names that rows have for it. */
async function fill() {
  const E = 'externalcontact';
  const customer = await w.server.comesBy((await w.guide('/v1/my_code')).code, `${MARK}王姐`);
  await must(customer('/v1/chat/send', { chat: customer.chat.chat, nonce: 'a', type: 'text', body: { content: `${MARK}！` } }));
  const { customers } = await w.guide('/v1/customers');
  const external_userid = customers.find((c) => c.name.startsWith(MARK)).external_userid;
  await mine(`${E}/remark`, { userid: 'lilei', external_userid, remark: MARK, description: MARK });
  const { tag_group } = await mine(`${E}/add_corp_tag`, { group_name: MARK, tag: [{ name: MARK }] });
  await mine(`${E}/mark_tag`, { userid: 'lilei', external_userid, add_tag: [tag_group.tag[0].id] });
  const way = await mine(`${E}/add_contact_way`, { type: 1, scene: 2, user: ['lilei'], remark: MARK, state: MARK });
  const group = await must(w.guide('/v1/group/create', { name: MARK, external_userids: [external_userid] }));
  const { group_chat_list } = await mine(`${E}/groupchat/list`, { limit: 10 });
  const chat_id = group_chat_list[0].chat_id;
  const join_way = await mine(`${E}/groupchat/add_join_way`, { scene: 2, chat_id_list: [chat_id], remark: MARK });
  const template = await mine(`${E}/group_welcome_template/add`, { text: { content: MARK } });
  const { link } = await mine(`${E}/customer_acquisition/create_link`, { link_name: MARK, range: { user_list: ['lilei'] } });
  const rule = await mine(`${E}/add_intercept_rule`, { rule_name: MARK, word_list: [`${MARK}词`], intercept_type: 2, applicable_range: { user_list: ['lilei'] } });
  const mass = await mine(`${E}/add_msg_template`, { external_userid: [external_userid], sender: 'lilei', text: { content: MARK } });
  const image = await upload('media/upload', 'type=image');
  const picture = await upload('media/upload_attachment', 'media_type=image&attachment_type=2');
  const product = await mine(`${E}/add_product_album`, { description: MARK, price: 100, attachments: [{ type: 'image', image: { media_id: picture.media_id } }] });
  const moment = await mine(`${E}/add_moment_task`, { text: { content: MARK }, visible_range: { sender_list: { user_list: ['lilei'] } } });
  const strategy = await mine(`${E}/customer_strategy/create`, { strategy_name: MARK, admin_list: ['lilei'], privilege: {}, range: [{ type: 1, userid: 'lilei' }] });
  const kf = await mine('kf/account/add', { name: MARK, media_id: image.media_id });
  await mine('kf/servicer/add', { open_kfid: kf.open_kfid, userid_list: ['lilei'] });
  const folder = await mine('kf/knowledge/add_group', { name: MARK });
  const intent = await mine('kf/knowledge/add_intent', { group_id: folder.group_id, question: { text: { content: MARK } }, answers: [{ text: { content: MARK } }] });
  return {
    userid: 'lilei', handover_userid: 'lilei', takeover_userid: 'hanmeimei', new_owner: 'hanmeimei', sender: 'lilei', creator: 'lilei', servicer_userid: 'lilei',
    userid_list: 'lilei', user_list: 'lilei', user: 'lilei', admin_list: 'lilei', priority_userid_list: 'lilei',
    external_userid, external_userid_list: external_userid, touser: external_userid, tag_id: tag_group.tag[0].id, id: tag_group.tag[0].id, group_id: tag_group.group_id,
    tag_list: tag_group.tag[0].id, add_tag: tag_group.tag[0].id, remove_tag: tag_group.tag[0].id, config_id: way.config_id, join: join_way.config_id,
    chat_id, chat_id_list: chat_id, template_id: template.template_id, link_id: link.link_id, rule_id: rule.rule_id, msgid: mass.msgid, media_id: image.media_id,
    product_id: product.product_id, jobid: moment.jobid, strategy_id: strategy.strategy_id, open_kfid: kf.open_kfid, knowledge: folder.group_id, intent_id: intent.intent_id,
    chat: customer.chat.chat, group_chat: group.chat.chat, department_id: w.haidian, agentid: w.apps.app.agentid,
  };
}

/* What a row is sent: the first company's ids where it asks for one, else something likely. */
const likely = { str: '1', int: 1, bool: true, float: 1 };
function sent(fields, own) {
  return Object.fromEntries(fields.map((f) => {
    const one = f.type === 'object' ? sent(f.fields, own) : (own[f.name] ?? ids[f.name] ?? likely[f.type]);
    return [f.name, f.list ? [one] : one];
  }));
}

/* Everything that the first company's own app can read of it. */
async function snapshot() {
  const reads = catalogue.filter((r) => /\/(get|list|get_[a-z_]+|list_[a-z_]+|batch\/get_by_user|contact_list)$/.test(r.path) && /^(ec|kf)-/.test(r.area) && !/behavior|statistic/.test(r.path));
  const all = {};
  for (const row of reads) {
    const body = sent(row.request, owns(row));
    if (body.limit) body.limit = 10;
    for (const key of ['cursor', 'status_filter', 'filter_type', 'page_id', 'page_size', 'offset', 'start_time', 'end_time']) delete body[key];
    all[row.path] = await w.server.api(row.path, { token: w.tokens.app, body, method: 'POST' });
    all[row.path].errmsg = '';
    for (const one of all[row.path].info_list ?? []) delete one.tmp_openid; /* another one at each call */
  }
  return all;
}
const owns = (row) => ({
  ...(row.path.includes('join_way') ? { config_id: ids.join } : {}),
  ...(row.path.includes('kf/knowledge') ? { group_id: ids.knowledge } : {}),
});

before(async () => {
  w = await startWorld();
  ids = await fill();
  const csv = join(w.server.data, 'spies.csv');
  await writeFile(csv, 'userid,name,password\nspy,Spy,pass-spy\n');
  await w.server.liaison('--corp', w.otherCorp, 'member', 'import', csv);
  spy = await w.server.signIn('spy', 'pass-spy', 'desk', w.otherCorp);
});
after(() => w.server.stop());

test('the marks are there to be seen', async () => {
  const seen = Object.values(await snapshot()).filter((a) => JSON.stringify(a).includes(MARK)).length;
  assert.ok(seen >= 12, `${seen} rows show the first company's texts to itself`);
});

test('every row of the open API keeps companies apart', async () => {
  const before = await snapshot();
  const leaks = [];
  for (const row of catalogue.filter((r) => !/gettoken|media\//.test(r.path))) {
    const text = JSON.stringify(await w.server.api(row.path, { token: w.tokens.other, body: sent(row.request, owns(row)), method: 'POST' }));
    if (text.includes(MARK)) leaks.push(`${row.path}: ${text.slice(0, 200)}`);
  }
  assert.deepEqual(leaks, []);
  assert.deepEqual(await snapshot(), before, 'nothing of the first company has changed');
});

test('every row of /v1 keeps companies apart', async () => {
  const solid = (s) => (s?.$ref ? openapi.components.schemas[s.$ref.split('/').at(-1)] : (s ?? {}));
  const own = { chat: ids.chat, external_userid: ids.external_userid, external_userids: [ids.external_userid], userids: ['lilei'], from: 'lilei', to: 'hanmeimei' };
  const before = await snapshot();
  const leaks = [];
  for (const [path, methods] of Object.entries(openapi.paths).filter(([p]) => p.startsWith('/v1/'))) {
    if (/sign_in|sign_out|password|session|\/code|card|avatar|widget|puzzle|\/add$/.test(path)) continue; /* a stranger's doors */
    for (const [method, op] of Object.entries(methods)) {
      const fields = { ...Object.fromEntries((op.parameters ?? []).map((p) => [p.name, p.schema])), ...solid(op.requestBody?.content?.['application/json']?.schema).properties };
      const value = (name, s) => own[name] ?? ids[name] ?? (s.type === 'integer' ? 1 : s.type === 'boolean' ? true : s.type === 'array' ? [] : s.type === 'string' ? '1' : undefined);
      const given = Object.fromEntries(Object.entries(fields).map(([n, s]) => [n, value(n, solid(s))]).filter(([, v]) => v !== undefined));
      for (const client of ['desk', 'console']) {
        const url = method === 'get' ? `${path}?${new URLSearchParams(Object.entries(given).filter(([, v]) => typeof v !== 'object'))}` : path;
        const reply = await w.server.api(url, { method: method.toUpperCase(), body: method === 'get' ? undefined : given, headers: { ...spy.headers(), 'x-liaison-client': client }, raw: true });
        const text = await reply.text();
        if (text.includes(MARK)) leaks.push(`${method} ${path}: ${text.slice(0, 200)}`);
      }
    }
  }
  assert.deepEqual(leaks, []);
  assert.deepEqual(await snapshot(), before, 'nothing of the first company has changed');
});

test('one person is two customers, whom nobody can match', async () => {
  const shape = /^wm[0-9A-Za-z_-]{30}$/;
  assert.match(ids.external_userid, shape);
  const stranger = await w.server.api('/cgi-bin/externalcontact/get', { token: w.tokens.other, body: { external_userid: ids.external_userid }, method: 'POST' });
  assert.equal(stranger.errcode, 40096);
});
