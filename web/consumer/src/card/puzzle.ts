/*
 * consumer/card/puzzle.ts - the work a browser does before it adds somebody by a code
 * that is being flooded: a number such that SHA-256("PUZZLE:NUMBER") begins with as
 * many zero bits as the puzzle says.  In slices, so that the page stays alive; without
 * WebCrypto, which plain HTTP does not have.
 */
const SLICE_MS = 12;

/* The first 32 bits of the cube roots of the first 64 primes, and of the square roots of
 * the first 8 (FIPS 180-4). */
function constants(): { k: Uint32Array; h: Uint32Array } {
  const k = new Uint32Array(64);
  const h = new Uint32Array(8);
  const bits = (x: number) => ((x - Math.floor(x)) * 2 ** 32) >>> 0;
  for (let n = 2, i = 0; i < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n && prime; d++) prime = n % d !== 0;
    if (!prime) continue;
    if (i < 8) h[i] = bits(Math.sqrt(n));
    k[i++] = bits(Math.cbrt(n));
  }
  return { k, h };
}

const { k: K, h: H } = constants();
const W = new Uint32Array(64);

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/* One block into the state. */
function block(state: Uint32Array): void {
  for (let i = 16; i < 64; i++) {
    const a = W[i - 15]!, b = W[i - 2]!;
    W[i] = (W[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
  for (let i = 0; i < 64; i++) {
    const x = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i]! + W[i]!) | 0;
    const y = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + x) | 0;
    d = c;
    c = b;
    b = a;
    a = (x + y) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((v, i) => (state[i] = (state[i]! + v) | 0));
}

/* The first word of a text's hash; ASCII only. */
export function firstWord(text: string): number {
  const state = Uint32Array.from(H);
  const blocks = ((text.length + 8) >> 6) + 1;
  for (let n = 0; n < blocks; n++) {
    W.fill(0, 0, 16);
    for (let i = 0; i < 64; i++) {
      const at = n * 64 + i;
      const byte = at < text.length ? text.charCodeAt(at) : at === text.length ? 0x80 : 0;
      W[i >> 2]! |= byte << (24 - 8 * (i & 3));
    }
    if (n === blocks - 1) W[15] = text.length * 8;
    block(state);
  }
  return state[0]!;
}

export async function solve(puzzle: string): Promise<string> {
  const bits = Number(puzzle.split('.', 1)[0]);
  for (let i = 0; ; ) {
    const until = performance.now() + SLICE_MS;
    do {
      for (const stop = i + 50; i < stop; i++) if (firstWord(`${puzzle}:${i}`) >>> (32 - bits) === 0) return String(i);
    } while (performance.now() < until);
    await new Promise((done) => setTimeout(done));
  }
}
