/* desk/customer/filters.ts - what the list of customers may be narrowed to. */
import type { Routes } from '@liaison/kit';

export interface Filters {
  tags: string[];
  any: boolean;
  personal: string;
  added: '' | 'today' | 'week' | 'month' | 'range';
  from: string;
  until: string;
  source: string;
  status: 'active' | 'deleted' | 'left' | 'transferred';
  unread: boolean;
}

export const noFilters: Filters = {
  tags: [],
  any: false,
  personal: '',
  added: '',
  from: '',
  until: '',
  source: '',
  status: 'active',
  unread: false,
};

const DAY_MS = 24 * 3600_000;
const DAYS = { today: 0, week: 6, month: 29 } as const;

function midnight(day?: string): number {
  const at = day ? new Date(`${day}T00:00:00`) : new Date();
  return at.setHours(0, 0, 0, 0);
}

function added(f: Filters): { from?: number; until?: number } {
  if (f.added === '') return {};
  if (f.added !== 'range') return { from: midnight() - DAYS[f.added] * DAY_MS };
  return {
    from: f.from ? midnight(f.from) : undefined,
    until: f.until ? midnight(f.until) + DAY_MS : undefined,
  };
}

export function question(f: Filters, q: string): Routes['GET /v1/customers']['in'] {
  return {
    q: q.trim(),
    tags: f.tags.join(','),
    any_tag: f.any && f.tags.length > 1 ? true : undefined,
    personal_tag: f.personal || undefined,
    add_way: f.source === '' ? undefined : Number(f.source),
    status: f.status === 'active' ? undefined : f.status,
    unread: f.unread || undefined,
    ...added(f),
  };
}

/* How many of them differ from none, tags counted as one. */
export function inForce(f: Filters): number {
  return [f.tags.length, f.personal, f.added, f.source, f.status !== 'active', f.unread].filter(
    Boolean,
  ).length;
}
