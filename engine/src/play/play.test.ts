import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CoachEvent,
  type CornerEvent,
  emptySnapshot,
  type LapEvent,
  snapshotBytes,
  snapshotFlags,
  writeSnapshot,
} from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Terminal } from '../cli/terminal.ts';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { someFacts } from '../store/testing/some-laps.ts';
import { EventFile } from './event-file.ts';
import { liveText, showLiveLine } from './live-line.ts';
import { browserCommand } from './open-browser.ts';
import { parseReferenceChoice } from './reference-choice.ts';
import { SummaryGatherer, summaryLines } from './run-summary.ts';

let folder: string;
let bus: EventBus<EngineTopics>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-play-'));
  bus = new EventBus<EngineTopics>((name, error) => {
    throw new Error(`${name}: ${error}`);
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const place = { sample: 1, sessionTimeS: 1, lapDistanceM: 1, lap: 1, stint: 0 };
const publish = (event: CoachEvent, text = JSON.stringify(event)) => bus.publish('event', { event, text });
const lapEvent = (lap: number, over: Partial<LapEvent> = {}): LapEvent => ({
  type: 'lap',
  ...place,
  settled: true,
  ...someFacts(lap),
  assisted: false,
  ...over,
});
const cornerEvent = (cornerId: string, deltaS: number, usable = true): CornerEvent => ({
  type: 'corner',
  ...place,
  cornerId,
  deltaS,
  spreadS: null,
  usable,
  show: false,
  minSpeedMps: 30,
  referenceMinSpeedMps: 31,
  brakeOnsetM: null,
  referenceBrakeOnsetM: null,
  reasons: [],
});
const statusEvent = (status: string, silent: boolean): CoachEvent => ({
  type: 'status',
  ...place,
  status,
  silent,
  text: `It is ${status}.`,
});

describe('the event file', () => {
  test('holds every event as the coach wrote it, a lap only when settled', () => {
    const path = join(folder, 'events.jsonl');
    const file = new EventFile(path);
    file.listen(bus);
    publish(statusEvent('coaching', false), '{"exactly":  "this"}');
    publish(lapEvent(1, { settled: false }), 'not this');
    publish(lapEvent(1), '{"a":1}');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('{"exactly":  "this"}\n{"a":1}\n');
  });

  test('a place that cannot be written is known before the run', () => {
    expect(() => new EventFile(join(folder, 'missing', 'events.jsonl'))).toThrow(
      expect.objectContaining({ code: 'output-exists' }),
    );
  });

  test.skipIf(process.platform !== 'linux')(
    'a full disk is told at the end and stops nobody (needs /dev/full: Linux)',
    () => {
      const file = new EventFile('/dev/full');
      file.listen(bus);
      expect(() => publish(lapEvent(1))).not.toThrow();
      expect(() => file.close()).toThrow(expect.objectContaining({ code: 'disk-full' }));
    },
  );
});

describe('the summary', () => {
  test('laps, the best valid one, and corners by their usable passes', () => {
    const gatherer = new SummaryGatherer();
    gatherer.listen(bus);
    for (const lap of [
      lapEvent(1, { lapTimeS: 90, valid: false }),
      lapEvent(2, { lapTimeS: 95 }),
      lapEvent(3, { settled: false }),
    ])
      publish(lap);
    for (const [deltaS, usable] of [
      [0.1, true],
      [0.3, true],
      [9, false],
    ] as const)
      publish(cornerEvent('T1', deltaS, usable));
    publish(cornerEvent('T2', -0.2));
    publish(statusEvent('in-pits', true));
    publish(statusEvent('coaching', false));
    const summary = gatherer.summary(null, null);
    expect(summary).toMatchObject({
      bestLapTimeS: 95,
      corners: [
        { cornerId: 'T1', passes: 2 },
        { cornerId: 'T2', passes: 1 },
      ],
    });
    expect(summary.corners[0]?.meanDeltaS).toBeCloseTo(0.2, 9);
    const lines = summaryLines(summary).join('\n');
    expect(lines).toMatch(/T1 +\+0\.200 +2/);
    expect(lines).not.toContain('T2');
    expect(lines).not.toContain('silent');
  });

  test('a run without a word says why', () => {
    const gatherer = new SummaryGatherer();
    gatherer.listen(bus);
    publish(statusEvent('no-reference', true));
    publish(statusEvent('no-reference', true));
    const lines = summaryLines(gatherer.summary(null, null));
    expect(lines).toEqual(['No laps.', '', 'The coach was silent:', '  It is no-reference.']);
  });
});

describe('the live line', () => {
  test('says what is known and leaves out what is not', () => {
    const snapshot = { ...emptySnapshot(), lap: 3, lapDistanceM: 1234.4, speedMps: 50, status: 5 };
    expect(liveText(snapshot)).toBe('Lap 3   1234 m  180 km/h  Coaching.');
    const driven = { ...snapshot, currentLapTimeS: 41.2, deltaS: 0.1324, flags: snapshotFlags.deltaValid };
    expect(liveText(driven)).toBe('Lap 3   1234 m  180 km/h  0:41.200  +0.132 s  Coaching.');
    expect(liveText({ ...snapshot, status: 999 })).toBe('Lap 3   1234 m  180 km/h');
  });

  test('is drawn four times a second at most, and never where lines cannot move', () => {
    const drawn = { tty: [] as string[], pipe: [] as string[] };
    let nowMs = 0;
    for (const [name, isTTY] of [
      ['tty', true],
      ['pipe', false],
    ] as const) {
      const sink = { write: (text: string) => drawn[name].push(text), isTTY };
      showLiveLine(bus, new Terminal(sink, sink, {}), () => nowMs);
    }
    const bytes = new Uint8Array(snapshotBytes);
    writeSnapshot(new DataView(bytes.buffer), emptySnapshot());
    for (; nowMs < 1000; nowMs += 16) bus.publish('snapshot', bytes);
    expect(drawn.tty).toHaveLength(4);
    expect(drawn.pipe).toEqual([]);
  });
});

test('a browser is asked only where somebody could see it', () => {
  const url = 'http://127.0.0.1:1/hud/?token=a&b';
  expect(browserCommand(url, {}, 'linux')).toBeNull();
  expect(browserCommand(url, { DISPLAY: ':0', CI: 'true' }, 'linux')).toBeNull();
  expect(browserCommand(url, { WAYLAND_DISPLAY: 'w' }, 'linux')).toEqual(['xdg-open', [url]]);
  expect(browserCommand(url, {}, 'darwin')?.[0]).toBe('open');
  expect(browserCommand(url, {}, 'win32')?.[1]).toContain('http://127.0.0.1:1/hud/?token=a^&b');
});

test('what --reference may be', () => {
  const problems: string[] = [];
  const parse = (text?: string, own = false) => parseReferenceChoice(text, own, problems);
  expect(parse()).toEqual({ kind: 'library' });
  expect(parse('own-best')).toEqual({ kind: 'own-best' });
  expect(parse('a b.ibt#1:2', true)).toEqual({ kind: 'lap', own: true, file: 'a b.ibt', stint: 1, lap: 2 });
  expect(parse('a-0123456789ab')).toEqual({ kind: 'stored', id: 'a-0123456789ab' });
  expect(problems).toEqual([]);
  parse('C:\\laps\\x.ibt');
  expect(problems).toHaveLength(1);
});
