/*
 * kit/store/state.ts - all a client knows about its conversations.
 *
 * The state is a plain immutable value; only the reducers beside this file make
 * a new one.  A timeline holds messages without holes: seq grows by one from the
 * first to the last.  What lies after the last is a gap as soon as the chat's
 * last_seq says so, and gaps() finds it.
 */
import type { Chat, ChatsOut, Message, MessagesOut, Who } from '../types';

/* A message of ours that the server has not put into the timeline we hold. */
export interface Pending {
  nonce: string;
  chat: string;
  type: string;
  body: unknown;
  made: number;
  state: 'sending' | 'sent' | 'failed';
  errcode?: number;
  /* The sensitive word that stopped it or warns of it; and: send it all the same. */
  word?: string;
  anyway?: boolean;
  /* A file goes by upload: its bytes are kept beside, this is how far it is. */
  file?: boolean;
  share?: number;
}

export interface Timeline {
  messages: readonly Message[];
  older: boolean;
}

export interface Typing {
  who: Pick<Who, 'kind' | 'id'>;
  until: number;
}

export interface State {
  /* The newest stamp that was applied; '' before the first hello. */
  readonly cursor: string;
  readonly chats: Readonly<Record<string, Chat>>;
  /* All chats are here, not only the newest. */
  readonly complete: boolean;
  readonly timelines: Readonly<Record<string, Timeline>>;
  readonly pending: Readonly<Record<string, readonly Pending[]>>;
  readonly typing: Readonly<Record<string, Typing>>;
  /* Grows when the customers' list or one customer should be read again. */
  readonly customers: number;
  readonly changed: { external_userid: string; change: string } | null;
  readonly signedOut: string;
}

export const empty: State = {
  cursor: '',
  chats: {},
  complete: false,
  timelines: {},
  pending: {},
  typing: {},
  customers: 0,
  changed: null,
  signedOut: '',
};

/* What happens, in one form: frames of the socket, answers to what we asked, and
 * what the person at this page does. */
export type Event =
  | { t: 'hello'; cursor: string; chats: Chat[]; more: boolean }
  | ({ t: 'chats'; complete: boolean } & Pick<ChatsOut, 'chats'>)
  | { t: 'chat'; stamp?: string; chat: Chat }
  | { t: 'message'; stamp?: string; message: Message }
  | ({ t: 'page'; chat: string; side: 'newest' | 'older' | 'after' } & MessagesOut)
  | { t: 'read'; stamp?: string; chat: string; seq: number; mine: boolean }
  | { t: 'customer'; stamp?: string; external_userid: string; change: string }
  | { t: 'typing'; chat: string; who: Pick<Who, 'kind' | 'id'>; now: number }
  | { t: 'typing_over'; now: number }
  | { t: 'queued'; pending: Pending }
  | { t: 'progress'; nonce: string; chat: string; share: number }
  | { t: 'ack'; nonce: string; chat: string; seq: number; msgid: string; time: number; from: Who }
  | { t: 'nack'; nonce: string; chat: string; errcode: number; word?: string }
  | { t: 'again'; nonce: string; chat: string; anyway?: boolean }
  | { t: 'discarded'; nonce: string; chat: string }
  | { t: 'gone'; chat: string }
  | { t: 'still'; chats: Chat[]; all: boolean; asked: string }
  | { t: 'signed_out'; reason: string };

/* Stamps are 64-bit numbers as text: the longer is the greater. */
export function later(a: string, b: string): boolean {
  return a.length !== b.length ? a.length > b.length : a > b;
}

export function newest(a: string, b: string | undefined): string {
  return b !== undefined && later(b, a) ? b : a;
}

export function lastSeq(timeline: Timeline): number {
  return timeline.messages[timeline.messages.length - 1]?.seq ?? 0;
}

export interface Gap {
  chat: string;
  after: number;
  until: number;
}

/* Timelines that end before their chat does. */
export function gaps(state: State): Gap[] {
  const found: Gap[] = [];
  for (const [chat, timeline] of Object.entries(state.timelines)) {
    const after = lastSeq(timeline);
    const until = state.chats[chat]?.last_seq ?? 0;
    if (until > after) found.push({ chat, after, until });
  }
  return found;
}

export function chatList(state: State): Chat[] {
  return Object.values(state.chats).sort(
    (a, b) =>
      (b.last?.time ?? 0) - (a.last?.time ?? 0) || (later(b.stamp, a.stamp) ? 1 : -1),
  );
}

export function unreadTotal(state: State): number {
  return Object.values(state.chats).reduce((sum, chat) => sum + chat.unread, 0);
}
