/*
 * kit/keep.ts - small things kept in this browser: language, theme, drafts, unsent
 * messages.  A browser may refuse storage (private mode, quota): then they last as
 * long as the page.
 */
const PREFIX = 'liaison.';
const memory = new Map<string, string>();

export function load(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function save(key: string, value: string): void {
  memory.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    /* memory has it */
  }
}

export function forget(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    /* nothing was kept */
  }
}

/* The keys that begin with `prefix`, in no order. */
export function kept(prefix: string): string[] {
  const found = new Set<string>();
  for (const key of memory.keys()) if (key.startsWith(prefix)) found.add(key);
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i) ?? '';
      if (key.startsWith(PREFIX + prefix)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    /* memory has them */
  }
  return [...found];
}
