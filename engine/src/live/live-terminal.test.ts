import type { LapEvent, SessionNote } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { someFacts } from '../store/testing/lap-store-suite.ts';
import { lapLine, noteLine } from './live-terminal.ts';

const source = { name: 'iRacing', todo: 'Start iRacing and get in the car.' };

test('says what it waits for and what to do', () => {
  const line = (presence: 'absent' | 'sending' | 'paused' | 'lost') =>
    noteLine({ type: 'presence', presence }, source);
  expect(line('absent')).toBe('Waiting for iRacing. Start iRacing and get in the car.');
  expect(line('sending')).toBe('Connected to iRacing.');
  expect(line('paused')).toContain('paused');
  expect(line('lost')).toContain('waiting');
});

test('a session is track, car and kind, as far as the sim tells', () => {
  const note = (track: string, car: string, kind: string) =>
    ({
      type: 'session',
      number: 1,
      coach: 1,
      kind,
      facts: { track: { name: track, config: '' }, car: { name: car } },
    }) as SessionNote;
  expect(noteLine(note('Fuji', 'MX-5', 'Race'), source)).toBe('Fuji, MX-5, Race');
  expect(noteLine(note('', 'MX-5', ''), source)).toBe('MX-5');
  expect(noteLine(note('', '', ''), source)).toBeNull();
});

test('a lap with what it is good for; a time of our own is marked', () => {
  const lap = (over: Partial<LapEvent>) => lapLine({ ...someFacts(3), ...over } as LapEvent);
  expect(lap({})).toBe('Lap 3: ~1:40.250');
  expect(lap({ timeSource: 'official', reasons: ['off-track'] })).toBe('Lap 3: 1:40.250 off-track');
  expect(lap({ complete: false, lapTimeS: null, reasons: ['tow'] })).toBe('Lap 3: - tow');
});
