/*
 * consumer/place.ts - where the visitor is: /c/<code> is a card (?by= who passed it on),
 * #chat/<id> a chat, #companies and #company/<corpid> those who serve him, #moments
 * what they show, #me himself,
 * /c/ without a code his list.  So few places need no router.
 */
import { ref, type Ref } from 'vue';

export interface Place {
  code: string;
  /* /k/<code>: a customer service, with what was appended to its link. */
  service: string;
  param: string;
  by: string;
  chat: string;
  page: '' | 'companies' | 'company' | 'moments' | 'me';
  company: string;
}

function plain(hash: string): Place['page'] {
  const page = hash.slice(1);
  return page === 'companies' || page === 'moments' || page === 'me' ? page : '';
}

function read(): Place {
  const path = /^\/c\/([^/]+)/.exec(location.pathname);
  const service = /^\/k\/([^/]+)/.exec(location.pathname);
  const hash = /^#(chat|company)\/([\w-]+)$/.exec(location.hash);
  const page = hash?.[1] === 'company' ? 'company' : plain(location.hash);
  return {
    code: path ? decodeURIComponent(path[1] as string) : '',
    service: service ? decodeURIComponent(service[1] as string) : '',
    param: new URLSearchParams(location.search).get('scene_param') ?? '',
    by: new URLSearchParams(location.search).get('by') ?? '',
    chat: hash?.[1] === 'chat' ? (hash[2] ?? '') : '',
    page,
    company: page === 'company' ? (hash?.[2] ?? '') : '',
  };
}

export const place: Ref<Place> = ref(read());

addEventListener('popstate', () => (place.value = read()));
addEventListener('hashchange', () => (place.value = read()));

/* Where a link's visitor came from; kept by the corp with the customer. */
export const channel: string = new URLSearchParams(location.search).get('customer_channel') ?? '';

function go(url: string, replace: boolean): void {
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  place.value = read();
}

/* `replace` where "back" should not lead to the page that is left. */
export function toChat(chat: string, replace = false): void {
  const { code, service } = place.value;
  const path = service ? '/k/' + encodeURIComponent(service) : code ? '/c/' + encodeURIComponent(code) : '/c/';
  go(`${path}#chat/${chat}`, replace);
}

export function toList(): void {
  go('/c/', false);
}

export function toPage(page: 'companies' | 'moments' | 'me'): void {
  go('/c/#' + page, false);
}

export function toCompany(corpid: string): void {
  go('/c/#company/' + corpid, false);
}
