/* kit/store/message.ts - reducers of timelines and of what waits to enter them. */
import type { Chat, Message } from '../types';
import type { TextBody } from '../bodies';
import {
  lastSeq,
  newest,
  type Event,
  type Pending,
  type State,
  type Timeline,
} from './state';

type On<T extends Event['t']> = Extract<Event, { t: T }>;

export function preview(body: unknown): string {
  const b = body as { content?: string; name?: string; title?: string } | null;
  return ((b as TextBody | null)?.content ?? b?.title ?? b?.name ?? '').slice(0, 120);
}

function head(chat: Chat, m: Message, stamp: string | undefined): Chat {
  if (m.seq <= chat.last_seq) return chat;
  /* What one writes oneself, on any device, has been seen. */
  const read_seq = m.mine ? Math.max(chat.read_seq, m.seq) : chat.read_seq;
  return {
    ...chat,
    read_seq,
    last_seq: m.seq,
    last: {
      seq: m.seq,
      type: m.type,
      preview: preview(m.body),
      time: m.time,
      mine: m.mine,
    },
    unread: m.mine ? 0 : chat.unread + 1,
    stamp: newest(chat.stamp, stamp),
  };
}

function set(state: State, chat: string, timeline: Timeline): State {
  return { ...state, timelines: { ...state.timelines, [chat]: timeline } };
}

/* What is in the timeline no longer waits. */
function settle(state: State, chat: string): State {
  const waiting = state.pending[chat];
  const held = state.timelines[chat];
  if (!waiting?.length || !held) return state;
  const nonces = new Set(held.messages.filter((m) => m.mine).map((m) => m.nonce));
  const left = waiting.filter((p) => !nonces.has(p.nonce));
  if (left.length === waiting.length) return state;
  return { ...state, pending: { ...state.pending, [chat]: left } };
}

/* Adds the messages that follow what we hold; the rest is known or a gap. */
function append(state: State, chat: string, messages: readonly Message[]): State {
  const held = state.timelines[chat];
  if (!held) return state;
  let last = lastSeq(held);
  const fresh: Message[] = [];
  for (const m of messages) {
    if (m.seq !== last + 1) continue;
    fresh.push(m);
    last = m.seq;
  }
  if (!fresh.length) return state;
  return settle(set(state, chat, { ...held, messages: [...held.messages, ...fresh] }), chat);
}

export function message(state: State, ev: On<'message'>): State {
  const m = ev.message;
  const chat = state.chats[m.chat];
  let next: State = { ...state, cursor: newest(state.cursor, ev.stamp) };
  if (chat) next = { ...next, chats: { ...next.chats, [m.chat]: head(chat, m, ev.stamp) } };
  if (!m.mine && next.typing[m.chat]) {
    const { [m.chat]: _done, ...typing } = next.typing;
    next = { ...next, typing };
  }
  if (m.mine && m.nonce && !next.timelines[m.chat]) next = without(next, m.chat, m.nonce);
  return append(next, m.chat, [m]);
}

export function page(state: State, ev: On<'page'>): State {
  const held = state.timelines[ev.chat];
  let next = state;
  if (ev.side === 'newest') {
    /* Events that came while we asked may already be further. */
    const last = ev.messages[ev.messages.length - 1]?.seq ?? 0;
    const tail = held && held.messages.filter((m) => m.seq > last);
    next = set(state, ev.chat, { messages: ev.messages, older: ev.has_more });
    if (tail?.length) next = append(next, ev.chat, tail);
  } else if (!held) {
    return state;
  } else if (ev.side === 'older') {
    const first = held.messages[0]?.seq ?? Infinity;
    const fresh = ev.messages.filter((m) => m.seq < first);
    const messages = [...fresh, ...held.messages];
    next = set(state, ev.chat, { messages, older: ev.has_more });
  } else {
    next = append(state, ev.chat, ev.messages);
  }
  const newestOne = ev.messages[ev.messages.length - 1];
  const chat = next.chats[ev.chat];
  if (ev.side !== 'older' && chat && newestOne && newestOne.seq > chat.last_seq) {
    const chats = { ...next.chats, [ev.chat]: head(chat, newestOne, undefined) };
    next = { ...next, chats };
  }
  return settle(next, ev.chat);
}

function change(state: State, chat: string, nonce: string, part: Partial<Pending>): State {
  const waiting = state.pending[chat];
  if (!waiting?.some((p) => p.nonce === nonce)) return state;
  const list = waiting.map((p) => (p.nonce === nonce ? { ...p, ...part } : p));
  return { ...state, pending: { ...state.pending, [chat]: list } };
}

function without(state: State, chat: string, nonce: string): State {
  const waiting = state.pending[chat];
  if (!waiting?.some((p) => p.nonce === nonce)) return state;
  const list = waiting.filter((p) => p.nonce !== nonce);
  return { ...state, pending: { ...state.pending, [chat]: list } };
}

export function queued(state: State, ev: On<'queued'>): State {
  const p = ev.pending;
  const waiting = state.pending[p.chat] ?? [];
  if (waiting.some((w) => w.nonce === p.nonce)) return state;
  return { ...state, pending: { ...state.pending, [p.chat]: [...waiting, p] } };
}

export function progress(state: State, ev: On<'progress'>): State {
  return change(state, ev.chat, ev.nonce, { share: ev.share });
}

/* The server has it on disk.  When it follows what we hold it enters the timeline
 * here and now; otherwise it waits, as sent, for the page that fills the gap. */
export function ack(state: State, ev: On<'ack'>): State {
  const p = state.pending[ev.chat]?.find((w) => w.nonce === ev.nonce);
  if (!p) return state;
  const { chat, seq, msgid, time, from, nonce } = ev;
  const m: Message = { chat, seq, msgid, time, from, nonce, mine: true, type: p.type, body: p.body };
  const next = message(state, { t: 'message', message: m });
  const held = next.timelines[chat];
  if (held && lastSeq(held) < seq) return change(next, chat, nonce, { state: 'sent' });
  return without(next, chat, nonce);
}

export function nack(state: State, ev: On<'nack'>): State {
  return change(state, ev.chat, ev.nonce, { state: 'failed', errcode: ev.errcode, word: ev.word });
}

export function again(state: State, ev: On<'again'>): State {
  const fresh = { state: 'sending' as const, errcode: undefined, word: undefined, share: undefined, anyway: ev.anyway };
  return change(state, ev.chat, ev.nonce, fresh);
}

export function discarded(state: State, ev: On<'discarded'>): State {
  return without(state, ev.chat, ev.nonce);
}
