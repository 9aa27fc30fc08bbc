import { beforeEach, expect, test } from 'vitest';
import { closeCodes, HubClient, type HubSocket } from './hub-client.ts';

/** A socket whose kernel takes nothing until `flush`. */
class StuckSocket implements HubSocket {
  bufferedAmount = 0;
  sent: (string | Uint8Array)[] = [];
  closed: [number, string] | null = null;
  terminated = false;
  pings = 0;
  #callbacks: (() => void)[] = [];
  send(data: string | Uint8Array, _: { binary: boolean }, sent: () => void): void {
    this.sent.push(data);
    this.bufferedAmount += data.length;
    this.#callbacks.push(sent);
  }
  flush(): void {
    this.bufferedAmount = 0;
    for (const callback of this.#callbacks.splice(0)) callback();
  }
  close(code: number, reason: string): void {
    this.closed = [code, reason];
  }
  terminate(): void {
    this.terminated = true;
  }
  ping(): void {
    this.pings += 1;
  }
}

let socket: StuckSocket;
let client: HubClient;
const snapshot = (sequence: number) => Uint8Array.of(sequence);
beforeEach(() => {
  socket = new StuckSocket();
  client = new HubClient(socket);
});

test('a page that does not read gets the first and the newest snapshot, nothing between', () => {
  for (let sequence = 1; sequence <= 100; sequence += 1) client.snapshot(snapshot(sequence));
  expect(socket.sent).toEqual([snapshot(1)]);
  socket.flush();
  socket.flush();
  expect(socket.sent).toEqual([snapshot(1), snapshot(100)]);
});

test('a page that keeps up gets every snapshot', () => {
  for (let sequence = 1; sequence <= 5; sequence += 1) {
    client.snapshot(snapshot(sequence));
    socket.flush();
  }
  expect(socket.sent).toHaveLength(5);
});

test('snapshots wait behind a heap of events, events are all sent in order', () => {
  client.text('x'.repeat(70_000));
  client.snapshot(snapshot(1));
  client.text('second');
  expect(socket.sent.map((data) => data.length)).toEqual([70_000, 6]);
  socket.flush();
  expect(socket.sent.at(-1)).toEqual(snapshot(1));
});

test('a hopeless page is closed with a reason and cut off', () => {
  client.text('x'.repeat(1_100_000));
  expect(socket.closed).toBeNull();
  client.text('the last straw');
  expect(socket.closed).toEqual([closeCodes.tooSlow, 'too slow: reload the page']);
  expect(socket.terminated).toBe(true);
  const count = socket.sent.length;
  client.text('after');
  client.snapshot(snapshot(2));
  expect(socket.sent).toHaveLength(count);
});

test('a page that answers pings lives, one that does not is cut off', () => {
  expect(client.checkAlive()).toBe(true);
  client.answered();
  expect(client.checkAlive()).toBe(true);
  expect(client.checkAlive()).toBe(false);
  expect(socket.terminated).toBe(true);
  expect(socket.pings).toBe(2);
});

test('a page that takes everything and answers nothing gets the newest when it answers again, whatever the kernel would hold', () => {
  const push = (from: number, to: number) => {
    for (let sequence = from; sequence <= to; sequence += 1) {
      client.snapshot(snapshot(sequence));
      socket.flush();
    }
  };
  push(1, 200);
  const held = socket.sent.length;
  expect(held).toBeLessThanOrEqual(45);
  expect(socket.pings).toBe(1);
  client.text('an event');
  expect(socket.sent.at(-1)).toBe('an event');
  client.answered();
  expect(socket.sent.slice(held)).toEqual(['an event', snapshot(200)]);
});

test('of what changes slowly a page that does not read gets the newest of each type, before the newest snapshot', () => {
  client.newest('fuel', 'fuel 0');
  expect(socket.sent).toEqual(['fuel 0']);
  client.snapshot(snapshot(1));
  for (let number = 1; number <= 1000; number += 1) {
    client.newest('fuel', `fuel ${number}`);
    client.newest('relative', `relative ${number}`);
    client.snapshot(snapshot(number % 200));
  }
  expect(socket.sent).toHaveLength(2);
  socket.flush();
  expect(socket.sent.slice(2)).toEqual(['fuel 1000', 'relative 1000', snapshot(0)]);
  socket.flush();
  expect(socket.sent).toHaveLength(5);
});

test('what waits for a page that is closed is gone', () => {
  client.snapshot(snapshot(1));
  client.newest('fuel', 'fuel 1');
  client.close(closeCodes.ending, 'over');
  socket.flush();
  expect(socket.sent).toEqual([snapshot(1)]);
});
