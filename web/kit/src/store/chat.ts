/* kit/store/chat.ts - reducers of chats: which there are, and how far they are read. */
import type { Chat } from '../types';
import { later, newest, type Event, type State } from './state';

type On<T extends Event['t']> = Extract<Event, { t: T }>;

/* The server's view of a chat wins when it is not older than ours, but for what
 * this page has done since: reading only grows. */
export function mergeChat(ours: Chat | undefined, theirs: Chat): Chat {
  if (!ours) return theirs;
  if (later(ours.stamp, theirs.stamp)) return ours;
  const read_seq = Math.max(ours.read_seq, theirs.read_seq);
  const ahead = ours.last_seq > theirs.last_seq;
  return {
    ...theirs,
    read_seq,
    peer_read_seq: Math.max(ours.peer_read_seq, theirs.peer_read_seq),
    last_seq: ahead ? ours.last_seq : theirs.last_seq,
    last: ahead ? ours.last : theirs.last,
    unread: read_seq >= theirs.last_seq ? 0 : theirs.unread,
  };
}

export function putChats(state: State, chats: readonly Chat[]): State {
  const all = { ...state.chats };
  for (const chat of chats) all[chat.chat] = mergeChat(all[chat.chat], chat);
  return { ...state, chats: all };
}

export function hello(state: State, ev: On<'hello'>): State {
  const first = state.cursor === '';
  return {
    ...putChats(state, ev.chats),
    cursor: newest(state.cursor, ev.cursor),
    complete: first ? !ev.more : state.complete,
    signedOut: '',
  };
}

export function chats(state: State, ev: On<'chats'>): State {
  return { ...putChats(state, ev.chats), complete: state.complete || ev.complete };
}

export function chat(state: State, ev: On<'chat'>): State {
  const stamped = { ...ev.chat, stamp: newest(ev.chat.stamp, ev.stamp) };
  return { ...putChats(state, [stamped]), cursor: newest(state.cursor, ev.stamp) };
}

/* How many of the messages after `seq` are not ours; exact where we hold them. */
function unreadAfter(state: State, chat: Chat, seq: number): number {
  if (seq >= chat.last_seq) return 0;
  const held = state.timelines[chat.chat]?.messages ?? [];
  if ((held[0]?.seq ?? Infinity) > seq + 1) return Math.min(chat.unread, chat.last_seq - seq);
  return held.filter((m) => m.seq > seq && !m.mine).length;
}

export function read(state: State, ev: On<'read'>): State {
  const chat = state.chats[ev.chat];
  const cursor = newest(state.cursor, ev.stamp);
  if (!chat) return { ...state, cursor };
  const next = { ...chat };
  if (ev.mine && ev.seq > chat.read_seq) {
    next.read_seq = ev.seq;
    next.unread = unreadAfter(state, chat, ev.seq);
  }
  if (!ev.mine) next.peer_read_seq = Math.max(chat.peer_read_seq, ev.seq);
  return { ...state, cursor, chats: { ...state.chats, [ev.chat]: next } };
}

/* This chat is no longer ours (the other side was deleted). */
export function gone(state: State, ev: On<'gone'>): State {
  const { [ev.chat]: _chat, ...chats } = state.chats;
  const { [ev.chat]: _timeline, ...timelines } = state.timelines;
  return { ...state, chats, timelines };
}

/* The newest chats as the server has them now: what we hold among them and it does not
 * has passed to somebody else while we were away.  What changed since we asked is newer
 * than the answer. */
export function still(state: State, ev: On<'still'>): State {
  const there = new Set(ev.chats.map((c) => c.chat));
  const oldest = ev.all ? '' : (ev.chats[ev.chats.length - 1]?.stamp ?? '');
  const lost = Object.values(state.chats).filter(
    (c) => !there.has(c.chat) && !later(c.stamp, ev.asked) && (ev.all || later(c.stamp, oldest)),
  );
  return lost.reduce((s, c) => gone(s, { t: 'gone', chat: c.chat }), putChats(state, ev.chats));
}

export function customer(state: State, ev: On<'customer'>): State {
  return {
    ...state,
    cursor: newest(state.cursor, ev.stamp),
    customers: state.customers + 1,
    changed: { external_userid: ev.external_userid, change: ev.change },
  };
}

export const TYPING_MS = 5000;

export function typing(state: State, ev: On<'typing'>): State {
  const entry = { who: ev.who, until: ev.now + TYPING_MS };
  return { ...state, typing: { ...state.typing, [ev.chat]: entry } };
}

export function typing_over(state: State, ev: On<'typing_over'>): State {
  const still = Object.entries(state.typing).filter(([, t]) => t.until > ev.now);
  if (still.length === Object.keys(state.typing).length) return state;
  return { ...state, typing: Object.fromEntries(still) };
}

export function signed_out(state: State, ev: On<'signed_out'>): State {
  return { ...state, signedOut: ev.reason };
}
