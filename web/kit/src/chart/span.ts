/* kit/chart/span.ts - the last so many days, and words for their numbers. */
export const SPANS = [7, 30, 90] as const;
const DAY = 24 * 3600 * 1000;

/* As the query of GET /v1/insight: from the first day's noon to now. */
export function lastDays(n: number, now = Date.now()): { from: number; until: number } {
  return { from: now - (n - 1) * DAY, until: now };
}

export function shareWords(percent: number | undefined): string {
  return percent === undefined ? '–' : `${String(percent)}%`;
}

export function minuteWords(minutes: number | undefined): string {
  return minutes === undefined ? '–' : String(minutes);
}
