import type { CueEvent, HubReference } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { sayingOf } from './coach-words.ts';
import { type DriverFacts, noFacts } from './driver-facts.ts';
import { answer } from './requests.ts';

const cue = (more: Partial<CueEvent>): CueEvent => ({
  type: 'cue',
  sample: 0,
  sessionTimeS: 0,
  lap: 1,
  stint: 0,
  lapDistanceM: 0,
  kind: 'teach',
  code: 'corner-verdict',
  cornerId: 'T6',
  priority: 30,
  words: 'Crook +0.50',
  targetM: null,
  leadM: null,
  evidence: {},
  ...more,
});
const reference = { corners: [{ id: 'T6', name: 'Crook' }] } as unknown as HubReference;
const around = { reference, brakeInS: Number.NaN, speedMps: 50 };

describe('the coach', () => {
  test.each([
    [0.503, 'Crook, 5 tenths lost'],
    [-0.11, 'Crook, 1 tenth gained'],
    [0.06, 'Crook, 1 tenth lost'],
    [1.24, 'Crook, 1.2 seconds lost'],
  ])('a verdict of %d s is "%s"', (deltaS, words) => {
    const saying = sayingOf(cue({ evidence: { deltaS } }), around);
    expect(saying?.speech).toEqual([words, words.replace('Crook', 'turn 6')]);
    expect(saying?.caption).toBe('Crook +0.50');
  });

  test('beats, GO and cues without words are not said', () => {
    expect(sayingOf(cue({ kind: 'action', code: 'brake-go', words: 'Brake' }), around)).toBeNull();
    expect(sayingOf(cue({ kind: 'info', code: 'brake-point-shown', words: '' }), around)).toBeNull();
  });

  test('a verdict is over before the next countdown begins', () => {
    const saying = sayingOf(cue({ evidence: { deltaS: 0.3 } }), { ...around, brakeInS: 4 });
    expect(saying?.endInMs).toBe(2400);
  });

  test('advice about a place is over before it', () => {
    const saying = sayingOf(cue({ code: 'teach', words: 'Brake later', leadM: 100 }), around);
    expect(saying).toMatchObject({ speech: ['Brake later'], rank: 'coach', endInMs: 1800 });
    expect(sayingOf(cue({ code: 'x', kind: 'safety', words: 'Yellow flag' }), around)?.rank).toBe('safety');
  });
});

describe('answers', () => {
  const facts: DriverFacts = { ...noFacts };
  test.each([
    ['say-flags', {}, 'Not known yet'],
    ['say-flags', { sessionFlags: 0 }, 'No flag'],
    ['say-flags', { sessionFlags: 0x4 | 0x8 }, 'Yellow flag'],
    ['say-flags', { sessionFlags: 0x4000 | 0x100000 }, 'Repair needed'],
    ['say-fuel', {}, 'Not known yet'],
    ['say-fuel', { fuelLaps: 12.49 }, 'Fuel for 12.4 laps'],
    ['say-fuel', { fuelLaps: 1.04 }, 'Fuel for 1 lap'],
    ['say-fuel', { fuelL: 28.57 }, '28.5 liters'],
    ['say-fuel', { fuelL: 28.57, fuelLaps: 9 }, 'Fuel for 9 laps'],
    ['say-lap-time', {}, 'No lap time yet'],
    ['say-lap-time', { lastLapS: 88.46, bestLapS: 88.46 }, 'Last lap, 1:28.5, personal best'],
    ['say-lap-time', { lastLapS: 64.04, bestLapS: 59.97 }, 'Last lap, 1:04.0, best lap, 1:00.0'],
    ['say-lap-time', { lastLapS: 45, bestLapS: 44 }, 'Last lap, 45.0, best lap, 44.0'],
  ] as const)('%s %o: %s', (question, known, words) =>
    expect(answer(question, { ...facts, ...known }).caption).toBe(words),
  );
});
