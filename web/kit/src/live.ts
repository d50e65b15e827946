/*
 * kit/live.ts - one signed-in person's conversations, kept up to date.
 *
 * Joins the socket (realtime.ts), the state (store/), what waits to be sent
 * (outbox.ts) and the client API.  Events are hints: when the state shows a gap,
 * the timeline is asked.  Pages read `state` and call the verbs below.
 */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { Chat, Me, Message, Who } from './types';
import type { ImageBody } from './bodies';
import { api, ApiError, clientName, ERR, onSignedOut, upload } from './client';
import { Outbox } from './outbox';
import { Link, type Frame, type LinkState, type Wire } from './realtime';
import {
  chatList,
  empty,
  gaps,
  later,
  reduce,
  TYPING_MS,
  unreadTotal,
  type Event,
  type Gap,
  type Pending,
  type State,
} from './store';

const PAGE = 50;
const CATCH_UP = 200;
/* A timeline further behind than this is read anew instead of filled. */
const FAR = 600;
const IN_FLIGHT = 64;
const AGAIN_MS = 2000;
const TYPING_EVERY_MS = 3000;
/* Longer than the server's pause between two of these news. */
const DIRECTORY_MS = 1500;
/* Refusals whose words are the sensitive word itself. */
const WORDS = new Set<number>([ERR.WORD_STOPS, ERR.WORD_WARNS]);
const IMAGES = /^image\/(png|jpe?g|gif|webp)$/;

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return Array.from(bytes, (b) => (b % 36).toString(36)).join('') + Date.now().toString(36);
}

function socket(): Wire {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(
    `${scheme}//${location.host}/v1/ws?client=${clientName()}`,
  ) as unknown as Wire;
}

async function imageSize(url: string): Promise<{ width?: number; height?: number }> {
  return new Promise((resolve) => {
    const img = new Image();
    img.onload = () => resolve({ width: img.naturalWidth, height: img.naturalHeight });
    img.onerror = () => resolve({});
    img.src = url;
  });
}

export class Live {
  readonly state: ShallowRef<State> = shallowRef(empty);
  readonly link: Ref<LinkState> = ref('opening');
  /* Grows when the member's mass messages should be read again. */
  readonly mass: Ref<number> = ref(0);
  readonly chats: ComputedRef<Chat[]> = computed(() => chatList(this.state.value));
  readonly unread: ComputedRef<number> = computed(() => unreadTotal(this.state.value));
  /* The first hello has come: what is empty now is really empty. */
  readonly ready: Ref<boolean> = ref(false);

  /* Set by the application; called after the state has changed. */
  onMessage: (message: Message, chat: Chat | undefined) => void = () => {};
  onCustomer: (external_userid: string, change: string) => void = () => {};
  onMoment: (change: string) => void = () => {};
  onService: () => void = () => {};
  onEnded: (reason: string) => void = () => {};
  /* Colleagues or departments changed. */
  onDirectory: () => void = () => {};

  private readonly socket: Link;
  private readonly outbox: Outbox;
  private readonly inFlight = new Set<string>();
  private readonly busy = new Set<string>();
  private readonly urls = new Map<string, string>();
  private readonly reads = new Map<string, number>();
  private readonly typed = new Map<string, number>();
  private uploading = '';
  private behind: string | null = null;
  private chatsCursor: string | undefined;
  private lastMade = 0;
  private running = false;
  private directoryTimer = 0;

  constructor(private me: Me) {
    this.outbox = new Outbox(`${clientName()}.${me.id}`);
    this.socket = new Link(socket, {
      hello: () => ({ t: 'hello', cursor: this.state.value.cursor || undefined }),
      frame: (frame) => this.take(frame),
      state: (state) => this.linked(state),
      ended: (reason) => this.end(reason),
    });
  }

  start(): void {
    this.running = true;
    for (const p of this.outbox.all()) this.apply({ t: 'queued', pending: p });
    onSignedOut((errcode) => this.end(errcode === ERR.DISABLED ? 'disabled' : 'expired'));
    addEventListener('online', this.online);
    addEventListener('offline', this.offline);
    document.addEventListener('visibilitychange', this.seen);
    this.socket.start();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.directoryTimer);
    onSignedOut(() => {});
    removeEventListener('online', this.online);
    removeEventListener('offline', this.offline);
    document.removeEventListener('visibilitychange', this.seen);
    this.socket.stop();
    for (const url of this.urls.values()) URL.revokeObjectURL(url);
  }

  rename(name: string): void {
    this.me = { ...this.me, name };
  }

  private readonly online = () => this.socket.wake();
  private readonly offline = () => this.socket.sleep();
  private readonly seen = () => {
    if (document.visibilityState === 'visible') this.socket.wake();
  };

  private apply(ev: Event): void {
    this.state.value = reduce(this.state.value, ev);
  }

  private end(reason: string): void {
    if (!this.running) return;
    /* The socket's close says less than the frame before it. */
    if (this.state.value.signedOut) return;
    this.apply({ t: 'signed_out', reason });
    this.stop();
    this.onEnded(reason);
  }

  private linked(state: LinkState): void {
    this.link.value = state;
    if (state !== 'online') this.inFlight.clear();
  }

  private take(frame: Frame): void {
    switch (frame.t) {
      case 'hello':
        return this.welcome(frame as unknown as Extract<Event, { t: 'hello' }>);
      case 'message':
        return this.arrived(frame as unknown as Extract<Event, { t: 'message' }>);
      case 'ack':
        return this.acked(frame as unknown as Acknowledged & { nonce: string; chat: string });
      case 'nack':
        return this.refused(frame as unknown as Refused);
      case 'chat':
      case 'read':
      case 'gone':
        this.apply(frame as unknown as Event);
        return this.fill();
      case 'customer': {
        const ev = frame as unknown as Extract<Event, { t: 'customer' }>;
        this.apply(ev);
        return this.onCustomer(ev.external_userid, ev.change);
      }
      case 'mass':
        this.mass.value++;
        return;
      case 'moment':
        return this.onMoment(String(frame['change'] ?? ''));
      case 'directory':
        clearTimeout(this.directoryTimer);
        this.directoryTimer = window.setTimeout(() => this.onDirectory(), DIRECTORY_MS);
        return;
      case 'typing':
        this.apply({ ...(frame as unknown as Extract<Event, { t: 'typing' }>), now: Date.now() });
        setTimeout(() => this.apply({ t: 'typing_over', now: Date.now() }), TYPING_MS + 50);
        return;
      case 'service':
        return this.onService();
      case 'signed_out':
        return this.end(String(frame['reason'] ?? 'expired'));
      case 'error':
        if (frame['errcode'] === ERR.DISABLED) this.end('disabled');
        else if (frame['errcode'] === ERR.SIGNED_OUT) this.end('expired');
    }
  }

  private welcome(ev: Extract<Event, { t: 'hello' }>): void {
    const before = this.state.value.cursor;
    if (ev.more && before) this.behind ??= before;
    this.apply(ev);
    this.ready.value = true;
    if (this.behind !== null) void this.catchUp(this.behind);
    if (before) void this.dropLost();
    for (const [chat, seq] of this.reads) this.socket.send({ t: 'read', chat, seq });
    this.reads.clear();
    this.fill();
    this.pump();
  }

  /* A hello tells of chats that changed, not of those that a successor has now. */
  private async dropLost(): Promise<void> {
    const asked = this.state.value.cursor;
    try {
      const got = await api('GET /v1/chats', { limit: CATCH_UP });
      this.apply({ t: 'still', chats: got.chats, all: !got.next_cursor, asked });
    } catch {
      /* the next hello asks again */
    }
  }

  /* More changed while we were away than hello could tell. */
  private async catchUp(since: string): Promise<void> {
    let cursor: string | undefined;
    try {
      do {
        const got = await api('GET /v1/chats', { cursor, limit: CATCH_UP });
        this.apply({ t: 'chats', chats: got.chats, complete: !got.next_cursor });
        cursor = got.next_cursor;
        const oldest = got.chats[got.chats.length - 1];
        if (oldest && !later(oldest.stamp, since)) break;
      } while (cursor);
      this.behind = null;
      this.fill();
    } catch {
      /* the next hello tries again */
    }
  }

  private arrived(ev: Extract<Event, { t: 'message' }>): void {
    const m = ev.message;
    const known = this.state.value.chats[m.chat];
    const fresh = m.seq > (known?.last_seq ?? 0);
    this.apply(ev);
    if (m.mine && m.nonce) this.settled(m.nonce);
    if (!known) void this.learn(m.chat);
    this.fill();
    if (fresh) this.onMessage(m, this.state.value.chats[m.chat]);
  }

  /* Reads a chat that events speak of but hello did not list. */
  async learn(chat: string): Promise<Chat | undefined> {
    const known = this.state.value.chats[chat];
    if (known) return known;
    const got = await api('GET /v1/chat', { chat });
    this.apply({ t: 'chat', chat: got.chat });
    return this.state.value.chats[chat];
  }

  put(chat: Chat): void {
    this.apply({ t: 'chat', chat });
  }

  async moreChats(): Promise<void> {
    if (this.state.value.complete || this.busy.has('chats')) return;
    this.busy.add('chats');
    try {
      const got = await api('GET /v1/chats', { cursor: this.chatsCursor, limit: PAGE });
      this.chatsCursor = got.next_cursor;
      this.apply({ t: 'chats', chats: got.chats, complete: !got.next_cursor });
    } finally {
      this.busy.delete('chats');
    }
  }

  /* Reads the newest page of a chat that is opened for the first time. */
  async open(chat: string): Promise<void> {
    this.hurry();
    await this.learn(chat);
    if (this.state.value.timelines[chat]) return this.fill();
    await this.newest(chat);
    this.fill();
  }

  /* Somebody does something: no time to wait for the next try. */
  private hurry(): void {
    if (this.link.value === 'waiting') this.socket.wake();
  }

  private async newest(chat: string): Promise<void> {
    const got = await api('GET /v1/chat/messages', { chat, limit: PAGE });
    this.apply({ t: 'page', chat, side: 'newest', ...got });
  }

  async older(chat: string): Promise<void> {
    const held = this.state.value.timelines[chat];
    const first = held?.messages[0];
    if (!held?.older || !first || this.busy.has('older' + chat)) return;
    this.busy.add('older' + chat);
    try {
      const before = first.seq;
      const got = await api('GET /v1/chat/messages', { chat, before, limit: PAGE });
      this.apply({ t: 'page', chat, side: 'older', ...got });
    } finally {
      this.busy.delete('older' + chat);
    }
  }

  private fill(): void {
    for (const gap of gaps(this.state.value)) void this.fillOne(gap);
  }

  private async fillOne(gap: Gap): Promise<void> {
    const { chat, after, until } = gap;
    if (this.busy.has(chat)) return;
    this.busy.add(chat);
    try {
      if (until - after > FAR) {
        await this.newest(chat);
      } else {
        const got = await api('GET /v1/chat/messages', { chat, after, limit: CATCH_UP });
        this.apply({ t: 'page', chat, side: 'after', ...got });
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    } finally {
      this.busy.delete(chat);
    }
    if (this.link.value === 'online') this.fill();
  }

  sendText(chat: string, content: string): void {
    this.queue({ chat, type: 'text', body: { content } });
  }

  async sendFile(chat: string, file: File): Promise<void> {
    const id = nonce();
    const image = IMAGES.test(file.type);
    const name = file.name || (image ? 'image.png' : 'file');
    const body: ImageBody & { mime?: string } = { name, size: file.size };
    if (image) {
      const url = URL.createObjectURL(file);
      this.urls.set(id, url);
      Object.assign(body, await imageSize(url));
    } else {
      body.mime = file.type;
    }
    void this.outbox.putFile(id, file);
    this.queue({ chat, type: image ? 'image' : 'file', body, file: true }, id);
  }

  /* The picture that is being sent, or was sent from this page. */
  localUrl(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.urls.get(id);
  }

  private queue(part: Pick<Pending, 'chat' | 'type' | 'body' | 'file'>, id = nonce()): void {
    this.lastMade = Math.max(Date.now(), this.lastMade + 1);
    const p: Pending = { ...part, nonce: id, made: this.lastMade, state: 'sending' };
    this.outbox.put(p);
    this.apply({ t: 'queued', pending: p });
    this.hurry();
    this.pump();
  }

  retry(p: Pending): void {
    /* Who was warned of a word and sends it again knows what he does. */
    const anyway = p.anyway || p.errcode === ERR.WORD_WARNS;
    this.apply({ t: 'again', nonce: p.nonce, chat: p.chat, anyway });
    this.outbox.put({ ...p, state: 'sending', errcode: undefined, word: undefined, anyway });
    this.pump();
  }

  discard(p: Pending): void {
    this.apply({ t: 'discarded', nonce: p.nonce, chat: p.chat });
    this.outbox.drop(p.nonce);
  }

  /* Sends what waits, in the order it was written. */
  private pump(): void {
    if (this.link.value !== 'online') return;
    const waiting = Object.values(this.state.value.pending)
      .flat()
      .filter((p) => p.state === 'sending' && !this.inFlight.has(p.nonce))
      .sort((a, b) => a.made - b.made);
    for (const p of waiting) {
      if (p.file) {
        if (!this.uploading) void this.uploadOne(p);
        continue;
      }
      if (this.inFlight.size >= IN_FLIGHT) break;
      const { nonce, chat, type, body, anyway } = p;
      if (!this.socket.send({ t: 'send', nonce, chat, type, body, anyway })) break;
      this.inFlight.add(p.nonce);
    }
  }

  private async uploadOne(p: Pending): Promise<void> {
    this.uploading = p.nonce;
    let wait = 0;
    try {
      const bytes = await this.outbox.file(p.nonce);
      if (!bytes) throw new ApiError(ERR.NOT_FOUND, 'the bytes are gone', 404);
      const name = (p.body as ImageBody).name;
      const { nonce, chat, type } = p;
      const progress = (share: number) => this.apply({ t: 'progress', nonce, chat, share });
      const fields = { chat, nonce, type, ...(p.anyway ? { anyway: 1 } : {}) };
      const done = await upload('POST /v1/chat/upload', bytes, name, fields, { progress });
      this.acked({ ...done, nonce, chat });
    } catch (e) {
      const failure = e instanceof ApiError ? e : new ApiError(ERR.BUSY, String(e), 500);
      this.refused({ ...p, errcode: failure.errcode, errmsg: failure.errmsg.replace(/^[^:]*: /, ''), retry: failure.retry });
      if (failure.retry) wait = AGAIN_MS;
    }
    setTimeout(() => {
      this.uploading = '';
      this.pump();
    }, wait);
  }

  private acked(ev: Acknowledged & { nonce: string; chat: string }): void {
    const kind = this.me.kind === 'member' ? 'member' : 'customer';
    const from: Who = { kind, id: this.me.id, name: this.me.name, avatar: this.me.avatar };
    this.apply({ ...ev, t: 'ack', from });
    this.settled(ev.nonce);
    this.fill();
    this.pump();
  }

  private settled(nonce: string): void {
    this.inFlight.delete(nonce);
    this.outbox.drop(nonce);
  }

  private waiting(nonce: string): Pending | undefined {
    const all = Object.values(this.state.value.pending).flat();
    return all.find((p) => p.nonce === nonce);
  }

  private refused(ev: Refused): void {
    this.inFlight.delete(ev.nonce);
    if (ev.retry) {
      setTimeout(() => this.pump(), AGAIN_MS);
      return;
    }
    const p = this.waiting(ev.nonce);
    if (!p) return;
    const { nonce, chat } = p;
    const { errcode } = ev;
    const word = WORDS.has(errcode) ? ev.errmsg : undefined;
    this.apply({ t: 'nack', nonce, chat, errcode, word });
    this.outbox.put({ ...p, state: 'failed', errcode, word });
  }

  /* What is read only grows, and is told once. */
  read(chat: string, seq: number): void {
    const known = this.state.value.chats[chat];
    if (!known || seq <= known.read_seq) return;
    this.apply({ t: 'read', chat, seq, mine: true });
    if (!this.socket.send({ t: 'read', chat, seq })) this.reads.set(chat, seq);
  }

  typing(chat: string): void {
    const now = Date.now();
    if (now - (this.typed.get(chat) ?? 0) < TYPING_EVERY_MS) return;
    if (this.socket.send({ t: 'typing', chat })) this.typed.set(chat, now);
  }

  gone(chat: string): void {
    this.apply({ t: 'gone', chat });
  }
}

interface Acknowledged {
  seq: number;
  msgid: string;
  time: number;
}

interface Refused {
  nonce: string;
  errcode: number;
  errmsg?: string;
  retry?: boolean;
}
