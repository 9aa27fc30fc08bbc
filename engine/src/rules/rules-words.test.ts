import type { SessionNote, SessionRules } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { followRules } from './follow-rules.ts';
import { rulesMessage } from './rules-words.ts';

const rules = (over: Partial<SessionRules> = {}): SessionRules => ({
  raceLegal: true,
  reason: 'race',
  next: null,
  seriesId: 33,
  seriesName: '',
  ...over,
});

test.each([
  [rules(), /^This is a race: no live instruction\. Delta, spotter, flags and fuel stay\.$/],
  [rules({ reason: 'series' }), /series 33: no live instruction/],
  [rules({ reason: 'series', seriesName: 'Touring Cup', raceLegal: false }), /Touring Cup allows/],
  [rules({ reason: 'unknown' }), /has not said yet/],
  [rules({ raceLegal: false, reason: 'no-race' }), /^No race: live instruction is on\.$/],
  [rules({ next: false }), /fixed while a session runs: from the next one on there is instruction\.$/],
  [rules({ raceLegal: false, reason: 'no-race', next: true }), /from the next one on there is none\.$/],
])('%o in words', (given, words) => {
  expect(rulesMessage(given)).toMatchObject({
    raceLegal: given.raceLegal,
    why: expect.stringMatching(words),
  });
});

test('pages hear each change once; the person hears of races, of the way back and of what will change', () => {
  const bus = new EventBus<EngineTopics>((name, error) => {
    throw new Error(`${name}: ${error}`);
  });
  const [published, told] = [[] as boolean[], [] as string[]];
  followRules(bus, {
    publish: ({ raceLegal }) => published.push(raceLegal),
    tell: (line) => told.push(line.slice(0, 12)),
  });
  const practice = rules({ raceLegal: false, reason: 'no-race' });
  const says = (given: SessionRules) => bus.publish('note', { type: 'session', rules: given } as SessionNote);
  for (const given of [practice, practice, rules(), rules(), rules({ next: false }), practice, practice])
    says(given);
  expect(published).toEqual([false, true, true, false]);
  expect(told).toEqual(['This is a ra', 'This is a ra', 'No race: liv']);
});
