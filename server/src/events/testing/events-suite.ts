/** What events must do, in memory and through Redis. */
import { afterAll, expect, test } from 'vitest';
import type { Events, ServerEvent } from '../events.ts';

export const anEvent = (number: number): ServerEvent => ({
  event: {
    type: 'session.changed',
    sessionId: `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`,
  },
  ownerId: 'anna',
  to: 'viewers',
});

export async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** What somebody hears. */
export function listen(events: Events): { heard: ServerEvent[]; resyncs: () => number; end: () => void } {
  const heard: ServerEvent[] = [];
  let resyncs = 0;
  const end = events.subscribe(
    (event) => heard.push(event),
    () => {
      resyncs += 1;
    },
  );
  return { heard, resyncs: () => resyncs, end };
}

export function eventsSuite(open: () => Events): void {
  const events = open();
  afterAll(() => events.close());

  test('everybody who listens hears all in order, until he stops', async () => {
    const [anna, bert] = [listen(events), listen(events)];
    const sent = Array.from({ length: 20 }, (_, number) => anEvent(number));
    for (const event of sent.slice(0, 10)) await events.publish(event);
    bert.end();
    for (const event of sent.slice(10)) await events.publish(event);
    expect(anna.heard).toEqual(sent);
    expect(bert.heard).toEqual(sent.slice(0, 10));
    anna.end();
  });
}
