/* What the states of mass messages look like, and a line of its text. */
import type { Mass } from '@liaison/kit';

type Theme = 'default' | 'primary' | 'success' | 'warning' | 'danger';
const themes: Record<string, Theme> = {
  preparing: 'primary', open: 'primary', paused: 'warning', cancelled: 'default', done: 'success',
  asked: 'primary', sending: 'primary', sent: 'success', ignored: 'default',
};

export const themeOf = (state: string): Theme => themes[state] ?? 'default';

export function excerpt(m: Mass): string {
  const line = m.text.trim().split('\n')[0] ?? '';
  return Array.from(line).slice(0, 40).join('') || (m.attachments[0]?.link?.title ?? '');
}
