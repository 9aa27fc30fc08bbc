import { CodedError, type LapEvent, type LapSummary } from '@racing-coach/contract';
import { beforeEach, expect, test } from 'vitest';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { LapStoreClient } from './lap-store.ts';
import { MemoryLapStore } from './memory-lap-store.ts';
import { Recorder } from './recorder.ts';
import { someFacts, someLap, someSession } from './testing/lap-store-suite.ts';
import { promised } from './testing/promised-store.ts';

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

function recorded(lap: number): EngineTopics['lapRecorded'] {
  const { facts, corners, lapFile } = someLap('s1', lap);
  const session = { analysisVersion: 3 } as LapSummary['session'];
  return { summary: { ...facts, corners, sections: [], brakeZones: [], session }, lapFile };
}

function settled(lap: number): EngineTopics['event'] {
  const official = { lapTimeS: 99, officialLapTimeS: 99, timeSource: 'official' as const };
  const place = { type: 'lap' as const, sample: 1, sessionTimeS: 1, lapDistanceM: 1, settled: true };
  const event: LapEvent = { ...place, ...someFacts(lap, official) };
  return { event, text: JSON.stringify(event) };
}

test('a lap is open from the line and settled when its time has come', async () => {
  const recorder = new Recorder(client, someSession('s1'), now);
  await recorder.listen(bus);
  bus.publish('lapRecorded', recorded(1));
  await recorder.idle();
  expect(store.laps('s1')).toMatchObject([{ state: 'open', lapTimeS: 100.25 }]);
  bus.publish('event', settled(1));
  await recorder.idle();
  expect(store.laps('s1')).toMatchObject([{ state: 'settled', lapTimeS: 99, timeSource: 'official' }]);
  expect(failures).toEqual([]);
});

test('a settlement that overtakes its lap is kept for it', async () => {
  const recorder = new Recorder(client, someSession('s1'), now);
  await recorder.listen(bus);
  bus.publish('event', settled(1));
  bus.publish('event', { ...settled(2), event: { ...settled(2).event, settled: false } as LapEvent });
  bus.publish('lapRecorded', recorded(1));
  bus.publish('lapRecorded', recorded(2));
  await recorder.idle();
  expect(store.laps('s1').map((lap) => lap.state)).toEqual(['settled', 'open']);
});

test('a failing store is logged and the next lap is tried again', async () => {
  const recorder = new Recorder(client, someSession('s1'), now);
  await recorder.listen(bus);
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
