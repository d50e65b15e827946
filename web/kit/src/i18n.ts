/*
 * kit/i18n.ts - the two languages.
 *
 * The browser's language decides until the reader chooses; the choice stays in
 * this browser.  Messages are compiled at build time (the CSP forbids eval).
 */
import type { App, Plugin } from 'vue';
import { createI18n } from 'vue-i18n';
import en from './locales/en.json';
import zh from './locales/zh.json';
import { load, save } from './keep';

export type Locale = 'en' | 'zh';
export const locales: readonly Locale[] = ['zh', 'en'];
/* A message file is whatever the build made of it. */
export type Messages = Record<string, unknown>;

function pick(): Locale {
  const kept = load('locale');
  if (kept === 'en' || kept === 'zh') return kept;
  const first = (navigator.languages?.[0] ?? navigator.language ?? 'en').toLowerCase();
  return first.startsWith('zh') ? 'zh' : 'en';
}

/* vue-i18n's own types follow the messages' shape, which costs the compiler dearly:
 * this is all we use of it. */
interface Words {
  install: (app: App) => void;
  global: {
    locale: { value: string };
    t: (key: string, args: Record<string, unknown>) => string;
    te: (key: string, locale: string) => boolean;
  };
}

function make(own: { en: Messages; zh: Messages }): Words {
  const messages = { en: { ...en, ...own.en }, zh: { ...zh, ...own.zh } } as unknown;
  return createI18n({
    legacy: false,
    locale: pick(),
    fallbackLocale: 'en',
    missingWarn: false,
    fallbackWarn: false,
    messages: messages as Record<string, never>,
  }) as unknown as Words;
}

let words: Words | null = null;

/* Makes the application's plugin from its own messages and the kit's. */
export function createWords(own: { en: Messages; zh: Messages }): Plugin {
  words = make(own);
  document.documentElement.lang = locale() === 'zh' ? 'zh-CN' : 'en';
  return words;
}

export function locale(): Locale {
  return (words?.global.locale.value as Locale | undefined) ?? 'en';
}

export function setLocale(to: Locale): void {
  if (words) words.global.locale.value = to;
  document.documentElement.lang = to === 'zh' ? 'zh-CN' : 'en';
  save('locale', to);
}

/* A message outside of components. */
export function say(key: string, args: Record<string, unknown> = {}): string {
  return words ? words.global.t(key, args) : key;
}

export function hasWord(key: string): boolean {
  return words?.global.te(key, 'en') ?? false;
}
