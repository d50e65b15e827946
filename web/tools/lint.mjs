// Small checks that need no linter: what the CSP forbids, foreign hosts, v-html, and that both
// languages say the same things.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const parts = ['kit', 'desk', 'consumer', 'console'];
const problems = [];

function files(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (name === 'node_modules') return [];
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const rules = [
  [/\bv-html\b|\.innerHTML\b|\.outerHTML\b|insertAdjacentHTML/, 'builds HTML from text'],
  [/\beval\(|new Function\(/, 'evaluates text'],
  [/from 'tdesign-(vue-next|mobile-vue)'/, 'imports all of TDesign; import the component'],
  [/from 'tdesign-icons-vue-next'/, 'imports all icons; import one component'],
  [/<(t-)?icon\s+name=/i, 'loads icons from a foreign host'],
  [/\bfetch\(|new XMLHttpRequest/, 'speaks HTTP by hand', /kit\/src\/client\.ts$/],
  [/(src|href)="https?:\/\//, 'asks a foreign host'],
  [/url\(\s*['"]?(https?:)?\/\//, 'asks a foreign host'],
  [/<script>|<script [^>]*>[^<]|<style>[^]*<\/style>/, 'inline script or style', null, /\.html$/],
];

for (const part of parts) {
  for (const path of files(join(web, part))) {
    if (!/\.(ts|vue|css|html)$/.test(path) || /\.gen\.ts$/.test(path)) continue;
    const lines = readFileSync(path, 'utf8').split('\n');
    lines.forEach((line, i) => {
      for (const [pattern, words, except, only] of rules) {
        if (except?.test(path) || (only && !only.test(path))) continue;
        if (pattern.test(line)) problems.push(`${relative(web, path)}:${i + 1}: ${words}`);
      }
    });
    if (lines.length > 900) problems.push(`${relative(web, path)}: ${lines.length} lines`);
  }
}

function keys(value, at = '') {
  return Object.entries(value).flatMap(([key, v]) =>
    typeof v === 'object' ? keys(v, at + key + '.') : [at + key],
  );
}

for (const part of parts) {
  const read = (lang) => JSON.parse(readFileSync(join(web, part, 'src/locales', lang + '.json')));
  const [en, zh] = [keys(read('en')), keys(read('zh'))];
  for (const k of en) if (!zh.includes(k)) problems.push(`${part}: zh.json lacks ${k}`);
  for (const k of zh) if (!en.includes(k)) problems.push(`${part}: en.json lacks ${k}`);
}

for (const p of problems) console.error(p);
process.exit(problems.length ? 1 : 0);
