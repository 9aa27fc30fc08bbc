import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../new-id.ts';
import { type RunningRedis, redisIsThere, startRedis, until } from '../testing/start-redis.ts';
import type { Events, ServerEvent } from './events.ts';
import { MemoryEvents } from './memory-events.ts';
import { RedisEvents } from './redis-events.ts';

const event = (): ServerEvent => ({
  event: { type: 'session.changed', sessionId: newId() },
  ownerId: newId(),
});

/** Publishes until somebody hears: a subscription through Redis takes a moment. */
async function heard(from: Events, by: ServerEvent[]): Promise<void> {
  await until(async () => {
    await from.publish(event());
    return by.length > 0;
  });
}

function eventsSuite(open: () => Events): void {
  test('every listener hears each event once, in order, until it stops listening', async () => {
    const events = open();
    const [first, second]: ServerEvent[][] = [[], []];
    events.subscribe(
      () => {
        throw new Error('a listener that fails');
      },
      () => undefined,
    );
    const end = events.subscribe(
      (each) => first?.push(each),
      () => undefined,
    );
    events.subscribe(
      (each) => second?.push(each),
      () => undefined,
    );
    await heard(events, second ?? []);
    await until(() => first?.length === second?.length);
    first?.splice(0);
    const sent = [event(), event(), event()];
    for (const each of sent) await events.publish(each);
    await until(() => first?.length === 3);
    expect(first).toEqual(sent);
    end();
    await events.publish(event());
    await events.close();
    expect(first).toHaveLength(3);
  });
}

describe('in memory', () => eventsSuite(() => new MemoryEvents()));

describe.runIf(redisIsThere)('through Redis', () => {
  let redis: RunningRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.close());

  eventsSuite(() => new RedisEvents(redis.url));

  test('reach another server; while Redis is gone each hears its own, and then loads again', async () => {
    const [one, two] = [new RedisEvents(redis.url), new RedisEvents(redis.url)];
    const there: ServerEvent[] = [];
    let resyncs = 0;
    two.subscribe(
      (each) => there.push(each),
      () => {
        resyncs += 1;
      },
    );
    await heard(one, there);
    await redis.kill();
    there.splice(0);
    const own = event();
    await until(async () => {
      await two.publish(own);
      return there.length > 0;
    });
    expect(there[0]).toEqual(own);
    await redis.start();
    await until(() => resyncs > 0);
    there.splice(0);
    await heard(one, there);
    await Promise.all([one.close(), two.close()]);
  });
});
if (!redisIsThere) console.log('skipped: through Redis: redis-server is not installed');
