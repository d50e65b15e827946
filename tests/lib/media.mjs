/*
 * tests/lib/media.mjs - files for media/upload.
 *
 *	const media_id = await upload(world, 'image', picture, 'a.png');
 */
import { deflateSync } from 'node:zlib';

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => (bytes.reduce((c, b) => table[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(name, body) {
  const head = Buffer.concat([Buffer.from(name), body]);
  const out = Buffer.alloc(head.length + 8);
  out.writeUInt32BE(body.length, 0);
  head.copy(out, 4);
  out.writeUInt32BE(crc(head), head.length + 4);
  return out;
}

/* A PNG of one colour. */
export function png(width, height, rgb) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.concat(Array(width).fill(Buffer.from(rgb)))]);
  const rows = Buffer.concat(Array(height).fill(row));
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
export const picture = png(48, 48, [0, 120, 212]);

export async function upload(w, type, bytes, name, as = 'app') {
  const body = new FormData();
  body.append('media', new Blob([bytes]), name);
  const got = await w.server.api(`/cgi-bin/media/upload?type=${type}`, { token: w.tokens[as], body });
  if (got.errcode) throw new Error(got.errmsg);
  return got.media_id;
}
