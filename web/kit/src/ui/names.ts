/* kit/ui/names.ts - a picture for who has none: initials on a colour of his own. */

/* Dark enough for white letters on each (4.5:1). */
const COLOURS = [
  '#2f66d0', '#0d7a6f', '#8a4bc2', '#b8521a', '#2b7a37',
  '#b33a6b', '#4a5bc4', '#6d6a1f', '#1c7391', '#a04040',
];

export function colourOf(id: string): string {
  let hash = 0;
  for (const c of id) hash = (hash * 31 + (c.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[hash % COLOURS.length] as string;
}

/* 韩梅梅 -> 梅梅, Ada Lovelace -> AL, bob -> B. */
export function initials(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return '?';
  const points = Array.from(trimmed);
  if (/[\u3400-\u9fff\uf900-\ufaff]/.test(trimmed)) {
    const han = points.filter((c) => /[\u3400-\u9fff\uf900-\ufaff]/.test(c));
    return han.slice(-2).join('');
  }
  const words = trimmed.split(/\s+/).slice(0, 2);
  return words.map((word) => (Array.from(word)[0] ?? '').toUpperCase()).join('');
}
