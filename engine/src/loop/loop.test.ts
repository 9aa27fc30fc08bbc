import { type CoachEvent, snapshotBytes } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import type { Drained, Runner } from '../native.ts';
import { EventBus } from './event-bus.ts';
import { runSource } from './tick-loop.ts';
import type { EngineTopics } from './topics.ts';

const nothing: Drained = { fresh: false, events: [], board: [], ended: false, laps: [] };
const statusText = (sample: number) => JSON.stringify({ type: 'status', sample });

/** A runner that wakes once for each prepared drain. */
class ScriptedRunner implements Runner {
  stopped = false;
  readonly #drains: Drained[];
  readonly #wake: () => void;
  constructor(drains: Drained[], wake: () => void) {
    this.#drains = drains;
    this.#wake = wake;
  }
  start(): void {
    for (const _ of [...this.#drains]) setImmediate(this.#wake);
  }
  stop(): void {
    this.stopped = true;
  }
  setReference(): void {}
  setRules(): void {}
  drain(snapshot: Uint8Array): Drained {
    const drained = this.#drains.shift() ?? nothing;
    if (drained.fresh) snapshot.fill(9);
    return drained;
  }
  statsJson = () => '{}';
}

function listen(bus: EventBus<EngineTopics>) {
  const heard: string[] = [];
  bus.subscribe('event', 'test', ({ event, text }) => {
    heard.push(`${(event as CoachEvent).sample} ${text}`);
  });
  bus.subscribe('snapshot', 'test', (bytes) => {
    heard.push(`snapshot of ${bytes.length} with ${bytes[0]}`);
  });
  return heard;
}

describe('running a source', () => {
  test('what changes slowly is published by its type, as it was written', async () => {
    const bus = new EventBus<EngineTopics>(() => {});
    const heard: string[] = [];
    bus.subscribe('board', 'test', ({ message, text }) => {
      heard.push(message.type, text);
    });
    const text = '{"type":"map","map":null}';
    const drains = [{ ...nothing, board: [text], ended: true }];
    await runSource((wake) => new ScriptedRunner(drains, wake), bus, new AbortController().signal);
    expect(heard).toEqual(['map', text]);
  });

  test('events before the snapshot of the same drain, all of them, in order, unchanged', async () => {
    const bus = new EventBus<EngineTopics>(() => {});
    const heard = listen(bus);
    const drains = [
      { ...nothing, fresh: true, events: [statusText(1), statusText(2)] },
      { ...nothing, events: [statusText(3)], ended: true },
    ];
    await runSource((wake) => new ScriptedRunner(drains, wake), bus, new AbortController().signal);
    expect(heard).toEqual([
      `1 ${statusText(1)}`,
      `2 ${statusText(2)}`,
      `snapshot of ${snapshotBytes} with 9`,
      `3 ${statusText(3)}`,
    ]);
  });

  test('stopping stops the runner and still hears what was finished', async () => {
    const bus = new EventBus<EngineTopics>(() => {});
    const heard = listen(bus);
    const stop = new AbortController();
    const drains: Drained[] = [
      { ...nothing, events: [statusText(1)] },
      { ...nothing, events: [statusText(2)] },
    ];
    const run = runSource((wake) => new ScriptedRunner(drains, wake), bus, stop.signal);
    stop.abort();
    expect(((await run) as ScriptedRunner).stopped).toBe(true);
    await new Promise((done) => setImmediate(done));
    // The wake-ups that were already on their way find the run over.
    expect(heard).toEqual([`1 ${statusText(1)}`]);
  });

  test('a failing source rejects with its code and sentence', async () => {
    const bus = new EventBus<EngineTopics>(() => {});
    const failed = { ...nothing, ended: true, error: '{"code":"ibt-empty","message":"x.ibt is empty."}' };
    const run = runSource((wake) => new ScriptedRunner([failed], wake), bus, new AbortController().signal);
    await expect(run).rejects.toMatchObject({ code: 'ibt-empty', message: 'x.ibt is empty.' });
  });
});

describe('the bus', () => {
  test('a failing subscriber is logged once and stops nobody', async () => {
    const log: string[] = [];
    const heard: number[] = [];
    const bus = new EventBus<{ tick: number }>((name, error) => log.push(`${name}: ${error}`));
    bus.subscribe('tick', 'throws', () => {
      throw new Error('boom');
    });
    bus.subscribe('tick', 'rejects', async () => {
      throw new Error('late');
    });
    bus.subscribe('tick', 'listens', (tick) => {
      heard.push(tick);
    });
    for (const tick of [1, 2, 3]) bus.publish('tick', tick);
    await Promise.resolve();
    await new Promise((done) => setImmediate(done));
    expect(heard).toEqual([1, 2, 3]);
    expect(log).toEqual(['throws: Error: boom', 'rejects: Error: late']);
  });

  test('an ended subscription hears nothing more', () => {
    const heard: number[] = [];
    const bus = new EventBus<{ tick: number }>(() => {});
    const end = bus.subscribe('tick', 'listens', (tick) => {
      heard.push(tick);
    });
    bus.publish('tick', 1);
    end();
    bus.publish('tick', 2);
    expect(heard).toEqual([1]);
  });
});
