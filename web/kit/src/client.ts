/*
 * kit/client.ts - the one place that speaks HTTP to /v1.
 *
 * `api('GET /v1/me')` is typed by the row of that name in api.gen.ts.  Every
 * failure is an ApiError: with the server's errcode, or NETWORK when nobody
 * answered.  A 401 that means "your session is over" is also told to onSignedOut.
 */
import type { Routes } from './api.gen';

export type ClientName = 'desk' | 'console' | 'consumer';
export type RouteName = keyof Routes;

/* Numbers of errors.gen.ts that pages look at; NETWORK is ours alone. */
export const ERR = {
  NETWORK: -2,
  BUSY: -1,
  NOT_FOUND: 910002,
  SIGNED_OUT: 910004,
  BAD_SIGN_IN: 910005,
  TOO_LARGE: 910007,
  CODE_GONE: 910012,
  CLOSED: 910013,
  DISABLED: 910020,
  TOO_OFTEN: 45009,
  WORD_STOPS: 910141,
  WORD_WARNS: 910142,
} as const;

export class ApiError extends Error {
  constructor(
    readonly errcode: number,
    readonly errmsg: string,
    readonly status: number,
  ) {
    super(errmsg);
    this.name = 'ApiError';
  }

  /* May the same request succeed later, unchanged? */
  get retry(): boolean {
    return this.errcode === ERR.NETWORK || this.status === 429 || this.status >= 500;
  }
}

let client: ClientName = 'desk';
let signedOut: (errcode: number) => void = () => {};

export function setClient(name: ClientName): void {
  client = name;
}

export function clientName(): ClientName {
  return client;
}

/* Called when a request is refused because the session is over or disabled. */
export function onSignedOut(fn: (errcode: number) => void): void {
  signedOut = fn;
}

type Fields = Record<string, unknown>;

function query(fields: Fields | undefined): string {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value !== undefined && value !== null && value !== '') q.set(name, String(value));
  }
  const text = q.toString();
  return text && '?' + text;
}

/* An address for <img src>, links and the socket, where no header can be sent. */
export function link(path: string, fields: Fields = {}): string {
  return path + query({ ...fields, client });
}

export function avatarUrl(id: string | undefined): string {
  return id ? link('/v1/avatar', { id }) : '';
}

export function fileUrl(chat: string, seq: number, download = false): string {
  return link('/v1/chat/file', { chat, seq, download: download || undefined });
}

function answer<T>(status: number, text: string): T {
  let json: Fields = {};
  try {
    json = text ? (JSON.parse(text) as Fields) : {};
  } catch {
    throw new ApiError(status >= 400 ? ERR.BUSY : ERR.NETWORK, 'not JSON', status);
  }
  const errcode = Number(json['errcode'] ?? 0);
  if (errcode === 0 && status < 400) return json as T;
  const failure = new ApiError(errcode || ERR.BUSY, String(json['errmsg'] ?? ''), status);
  if (failure.errcode === ERR.SIGNED_OUT || failure.errcode === ERR.DISABLED)
    signedOut(failure.errcode);
  throw failure;
}

export async function api<R extends RouteName>(
  route: R,
  ...fields: {} extends Routes[R]['in'] ? [Routes[R]['in']?] : [Routes[R]['in']]
): Promise<Routes[R]['out']> {
  const [method, path] = route.split(' ') as [string, string];
  const get = method === 'GET';
  const headers: Record<string, string> = { 'X-Liaison-Client': client };
  if (!get) headers['Content-Type'] = 'application/json';
  let res: Response;
  let text: string;
  try {
    res = await fetch(get ? path + query(fields[0] as Fields) : path, {
      method,
      headers,
      body: get ? undefined : JSON.stringify(fields[0] ?? {}),
      credentials: 'same-origin',
      cache: 'no-store',
    });
    text = await res.text();
  } catch (cause) {
    throw new ApiError(ERR.NETWORK, String(cause), 0);
  }
  return answer(res.status, text);
}

/* A file that only a POST gives: fetched, then saved under the name that the server says. */
export async function saveFile(route: RouteName, fields: Fields = {}): Promise<void> {
  let res: Response;
  let file: Blob;
  try {
    res = await fetch(route.split(' ')[1] as string, {
      method: 'POST',
      headers: { 'X-Liaison-Client': client, 'Content-Type': 'application/json' },
      body: JSON.stringify(fields),
      credentials: 'same-origin',
      cache: 'no-store',
    });
    file = await res.blob();
  } catch (cause) {
    throw new ApiError(ERR.NETWORK, String(cause), 0);
  }
  if (!res.ok) answer(res.status, await file.text());
  const a = document.createElement('a');
  a.href = URL.createObjectURL(file);
  a.download = /filename="([^"]+)"/.exec(res.headers.get('Content-Disposition') ?? '')?.[1] ?? 'file';
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}

export interface UploadHooks {
  progress?: (share: number) => void;
  signal?: AbortSignal;
}

/* fetch() cannot tell how much it has sent, so uploads go by XMLHttpRequest. */
export function upload<R extends RouteName>(
  route: R,
  file: Blob,
  name: string,
  fields: Fields = {},
  hooks: UploadHooks = {},
): Promise<Routes[R]['out']> {
  const path = route.split(' ')[1] as string;
  const form = new FormData();
  form.append('media', file, name);
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const lost = () => reject(new ApiError(ERR.NETWORK, 'upload failed', 0));
    xhr.open('POST', path + query(fields));
    xhr.setRequestHeader('X-Liaison-Client', client);
    xhr.upload.onprogress = (e) => {
      if (e.lengthComputable) hooks.progress?.(e.loaded / e.total);
    };
    xhr.onerror = xhr.onabort = xhr.ontimeout = lost;
    xhr.onload = () => {
      try {
        resolve(answer(xhr.status, xhr.responseText));
      } catch (e) {
        reject(e as Error);
      }
    };
    hooks.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(form);
  });
}
