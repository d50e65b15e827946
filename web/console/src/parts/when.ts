/*
 * Dates and numbers as the reader writes them: the browser's region where its language is
 * the one chosen ("en-GB"), else the plain language.
 */
import { locale } from '@liaison/kit';

function tag(): string {
  const chosen = locale();
  const own = (navigator.languages ?? [navigator.language]).find((l) => l.startsWith(chosen));
  return own ?? (chosen === 'zh' ? 'zh-CN' : 'en');
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(key: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = tag() + key;
  let f = formats.get(name);
  if (!f) formats.set(name, (f = new Intl.DateTimeFormat(tag(), options)));
  return f;
}

export function whenWords(ms: number): string {
  if (!ms) return '';
  return format('long', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(ms);
}

export function dayWords(ms: number): string {
  return ms ? format('day', { year: 'numeric', month: 'short', day: 'numeric' }).format(ms) : '';
}

export function numberWords(n: number): string {
  return new Intl.NumberFormat(tag()).format(n);
}
