import { afterEach, expect, test } from 'vitest';
import { Interrupts } from './interrupts.ts';

let interrupts: Interrupts;
afterEach(() => interrupts.release());

test('signals are left to the system until a command asks for them, and given back', () => {
  interrupts = new Interrupts();
  const before = process.listenerCount('SIGTERM');
  expect(interrupts.signal.aborted).toBe(false);
  expect(interrupts.signal.aborted).toBe(false);
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  interrupts.release();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('the first asks to stop, its echoes are no second one, a later one ends it', () => {
  let nowMs = 0;
  const exits: number[] = [];
  interrupts = new Interrupts(
    () => nowMs,
    (status) => exits.push(status),
  );
  const { signal } = interrupts;
  process.emit('SIGINT');
  expect(signal.aborted).toBe(true);
  nowMs = 50;
  process.emit('SIGINT');
  expect(exits).toEqual([]);
  nowMs = 5000;
  process.emit('SIGINT');
  expect(exits).toEqual([130]);
});
