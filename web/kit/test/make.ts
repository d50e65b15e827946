/* What the tests are made of: chats and messages with sensible fields. */
import type { Chat, Message, Who } from '../src/types';
import { empty, reduce, type Event, type State } from '../src/store';

export const me: Who = { kind: 'member', id: 'lilei', name: '李雷', avatar: '' };
export const peer: Who = { kind: 'customer', id: 'wm1', name: '韩梅梅', avatar: '' };

export function chat(fields: Partial<Chat> = {}): Chat {
  return {
    chat: 'c1',
    kind: 'customer',
    peer: { ...peer, position: '', remark: '', corp: { corpid: '', name: '', verified: false } },
    last_seq: 0,
    read_seq: 0,
    peer_read_seq: 0,
    unread: 0,
    stamp: '100',
    closed: false,
    ...fields,
  };
}

export function message(seq: number, fields: Partial<Message> = {}): Message {
  const mine = fields.mine ?? false;
  return {
    chat: 'c1',
    seq,
    msgid: 'm' + seq,
    time: 1000 + seq,
    from: mine ? me : peer,
    mine,
    type: 'text',
    body: { content: 'text ' + seq },
    ...fields,
  };
}

export function after(...events: Event[]): State {
  return events.reduce(reduce, empty);
}

export function hello(...chats: Chat[]): Event {
  return { t: 'hello', cursor: '100', chats, more: false };
}

export function page(side: 'newest' | 'older' | 'after', from: number, to: number): Event {
  const messages: Message[] = [];
  for (let seq = from; seq <= to; seq++) messages.push(message(seq));
  return { t: 'page', chat: 'c1', side, messages, has_more: side !== 'after' && from > 1 };
}

export function seqs(state: State): number[] {
  return state.timelines['c1']?.messages.map((m) => m.seq) ?? [];
}
