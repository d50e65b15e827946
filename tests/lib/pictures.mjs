/*
 * tests/lib/pictures.mjs - small real pictures and films, and their upload.
 */
import { deflateSync } from 'node:zlib';

const table = Int32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const crc = (bytes) => {
  let c = -1;
  for (const b of bytes) c = table[(c ^ b) & 255] ^ (c >>> 8);
  return (c ^ -1) >>> 0;
};
const chunk = (type, content) => {
  const all = Buffer.alloc(12 + content.length);
  all.writeUInt32BE(content.length, 0);
  all.write(type, 4);
  content.copy(all, 8);
  all.writeUInt32BE(crc(all.subarray(4, 8 + content.length)), 8 + content.length);
  return all;
};

/* A PNG whose pixels shade from one colour ([r, g, b]) to another, top to bottom. */
export function png(width, height, from = [24, 119, 242], to = [140, 205, 120]) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    const at = y * (width * 3 + 1) + 1, part = height > 1 ? y / (height - 1) : 0;
    for (let x = 0; x < width; x++)
      for (let i = 0; i < 3; i++) rows[at + 3 * x + i] = from[i] + (to[i] - from[i]) * part;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

export const form = (bytes, name = 'p.png') => {
  const f = new FormData();
  f.set('media', new Blob([bytes]), name);
  return f;
};

/* The media_id of an upload for moments (1) or the album (2). */
export async function attach(server, token, purpose, bytes, type = 'image') {
  const got = await server.api(`/cgi-bin/media/upload_attachment?media_type=${type}&attachment_type=${purpose}`, { token, body: form(bytes) });
  if (got.errcode) throw new Error(got.errmsg);
  return got.media_id;
}
