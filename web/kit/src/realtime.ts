/*
 * kit/realtime.ts - the socket of doc/realtime.md: opens, says hello, keeps alive,
 * comes back.  It knows frames, not what they mean; live.ts gives them meaning.
 *
 * States: `offline` (the browser has no network, or we stopped), `waiting` (for the
 * next try), `opening` (until the server's hello), `online`.
 */
export interface Frame {
  t: string;
  [field: string]: unknown;
}

export type LinkState = 'offline' | 'waiting' | 'opening' | 'online';

export interface LinkHooks {
  hello(): Frame;
  frame(frame: Frame): void;
  state(state: LinkState): void;
  /* The server ended the session: no further try is made. */
  ended(reason: string): void;
}

/* The part of WebSocket that is used, so that tests can stand in for it. */
export interface Wire {
  readyState: number;
  onopen: (() => void) | null;
  onmessage: ((ev: { data: unknown }) => void) | null;
  onclose: ((ev: { code: number }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

export interface Clock {
  set(fn: () => void, ms: number): number;
  clear(id: number): void;
  random(): number;
}

const CLOSE_SIGNED_OUT = 4401;
const CLOSE_FORBIDDEN = 4403;
const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const PONG_MS = 10_000;
const OPEN_MS = 15_000;

const browserClock: Clock = {
  set: (fn, ms) => setTimeout(fn, ms) as unknown as number,
  clear: (id) => clearTimeout(id),
  random: Math.random,
};

export class Link {
  private wire: Wire | null = null;
  private tries = 0;
  private timer = 0;
  private quiet = 0;
  private heartbeat = 50;
  private stopped = true;
  state: LinkState = 'offline';

  constructor(
    private readonly connect: () => Wire,
    private readonly hooks: LinkHooks,
    private readonly clock: Clock = browserClock,
  ) {}

  start(): void {
    this.stopped = false;
    this.tries = 0;
    this.open();
  }

  stop(): void {
    this.stopped = true;
    this.drop(1000);
    this.to('offline');
  }

  /* The browser says that there is a network again: try at once. */
  wake(): void {
    if (this.stopped) return;
    this.tries = 0;
    if (!this.wire) this.open();
    else this.probe();
  }

  /* The browser says that the network is gone. */
  sleep(): void {
    if (this.stopped) return;
    this.drop(1000);
    this.to('offline');
  }

  send(frame: Frame): boolean {
    if (this.state !== 'online' || !this.wire || this.wire.readyState !== 1) return false;
    this.wire.send(JSON.stringify(frame));
    return true;
  }

  /* Says hello again on the same socket, as the server's `sync` asks. */
  hello(): void {
    this.wire?.send(JSON.stringify(this.hooks.hello()));
  }

  private to(state: LinkState): void {
    if (this.state === state) return;
    this.state = state;
    this.hooks.state(state);
  }

  private open(): void {
    this.clear();
    this.to('opening');
    const wire = this.connect();
    this.wire = wire;
    wire.onopen = () => wire.send(JSON.stringify(this.hooks.hello()));
    wire.onmessage = (ev) => {
      if (wire === this.wire) this.take(String(ev.data));
    };
    wire.onclose = (ev) => {
      if (wire === this.wire) this.closed(ev.code);
    };
    this.timer = this.clock.set(() => this.lost(), OPEN_MS);
  }

  private take(text: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      return;
    }
    if (frame.t === 'hello') {
      this.heartbeat = Number(frame['heartbeat']) || this.heartbeat;
      this.clear();
      this.tries = 0;
      this.to('online');
    }
    this.listen();
    if (frame.t === 'pong') return;
    if (frame.t === 'sync') return this.hello();
    this.hooks.frame(frame);
  }

  /* Something was heard; ask for a sign of life when nothing follows. */
  private listen(): void {
    this.clock.clear(this.quiet);
    this.quiet = this.clock.set(() => this.probe(), (this.heartbeat + 10) * 1000);
  }

  private probe(): void {
    if (!this.send({ t: 'ping' })) return;
    this.clock.clear(this.quiet);
    this.quiet = this.clock.set(() => this.lost(), PONG_MS);
  }

  private lost(): void {
    this.drop(4000);
    this.later();
  }

  private closed(code: number): void {
    this.wire = null;
    this.clear();
    if (code === CLOSE_SIGNED_OUT || code === CLOSE_FORBIDDEN) {
      this.stopped = true;
      this.to('offline');
      this.hooks.ended(code === CLOSE_FORBIDDEN ? 'forbidden' : 'signed_out');
      return;
    }
    this.later();
  }

  private later(): void {
    if (this.stopped) return;
    this.to('waiting');
    const wait = Math.min(FIRST_MS * 2 ** this.tries, LONGEST_MS);
    this.tries = Math.min(this.tries + 1, 10);
    this.clock.clear(this.timer);
    this.timer = this.clock.set(() => this.open(), wait * (0.8 + 0.4 * this.clock.random()));
  }

  private clear(): void {
    this.clock.clear(this.timer);
    this.clock.clear(this.quiet);
  }

  private drop(code: number): void {
    this.clear();
    const wire = this.wire;
    this.wire = null;
    if (!wire) return;
    wire.onclose = wire.onmessage = wire.onopen = null;
    wire.close(code);
  }
}
