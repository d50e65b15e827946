/*
 * consumer/session.ts - the visitor: nobody at first, then a consumer with a name and
 * conversations.  The conversations' code comes only when there is somebody.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { api, upload } from '@liaison/kit/client';
import type { Chat, Me } from '@liaison/kit/types';
import type { Live } from '@liaison/kit/live';

export const me: Ref<Me | null> = ref(null);
export const live: ShallowRef<Live | null> = shallowRef(null);
/* The server no longer knows this browser. */
export const lost: Ref<boolean> = ref(false);

async function begin(who: Me): Promise<void> {
  const { Live } = await import('@liaison/kit/live');
  if (live.value) return;
  me.value = who;
  lost.value = false;
  const conversations = new Live(who);
  conversations.onEnded = () => {
    live.value = null;
    me.value = null;
    lost.value = true;
  };
  live.value = conversations;
  conversations.start();
}

/* Finds out who this browser is; false when it is nobody yet. */
export async function resume(): Promise<boolean> {
  if (me.value) return true;
  try {
    await begin((await api('GET /v1/me')).me);
    return true;
  } catch (e) {
    if ((e as { status?: number }).status === 401) return false;
    throw e;
  }
}

export interface Adding {
  code: string;
  nickname?: string;
  by?: string;
  channel?: string;
  words?: string;
  puzzle?: string;
}

/* The chat's name; or empty when the employee has to accept first. */
export async function add({ puzzle, ...fields }: Adding): Promise<string> {
  const answer = puzzle && (await (await import('./card/puzzle')).solve(puzzle));
  const added = await api('POST /v1/add', { ...fields, puzzle, answer });
  await begin(added.me);
  if (!added.chat) return '';
  live.value?.put(added.chat);
  return added.chat.chat;
}

/* Comes to a customer service by its link; the server makes a visitor of a stranger. */
export async function enterService(code: string, param: string): Promise<Chat> {
  const entered = await api('POST /v1/service/enter', { code, scene_param: param || undefined });
  await begin(entered.me);
  live.value?.put(entered.chat);
  return entered.chat;
}

export async function rename(name: string): Promise<void> {
  await api('POST /v1/me/name', { name });
  if (me.value) me.value = { ...me.value, name };
  live.value?.rename(name);
}

/* The visitor deletes the employee: the chat closes, here at once. */
export async function leave(chat: string): Promise<void> {
  await api('POST /v1/leave', { chat });
  try {
    live.value?.put((await api('GET /v1/chat', { chat })).chat);
  } catch {
    live.value?.gone(chat);
  }
}

export async function changePicture(bytes: Blob): Promise<void> {
  me.value = (await upload('POST /v1/me/picture', bytes, 'picture.jpg')).me;
}

/* Chats that are his no more. */
export function forget(chats: string[]): void {
  for (const chat of chats) live.value?.gone(chat);
}

/* Shutting somebody out closes the chat: here at once. */
export async function block(corpid: string, person: string, chat: string): Promise<void> {
  await api('POST /v1/block', { corpid, person });
  live.value?.put((await api('GET /v1/chat', { chat })).chat);
}

/* Into the group that a code leads to. */
export async function join(code: string, nickname?: string): Promise<Chat> {
  const joined = await api('POST /v1/group/join', { code, nickname });
  await begin(joined.me);
  live.value?.put(joined.chat);
  return joined.chat;
}

/* He reads a group he has left no more. */
export async function leaveGroup(chat: string): Promise<void> {
  await api('POST /v1/group/leave', { chat });
  live.value?.gone(chat);
}
