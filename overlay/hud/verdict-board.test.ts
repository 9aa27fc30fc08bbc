import type { CornerEvent } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { cornerEvent } from './scenes/synthetic-events.ts';
import { VerdictBoard } from './verdict-board.ts';

const staysMs = 2500;

function offered(change: Partial<CornerEvent> = {}): VerdictBoard {
  const board = new VerdictBoard();
  board.offer({ ...cornerEvent('t3', 0.18), ...change }, null, 1000);
  return board;
}

test('is shown for 2.5 s on a straight', () => {
  const board = offered();
  expect(board.at(1000, true, staysMs)).toEqual({ deltaS: 0.18, corner: { id: 't3', name: null } });
  expect(board.at(3499, true, staysMs)).not.toBeNull();
  expect(board.at(3500, true, staysMs)).toBeNull();
  expect(board.at(3600, true, staysMs)).toBeNull();
});

test('waits for the straight behind a row of corners, but not for ever', () => {
  const board = offered();
  expect(board.at(1100, false, staysMs)).toBeNull();
  // The longest such row in the measured Fuji laps lasts 6.3 s.
  expect(board.at(7400, true, staysMs)).not.toBeNull();
  const late = offered();
  expect(late.at(1100, false, staysMs)).toBeNull();
  expect(late.at(9100, true, staysMs)).toBeNull();
});

test('of several that wait for the same straight the costliest is shown', () => {
  const board = offered({ deltaS: 0.35 });
  board.offer(cornerEvent('t4', 0.12), null, 2000);
  expect(board.at(3000, true, staysMs)?.corner.id).toBe('t3');
  const other = offered({ deltaS: 0.35 });
  other.offer(cornerEvent('t4', 0.82), null, 2000);
  expect(other.at(3000, true, staysMs)?.corner.id).toBe('t4');
});

test('goes when the next corner begins, and does not come back', () => {
  const board = offered();
  board.at(1000, true, staysMs);
  expect(board.at(1500, false, staysMs)).toBeNull();
  expect(board.at(1600, true, staysMs)).toBeNull();
});

test('what the core does not want shown is never shown', () => {
  expect(offered({ show: false }).at(1000, true, staysMs)).toBeNull();
});

test('a newer verdict takes its place with its own time', () => {
  const board = offered();
  board.at(1000, true, staysMs);
  board.offer(cornerEvent('t4', -0.07), null, 3000);
  expect(board.at(3000, true, staysMs)?.corner.id).toBe('t4');
  expect(board.at(5400, true, staysMs)?.deltaS).toBe(-0.07);
});
