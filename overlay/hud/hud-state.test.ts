import {
  emptySnapshot,
  type Snapshot,
  settingsMessage,
  snapshotBytes,
  snapshotFlags,
  writeSnapshot,
} from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { HudState } from './hud-state.ts';
import { fuel, laps } from './scenes/synthetic-board.ts';
import { statusIndex } from './scenes/synthetic-drive.ts';
import { cornerEvent, cueEvent } from './scenes/synthetic-events.ts';

function bytes(change: Partial<Snapshot>): ArrayBuffer {
  const buffer = new ArrayBuffer(snapshotBytes);
  const snapshot = {
    ...emptySnapshot(),
    status: statusIndex('coaching'),
    speedMps: 50,
    lapLengthM: 1000,
    ...change,
  };
  writeSnapshot(new DataView(buffer), snapshot);
  return buffer;
}

function open(): HudState {
  const state = new HudState();
  state.setLink('open');
  state.take({ type: 'clock', nowMs: 0 }, 1000);
  return state;
}

test("places the car at the frame's time", () => {
  const state = open();
  state.takeSnapshot(bytes({ readAtMs: 500, lapDistanceM: 100, brakeInM: 80, brakeInS: 1.6 }), 1500.4);
  const frame = state.frameAt(1510);
  expect(frame.lapDistanceM).toBeCloseTo(100.5);
  expect(frame.brakeInM).toBeCloseTo(79.5);
  expect(frame.brakeInS).toBeCloseTo(1.59);
  expect(state.sampleAgeMs(1510)).toBeCloseTo(10);
});

test('a link that closed, or an engine that fell silent, ends coaching', () => {
  const state = open();
  state.takeSnapshot(bytes({ readAtMs: 500 }), 1500);
  expect(state.frameAt(1510).coaching).toBe(true);
  expect(state.frameAt(2600)).toMatchObject({ coaching: false, fresh: false, status: 'no-source' });
  state.takeSnapshot(bytes({ readAtMs: 1700 }), 2700);
  expect(state.frameAt(2710).coaching).toBe(true);
  state.setLink('closed');
  expect(state.frameAt(2711)).toMatchObject({ coaching: false, link: 'closed' });
});

test('a message of another size is not a snapshot', () => {
  const state = open();
  state.takeSnapshot(new ArrayBuffer(snapshotBytes + 8), 1500);
  expect(state.frameAt(1501)).toMatchObject({ fresh: false, coaching: false });
});

test('verdicts appear on straights only and end with the stint', () => {
  const state = open();
  const onStraight = snapshotFlags.onStraight | snapshotFlags.driving;
  state.takeSnapshot(bytes({ readAtMs: 500, stint: 1 }), 1500);
  state.take({ type: 'event', event: cornerEvent('t1', 0.2) }, 1500);
  expect(state.frameAt(1501).verdict).toBeNull();
  state.takeSnapshot(bytes({ readAtMs: 520, stint: 1, flags: onStraight }), 1520);
  expect(state.frameAt(1521).verdict).toEqual({ deltaS: 0.2, corner: { id: 't1', name: null } });
  state.takeSnapshot(bytes({ readAtMs: 540, stint: 2, flags: onStraight }), 1540);
  expect(state.frameAt(1541).verdict).toBeNull();
});

test('the pedal history misses no snapshot between two frames, and ends in the pits', () => {
  const state = open();
  const driving = { flags: snapshotFlags.driving, throttle: 1, referenceThrottle: 1, referenceBrake: 0 };
  for (const [sample, brake] of [
    [1, 0.25],
    [2, 0.5],
    [3, 0.75],
  ] as const)
    state.takeSnapshot(bytes({ ...driving, sample, brake }), 1500);
  const { history } = state.frameAt(1510);
  expect(Array.from(history.traces.brake.slice(-3))).toEqual([0.25, 0.5, 0.75]);
  state.takeSnapshot(bytes({ sample: 4 }), 1520);
  expect(history.traces.brake.at(-1)).toBeNaN();
});

test('the last reason for silence stays when nothing more comes', () => {
  const state = open();
  expect(state.frameAt(1400).status).toBe('no-source');
  state.takeSnapshot(bytes({ readAtMs: 500, status: statusIndex('ended') }), 1500);
  expect(state.frameAt(9000)).toMatchObject({ status: 'ended', coaching: false, fresh: false });
  state.setLink('closed');
  state.setLink('open');
  expect(state.frameAt(9100).status).toBe('no-source');
});

describe('hiding while nobody drives', () => {
  const { driving } = snapshotFlags;
  const stands = (state: HudState, fromMs: number, toMs: number) => {
    for (let ms = fromMs; ms <= toMs; ms += 100) state.takeSnapshot(bytes({ readAtMs: ms - 1000 }), ms);
  };

  test('a second without driving hides all but the status, driving brings it back at once', () => {
    const state = open();
    state.takeSnapshot(bytes({ readAtMs: 500, flags: driving }), 1500);
    stands(state, 1600, 2400);
    expect(state.frameAt(2450).awake).toBe(true);
    stands(state, 2500, 2600);
    expect(state.frameAt(2610)).toMatchObject({ awake: false, coaching: true, status: 'coaching' });
    state.takeSnapshot(bytes({ readAtMs: 1620, flags: driving }), 2620);
    expect(state.frameAt(2621).awake).toBe(true);
    state.setLink('closed');
    expect(state.frameAt(2622).awake).toBe(false);
  });

  test('in a race the coach works, and the delta goes on while one drives; it is no reason that lasts', () => {
    const state = open();
    const flags = driving | snapshotFlags.deltaValid;
    const raced = { deltaS: 0.2, status: statusIndex('race-rules') };
    state.takeSnapshot(bytes({ ...raced, readAtMs: 500, flags }), 1500);
    const race = { coaching: false, awake: false, working: true, measured: true, status: 'race-rules' };
    expect(state.frameAt(1510)).toMatchObject(race);
    state.takeSnapshot(bytes({ ...raced, readAtMs: 520, flags: driving }), 1520);
    expect(state.frameAt(1530)).toMatchObject({ working: true, measured: false });
    expect(state.frameAt(3000)).toMatchObject({ working: false, measured: false, status: 'no-source' });
  });

  test('the setting keeps everything in sight', () => {
    const state = open();
    state.take(settingsMessage.parse({ type: 'settings', hud: { autoHide: false } }), 1000);
    stands(state, 1500, 4000);
    expect(state.frameAt(4010).awake).toBe(true);
  });
});

describe('what comes beside the snapshots', () => {
  test('the newest of each kind of the board, until the link is lost', () => {
    const state = open();
    expect(Object.values(state.frameAt(1000).board).every((message) => message === null)).toBe(true);
    state.take(fuel({ levelL: 20 }), 1000);
    state.take(fuel({ levelL: 19 }), 1100);
    state.take(laps(), 1100);
    expect(state.frameAt(1200).board).toMatchObject({
      fuel: { levelL: 19 },
      laps: { type: 'laps' },
      map: null,
    });
    state.setLink('closed');
    expect(state.frameAt(1300).board).toMatchObject({ fuel: null, laps: null });
  });

  test('words of the coach stay until others come or the stint ends; beats are no words', () => {
    const state = open();
    state.takeSnapshot(bytes({ readAtMs: 500, stint: 1 }), 1500);
    state.take({ type: 'event', event: cueEvent('teach', 'Brake later') }, 1510);
    state.take({ type: 'event', event: cueEvent('action', '') }, 1520);
    expect(state.frameAt(1530).cue).toMatchObject({ cue: { words: 'Brake later' }, arrivedMs: 1510 });
    state.takeSnapshot(bytes({ readAtMs: 540, stint: 2 }), 1540);
    expect(state.frameAt(1541).cue).toBeNull();
  });

  test('settings change the setup, and only when they draw another picture', () => {
    const state = open();
    const before = state.setup;
    const settings = (more: object) => settingsMessage.parse({ type: 'settings', hud: {}, ...more });
    state.take(settings({}), 1000);
    expect(state.setup).toBe(before);
    state.take(settings({ look: { theme: 'light' }, widgets: { pedalTrace: { seconds: 6 } } }), 1000);
    expect(state.setup.look.theme).toBe('light');
    const { history, setup } = state.frameAt(1001);
    expect(setup).toBe(state.setup);
    expect(history.tickWidth).toBeCloseTo(240 / 360);
  });

  test('less motion by the settings or by the system, whichever is asked', () => {
    const state = open();
    const reduced = (motion: 'system' | 'full' | 'reduced', system: boolean) => {
      state.reducedMotion = system;
      state.take(settingsMessage.parse({ type: 'settings', hud: {}, look: { motion } }), 1000);
      return state.frameAt(1001).reducedMotion;
    };
    expect([reduced('system', true), reduced('full', true), reduced('reduced', false)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(reduced('system', false)).toBe(false);
  });

  test('what is not the coach’s stays when the coach is silent, and leaves when nobody drives', () => {
    const state = open();
    const { driving } = snapshotFlags;
    state.takeSnapshot(bytes({ readAtMs: 500, flags: driving, status: statusIndex('traffic') }), 1500);
    expect(state.frameAt(1510)).toMatchObject({ awake: false, driven: true });
    for (let ms = 1600; ms <= 2700; ms += 100)
      state.takeSnapshot(bytes({ readAtMs: ms - 1000, status: statusIndex('traffic') }), ms);
    expect(state.frameAt(2710)).toMatchObject({ awake: false, driven: false });
  });
});
