import { afterAll, describe, expect, test } from 'vitest';
import { redisMissing, TestRedis } from '../redis/testing/start-redis.ts';
import { RedisEvents } from './redis-events.ts';
import { anEvent, eventsSuite, listen, until } from './testing/events-suite.ts';

const missing = redisMissing();
if (missing !== null) console.log(`skipped: events through Redis: ${missing}`);

describe.skipIf(missing !== null)('events through Redis', async () => {
  if (missing !== null) return;
  const redis = await TestRedis.start();
  const opened: RedisEvents[] = [];
  const open = () => {
    const events = new RedisEvents(redis.url);
    opened.push(events);
    return events;
  };
  afterAll(async () => {
    for (const events of opened) await events.close();
    await redis.kill();
  });
  eventsSuite(open);

  test('another server hears them too, each once; while Redis is gone a server hears its own, and then all load again', async () => {
    const [one, two] = [open(), open()];
    const [atOne, atTwo] = [listen(one), listen(two)];
    // Until both are connected nothing passes between them.
    let warmUps = 0;
    while (atTwo.heard.length === 0 || atOne.heard.length === warmUps) {
      warmUps += 1;
      await one.publish(anEvent(0));
      await two.publish(anEvent(0));
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (atTwo.heard.length > warmUps && atOne.heard.length > warmUps) break;
    }
    atOne.heard.length = 0;
    atTwo.heard.length = 0;
    const sent = Array.from({ length: 20 }, (_, number) => anEvent(number + 1));
    for (const event of sent) await one.publish(event);
    const numbered = (heard: { event: object }[]) => heard.filter(({ event }) => !isWarmUp(event));
    await until(() => numbered(atTwo.heard).length === 20);
    expect(numbered(atTwo.heard)).toEqual(sent);
    expect(numbered(atOne.heard)).toEqual(sent);

    await redis.kill();
    const before = [atOne.resyncs(), atTwo.resyncs()];
    await one.publish(anEvent(100));
    expect(atOne.heard.at(-1)).toEqual(anEvent(100));
    await redis.start();
    await until(() => atOne.resyncs() > (before[0] ?? 0) && atTwo.resyncs() > (before[1] ?? 0));
    await until(() => {
      void one.publish(anEvent(101));
      return atTwo.heard.some((heard) => JSON.stringify(heard) === JSON.stringify(anEvent(101)));
    });
  });
});

const isWarmUp = (event: object) => JSON.stringify(event) === JSON.stringify(anEvent(0).event);
