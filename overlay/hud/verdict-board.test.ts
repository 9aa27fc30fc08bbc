import type { CornerEvent } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { cornerEvent } from './scenes/synthetic-events.ts';
import { VerdictBoard } from './verdict-board.ts';

function offered(change: Partial<CornerEvent> = {}): VerdictBoard {
  const board = new VerdictBoard();
  board.offer({ ...cornerEvent('t3', 0.18), ...change }, null, 1000);
  return board;
}

test('is shown for 2.5 s on a straight', () => {
  const board = offered();
  expect(board.at(1000, true)).toEqual({ deltaS: 0.18, cornerName: 'Turn 3' });
  expect(board.at(3499, true)).not.toBeNull();
  expect(board.at(3500, true)).toBeNull();
  expect(board.at(3600, true)).toBeNull();
});

test('waits for the straight behind a row of corners, but not for ever', () => {
  const board = offered();
  expect(board.at(1100, false)).toBeNull();
  // The longest such row in the measured Fuji laps lasts 6.3 s.
  expect(board.at(7400, true)).not.toBeNull();
  const late = offered();
  expect(late.at(1100, false)).toBeNull();
  expect(late.at(9100, true)).toBeNull();
});

test('of several that wait for the same straight the costliest is shown', () => {
  const board = offered({ deltaS: 0.35 });
  board.offer(cornerEvent('t4', 0.12), null, 2000);
  expect(board.at(3000, true)?.cornerName).toBe('Turn 3');
  const other = offered({ deltaS: 0.35 });
  other.offer(cornerEvent('t4', 0.82), null, 2000);
  expect(other.at(3000, true)?.cornerName).toBe('Turn 4');
});

test('goes when the next corner begins, and does not come back', () => {
  const board = offered();
  board.at(1000, true);
  expect(board.at(1500, false)).toBeNull();
  expect(board.at(1600, true)).toBeNull();
});

test('what the core does not want shown is never shown', () => {
  expect(offered({ show: false }).at(1000, true)).toBeNull();
});

test('a newer verdict takes its place with its own time', () => {
  const board = offered();
  board.at(1000, true);
  board.offer(cornerEvent('t4', -0.07), null, 3000);
  expect(board.at(3000, true)?.cornerName).toBe('Turn 4');
  expect(board.at(5400, true)?.deltaS).toBe(-0.07);
});
