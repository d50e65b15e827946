// Makes kit/src/errors.gen.ts from src/base/errors.def: the sentence of every errcode, in both languages.
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const def = readFileSync(new URL('../../src/base/errors.def', here), 'utf8');
const row = /^E\((\w+), (-?\d+), (\d+), (true|false), "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)/gm;
const lines = [...def.matchAll(row)].map(
  ([, id, number, , retry, en, zh]) =>
    `  [${number}]: { id: '${id}', retry: ${retry}, en: ${JSON.stringify(en)}, zh: ${JSON.stringify(zh)} },`,
);
const text = `/* Made by \`npm run errors\` from src/base/errors.def: do not edit. */

export interface ErrorWords {
  id: string;
  retry: boolean;
  en: string;
  zh: string;
}

export const errors: Record<number, ErrorWords> = {
${lines.join('\n')}
};
`;
const out = new URL('../kit/src/errors.gen.ts', here);
if (process.argv.includes('--check')) {
  if (readFileSync(out, 'utf8') !== text) {
    console.error('kit/src/errors.gen.ts is stale: run `npm run errors`');
    process.exit(1);
  }
} else {
  writeFileSync(out, text);
}
