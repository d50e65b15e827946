/* kit/store - the state and its only way to change: reduce(state, event). */
import * as chat from './chat';
import * as message from './message';
import type { Event, State } from './state';

export * from './state';
export { preview } from './message';
export { TYPING_MS } from './chat';

const reducers: { [T in Event['t']]: (state: State, ev: Extract<Event, { t: T }>) => State } = {
  hello: chat.hello,
  chats: chat.chats,
  chat: chat.chat,
  read: chat.read,
  gone: chat.gone,
  still: chat.still,
  customer: chat.customer,
  typing: chat.typing,
  typing_over: chat.typing_over,
  signed_out: chat.signed_out,
  message: message.message,
  page: message.page,
  queued: message.queued,
  progress: message.progress,
  ack: message.ack,
  nack: message.nack,
  again: message.again,
  discarded: message.discarded,
};

export function reduce(state: State, ev: Event): State {
  const reducer = reducers[ev.t] as (state: State, ev: Event) => State;
  return reducer(state, ev);
}
