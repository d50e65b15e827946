/*
 * Moments (documents 95094, 93333, 97612): made by the corp, confirmed by members, seen by
 * their customers; members' own; likes and comments.  And the product album in a chat.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../lib/server.mjs';
import { attach, form, png } from '../lib/pictures.mjs';
import { startWorld } from '../lib/world.mjs';

let w, server, token, lilei, han, anna, ben, cleo, vip, image;
const ids = {};
const ec = (path, body, as = 'app') => server.api(`/cgi-bin/externalcontact/${path}`, { token: w.tokens[as], body });
const result = (jobid, as = 'app') => server.api(`/cgi-bin/externalcontact/get_moment_task_result?jobid=${jobid}`, { token: w.tokens[as] });
const done = (jobid, as) => until(async () => {
  const got = await result(jobid, as);
  assert.equal(got.errcode, 0, got.errmsg);
  return got.status === 3 && got.result;
}, `job ${jobid}`);
const task = async (fields, as = 'app') => {
  const got = await ec('add_moment_task', { text: { content: '上新了' }, ...fields }, as);
  assert.equal(got.errcode, 0, got.errmsg);
  return { jobid: got.jobid, ...(await done(got.jobid, as)) };
};
const only = (...users) => ({ visible_range: { sender_list: { user_list: users } } });
const waiting = async (who) => (await who('/v1/moment/mine?status=waits')).moments;
const idOf = async (who, name) => (await who(`/v1/customers?q=${encodeURIComponent(name)}`)).customers[0].external_userid;
const file = (who, path) => fetch(server.url + path, { headers: who.headers() });

before(async () => {
  w = await startWorld();
  ({ server } = w);
  token = w.tokens.app;
  lilei = w.guide;
  han = await server.signIn('hanmeimei');
  anna = await server.add(lilei, '安娜');
  ben = await server.add(lilei, '本');
  cleo = await server.add(han, '克丽欧');
  for (const [name, who, by] of [['anna', '安娜', lilei], ['ben', '本', lilei], ['cleo', '克丽欧', han]]) ids[name] = await idOf(by, who);
  const { tag_group: group } = await ec('add_corp_tag', { group_name: '等级', tag: [{ name: '贵宾' }] });
  vip = group.tag[0].id;
  await ec('mark_tag', { userid: 'lilei', external_userid: ids.anna, add_tag: [vip] });
  await ec('mark_tag', { userid: 'hanmeimei', external_userid: ids.cleo, add_tag: [vip] });
  image = await attach(server, token, 1, png(40, 30));
  for (const [name, value] of [['moment_minute_max', 1000], ['moment_day_max', 100]])
    assert.equal((await w.admin('/v1/admin/setting', { name, value })).errcode, undefined);
});
after(() => server.stop());

describe('a moment of the corp', () => {
  let made, post;

  test('is given to the members named, and nothing is shown before they confirm', async () => {
    made = await task({ attachments: [{ msgtype: 'image', image: { media_id: image } }, { msgtype: 'image', image: { media_id: image } }], ...only('lilei', 'HanMeiMei', 'nobody', 'fengjuan') });
    assert.deepEqual([made.errcode, made.errmsg], [0, 'ok']);
    assert.match(made.moment_id, /^mom/);
    assert.deepEqual(made.invalid_sender_list, { user_list: ['nobody', 'fengjuan'], department_list: [] });
    assert.deepEqual((await anna('/v1/moments')).moments, []);
    const { task_list } = await ec('get_moment_task', { moment_id: made.moment_id });
    assert.deepEqual(task_list.map((t) => t.publish_status), [0, 0]);
    assert.deepEqual(new Set(task_list.map((t) => t.userid)), new Set(['lilei', 'hanmeimei']));
    const [shown] = await waiting(lilei);
    assert.deepEqual([shown.status, shown.kind, shown.text, shown.images.length, shown.moment_id], ['waits', 'corp', '上新了', 2, made.moment_id]);
    assert.deepEqual(shown.images[0], { width: 40, height: 30 });
    post = shown.post;
    assert.equal((await file(lilei, `/v1/moment/file?post=${post}&at=1`)).status, 200, 'he may look at it before');
    for (const [path, body] of [['get_moment_customer_list', {}], ['get_moment_send_result', {}], ['get_moment_comments', {}]])
      assert.equal((await ec(path, { moment_id: made.moment_id, userid: 'lilei', ...body })).errcode, 41062, path);
  });

  test('is seen by the customers of who has confirmed it, and by nobody else', async () => {
    const got = await lilei('/v1/moment/publish', { post });
    assert.equal(got.moment.status, 'published', JSON.stringify(got));
    assert.deepEqual(await waiting(lilei), []);
    assert.equal((await lilei('/v1/moment/publish', { post })).http, 404, 'once');
    const { task_list } = await ec('get_moment_task', { moment_id: made.moment_id });
    assert.deepEqual(Object.fromEntries(task_list.map((t) => [t.userid, t.publish_status])), { lilei: 1, hanmeimei: 0 });
    for (const who of [anna, ben]) {
      const { moments } = await who('/v1/moments');
      assert.deepEqual([moments.length, moments[0].post, moments[0].text, moments[0].from.name, moments[0].liked], [1, post, '上新了', '李雷', false]);
      assert.equal(moments[0].tags, undefined);
    }
    assert.deepEqual((await cleo('/v1/moments')).moments, []);
    const picture = await file(anna, `/v1/moment/file?post=${post}&at=0`);
    assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/png']);
    assert.deepEqual(Buffer.from(await picture.arrayBuffer()), png(40, 30));
    assert.equal((await file(anna, `/v1/moment/file?post=${post}&at=2`)).status, 404);
    for (const who of [cleo, han]) {
      assert.equal((await file(who, `/v1/moment/file?post=${post}&at=0`)).status, 404);
      assert.equal((await who('/v1/moment/like', { post, on: true })).http, 404);
      assert.equal((await who('/v1/moment/comment', { post, text: 'x' })).http, 404);
    }
    const all = (await ec('get_moment_customer_list', { moment_id: made.moment_id, userid: 'lilei' })).customer_list;
    assert.ok(all.every((c) => c.userid === 'lilei'));
    const names = all.map((c) => c.external_userid);
    assert.ok(names.includes(ids.anna) && names.includes(ids.ben) && !names.includes(ids.cleo));
    const seen = [];
    for (let cursor = '', page; page === undefined || cursor; cursor = page.next_cursor) {
      page = await ec('get_moment_send_result', { moment_id: made.moment_id, userid: 'lilei', limit: 1, cursor });
      seen.push(...page.customer_list.map((c) => c.external_userid));
      if (!page.next_cursor) break;
    }
    assert.deepEqual(seen, names);
  });

  test('likes and comments: each customer reads his own and what is said to him', async () => {
    assert.equal((await anna('/v1/moment/like', { post, on: true })).moment.liked, true);
    assert.equal((await anna('/v1/moment/like', { post, on: true })).moment.liked, true, 'twice is once');
    assert.equal((await ben('/v1/moment/like', { post, on: true })).moment.liked, true);
    assert.equal((await ben('/v1/moment/like', { post, on: false })).moment.liked, false);
    const said = (await anna('/v1/moment/comment', { post, text: '多少钱?' })).moment.comments;
    assert.deepEqual(said.map((c) => [c.text, c.mine, c.from.kind]), [['多少钱?', true, 'customer']]);
    await ben('/v1/moment/comment', { post, text: '好看' });
    assert.equal((await ben('/v1/moment/comment', { post, text: 'x', reply_to: said[0].comment })).http, 404, "a stranger's");
    const mine = (await lilei('/v1/moment/mine')).moments[0];
    assert.deepEqual(mine.comments.map((c) => c.text), ['多少钱?', '好看']);
    assert.deepEqual(mine.likes.map((l) => l.name), ['安娜']);
    const answered = await lilei('/v1/moment/comment', { post, text: '4999 元', reply_to: said[0].comment });
    assert.equal(answered.moment.comments.length, 3);
    assert.deepEqual((await anna('/v1/moments')).moments[0].comments.map((c) => c.text), ['多少钱?', '4999 元']);
    assert.deepEqual((await ben('/v1/moments')).moments[0].comments.map((c) => c.text), ['好看']);
    assert.equal((await ben('/v1/moments')).moments[0].likes, undefined);
    const api = await ec('get_moment_comments', { moment_id: made.moment_id, userid: 'lilei' });
    assert.deepEqual(api.comment_list.map((c) => [c.external_userid, c.userid]), [[ids.anna, undefined], [ids.ben, undefined], [undefined, 'lilei']]);
    assert.deepEqual(api.like_list.map((c) => c.external_userid), [ids.anna]);
    assert.ok(Math.abs(api.like_list[0].create_time - Date.now() / 1000) < 60);
    assert.equal((await ben('/v1/moment/comment/delete', { post, comment: said[0].comment })).http, 403);
    assert.equal((await anna('/v1/moment/comment/delete', { post, comment: said[0].comment })).moment.comments.length, 0, 'with the answer to it');
    for (const text of ['', '   ', '字'.repeat(501)]) assert.equal((await anna('/v1/moment/comment', { post, text })).http, 400);
    assert.equal((await anna('/v1/moment/comment', { post, text: '字'.repeat(500) })).http, 200);
  });

  test('who leaves sees it no more; who comes sees it', async () => {
    const dora = await server.add(lilei, '朵拉');
    assert.deepEqual((await dora('/v1/moments')).moments.map((m) => m.post), [post]);
    const before_ = (await ec('get_moment_customer_list', { moment_id: made.moment_id, userid: 'lilei' })).customer_list;
    const now = (await ec('get_moment_send_result', { moment_id: made.moment_id, userid: 'lilei' })).customer_list;
    assert.equal(now.length, before_.length + 1, 'she came after it was published');
    await dora('/v1/leave', { chat: dora.chat.chat });
    assert.deepEqual((await dora('/v1/moments')).moments, []);
    assert.equal((await file(dora, `/v1/moment/file?post=${post}&at=0`)).status, 404);
    assert.equal((await dora('/v1/moment/like', { post, on: true })).http, 404);
  });

  test('is stopped for who has not confirmed it', async () => {
    const [there] = await waiting(han);
    assert.equal((await ec('cancel_moment_task', { moment_id: made.moment_id })).errcode, 0);
    assert.deepEqual(await waiting(han), []);
    assert.equal((await han('/v1/moment/publish', { post: there.post })).http, 404);
    assert.deepEqual((await anna('/v1/moments')).moments.map((m) => m.post), [post], 'who has, goes on showing it');
    for (const [body, errcode] of [[{}, 41059], [{ moment_id: 'x' }, 41060], [{ moment_id: made.moment_id }, 0]])
      assert.equal((await ec('cancel_moment_task', body)).errcode, errcode);
    assert.equal((await ec('cancel_moment_task', { moment_id: made.moment_id }, 'other')).errcode, 41060);
    assert.equal((await ec('cancel_moment_task', { moment_id: made.moment_id }, 'plain')).errcode, 48002);
  });

  test('is taken away by its member', async () => {
    assert.equal((await lilei('/v1/moment/delete', { post })).http, 200);
    assert.deepEqual((await anna('/v1/moments')).moments, []);
    assert.equal((await file(anna, `/v1/moment/file?post=${post}&at=0`)).status, 404);
    assert.equal((await lilei('/v1/moment/delete', { post })).http, 404);
    assert.deepEqual((await ec('get_moment_send_result', { moment_id: made.moment_id, userid: 'lilei' })).customer_list, []);
  });
});

describe('whom a moment is for', () => {
  const takers = async (moment_id) => (await ec('get_moment_task', { moment_id })).task_list.map((t) => t.userid).sort();

  test('departments with all below them, each member once', async () => {
    const made = await task({ visible_range: { sender_list: { user_list: ['zhaoqiang'], department_list: [w.haidian, w.haidian, 999] } } });
    assert.deepEqual(made.invalid_sender_list, { user_list: [], department_list: [999] });
    assert.deepEqual(await takers(made.moment_id), ['sunli', 'zhaoqiang']);
  });

  test('tags alone: who serves such customers, and only those see it', async () => {
    const made = await task({ visible_range: { external_contact_list: { tag_list: [vip, 'etNothing'] } } });
    assert.deepEqual(made.invalid_external_contact_list, { tag_list: ['etNothing'] });
    assert.deepEqual(await takers(made.moment_id), ['hanmeimei', 'lilei']);
    const [{ post, tags }] = await waiting(lilei);
    assert.deepEqual(tags, ['贵宾']);
    const audience = await lilei('/v1/moment/audience', { post });
    assert.deepEqual([audience.customers, audience.some.map((c) => c.name)], [1, ['安娜']]);
    await lilei('/v1/moment/publish', { post });
    assert.deepEqual((await anna('/v1/moments')).moments.map((m) => m.post), [post]);
    assert.deepEqual((await ben('/v1/moments')).moments, []);
    assert.equal((await file(ben, `/v1/moment/file?post=${post}`)).status, 404);
    assert.deepEqual((await ec('get_moment_customer_list', { moment_id: made.moment_id, userid: 'lilei' })).customer_list, [{ userid: 'lilei', external_userid: ids.anna }]);
    const { moment_list } = await ec('get_moment_list', { start_time: Math.floor(Date.now() / 1000) - 3600, end_time: Math.floor(Date.now() / 1000) + 60 });
    assert.equal(moment_list.find((m) => m.moment_id === made.moment_id).visible_type, 0);
    await ec('mark_tag', { userid: 'lilei', external_userid: ids.ben, add_tag: [vip] });
    assert.deepEqual((await ben('/v1/moments')).moments.map((m) => m.post), [post], 'the label decides');
    await ec('mark_tag', { userid: 'lilei', external_userid: ids.ben, remove_tag: [vip] });
    await lilei('/v1/moment/delete', { post });
  });

  test('senders and tags: those members, those customers', async () => {
    const made = await task({ visible_range: { sender_list: { user_list: ['lilei', 'zhaoqiang'] }, external_contact_list: { tag_list: [vip] } } });
    assert.deepEqual(await takers(made.moment_id), ['lilei', 'zhaoqiang']);
  });

  test('nobody named: everybody the app sees; a narrow app names no others', async () => {
    const narrow = await task({}, 'narrow');
    assert.deepEqual((await ec('get_moment_task', { moment_id: narrow.moment_id })).task_list.map((t) => t.userid).sort(), ['sunli', 'zhaoqiang']);
    const wrong = await task(only('lilei'), 'narrow');
    assert.deepEqual([wrong.errcode, wrong.moment_id, wrong.invalid_sender_list.user_list], [81013, undefined, ['lilei']]);
    const tags = await task({ visible_range: { external_contact_list: { tag_list: ['etNothing'] } } });
    assert.deepEqual([tags.errcode, tags.moment_id], [40068, undefined], 'a wrong label is not all customers');
    const all = await task({});
    assert.ok((await takers(all.moment_id)).includes('lilei'));
    const seen = [];
    for (let cursor = '', page; !page || cursor; cursor = page.next_cursor) {
      page = await ec('get_moment_task', { moment_id: all.moment_id, limit: 2, cursor });
      seen.push(...page.task_list.map((t) => t.userid));
      if (!page.next_cursor) break;
    }
    assert.deepEqual(seen.sort(), await takers(all.moment_id));
    assert.deepEqual((await ec('get_moment_task', { moment_id: all.moment_id }, 'narrow')).task_list.map((t) => t.userid).sort(), ['sunli', 'zhaoqiang'], 'of it, what the app sees');
    assert.equal((await result(all.jobid, 'narrow')).errcode, 40088, "another app's job");
    assert.equal((await result(all.jobid, 'other')).errcode, 40088);
  });
});

describe("a member's own", () => {
  let own;

  test('is published at once, with a picture of his', async () => {
    const up = await server.api('/v1/moment/upload?type=image', { body: form(png(20, 10)), headers: lilei.headers() });
    assert.equal(up.errcode, undefined, JSON.stringify(up));
    const got = await lilei('/v1/moment/add', { text: '今天的活动', images: [up.media_id], tags: [vip] });
    own = got.moment;
    assert.deepEqual([own.kind, own.status, own.tags], ['own', 'published', ['贵宾']]);
    assert.deepEqual((await anna('/v1/moments')).moments.map((m) => m.text), ['今天的活动']);
    assert.deepEqual((await ben('/v1/moments')).moments, []);
    const now = Math.floor(Date.now() / 1000);
    const list = async (more) => (await ec('get_moment_list', { start_time: now - 3600, end_time: now + 60, ...more })).moment_list;
    const [shown] = await list({ filter_type: 1 });
    const { create_time, ...rest } = shown;
    assert.deepEqual(rest, { moment_id: own.moment_id, creator: 'lilei', create_type: 1, visible_type: 0, text: { content: '今天的活动' }, image: [{ media_id: up.media_id }] });
    assert.ok(Math.abs(create_time - now) < 60);
    assert.equal((await file(lilei, `/cgi-bin/media/get?media_id=${up.media_id}&access_token=${token}`)).status, 200);
    assert.ok((await list({ filter_type: 0 })).every((m) => m.create_type === 0 && !m.creator));
    assert.ok((await list({})).length > 3);
    assert.deepEqual((await list({ creator: 'lilei' })).map((m) => m.moment_id), [own.moment_id]);
    assert.deepEqual(await list({ creator: 'hanmeimei' }), []);
    assert.equal((await ec('get_moment_task', { moment_id: own.moment_id })).errcode, 41067);
    assert.equal((await ec('cancel_moment_task', { moment_id: own.moment_id })).errcode, 41067);
    assert.equal((await ec('get_moment_comments', { moment_id: own.moment_id, userid: 'hanmeimei' })).errcode, 41061);
    assert.deepEqual((await ec('get_moment_comments', { moment_id: own.moment_id, userid: 'lilei' })).comment_list, []);
    assert.equal((await ec('get_moment_list', { start_time: now - 3600, end_time: now + 60, filter_type: 1 }, 'narrow')).moment_list.length, 0, 'he is outside its range');
  });

  test('pages', async () => {
    const now = Math.floor(Date.now() / 1000), ask = { start_time: now - 3600, end_time: now + 60 };
    const all = (await ec('get_moment_list', { ...ask, limit: 1000 })).moment_list.map((m) => m.moment_id);
    const seen = [];
    for (let cursor = '', page; !page || cursor; cursor = page.next_cursor) {
      page = await ec('get_moment_list', { ...ask, limit: 2, cursor });
      assert.ok(page.moment_list.length <= 2);
      seen.push(...page.moment_list.map((m) => m.moment_id));
      if (!page.next_cursor) break;
    }
    assert.deepEqual(seen, all);
    const first = await anna('/v1/moments?limit=1');
    assert.equal(first.moments.length, 1);
    assert.equal(first.next_cursor, undefined);
  });

  test('is gone when he deletes it', async () => {
    assert.equal((await lilei('/v1/moment/delete', { post: own.post })).http, 200);
    assert.equal((await ec('get_moment_comments', { moment_id: own.moment_id, userid: 'lilei' })).errcode, 41060);
    const now = Math.floor(Date.now() / 1000);
    assert.ok(!(await ec('get_moment_list', { start_time: now - 3600, end_time: now + 60 })).moment_list.some((m) => m.moment_id === own.moment_id));
  });

  test('has its bounds', async () => {
    const admin = w.admin;
    for (const [body, errcode] of [[{}, 41089], [{ text: '字'.repeat(2001) }, 45002], [{ text: 'x', images: ['y'] }, 40007], [{ text: 'x', tags: ['etNothing'] }, 40068], [{ images: Array(10).fill(image) }, 41064], [{ images: [image], video: image }, 41065]])
      assert.equal((await lilei('/v1/moment/add', body)).errcode, errcode, JSON.stringify(body).slice(0, 60));
    const feng = await server.signIn('fengjuan', (await admin('/v1/admin/member/password', { userid: 'fengjuan' })).password);
    assert.equal((await feng('/v1/moment/add', { text: 'x' })).http, 403, 'he serves no customers');
    await admin('/v1/admin/setting', { name: 'moment_day_max', value: 1 });
    const zhao = await server.signIn('zhaoqiang', (await admin('/v1/admin/member/password', { userid: 'zhaoqiang' })).password);
    assert.equal((await zhao('/v1/moment/add', { text: '一' })).http, 200);
    assert.equal((await zhao('/v1/moment/add', { text: '二' })).errcode, 45009);
    const [post] = await waiting(zhao);
    assert.equal((await zhao('/v1/moment/publish', { post: post.post })).errcode, 45009);
    await admin('/v1/admin/setting', { name: 'moment_day_max', value: 100 });
    assert.equal((await zhao('/v1/moment/publish', { post: post.post })).http, 200);
  });
});

test('the console makes one, follows it, stops it', async () => {
  const { admin } = w;
  const { moment_id } = await admin('/v1/admin/moment/create', { text: '双十一', users: ['lilei', 'hanmeimei'] });
  const state = async () => admin(`/v1/admin/moment?moment_id=${moment_id}`);
  await until(async () => (await state()).moment.moment.status === 'open', 'the moment with its members');
  const post = (await waiting(lilei)).find((m) => m.moment_id === moment_id).post;
  await lilei('/v1/moment/publish', { post });
  await anna('/v1/moment/like', { post, on: true });
  const got = await state();
  assert.deepEqual([got.moment.members, got.moment.published, got.moment.likes, got.moment.comments], [2, 1, 1, 0]);
  assert.deepEqual(got.members.map((m) => [m.member.name, m.status, m.likes]).sort(), [['李雷', 'published', 1], ['韩梅梅', 'waits', 0]].sort());
  assert.equal(got.moment.moment.from.name, (await admin('/v1/me')).me.name);
  const { moments } = await admin('/v1/admin/moments');
  assert.equal(moments[0].moment.moment_id, moment_id);
  assert.equal((await admin('/v1/admin/moment/cancel', { moment_id })).http, 200);
  assert.equal((await state()).moment.moment.status, 'cancelled');
  assert.equal((await lilei('/v1/admin/moments')).http, 403);
  const now = Math.floor(Date.now() / 1000);
  const shown = (await ec('get_moment_list', { start_time: now - 60, end_time: now + 60, filter_type: 0 })).moment_list.find((m) => m.moment_id === moment_id);
  assert.deepEqual([shown.creator, shown.visible_type], ['admin', 1]);
});

test('the console names nobody: everybody who serves customers', async () => {
  const { moment_id } = await w.admin('/v1/admin/moment/create', { text: '给所有人' });
  const state = async () => (await w.admin(`/v1/admin/moment?moment_id=${moment_id}`)).moment;
  await until(async () => (await state()).moment?.status === 'open', 'the moment with its members');
  assert.ok((await state()).members >= 4);
  assert.ok((await waiting(lilei)).some((m) => m.moment_id === moment_id));
});

test('too many in a minute, too many at once', async () => {
  await w.admin('/v1/admin/setting', { name: 'moment_minute_max', value: 1 });
  assert.equal((await ec('add_moment_task', { text: { content: 'x' } })).errcode, 45009);
  await w.admin('/v1/admin/setting', { name: 'moment_minute_max', value: 1000 });
  assert.equal((await ec('add_moment_task', { text: { content: 'x' } })).errcode, 0);
});

test('a product of the album, sent into a chat', async () => {
  const { admin } = w;
  const up = await server.api('/v1/admin/product/upload', { body: form(png(30, 30)), headers: admin.headers() });
  assert.equal(up.errcode, undefined, JSON.stringify(up));
  const { product } = await admin('/v1/admin/product/save', { description: '挂式空调 1.5 匹\n一级能效', price: 259900, product_sn: 'KFR35', media_ids: [up.media_id] });
  assert.equal((await server.api(`/v1/avatar?id=${product.pictures[0]}`, { raw: true })).status, 200);
  assert.deepEqual((await lilei('/v1/products?q=kfr')).products.map((p) => p.product_id), [product.product_id]);
  assert.deepEqual((await lilei('/v1/products?q=nothing')).products, []);
  const chat = anna.chat.chat;
  const sent = await lilei('/v1/product/send', { chat, product_id: product.product_id, nonce: 'n1' });
  assert.equal((await lilei('/v1/product/send', { chat, product_id: product.product_id, nonce: 'n1' })).seq, sent.seq, 'a repeat adds nothing');
  await admin('/v1/admin/product/save', { ...product, price: 1, media_ids: product.media_ids });
  const m = (await anna(`/v1/chat/messages?chat=${chat}`)).messages.find((x) => x.seq === sent.seq);
  assert.deepEqual([m.type, m.body], ['product', { product_id: product.product_id, description: '挂式空调 1.5 匹\n一级能效', price: 259900, product_sn: 'KFR35', pictures: product.pictures }]);
  assert.equal((await anna('/v1/chats')).chats[0].last.preview, '挂式空调 1.5 匹');
  assert.equal((await han('/v1/product/send', { chat, product_id: product.product_id, nonce: 'n2' })).http, 404, "another's chat");
  assert.equal((await anna('/v1/chat/send', { chat, nonce: 'x', type: 'product', body: { price: 1 } })).errcode, 40008, 'nobody makes one up');
  assert.equal((await ec('get_product_album', { product_id: product.product_id })).product.price, 1);
  assert.equal((await ec('delete_product_album', { product_id: product.product_id })).errcode, 41075, "the console's");
  assert.equal((await admin('/v1/admin/product/delete', { product_id: product.product_id })).http, 200);
  assert.equal((await lilei('/v1/product/send', { chat, product_id: product.product_id, nonce: 'n3' })).errcode, 41074);
});
