import { CodedError, type LapEvent, type LapSummary, type SessionNote } from '@racing-coach/contract';
import { beforeEach, expect, test } from 'vitest';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { LapStoreClient } from './lap-store.ts';
import { MemoryLapStore } from './memory-lap-store.ts';
import { Recorder } from './recorder.ts';
import { promised } from './testing/promised-store.ts';
import { someFacts, someLap, someSession } from './testing/some-laps.ts';

let store: MemoryLapStore;
let client: LapStoreClient;
let bus: EventBus<EngineTopics>;
let failures: string[];
const now = () => new Date('2026-01-01T00:00:00Z');

beforeEach(() => {
  store = new MemoryLapStore();
  client = promised(store);
  failures = [];
  bus = new EventBus<EngineTopics>((name, error) => failures.push(`${name}: ${(error as Error).message}`));
});

/** The session with this number begins, under the coach with that one. */
function begins(number: number, coach = 1): void {
  const note = { type: 'session', number, coach, kind: '', facts: {} } as unknown as SessionNote;
  bus.publish('note', note);
}

const describe = ({ number }: SessionNote) => someSession(`s${number}`);

function started(): Recorder {
  const recorder = new Recorder(client, describe, now);
  recorder.listen(bus);
  return recorder;
}

function recorded(lap: number, sessionNumber = 1): EngineTopics['lapRecorded'] {
  const { facts, corners, lapFile } = someLap('s1', lap);
  const session = { analysisVersion: 3 } as LapSummary['session'];
  return { summary: { ...facts, corners, sections: [], brakeZones: [], session }, lapFile, sessionNumber };
}

/** What the coach says at the line, before `settled`. */
function atLine(lap: number): void {
  const { event } = settled(lap);
  bus.publish('event', { event: { ...event, settled: false } as LapEvent, text: '' });
}

function settled(lap: number): EngineTopics['event'] {
  const official = { lapTimeS: 99, officialLapTimeS: 99, timeSource: 'official' as const };
  const place = { type: 'lap' as const, sample: 1, sessionTimeS: 1, lapDistanceM: 1, settled: true };
  const event: LapEvent = { ...place, ...someFacts(lap, official), assisted: true };
  return { event, text: JSON.stringify(event) };
}

test('a lap is open from the line and settled when its time has come', async () => {
  const recorder = started();
  begins(1);
  atLine(1);
  bus.publish('lapRecorded', recorded(1));
  await recorder.idle();
  expect(store.laps('s1')).toMatchObject([{ state: 'open', lapTimeS: 100.25 }]);
  bus.publish('event', settled(1));
  await recorder.idle();
  expect(store.laps('s1')).toMatchObject([{ state: 'settled', lapTimeS: 99, timeSource: 'official' }]);
  expect(failures).toEqual([]);
});

test('a settlement that overtakes its lap is kept for it', async () => {
  const recorder = started();
  begins(1);
  atLine(1);
  bus.publish('event', settled(1));
  atLine(2);
  bus.publish('lapRecorded', recorded(1));
  bus.publish('lapRecorded', recorded(2));
  await recorder.idle();
  expect(store.laps('s1').map((lap) => lap.state)).toEqual(['settled', 'open']);
});

test('a failing store is logged and the next lap is tried again', async () => {
  const recorder = started();
  begins(1);
  const openLap = client.openLap;
  client.openLap = () => Promise.reject(new CodedError('disk-full', { what: 'the lap' }));
  bus.publish('lapRecorded', recorded(1));
  await recorder.idle();
  client.openLap = openLap;
  bus.publish('lapRecorded', recorded(2));
  await recorder.idle();
  expect(failures).toEqual([expect.stringContaining('The disk is full')]);
  expect(store.laps('s1').map((lap) => lap.lap)).toEqual([2]);
});

test('a session without a lap is not stored', async () => {
  const recorder = started();
  begins(1);
  begins(2);
  await recorder.idle();
  expect(store.sessions()).toEqual([]);
});

test('a lap belongs to the session in which it went over the line, wherever its time arrives', async () => {
  const recorder = started();
  begins(1);
  atLine(3);
  bus.publish('lapRecorded', recorded(3));
  begins(2);
  bus.publish('event', settled(3));
  atLine(1);
  bus.publish('lapRecorded', recorded(1, 2));
  bus.publish('event', settled(1));
  await recorder.idle();
  expect(failures).toEqual([]);
  expect(store.laps('s1').map(({ lap, state }) => [lap, state])).toEqual([[3, 'settled']]);
  expect(store.laps('s2').map(({ lap, state }) => [lap, state])).toEqual([[1, 'settled']]);
});

test('laps with the same stint and number under two coaches are two laps', async () => {
  const recorder = started();
  for (const number of [1, 2]) {
    begins(number, number);
    atLine(1);
    bus.publish('lapRecorded', recorded(1, number));
    bus.publish('event', settled(1));
  }
  await recorder.idle();
  expect(store.sessions().map(({ id }) => id)).toEqual(['s1', 's2']);
  expect([...store.laps('s1'), ...store.laps('s2')].map(({ id }) => id)).toEqual(['s1-0-1', 's2-0-1']);
});

test('a session whose text changes is stored again under the same identity', async () => {
  const recorder = started();
  begins(1);
  atLine(1);
  bus.publish('lapRecorded', recorded(1));
  begins(1);
  await recorder.idle();
  expect(store.sessions()).toHaveLength(1);
  expect(store.laps('s1')).toHaveLength(1);
});
