/* add_product_album, get_product_album, get_product_album_list, update_product_album,
 * delete_product_album (document 95096). */
import { attach, form, png } from '../../lib/pictures.mjs';

const made = {};
const E = 'externalcontact/';
const image = (id) => ({ type: 'image', image: { media_id: id } });
const one = (fields) => () => ({ description: '立式空调 2 匹', price: 499900, product_sn: 'KFR50', attachments: [image(made.a)], ...fields });
const read = async (w, id, as = 'app') => (await w.server.api(`/cgi-bin/${E}get_product_album`, { token: w.tokens[as], body: { product_id: id } })).product;
const has = (fields) => async (got, ok, w) => {
  const product = await read(w, made.id);
  for (const key of Object.keys(fields)) ok.deepEqual(product[key], fields[key], key);
};

export default [
  [`${E}get_product_album_list`, {}, async (got, ok, w) => {
    ok.deepEqual(got, { errcode: 0, errmsg: 'ok', next_cursor: '', product_list: [] });
    for (const key of ['a', 'b']) made[key] = await attach(w.server, w.tokens.app, 2, png(8, 6));
    made.moment = await attach(w.server, w.tokens.app, 1, png(8, 6));
    made.others = await attach(w.server, w.tokens.other, 2, png(8, 6));
    made.plain = (await w.server.api('/cgi-bin/media/upload?type=image', { token: w.tokens.app, body: form(png(8, 6)) })).media_id;
  }],
  [`${E}add_product_album`, one(), async (got, ok, w) => {
    made.id = got.product_id;
    const { create_time, ...product } = await read(w, made.id);
    ok.deepEqual(product, { product_id: made.id, description: '立式空调 2 匹', price: 499900, product_sn: 'KFR50', attachments: [image(made.a)] });
    ok.ok(Math.abs(create_time - Date.now() / 1000) < 60);
    ok.deepEqual((await read(w, made.id, 'external')).description, product.description);
  }],
  [`${E}add_product_album`, one({ description: '字'.repeat(300), price: 5000000, product_sn: 'A'.repeat(128) }), 0],
  [`${E}add_product_album`, one({ price: 0, product_sn: undefined }), async (got, ok, w) => ok.equal((await read(w, got.product_id)).product_sn, '')],
  [`${E}add_product_album`, () => ({ ...one()(), attachments: Array(9).fill(image(made.a)) }), async (got, ok, w) => ok.equal((await read(w, got.product_id)).attachments.length, 9)],
  [`${E}add_product_album`, () => ({ ...one()(), attachments: Array(10).fill(image(made.a)) }), 41064, 'attachments'],
  [`${E}add_product_album`, one({ attachments: [] }), 41088],
  [`${E}add_product_album`, one({ attachments: undefined }), 41088],
  [`${E}add_product_album`, one({ attachments: [{ type: 'video', video: { media_id: 'x' } }] }), 41065, 'attachments[0]'],
  [`${E}add_product_album`, one({ attachments: [{ image: { media_id: 'x' } }] }), 41065, 'attachments[0]'],
  [`${E}add_product_album`, one({ attachments: [{ type: 'image' }] }), 40007, 'attachments[0]'],
  [`${E}add_product_album`, one({ attachments: [{ type: 'image', image: {} }] }), 40007],
  [`${E}add_product_album`, one({ attachments: [image('nothing')] }), 40007],
  [`${E}add_product_album`, () => ({ ...one()(), attachments: [image(made.others)] }), 40007],
  [`${E}add_product_album`, () => ({ ...one()(), attachments: [image(made.moment)] }), 41072],
  [`${E}add_product_album`, () => ({ ...one()(), attachments: [image(made.plain)] }), 41072],
  [`${E}add_product_album`, one({ attachments: 'x' }), 40058, 'attachments'],
  [`${E}add_product_album`, one({ description: '字'.repeat(301) }), 41087],
  [`${E}add_product_album`, one({ description: '' }), 41087],
  [`${E}add_product_album`, one({ description: undefined }), 41087],
  [`${E}add_product_album`, one({ description: ' \n ' }), 41087],
  [`${E}add_product_album`, one({ description: 7 }), 0],
  [`${E}add_product_album`, one({ price: 5000001 }), 41086],
  [`${E}add_product_album`, one({ price: -1 }), 41086],
  [`${E}add_product_album`, one({ price: undefined }), 41086],
  [`${E}add_product_album`, one({ price: 'cheap' }), 40058, 'price'],
  [`${E}add_product_album`, one({ price: '100' }), 0],
  [`${E}add_product_album`, one({ product_sn: 'A'.repeat(129) }), 41085],
  [`${E}add_product_album`, one({ product_sn: 'A-1' }), 41085],
  [`${E}add_product_album`, one({ product_sn: '编号' }), 41085],
  [`${E}add_product_album`, one(), 48002, 'plain'],
  [`${E}add_product_album`, one(), 48002, 'sync'],
  [`${E}add_product_album`, one(), 40007, 'other'],
  [`${E}add_product_album`, one({ description: 'narrow' }), (got) => { made.narrow = got.product_id; }, 'narrow'],

  [`${E}get_product_album`, () => ({ product_id: made.id }), 41075, 'other'],
  [`${E}get_product_album`, () => ({ product_id: made.id }), 48002, 'plain'],
  [`${E}get_product_album`, {}, 41075],
  [`${E}get_product_album`, { product_id: 'nonsense' }, 41075],
  [`${E}get_product_album`, { product_id: ['x'] }, 40058, 'product_id'],

  [`${E}update_product_album`, () => ({ product_id: made.id, description: '新款', price: 1, product_sn: 'B2', attachments: [image(made.b), image(made.a)] }),
    (got, ok, w) => has({ description: '新款', price: 1, product_sn: 'B2', attachments: [image(made.b), image(made.a)] })(got, ok, w)],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 2 }), has({ description: '新款', price: 2, product_sn: 'B2' })],
  [`${E}update_product_album`, () => ({ product_id: made.id }), has({ description: '新款', price: 2 })],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 5000001 }), 41086],
  [`${E}update_product_album`, () => ({ product_id: made.id, description: '字'.repeat(301) }), 41087],
  [`${E}update_product_album`, () => ({ product_id: made.id, product_sn: '!' }), 41085],
  [`${E}update_product_album`, () => ({ product_id: made.id, attachments: [] }), 41088],
  [`${E}update_product_album`, () => ({ product_id: made.id, attachments: [image('x')] }), 40007],
  [`${E}update_product_album`, () => ({ product_id: made.narrow, price: 3 }), 41075],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 3 }), 41075, 'external'],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 3 }), 41075, 'other'],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 3 }), 48002, 'plain'],
  [`${E}update_product_album`, { price: 3 }, 41075],

  [`${E}get_product_album_list`, {}, (got, ok) => {
    made.all = got.product_list.map((p) => p.product_id);
    ok.ok(made.all.includes(made.id) && made.all.includes(made.narrow));
    ok.deepEqual(got.product_list.at(-1), { product_id: made.id, description: '新款', price: 2, product_sn: 'B2', attachments: [image(made.b), image(made.a)] });
  }],
  [`${E}get_product_album_list`, { limit: 2 }, async (got, ok, w) => {
    const seen = got.product_list.map((p) => p.product_id);
    ok.equal(seen.length, 2);
    for (let { next_cursor: cursor } = got; cursor;) {
      const page = await w.server.api(`/cgi-bin/${E}get_product_album_list`, { token: w.tokens.app, body: { limit: 2, cursor } });
      seen.push(...page.product_list.map((p) => p.product_id));
      cursor = page.next_cursor;
    }
    ok.deepEqual(seen, made.all);
  }],
  [`${E}get_product_album_list`, { limit: 101 }, { next_cursor: '' }],
  [`${E}get_product_album_list`, { limit: 'x' }, 40058, 'limit'],
  [`${E}get_product_album_list`, { cursor: 'x y' }, 50100],
  [`${E}get_product_album_list`, {}, { product_list: [] }, 'other'],
  [`${E}get_product_album_list`, {}, 48002, 'plain'],

  [`${E}delete_product_album`, () => ({ product_id: made.narrow }), 41075],
  [`${E}delete_product_album`, () => ({ product_id: made.id }), 41075, 'other'],
  [`${E}delete_product_album`, () => ({ product_id: made.id }), 0],
  [`${E}delete_product_album`, () => ({ product_id: made.id }), 41074],
  [`${E}get_product_album`, () => ({ product_id: made.id }), 41074],
  [`${E}update_product_album`, () => ({ product_id: made.id, price: 3 }), 41074],
  [`${E}delete_product_album`, {}, 41075],
  [`${E}get_product_album_list`, {}, (got, ok) => ok.ok(!got.product_list.some((p) => p.product_id === made.id))],
];
