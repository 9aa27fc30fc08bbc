import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CountdownPlan, type PlannedTone } from './countdown-plan.ts';

const codes = ['brake-beat-3', 'brake-beat-2', 'brake-beat-1', 'brake-go'];
const rowMs = 1000 / 60;

/** Plays a countdown whose GO is at 1500 ms, on rows, with cues that take `transitMs` to arrive. */
function played(plan: CountdownPlan, transitMs: number, phaseMs = 0, calledOffMs = Number.POSITIVE_INFINITY) {
  const started: PlannedTone[] = [];
  const note = (tone: PlannedTone | null) => tone && started.push(tone);
  let sent = 0;
  for (let row = 0; row < 110; row += 1) {
    const atMs = phaseMs + row * rowMs;
    const alive = atMs < calledOffMs;
    if (alive && sent < 4 && Math.abs(atMs - sent * 500) <= rowMs / 2) {
      const toPointS = (1500 - atMs) / 1000;
      note(plan.cue({ code: codes[sent] ?? '', atMs, toPointS, rate: 1 }, atMs + transitMs));
      sent += 1;
    }
    plan.alive(alive && sent > 0);
    note(plan.due(atMs + transitMs));
  }
  return started;
}

test('without latency every cue starts its own tone, always equally late', () => {
  const started = played(new CountdownPlan(), 3);
  expect(started.map(({ name }) => name)).toEqual(['beat-3', 'beat-2', 'beat-1', 'go']);
  for (const { startMs, cueMs } of started) expect(startMs - cueMs).toBe(6);
});

test('with latency GO is heard on the point, and the rhythm is even', () => {
  const plan = new CountdownPlan();
  plan.latencyMs = 45;
  const heard = played(plan, 3).map(({ startMs }) => startMs + 45);
  expect(heard).toHaveLength(4);
  expect(heard[0]).toBeCloseTo(51, 6);
  expect(heard[3]).toBeCloseTo(1500, 6);
  for (const at of [1, 2, 3]) expect((heard[at] ?? 0) - (heard[at - 1] ?? 0)).toBeCloseTo(483, 6);
});

test('a personal lead moves GO, and the next countdown may have none', () => {
  const plan = new CountdownPlan();
  plan.latencyMs = 20;
  plan.cue({ code: 'brake-beat-3', atMs: 0, toPointS: 1.8, rate: 1 }, 0);
  expect(plan.due(470)?.cueMs).toBeCloseTo(500, 6);
  plan.alive(false);
  plan.cue({ code: 'brake-beat-3', atMs: 9000, toPointS: 1.506, rate: 1 }, 9000);
  expect(plan.due(9470)?.cueMs).toBeCloseTo(9502, 6);
});

test('a countdown that is called off gives no GO', () => {
  const plan = new CountdownPlan();
  plan.latencyMs = 30;
  expect(played(plan, 3, 0, 1300).map(({ name }) => name)).toEqual(['beat-3', 'beat-2', 'beat-1']);
});

test('a beat that comes late is left out', () => {
  const plan = new CountdownPlan();
  expect(plan.cue({ code: 'brake-beat-3', atMs: 0, toPointS: 1.5, rate: 1 }, 80)).toBeNull();
  expect(plan.cue({ code: 'brake-beat-2', atMs: 500, toPointS: 1, rate: 1 }, 503)?.name).toBe('beat-2');
});

test('at twice the speed the beats are twice as fast', () => {
  const plan = new CountdownPlan();
  plan.latencyMs = 20;
  plan.cue({ code: 'brake-beat-3', atMs: 0, toPointS: 1.5, rate: 2 }, 2);
  expect(plan.due(200)).toBeNull();
  expect(plan.due(230)?.cueMs).toBe(250);
});

test('when the source stood still, the cue starts its tone all the same', () => {
  const plan = new CountdownPlan();
  plan.latencyMs = 45;
  plan.cue({ code: 'brake-beat-1', atMs: 0, toPointS: 0.5, rate: 1 }, 2);
  expect(plan.due(560)).toBeNull();
  expect(plan.cue({ code: 'brake-go', atMs: 575, toPointS: 0, rate: 1 }, 578)?.name).toBe('go');
});

test('cues without a tone start none', () => {
  expect(
    new CountdownPlan().cue({ code: 'corner-verdict', atMs: 0, toPointS: Number.NaN, rate: 1 }, 0),
  ).toBeNull();
});

describe('whatever latency, transit and rows', () => {
  test('each tone starts once, in order, never in the past; GO is heard within 5 ms of the point (seed 21)', () => {
    const cases = fc.record({
      latencyMs: fc.integer({ min: 1, max: 300 }),
      transitMs: fc.double({ min: 0, max: 5, noNaN: true }),
      phaseMs: fc.double({ min: 0, max: rowMs / 2.01, noNaN: true }),
    });
    fc.assert(
      fc.property(cases, ({ latencyMs, transitMs, phaseMs }) => {
        const plan = new CountdownPlan();
        plan.latencyMs = latencyMs;
        const started = played(plan, transitMs, phaseMs);
        expect(started.map(({ name }) => name)).toEqual(['beat-3', 'beat-2', 'beat-1', 'go']);
        const go = (started[3] as PlannedTone).startMs + latencyMs;
        expect(Math.abs(go - 1500)).toBeLessThan(5);
      }),
      { seed: 21 },
    );
  });
});
