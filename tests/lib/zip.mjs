/*
 * tests/lib/zip.mjs - reads a zip archive by its directory at the end (APPNOTE 4.3.12).
 *
 *	const files = readZip(bytes);   files.get('index.html') is a Buffer
 */
import { inflateRawSync } from 'node:zlib';

export function readZip(bytes) {
  const b = Buffer.from(bytes);
  const end = b.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no zip');
  const files = new Map();
  let at = b.readUInt32LE(end + 16);
  for (let n = b.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, nameLength, extra, comment, local] = [b.readUInt16LE(at + 10), b.readUInt32LE(at + 20), b.readUInt16LE(at + 28), b.readUInt16LE(at + 30), b.readUInt16LE(at + 32), b.readUInt32LE(at + 42)];
    const name = b.toString('utf8', at + 46, at + 46 + nameLength);
    const from = local + 30 + b.readUInt16LE(local + 26) + b.readUInt16LE(local + 28);
    const packed = b.subarray(from, from + size);
    files.set(name, method ? inflateRawSync(packed) : packed);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}
