import { describe, expect, test } from 'vitest';
import { FakeClock } from '../testing/fake-clock.ts';
import { type EngineEvents, type EngineState, EngineSupervisor } from './engine-supervisor.ts';

const hub = 'ws://127.0.0.1:47800/hub?token=00112233445566778899aabbccddeeff';
const readyLine = JSON.stringify({ ready: true, urls: { hud: 'http://127.0.0.1:47800/hud/', hub } });

function supervised() {
  const clock = new FakeClock();
  const states: EngineState[] = [];
  const asked: string[] = [];
  const started: EngineEvents[] = [];
  const supervisor = new EngineSupervisor({
    spawn: (events) => {
      started.push(events);
      return {
        stop: () => asked.push('stop'),
        kill: () => {
          asked.push('kill');
          events.exit(137);
        },
      };
    },
    nowMs: clock.nowMs,
    later: clock.later,
    onState: (state) => states.push(state),
    log: () => {},
  });
  const last = () => {
    const events = started.at(-1);
    if (events === undefined) throw new Error('nothing was started');
    return events;
  };
  return { clock, states, asked, started, supervisor, last };
}

test('is ready when the engine says where it answers, and says the address once', () => {
  const { supervisor, states, last, clock } = supervised();
  supervisor.start();
  last().line('something else');
  last().line(readyLine);
  last().line(readyLine);
  clock.pass(120_000);
  expect(states).toEqual([
    { kind: 'starting' },
    { kind: 'ready', address: { port: 47800, token: '00112233445566778899aabbccddeeff', hub, obs: null } },
  ]);
});

test('a renewed token is another address', () => {
  const { supervisor, states, last } = supervised();
  supervisor.start();
  last().line(readyLine);
  last().line(readyLine.replace(/ff"/, 'fe"'));
  expect(
    states.map((state) => (state.kind === 'ready' ? state.address.token.slice(-2) : state.kind)),
  ).toEqual(['starting', 'ff', 'fe']);
});

test('is started again when it dies, and the reason is what it said last', () => {
  const { supervisor, states, started, last, clock } = supervised();
  supervisor.start();
  last().line(readyLine);
  last().complaint('racing-coach: The disk is full.');
  last().complaint('');
  last().exit(1);
  expect(states.at(-1)).toEqual({ kind: 'waiting', ms: 500, why: 'racing-coach: The disk is full.' });
  clock.pass(499);
  expect(started).toHaveLength(1);
  clock.pass(1);
  expect(started).toHaveLength(2);
  last().line(readyLine);
  expect(supervisor.state.kind).toBe('ready');
});

test('gives up after five deaths in five minutes, until the user tries again', () => {
  const { supervisor, started, last, clock } = supervised();
  supervisor.start();
  for (let death = 0; death < 5; death += 1) {
    last().exit(3);
    clock.pass(15_000);
  }
  expect(supervisor.state).toEqual({ kind: 'failed', why: 'It ended with 3.' });
  clock.pass(3_600_000);
  expect(started).toHaveLength(5);
  expect(clock.waiting).toBe(0);
  supervisor.start();
  last().exit(3);
  expect(supervisor.state).toMatchObject({ kind: 'waiting', ms: 500 });
});

test('an engine that hangs at its start is ended and started again', () => {
  const { supervisor, states, asked, clock, started } = supervised();
  supervisor.start();
  clock.pass(60_000);
  expect(asked).toEqual(['kill']);
  expect(states.at(-1)).toMatchObject({ kind: 'waiting', why: 'It did not get ready in time.' });
  clock.pass(500);
  expect(started).toHaveLength(2);
});

describe('stopping', () => {
  test('asks first, and resolves when it has ended', async () => {
    const { supervisor, states, asked, last } = supervised();
    supervisor.start();
    last().line(readyLine);
    const stopped = supervisor.stop();
    last().line(readyLine);
    last().exit(0);
    await stopped;
    expect(asked).toEqual(['stop']);
    expect(states.at(-1)).toEqual({ kind: 'stopped' });
  });
  test('ends one that does not listen', async () => {
    const { supervisor, asked, clock } = supervised();
    supervisor.start();
    const stopped = supervisor.stop();
    clock.pass(5000);
    await stopped;
    expect(asked).toEqual(['stop', 'kill']);
  });
  test('takes back a restart that was waiting', async () => {
    const { supervisor, started, last, clock } = supervised();
    supervisor.start();
    last().exit(1);
    await supervisor.stop();
    clock.pass(60_000);
    expect(started).toHaveLength(1);
    expect(supervisor.state.kind).toBe('stopped');
  });
});

test('the user’s start takes the place of one that was waiting', () => {
  const { supervisor, started, last, clock, states } = supervised();
  supervisor.start();
  last().exit(1);
  supervisor.start();
  expect(started).toHaveLength(2);
  clock.pass(10_000);
  expect(started).toHaveLength(2);
  last().line(readyLine);
  // The new one's own time to get ready runs, and no other.
  clock.pass(120_000);
  expect(states.at(-1)?.kind).toBe('ready');
});

test('starting twice is starting once', () => {
  const { supervisor, started } = supervised();
  supervisor.start();
  supervisor.start();
  expect(started).toHaveLength(1);
});
