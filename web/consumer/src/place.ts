/*
 * consumer/place.ts - where the visitor is: /c/<code> is a card, #chat/<id> a chat,
 * /c/ without a code his list.  Three places need no router.
 */
import { ref, type Ref } from 'vue';

export interface Place {
  code: string;
  chat: string;
}

function read(): Place {
  const path = /^\/c\/([^/]+)/.exec(location.pathname);
  const hash = /^#chat\/([\w-]+)$/.exec(location.hash);
  return { code: path ? decodeURIComponent(path[1] as string) : '', chat: hash?.[1] ?? '' };
}

export const place: Ref<Place> = ref(read());

addEventListener('popstate', () => (place.value = read()));
addEventListener('hashchange', () => (place.value = read()));

function go(url: string, replace: boolean): void {
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  place.value = read();
}

/* `replace` where "back" should not lead to the page that is left. */
export function toChat(chat: string, replace = false): void {
  const path = place.value.code ? '/c/' + encodeURIComponent(place.value.code) : '/c/';
  go(`${path}#chat/${chat}`, replace);
}

export function toList(): void {
  go('/c/', false);
}
