// Builds the applications into dist/, writes .br and .gz beside what compresses, and prints what
// a first visit costs.  `node tools/build.mjs desk` builds one.
import { readdirSync, readFileSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
const all = ['desk', 'consumer', 'console'];
const names = process.argv.slice(2).length ? process.argv.slice(2) : all;
const FIRST_VIEW_LIMIT = { consumer: 100 * 1024 };

function files(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function compress(path) {
  const bytes = readFileSync(path);
  const br = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gz = gzipSync(bytes, { level: 9 });
  if (br.length < bytes.length) writeFileSync(path + '.br', br);
  if (gz.length < bytes.length) writeFileSync(path + '.gz', gz);
}

// index.html and all it names at once: what the browser must have for the first view.
function firstView(name) {
  const dist = join(web, 'dist', name);
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/[^/]+\/([^"]+)"/g)].map((m) => m[1]);
  const cost = (ext) =>
    ['index.html', ...named].reduce((sum, file) => {
      const path = join(dist, file);
      return sum + statSync(existsSync(path + ext) ? path + ext : path).size;
    }, 0);
  return { plain: cost(''), br: cost('.br'), gz: cost('.gz') };
}

for (const name of names) {
  await build({ configFile: join(web, name, 'vite.config.ts'), logLevel: 'warn' });
  for (const path of files(join(web, 'dist', name))) {
    if (/\.(js|css|html|svg|json|txt|webmanifest)$/.test(path)) compress(path);
  }
  const cost = firstView(name);
  const kB = (n) => (n / 1024).toFixed(1) + ' kB';
  console.log(
    `${name}: first view ${kB(cost.plain)}, gzip ${kB(cost.gz)}, brotli ${kB(cost.br)}`,
  );
  if (cost.gz > (FIRST_VIEW_LIMIT[name] ?? Infinity)) {
    console.error(`${name}: the first view is over ${kB(FIRST_VIEW_LIMIT[name])} compressed`);
    process.exitCode = 1;
  }
}
