/* add_moment_task, get_moment_task_result, cancel_moment_task (documents 95094, 97612),
 * get_moment_list, get_moment_task, get_moment_customer_list, get_moment_send_result,
 * get_moment_comments (document 93333): fields and bounds.  What comes of them is
 * tests/api/moment.test.mjs. */
import { attach, form, png } from '../../lib/pictures.mjs';

const made = {};
const E = 'externalcontact/';
const text = (content) => ({ text: { content } });
const images = (n, key = 'a') => () => ({ attachments: Array(n).fill(0).map(() => ({ msgtype: 'image', image: { media_id: made[key] } })) });
const link = (fields) => () => ({ attachments: [{ msgtype: 'link', link: { title: '活动', url: 'https://example.com/a', media_id: made.a, ...fields } }] });
const now = () => Math.floor(Date.now() / 1000);
const span = (more) => () => ({ start_time: now() - 86400, end_time: now(), ...more });
const isJob = (got, ok) => ok.match(got.jobid, /^job\w+$/);
const DAY = 86400;

export default [
  [`${E}get_moment_list`, span(), async (got, ok, w) => {
    ok.deepEqual(got, { errcode: 0, errmsg: 'ok', next_cursor: '', moment_list: [] });
    made.a = await attach(w.server, w.tokens.app, 1, png(8, 6));
    made.album = await attach(w.server, w.tokens.app, 2, png(8, 6));
    made.others = await attach(w.server, w.tokens.other, 1, png(8, 6));
    made.plain = (await w.server.api('/cgi-bin/media/upload?type=image', { token: w.tokens.app, body: form(png(8, 6)) })).media_id;
    const mvhd = Buffer.alloc(108);
    mvhd.writeUInt32BE(108, 0);
    mvhd.write('mvhd', 4);
    mvhd.writeUInt32BE(1000, 20);
    mvhd.writeUInt32BE(9000, 24);
    const moov = Buffer.alloc(8);
    moov.writeUInt32BE(116, 0);
    moov.write('moov', 4);
    made.film = await attach(w.server, w.tokens.app, 1, Buffer.concat([Buffer.from('00000018', 'hex'), Buffer.from('ftypmp42\0\0\0\0mp42isom'), moov, mvhd]), 'video');
    for (const [name, value] of [['moment_minute_max', 1000], ['moment_jobs_max', 1000]]) await w.admin('/v1/admin/setting', { name, value });
  }],
  [`${E}add_moment_task`, text('今日上新'), (got, ok) => { isJob(got, ok); made.job = got.jobid; }],
  [`${E}add_moment_task`, text('字'.repeat(1333)), isJob],
  [`${E}add_moment_task`, text('x'.repeat(2000)), isJob],
  [`${E}add_moment_task`, text('x'.repeat(2001)), 45002, 'text.content'],
  [`${E}add_moment_task`, text('字'.repeat(1334)), 45002],
  [`${E}add_moment_task`, images(1), isJob],
  [`${E}add_moment_task`, images(9), isJob],
  [`${E}add_moment_task`, images(10), 41064, 'attachments'],
  [`${E}add_moment_task`, () => ({ attachments: [{ msgtype: 'video', video: { media_id: made.film } }] }), isJob],
  [`${E}add_moment_task`, () => ({ attachments: Array(2).fill({ msgtype: 'video', video: { media_id: made.film } }) }), 41064],
  [`${E}add_moment_task`, link(), isJob],
  [`${E}add_moment_task`, link({ title: undefined }), isJob],
  [`${E}add_moment_task`, link({ title: 'x'.repeat(64) }), isJob],
  [`${E}add_moment_task`, link({ title: 'x'.repeat(65) }), 40058, 'link.title'],
  [`${E}add_moment_task`, link({ title: '字'.repeat(43) }), 40058, 'link.title'],
  [`${E}add_moment_task`, link({ url: undefined }), 40058, 'link.url'],
  [`${E}add_moment_task`, link({ url: 'javascript:alert(1)' }), 40058, 'link.url'],
  [`${E}add_moment_task`, link({ media_id: undefined }), 40007],
  [`${E}add_moment_task`, () => ({ attachments: [...link()().attachments, ...link()().attachments] }), 41064],
  [`${E}add_moment_task`, () => ({ attachments: [...link()().attachments, ...images(1)().attachments] }), 41065],
  [`${E}add_moment_task`, {}, 41089],
  [`${E}add_moment_task`, { text: { content: '' }, attachments: [] }, 41089],
  [`${E}add_moment_task`, text(' \n'), 41089],
  [`${E}add_moment_task`, images(1, 'nothing'), 40007],
  [`${E}add_moment_task`, images(1, 'others'), 40007],
  [`${E}add_moment_task`, images(1, 'album'), 41072],
  [`${E}add_moment_task`, images(1, 'plain'), 41072],
  [`${E}add_moment_task`, images(1, 'film'), 41072],
  [`${E}add_moment_task`, { attachments: [{ msgtype: 'file', file: { media_id: 'x' } }] }, 41065, 'attachments[0]'],
  [`${E}add_moment_task`, { attachments: [{ msgtype: 'image', video: { media_id: 'x' } }] }, 41065, 'attachments[0]'],
  [`${E}add_moment_task`, { attachments: [{}] }, 41065],
  [`${E}add_moment_task`, { attachments: 'x' }, 40058, 'attachments'],
  [`${E}add_moment_task`, { ...text('x'), visible_range: 'x' }, 40058, 'visible_range'],
  [`${E}add_moment_task`, { ...text('x'), visible_range: { sender_list: { user_list: 'lilei' } } }, 40058, 'user_list'],
  [`${E}add_moment_task`, { ...text('x'), visible_range: { sender_list: { department_list: ['x'] } } }, 40058, 'department_list'],
  [`${E}add_moment_task`, { ...text('x'), visible_range: { sender_list: { department_list: ['1'] } } }, isJob],
  [`${E}add_moment_task`, text('x'), 48002, 'plain'],
  [`${E}add_moment_task`, text('x'), 48002, 'sync'],
  [`${E}add_moment_task`, text('x'), isJob, 'external'],

  [`${E}get_moment_task_result`, () => ({ jobid: made.job }), (got, ok) => {
    ok.equal(got.type, 'add_moment_task');
    ok.ok([1, 2, 3].includes(got.status));
  }],
  [`${E}get_moment_task_result`, { jobid: 'job1' }, 40088],
  [`${E}get_moment_task_result`, { jobid: 'nonsense' }, 40088],
  [`${E}get_moment_task_result`, {}, 40088],
  [`${E}get_moment_task_result`, () => ({ jobid: made.job }), 40088, 'external'],
  [`${E}get_moment_task_result`, () => ({ jobid: made.job }), 40088, 'other'],
  [`${E}get_moment_task_result`, () => ({ jobid: made.job }), 48002, 'plain'],

  [`${E}get_moment_list`, span({ filter_type: 2, limit: 21 }), (got, ok) => ok.ok(got.moment_list.length > 5)],
  [`${E}get_moment_list`, span({ filter_type: 0, limit: 1 }), (got, ok) => { ok.equal(got.moment_list.length, 1); ok.ok(got.next_cursor); }],
  [`${E}get_moment_list`, span({ filter_type: 1 }), { moment_list: [], next_cursor: '' }],
  [`${E}get_moment_list`, span({ filter_type: 3 }), 40058, 'filter_type'],
  [`${E}get_moment_list`, span({ creator: 'nobody' }), 60111],
  [`${E}get_moment_list`, span({ creator: 'lilei' }), 60011, 'narrow'],
  [`${E}get_moment_list`, span({ cursor: 'x' }), 50100],
  [`${E}get_moment_list`, span({ limit: 'x' }), 40058, 'limit'],
  [`${E}get_moment_list`, () => ({ start_time: now() - 30 * DAY, end_time: now() }), 0],
  [`${E}get_moment_list`, () => ({ start_time: now() - 30 * DAY - 2, end_time: now() }), 40058, 'end_time'],
  [`${E}get_moment_list`, () => ({ start_time: now(), end_time: now() - 10 }), 40058, 'end_time'],
  [`${E}get_moment_list`, { start_time: 1 }, 40058, 'end_time'],
  [`${E}get_moment_list`, { end_time: 1 }, 40058, 'start_time'],
  [`${E}get_moment_list`, span(), { moment_list: [] }, 'other'],
  [`${E}get_moment_list`, span(), 48002, 'plain'],

  ...['get_moment_task', 'get_moment_customer_list', 'get_moment_send_result', 'get_moment_comments', 'cancel_moment_task'].flatMap((row) => [
    [`${E}${row}`, { userid: 'lilei' }, 41059, 'moment_id'],
    [`${E}${row}`, { moment_id: '', userid: 'lilei' }, 41059],
    [`${E}${row}`, { moment_id: 'nonsense', userid: 'lilei' }, 41060],
    [`${E}${row}`, { moment_id: 'mom1', userid: 'lilei' }, 41060],
    [`${E}${row}`, { moment_id: ['x'], userid: 'lilei' }, 40058, 'moment_id'],
    [`${E}${row}`, { moment_id: 'mom1', userid: 'lilei' }, 48002, 'plain'],
  ]),
];
