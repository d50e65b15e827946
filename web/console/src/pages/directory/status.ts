/* A member's status, as WeCom numbers it. */
import type { AdminMember } from '@liaison/kit';

export type Status = 'active' | 'disabled' | 'inactive' | 'left';
const byNumber: Record<number, Status> = { 1: 'active', 2: 'disabled', 4: 'inactive', 5: 'left' };

export function statusOf(m: AdminMember): Status {
  return byNumber[m.status] ?? 'inactive';
}

export const statusTheme = {
  active: 'success',
  disabled: 'danger',
  inactive: 'warning',
  left: 'default',
} as const;
