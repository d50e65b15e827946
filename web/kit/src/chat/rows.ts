/*
 * kit/chat/rows.ts - what a conversation looks like, row by row: day lines, and
 * bubbles in groups.  A group is one sender within three minutes; its last bubble
 * carries the time.
 */
import type { Message, Who } from '../types';
import type { Pending } from '../store';
import { dayNumber } from '../ui/use';

export type Delivery = 'sending' | 'sent' | 'read' | 'failed';

export interface Bubble {
  t: 'bubble';
  key: string;
  seq: number;
  time: number;
  mine: boolean;
  from: Who | null;
  type: string;
  body: unknown;
  chat: string;
  nonce?: string;
  via?: string;
  pending?: Pending;
  delivery?: Delivery;
  first: boolean;
  last: boolean;
}

export type Row =
  | Bubble
  | { t: 'day'; key: string; time: number }
  | { t: 'system'; key: string; seq: number; time: number; message: Message };

const GROUP_MS = 3 * 60_000;

function delivered(m: Message, peerRead: number): Delivery | undefined {
  if (!m.mine) return undefined;
  return m.seq <= peerRead ? 'read' : 'sent';
}

function fromMessage(m: Message, peerRead: number): Bubble {
  return {
    t: 'bubble',
    key: m.nonce && m.mine ? 'n' + m.nonce : 's' + m.seq,
    seq: m.seq,
    time: m.time,
    mine: m.mine,
    from: m.from,
    type: m.type,
    body: m.body,
    chat: m.chat,
    nonce: m.nonce,
    via: m.via,
    delivery: delivered(m, peerRead),
    first: true,
    last: true,
  };
}

function fromPending(p: Pending): Bubble {
  return {
    t: 'bubble',
    key: 'n' + p.nonce,
    seq: 0,
    time: p.made,
    mine: true,
    from: null,
    type: p.type,
    body: p.body,
    chat: p.chat,
    nonce: p.nonce,
    pending: p,
    delivery: p.state,
    first: true,
    last: true,
  };
}

function follows(before: Row | undefined, b: Bubble): before is Bubble {
  return (
    before?.t === 'bubble' &&
    before.mine === b.mine &&
    before.via === b.via &&
    (b.mine || before.from?.id === b.from?.id) &&
    b.time - before.time < GROUP_MS
  );
}

export function makeRows(
  messages: readonly Message[],
  pending: readonly Pending[],
  peerRead: number,
): Row[] {
  const rows: Row[] = [];
  let day = -1;
  const add = (b: Bubble) => {
    newDay(b.time);
    const before = rows[rows.length - 1];
    if (follows(before, b)) {
      before.last = before.delivery === 'failed';
      b.first = false;
    }
    rows.push(b);
  };
  const newDay = (time: number) => {
    if (dayNumber(time) === day) return;
    day = dayNumber(time);
    rows.push({ t: 'day', key: 'd' + day, time });
  };
  for (const m of messages) {
    if (m.type === 'system') {
      newDay(m.time);
      rows.push({ t: 'system', key: 's' + m.seq, seq: m.seq, time: m.time, message: m });
    } else {
      add(fromMessage(m, peerRead));
    }
  }
  for (const p of pending) add(fromPending(p));
  return rows;
}
