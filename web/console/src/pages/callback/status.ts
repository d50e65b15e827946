/* How a callback stands, and how that looks. */
import type { AdminDelivery } from '@liaison/kit';

export const statuses = ['waiting', 'delivered', 'parked', 'expired'] as const;
export type Status = (typeof statuses)[number];

export function themeOf(status: string): 'primary' | 'success' | 'danger' | 'default' {
  const themes: Record<string, 'primary' | 'success' | 'danger'> = {
    waiting: 'primary',
    delivered: 'success',
    parked: 'danger',
  };
  return themes[status] ?? 'default';
}

/* The most precise name of the event: its change where it has one. */
export function eventName(d: AdminDelivery): string {
  return d.change || d.name;
}
