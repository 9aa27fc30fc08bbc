import type { LapEvent, SessionNote } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import type { Terminal } from '../cli/terminal.ts';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { someFacts } from '../store/testing/some-laps.ts';
import { lapLine, noteLine, tellLive } from './live-terminal.ts';

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
  expect(lap({ timeSource: 'official', reasons: ['off-track'] })).toBe(
    'Lap 3: 1:40.250. The car left the track.',
  );
  expect(lap({ complete: false, lapTimeS: null, reasons: ['tow'] })).toBe(
    'Lap 3: no time. The car was towed.',
  );
});

test('a session is told once, however often its text changes', () => {
  const bus = new EventBus<EngineTopics>(() => {});
  const lines: string[] = [];
  tellLive(bus, { tell: (line: string) => lines.push(line) } as unknown as Terminal, source);
  const facts = { track: { name: 'Fuji', config: '' }, car: { name: 'MX-5' } };
  const note = (number: number) =>
    ({ type: 'session', number, coach: 1, kind: 'Race', facts }) as SessionNote;
  for (const number of [1, 1, 1, 2, 2]) bus.publish('note', note(number));
  expect(lines).toEqual(['Fuji, MX-5, Race', 'Fuji, MX-5, Race']);
});
