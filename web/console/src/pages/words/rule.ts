/* When a rule holds: days as bits (Monday is 1), minutes of the day. */
export const EVERY_DAY = 127;

export function daysOf(days: number, t: (key: string) => string): string {
  if (days === EVERY_DAY) return '';
  const names = [0, 1, 2, 3, 4, 5, 6].filter((d) => (days >> d) & 1).map((d) => t('words.day' + d));
  return names.join(' ');
}

export function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

export function clockOf(r: { from_min: number; until_min: number }): string {
  return r.from_min === r.until_min ? '' : `${clock(r.from_min)}–${clock(r.until_min)}`;
}

export function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
