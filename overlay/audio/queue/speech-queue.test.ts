import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  quietAfterCallMs,
  type Rank,
  ranks,
  type SpeechAction,
  type SpeechItem,
  SpeechQueue,
  spacingMs,
} from './speech-queue.ts';

let ids = 0;
const item = (rank: Rank, more: Partial<SpeechItem> = {}): SpeechItem => ({
  id: ids++,
  rank,
  priority: 0,
  durationMs: 1000,
  latestStartMs: 60_000,
  endByMs: null,
  ...more,
});
const does = (actions: SpeechAction[]) =>
  actions.map((action) =>
    action.does === 'drop' ? `drop ${action.item.id} ${action.reason}` : `${action.does} ${action.item.id}`,
  );

describe('order', () => {
  test('one at a time, the more urgent first', () => {
    const queue = new SpeechQueue();
    const [a, b, c] = [item('request'), item('request', { priority: 1 }), item('request', { priority: 2 })];
    expect(does(queue.offer(a, 0))).toEqual([`start ${a.id}`]);
    expect(does(queue.offer(b, 10))).toEqual([]);
    expect(does(queue.offer(c, 20))).toEqual([]);
    expect(does(queue.step(999))).toEqual([]);
    expect(does(queue.step(1000))).toEqual([`start ${c.id}`]);
    expect(does(queue.step(2000))).toEqual([`start ${b.id}`]);
  });

  test('the spotter cuts everything at once, himself too', () => {
    const queue = new SpeechQueue();
    const [advice, left, clear] = [item('coach'), item('spotter'), item('spotter')];
    queue.offer(advice, 0);
    expect(does(queue.offer(left, 100))).toEqual([
      `stop ${advice.id}`,
      `drop ${advice.id} cut`,
      `start ${left.id}`,
    ]);
    expect(does(queue.offer(clear, 200))).toEqual([
      `stop ${left.id}`,
      `drop ${left.id} cut`,
      `start ${clear.id}`,
    ]);
  });

  test('danger cuts advice, but no call', () => {
    const queue = new SpeechQueue();
    const [call, flag, advice] = [item('spotter'), item('safety'), item('coach')];
    queue.offer(call, 0);
    expect(does(queue.offer(flag, 10))).toEqual([]);
    expect(does(queue.step(1000))).toEqual([`start ${flag.id}`]);
    queue.step(2000);
    queue.offer(advice, 4000);
    expect(does(queue.offer(item('safety'), 4100))[0]).toBe(`stop ${advice.id}`);
  });
});

test('a flag cuts advice and nothing else, and advice leaves it room', () => {
  const queue = new SpeechQueue();
  const [advice, flag, other, answered] = [item('coach'), item('call'), item('call'), item('request')];
  queue.offer(advice, 0);
  expect(does(queue.offer(flag, 10))).toEqual([
    `stop ${advice.id}`,
    `drop ${advice.id} cut`,
    `start ${flag.id}`,
  ]);
  expect(does(queue.offer(other, 20))).toEqual([]);
  expect(does(queue.offer(answered, 30))).toEqual([]);
  const late = item('coach', { latestStartMs: 3000 });
  expect(does(queue.offer(late, 40))).toEqual([`drop ${late.id} late`]);
});

test('where the rules forbid advice, the advice alone is gone', () => {
  const queue = new SpeechQueue();
  const [first, second, answered] = [item('coach'), item('coach', { latestStartMs: 9000 }), item('request')];
  queue.offer(first, 0);
  queue.offer(second, 10);
  queue.offer(answered, 20);
  expect(does(queue.clearRank('coach', 30))).toEqual([
    `stop ${first.id}`,
    `drop ${first.id} outdated`,
    `drop ${second.id} outdated`,
  ]);
  expect(does(queue.step(40))).toEqual([`start ${answered.id}`]);
});

describe('never late', () => {
  test('advice waits for the spotter’s quiet, or is dropped when that is too long', () => {
    const queue = new SpeechQueue();
    queue.offer(item('spotter'), 0);
    const hopeless = item('coach', { latestStartMs: 2500 });
    expect(does(queue.offer(hopeless, 10))).toEqual([`drop ${hopeless.id} late`]);
    const patient = item('coach', { latestStartMs: 3500 });
    expect(does(queue.offer(patient, 20))).toEqual([]);
    expect(does(queue.step(1000 + quietAfterCallMs))).toEqual([`start ${patient.id}`]);
  });

  test('what cannot be over before its point is not begun', () => {
    const queue = new SpeechQueue();
    const fits = item('coach', { endByMs: 1000 });
    expect(does(queue.offer(fits, 0))).toEqual([`start ${fits.id}`]);
    const other = new SpeechQueue();
    const tooLong = item('coach', { endByMs: 999 });
    expect(does(other.offer(tooLong, 0))).toEqual([`drop ${tooLong.id} cannot-end-in-time`]);
  });

  test('a page that stood still says nothing old', () => {
    const queue = new SpeechQueue();
    queue.offer(item('request'), 0);
    const waiting = item('request', { latestStartMs: 1500 });
    queue.offer(waiting, 10);
    expect(does(queue.step(5000))).toEqual([`drop ${waiting.id} late`]);
  });
});

test('mute stops the voice, drops what waits and takes nothing', () => {
  const queue = new SpeechQueue();
  const [a, b, c] = [item('request'), item('request'), item('spotter')];
  queue.offer(a, 0);
  queue.offer(b, 10);
  expect(does(queue.mute(true, 20))).toEqual([`stop ${a.id}`, `drop ${a.id} muted`, `drop ${b.id} muted`]);
  expect(does(queue.offer(c, 30))).toEqual([`drop ${c.id} muted`]);
  queue.mute(false, 40);
  expect(does(queue.offer(item('spotter'), 50))[0]).toMatch(/^start/);
});

test('no more than four wait', () => {
  const queue = new SpeechQueue();
  queue.offer(item('request'), 0);
  const rest = Array.from({ length: 5 }, (_, priority) => item('request', { priority }));
  const actions = rest.flatMap((each) => queue.offer(each, 1));
  expect(does(actions)).toEqual([`drop ${rest[0]?.id} full`]);
});

const calls = new Set<Rank>(['call', 'safety', 'spotter']);

const offers = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 3000 }),
    rank: fc.constantFrom(...ranks),
    priority: fc.nat(5),
    durationMs: fc.integer({ min: 200, max: 2500 }),
    patienceMs: fc.integer({ min: 0, max: 6000 }),
    endInMs: fc.option(fc.integer({ min: 300, max: 5000 })),
    mute: fc.option(fc.boolean(), { freq: 8 }),
  }),
  { maxLength: 40 },
);

test('whatever is offered: one voice, nothing late, over in time, quiet after calls, and the spotter never waits (seed 24)', () => {
  fc.assert(
    fc.property(offers, fc.integer({ min: 1, max: 40 }), (list, stepMs) => {
      const queue = new SpeechQueue();
      const ended: SpeechItem[] = [];
      let spoken: { item: SpeechItem; atMs: number } | null = null;
      let [lastEndMs, callEndMs] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
      const end = (atMs: number) => {
        if (spoken === null) return;
        lastEndMs = atMs;
        if (calls.has(spoken.item.rank)) callEndMs = atMs;
        spoken = null;
      };
      const take = (actions: SpeechAction[], nowMs: number) => {
        if (spoken !== null && nowMs >= spoken.atMs + spoken.item.durationMs)
          end(spoken.atMs + spoken.item.durationMs);
        for (const action of actions) {
          if (action.does === 'stop') {
            expect(action.item).toBe(spoken?.item);
            end(nowMs);
          } else if (action.does === 'start') {
            const { item, atMs } = action;
            expect(spoken).toBeNull();
            expect(atMs).toBe(nowMs);
            expect(atMs).toBeLessThanOrEqual(item.latestStartMs);
            expect(atMs + item.durationMs).toBeLessThanOrEqual(item.endByMs ?? Number.POSITIVE_INFINITY);
            if (item.rank === 'coach') {
              expect(atMs).toBeGreaterThanOrEqual(callEndMs + quietAfterCallMs);
              expect(atMs).toBeGreaterThanOrEqual(lastEndMs + spacingMs);
            }
            spoken = { item, atMs };
          } else ended.push(action.item);
        }
      };
      let [nowMs, muted] = [0, false];
      for (const offer of list) {
        for (const untilMs = nowMs + offer.afterMs; nowMs < untilMs; nowMs += stepMs)
          take(queue.step(nowMs), nowMs);
        if (offer.mute !== null) {
          muted = offer.mute;
          take(queue.mute(muted, nowMs), nowMs);
        }
        const endByMs = offer.endInMs === null || offer.rank === 'spotter' ? null : nowMs + offer.endInMs;
        const next = item(offer.rank, { ...offer, endByMs, latestStartMs: nowMs + offer.patienceMs });
        take(queue.offer(next, nowMs), nowMs);
        if (offer.rank === 'spotter' && !muted) expect(queue.speaking).toBe(next);
      }
      for (const untilMs = nowMs + 10_000; nowMs < untilMs; nowMs += stepMs) take(queue.step(nowMs), nowMs);
      expect(queue.speaking).toBeNull();
      expect(new Set(ended).size).toBe(ended.length);
    }),
    { seed: 24, numRuns: 300 },
  );
});
