/*
 * tests/lib/catalogue.mjs - tests/catalogue/endpoints.tsv as data.
 *
 *	{ area, method, path, request: [field], response: [field], document }
 *	field = { name, required, type: 'str' | 'int' | 'bool' | 'float' | 'object', list, fields }
 */
import { readFileSync } from 'node:fs';

/* "a!:str b:{c:int}[]" → fields */
export function parseFields(text) {
  let at = 0;
  const fail = (what) => { throw new Error(`${what} at ${at} of "${text}"`); };
  const skip = () => { while (text[at] === ' ') at++; };
  const word = () => {
    const m = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(at));
    if (!m) fail('a word expected');
    at += m[0].length;
    return m[0];
  };
  function fields(end) {
    const all = [];
    for (skip(); at < text.length && text[at] !== end; skip()) all.push(field());
    return all;
  }
  function field() {
    const f = { name: word(), required: false, list: false };
    if (text[at] === '!') { f.required = true; at++; }
    if (text[at++] !== ':') fail('a colon expected');
    if (text[at] === '{') {
      at++;
      f.type = 'object';
      f.fields = fields('}');
      if (text[at++] !== '}') fail('} expected');
    } else {
      f.type = word();
      if (!['str', 'int', 'bool', 'float'].includes(f.type)) fail(`type ${f.type}`);
    }
    if (text.startsWith('[]', at)) { f.list = true; at += 2; }
    return f;
  }
  return text === '-' ? [] : fields();
}

export const catalogue = readFileSync(new URL('../catalogue/endpoints.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [area, method, path, request, response, document] = line.split('\t');
    return { area, method, path, document, request: parseFields(request), response: parseFields(response) };
  });
