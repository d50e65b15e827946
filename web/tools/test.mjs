// Bundles {kit,console,consumer}/test/*.test.ts (Node 20 does not read TypeScript) and runs them with Node's runner.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const web = fileURLToPath(new URL('..', import.meta.url));
const tests = ['kit', 'console', 'consumer'].flatMap((part) =>
  readdirSync(join(web, part, 'test'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => ({ name: `${part}-${name.slice(0, -3)}`, path: join(web, part, 'test', name) })),
);
const out = mkdtempSync(join(web, 'node_modules/.tests-'));

await build({
  configFile: false,
  logLevel: 'warn',
  root: web,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: out,
    rollupOptions: {
      input: Object.fromEntries(tests.map((test) => [test.name, test.path])),
      output: { entryFileNames: '[name].mjs' },
    },
  },
});
const run = spawnSync(
  process.execPath,
  ['--test', ...tests.map((test) => join(out, test.name + '.mjs'))],
  { stdio: 'inherit' },
);
rmSync(out, { recursive: true });
process.exit(run.status ?? 1);
