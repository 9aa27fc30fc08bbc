import type { BoardLap, HubMessage, LapEvent } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { DriverFactBook, noFacts } from './driver-facts.ts';

const lap = (lapTimeS: number | null, toBestS: number | null = null, valid = true): BoardLap => ({
  lap: 1,
  stint: 0,
  lapTimeS,
  clean: valid,
  valid,
  complete: lapTimeS !== null,
  best: toBestS === 0,
  toBestS,
  reasons: [],
});
const laps = (...list: BoardLap[]): HubMessage => ({ type: 'laps', laps: list, consistency: null });
const session = (track: string): HubMessage => ({
  type: 'session',
  sim: 'iracing',
  track,
  config: '',
  car: 'gt3',
  source: '',
});
const fuel = (levelL: number | null, lapsLeft: number | null): HubMessage => ({
  type: 'fuel',
  levelL,
  lapsLeft,
  perLapL: null,
  lapsCounted: 0,
  lapsToFlag: null,
  marginLaps: null,
});
const atTheLine = (lapTimeS: number | null, settled = false): HubMessage => ({
  type: 'event',
  event: { type: 'lap', lapTimeS, settled } as LapEvent,
});

function told(...messages: HubMessage[]) {
  const book = new DriverFactBook();
  for (const message of messages) book.take(message);
  return book.now(0);
}

test('the last lap is the newest with a time, the best is what the engine compares with', () => {
  expect(told(laps(lap(90, 5), lap(85, 0), lap(88, 3), lap(null)))).toMatchObject({
    lastLapS: 88,
    bestLapS: 85,
  });
  expect(told(laps(lap(null)))).toMatchObject({ lastLapS: null, bestLapS: null });
  expect(told(laps(lap(80, null, false)))).toMatchObject({ lastLapS: 80, bestLapS: null });
});

test('the best stays known when it has left the list of twenty', () => {
  expect(told(laps(...Array.from({ length: 20 }, () => lap(90.5, 1.25))))).toMatchObject({
    bestLapS: 89.25,
  });
});

test('a lap is the last one from the line on, before its time is settled', () => {
  expect(told(laps(lap(90, 0)), atTheLine(84))).toMatchObject({ lastLapS: 84, bestLapS: 90 });
  expect(told(laps(lap(90, 0)), atTheLine(null))).toMatchObject({ lastLapS: 90 });
  expect(told(atTheLine(84, true))).toMatchObject({ lastLapS: null });
});

test('another session of the same car lists no laps and keeps the fuel; another track ends all of it', () => {
  const before = [session('spa'), laps(lap(90, 0)), fuel(30, 12)];
  expect(told(...before, session('spa'))).toMatchObject({ lastLapS: 90, fuelL: 30 });
  expect(told(...before, session('spa'), laps())).toMatchObject({ lastLapS: null, fuelLaps: 12 });
  expect(told(...before, session('fuji'))).toEqual(noFacts);
  expect(told(...before, fuel(null, null))).toMatchObject({ fuelL: null, fuelLaps: null });
});

test('flags are those of a snapshot that has just come', () => {
  const book = new DriverFactBook();
  book.flags(0x8, 5000);
  expect(book.now(5900).sessionFlags).toBe(0x8);
  expect(book.now(6100).sessionFlags).toBeNull();
  book.flags(0, 6200);
  expect(book.now(6200).sessionFlags).toBe(0);
});
