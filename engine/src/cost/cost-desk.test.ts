import type { BoardMessage, DrawingNote, SessionNote } from '@racing-coach/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { CostDesk, leaseMs } from './cost-desk.ts';
import { afterMeasurement, type CostRecord, noCostRecord } from './cost-level.ts';

let bus: EventBus<EngineTopics>;
let [nowMs, pages]: [number, number] = [0, 1];
let published: BoardMessage[];
let saved: CostRecord[];
let told: string[];
let looks: Set<() => void>;
beforeEach(() => {
  bus = new EventBus((name, error) => {
    throw new Error(`${name}: ${error}`);
  });
  [nowMs, pages, published, saved, told, looks] = [0, 1, [], [], [], new Set()];
});

function desk(record = noCostRecord): CostDesk {
  const made = new CostDesk({
    record,
    save: (next) => saved.push(next),
    publish: (message) => published.push(message),
    overlays: () => pages,
    tell: (line) => told.push(line),
    nowMs: () => nowMs,
    date: () => new Date(1000 * 60 * nowMs),
    every: (_, run) => {
      looks.add(run);
      return () => looks.delete(run);
    },
  });
  made.listen(bus);
  return made;
}

function second(over: Partial<DrawingNote> = {}): void {
  nowMs += 1000;
  const note = { type: 'drawing' as const, green: true, frameRateHz: 100, cpuUsage: 0.4, gpuUsage: null };
  bus.publish('note', { ...note, ...over });
  for (const look of looks) look();
}
const blanks = () => published.flatMap((message) => (message.type === 'blank' ? [message.blank] : []));
const plan = { blockS: 2, blocks: 8 };

describe('what there is nothing to measure of is refused in a sentence', () => {
  test.each([
    ['no sim', () => {}, 'cost-nobody-drives'],
    ['a sim that tells no frame rate', () => second({ frameRateHz: null }), 'cost-no-frame-rate'],
    ['nobody on the track', () => second({ green: false }), 'cost-nobody-drives'],
    [
      'a sim that is gone',
      () => {
        second();
        nowMs += 5000;
      },
      'cost-nobody-drives',
    ],
    [
      'no page',
      () => {
        pages = 0;
        second();
      },
      'cost-no-overlay',
    ],
  ])('%s', (_, before, code) => {
    const cost = desk();
    before();
    expect(() => cost.start(plan)).toThrow(expect.objectContaining({ code }));
    expect(blanks()).toEqual([]);
  });

  test('a HUD that is off to spare the sim: all is to be drawn first, which is said before anybody drives', () => {
    pages = 0;
    const cost = desk({ ...noCostRecord, level: 'audio-only' });
    const refusal = expect.objectContaining({ code: 'cost-audio-only' });
    expect(() => cost.start(plan)).toThrow(refusal);
    second();
    expect(() => cost.start(plan)).toThrow(refusal);
    cost.reset();
    pages = 1;
    expect(cost.start(plan)).toMatchObject({ running: true, level: 'full' });
  });

  test('but a HUD that is open at that level, as in a browser, is measured', () => {
    const cost = desk({ ...noCostRecord, level: 'audio-only' });
    second();
    expect(cost.start(plan)).toMatchObject({ running: true, level: 'audio-only' });
  });
});

/** Drives a measurement in which overlays take so many frames a second. */
function measure(cost: CostDesk, lossFps: number): void {
  second();
  cost.start(plan);
  while (cost.renew().running) second({ frameRateHz: cost.state().blank ? 100 : 100 - lossFps });
}

test('a measurement blanks the pages and shows them again; above the limit the HUD steps down, says so and keeps it', () => {
  const cost = desk();
  measure(cost, 5);
  expect(blanks()).toEqual([true, false, true, false]);
  expect(cost.state()).toMatchObject({
    running: false,
    blank: false,
    level: 'half-rate',
    result: { pairs: 4 },
  });
  expect(published.findLast(({ type }) => type === 'cost')).toMatchObject({
    type: 'cost',
    level: 'half-rate',
    why: expect.stringContaining('5.0 %'),
  });
  expect([told.length, saved.at(-1)?.level]).toEqual([1, 'half-rate']);
  cost.reset();
  expect(published.at(-1)).toMatchObject({ type: 'cost', level: 'full' });
  expect(saved.at(-1)).toEqual(noCostRecord);
});

test('overlays that cost little stay as they are', () => {
  const cost = desk();
  measure(cost, 1);
  expect(cost.state()).toMatchObject({ level: 'full', result: { frameRateHz: { change: -1 } } });
  expect(told).toEqual([]);
});

test('nothing stays blank when who measures is gone', () => {
  const cost = desk();
  second();
  cost.start(plan);
  while (!cost.renew().blank) second();
  for (let at = 0; at < leaseMs / 1000 - 1; at += 1) second({ green: false });
  expect(cost.state()).toMatchObject({ running: true, blank: true });
  for (let at = 0; at < 2; at += 1) second({ green: false });
  expect(cost.state()).toMatchObject({ running: false, blank: false });
  expect(blanks()).toEqual([true, false]);
  expect(looks.size).toBe(0);
});

test('one measurement at a time', () => {
  const cost = desk();
  second();
  cost.start(plan);
  expect(() => cost.start(plan)).toThrow(expect.objectContaining({ code: 'cost-running' }));
  cost.stop();
  second();
  expect(cost.start(plan).running).toBe(true);
});

test('a session of the sim may bring a level back, the same session never does', () => {
  const result = (level: 'full' | 'half-rate', change: number) => ({
    at: '1970-01-01T00:00:00Z',
    ...{ level, pairs: 6, blockS: 60, complete: true, cpuUsage: null, gpuUsage: null },
    frameRateHz: { without: 100, change, plusMinus: 0.2 },
  });
  const cheap = afterMeasurement(afterMeasurement(noCostRecord, result('full', -5)), result('half-rate', -1));
  const cost = desk(cheap);
  cost.publishLevel();
  nowMs = 1_000_000;
  bus.publish('note', { type: 'session', number: 1 } as SessionNote);
  expect(cost.state().level).toBe('full');
  expect(published.map((message) => (message.type === 'cost' ? message.level : ''))).toEqual([
    'half-rate',
    'full',
  ]);
});
