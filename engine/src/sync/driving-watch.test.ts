import type { CoachEvent, RunnerNote, StatusCode } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { DrivingWatch } from './driving-watch.ts';

test('he drives while the sim sends and he is on the track; each change is told once', () => {
  const bus = new EventBus<EngineTopics>((_, error) => {
    throw error;
  });
  const told: boolean[] = [];
  const watch = new DrivingWatch(() => told.push(watch.drives));
  watch.listen(bus);
  const status = (code: StatusCode) =>
    bus.publish('event', { event: { type: 'status', status: code } as CoachEvent, text: '' });
  const presence = (now: string) => bus.publish('note', { type: 'presence', presence: now } as RunnerNote);
  status('out-lap');
  expect(watch.drives).toBe(false);
  presence('sending');
  status('coaching');
  status('off-track');
  status('in-pits');
  status('in-garage');
  status('race-rules');
  presence('lost');
  expect(told).toEqual([true, false, true, false]);
});
