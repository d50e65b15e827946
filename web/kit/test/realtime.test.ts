import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Link, type Clock, type Frame, type LinkState, type Wire } from '../src/realtime';

/* A clock that moves only when told, and sockets that the test plays the server of. */
class Stage implements Clock {
  now = 0;
  private next = 1;
  private readonly due = new Map<number, { at: number; fn: () => void }>();
  readonly wires: (Wire & { sent: Frame[]; closed?: number })[] = [];
  readonly states: LinkState[] = [];
  readonly frames: Frame[] = [];
  ended = '';
  cursor: string | undefined;

  set(fn: () => void, ms: number): number {
    this.due.set(this.next, { at: this.now + ms, fn });
    return this.next++;
  }
  clear(id: number): void {
    this.due.delete(id);
  }
  random(): number {
    return 0.5;
  }
  pass(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const first = [...this.due].sort((a, b) => a[1].at - b[1].at)[0];
      if (!first || first[1].at > until) break;
      this.due.delete(first[0]);
      this.now = first[1].at;
      first[1].fn();
    }
    this.now = until;
  }
  readonly link = new Link(
    () => {
      const wire = {
        readyState: 1,
        onopen: null,
        onmessage: null,
        onclose: null,
        sent: [] as Frame[],
        send: (text: string) => void wire.sent.push(JSON.parse(text) as Frame),
        close: (code?: number) => void (wire.closed = code),
      } as Wire & { sent: Frame[]; closed?: number };
      this.wires.push(wire);
      return wire;
    },
    {
      hello: () => ({ t: 'hello', cursor: this.cursor }),
      frame: (frame) => this.frames.push(frame),
      state: (state) => this.states.push(state),
      ended: (reason) => (this.ended = reason),
    },
    this,
  );
  get wire() {
    return this.wires[this.wires.length - 1]!;
  }
  says(frame: Frame): void {
    this.wire.onmessage?.({ data: JSON.stringify(frame) });
  }
  greet(): void {
    this.wire.onopen?.();
    this.says({ t: 'hello', heartbeat: 50, chats: [] });
  }
}

test('hello goes first, with the cursor, and nothing before the answer', () => {
  const s = new Stage();
  s.cursor = '7';
  s.link.start();
  assert.equal(s.link.send({ t: 'send' }), false);
  s.greet();
  assert.deepEqual(s.wire.sent, [{ t: 'hello', cursor: '7' }]);
  assert.equal(s.link.send({ t: 'send' }), true);
  assert.deepEqual(s.states, ['opening', 'online']);
});

test('comes back after 0.5 s, doubling to 30 s, and starts over once online', () => {
  const s = new Stage();
  s.link.start();
  const waits: number[] = [];
  for (let i = 0; i < 9; i++) {
    const at = s.now;
    const before = s.wires.length;
    s.wire.onclose?.({ code: 1006 });
    while (s.wires.length === before) s.pass(100);
    waits.push(s.now - at);
  }
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  s.greet();
  s.wire.onclose?.({ code: 1001 });
  s.pass(500);
  assert.equal(s.wires.length, 11);
});

test('tries at once when the browser is online again', () => {
  const s = new Stage();
  s.link.start();
  s.greet();
  s.link.sleep();
  assert.equal(s.link.state, 'offline');
  s.pass(60_000);
  assert.equal(s.wires.length, 1);
  s.link.wake();
  assert.equal(s.wires.length, 2);
});

test('asks for a sign of life when it is quiet, and leaves without an answer', () => {
  const s = new Stage();
  s.link.start();
  s.greet();
  s.pass(59_000);
  assert.equal(s.wire.sent.length, 1);
  s.pass(1000);
  assert.deepEqual(s.wire.sent[1], { t: 'ping' });
  s.says({ t: 'pong' });
  s.pass(59_000);
  assert.equal(s.wires.length, 1);
  s.pass(1000 + 10_000 + 500);
  assert.equal(s.wires.length, 2);
  assert.deepEqual(s.frames.map((f) => f.t), ['hello']);
});

test('a session that is over is not tried again', () => {
  const s = new Stage();
  s.link.start();
  s.greet();
  s.wire.onclose?.({ code: 4401 });
  s.pass(120_000);
  assert.deepEqual([s.ended, s.wires.length, s.link.state], ['signed_out', 1, 'offline']);
});

test('sync is answered by hello on the same socket', () => {
  const s = new Stage();
  s.link.start();
  s.greet();
  s.cursor = '9';
  s.says({ t: 'sync' });
  assert.deepEqual(s.wire.sent[1], { t: 'hello', cursor: '9' });
  assert.equal(s.wires.length, 1);
});

test('frames that are not JSON, and frames of an older socket, are ignored', () => {
  const s = new Stage();
  s.link.start();
  const old = s.wire;
  s.wire.onclose?.({ code: 1006 });
  s.pass(500);
  s.greet();
  s.wire.onmessage?.({ data: '{' });
  old.onmessage?.({ data: '{"t":"message"}' });
  old.onclose?.({ code: 1006 });
  assert.equal(s.link.state, 'online');
  assert.deepEqual(s.frames.map((f) => f.t), ['hello']);
});
