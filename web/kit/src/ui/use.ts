/* kit/ui/use.ts - small composables that pages share. */
import { onBeforeUnmount, onMounted, ref, watchEffect, type Ref } from 'vue';

/* Follows a media query. */
export function useMedia(query: string): Ref<boolean> {
  const list = matchMedia(query);
  const matches = ref(list.matches);
  const follow = () => (matches.value = list.matches);
  onMounted(() => {
    if (list.addEventListener) list.addEventListener('change', follow);
    else list.addListener(follow);
  });
  onBeforeUnmount(() => {
    if (list.removeEventListener) list.removeEventListener('change', follow);
    else list.removeListener(follow);
  });
  return matches;
}

/* "(3) Liaison" while three messages are unread. */
export function useTitle(title: () => string, unread: () => number): void {
  watchEffect(() => {
    const n = unread();
    document.title = (n > 0 ? `(${n > 99 ? '99+' : n}) ` : '') + title();
  });
}

/* The time, once a minute: enough for "yesterday" and "3 min ago". */
export const now: Ref<number> = ref(Date.now());
if (typeof window !== 'undefined') setInterval(() => (now.value = Date.now()), 60_000);

/* Copies text; plain HTTP has no clipboard API, so the old way follows. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    /* the old way */
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

export function listTime(ms: number, locale: string, today: number, words: (k: string) => string) {
  const days = daysBetween(ms, today);
  const format = (options: Intl.DateTimeFormatOptions) =>
    formatter(locale, options).format(new Date(ms));
  if (days <= 0) return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (days === 1) return words('kit.time.yesterday');
  if (days < 7) return format({ weekday: 'short' });
  if (days < 300) return format({ month: 'numeric', day: 'numeric' });
  return format({ year: 'numeric', month: 'numeric', day: 'numeric' });
}

export function dayLabel(ms: number, locale: string, today: number, words: (k: string) => string) {
  const days = daysBetween(ms, today);
  if (days <= 0) return words('kit.time.today');
  if (days === 1) return words('kit.time.yesterday');
  const year = days > 300 ? ('numeric' as const) : undefined;
  const options = { weekday: 'short', month: 'long', day: 'numeric', year } as const;
  return formatter(locale, options).format(new Date(ms));
}

export function clock(ms: number, locale: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return formatter(locale, options).format(new Date(ms));
}

export function fullTime(ms: number, locale: string): string {
  const options = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  return formatter(locale, options).format(new Date(ms));
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return bytes + ' B';
  if (bytes < 1024 * 1024) return (bytes / 1024).toFixed(bytes < 10240 ? 1 : 0) + ' KB';
  return (bytes / 1024 / 1024).toFixed(1) + ' MB';
}

export function dayNumber(ms: number): number {
  const d = new Date(ms);
  return Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 86_400_000;
}

function daysBetween(ms: number, today: number): number {
  return dayNumber(today) - dayNumber(ms);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en', options);
    formatters.set(key, made);
  }
  return made;
}
