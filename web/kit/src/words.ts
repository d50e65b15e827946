/*
 * kit/words.ts - what a failure is called in the reader's language.
 *
 * The kit's messages say what to do for the errors people meet (`err.N`); for the
 * rest the table made from errors.def is used, where the application gave it.
 */
import { ApiError, ERR } from './client';
import { hasWord, locale, say } from './i18n';

interface Sentence {
  en: string;
  zh: string;
}

let table: Record<number, Sentence> = {};

export function useErrorTable(errors: Record<number, Sentence>): void {
  table = errors;
}

export function codeWords(errcode: number): string {
  const key = 'err.e' + (errcode < 0 ? 'm' : '') + Math.abs(errcode);
  if (hasWord(key)) return say(key);
  const row = table[errcode];
  return row ? row[locale()] : say('err.other', { code: errcode });
}

export function errorWords(e: unknown): string {
  if (e instanceof ApiError) return codeWords(e.errcode);
  return say('err.em' + -ERR.BUSY);
}
