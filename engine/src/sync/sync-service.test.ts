import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { someSession } from '../store/testing/some-laps.ts';
import { longestBackOffMs } from './back-off.ts';
import { ModelServer } from './testing/model-server.ts';
import { SyncBench } from './testing/sync-bench.ts';

let server: ModelServer;
let bench: SyncBench;
beforeEach(async () => {
  server = await ModelServer.open();
  bench = new SyncBench(server);
});
afterEach(async () => {
  await bench.service.close();
  await server.close();
});

const uploads = () => server.requests.filter(({ path }) => path.includes('/uploads/laps/')).length;

test('session and laps arrive in order, once, and it says so', async () => {
  bench.service.start();
  bench.drive(1, 2);
  await bench.settled();
  bench.drive(3);
  const state = await bench.pass(1000);
  expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-2', 's1-0-3']);
  expect(state).toMatchObject({ state: 'idle', waiting: 0, refused: 0, server: server.url, user: 'Ada' });
  expect(state.lastSuccess).toBe('2026-01-10T00:00:00.000Z');
  expect(uploads()).toBe(3);
  expect(bench.states.some((said) => said.state === 'sending' && said.waiting > 0)).toBe(true);
  expect(JSON.stringify(bench.states)).not.toContain(server.token);
});

test('while the driver drives nothing is sent, and all of it once he stops', async () => {
  bench.drives = true;
  bench.service.start();
  bench.drive(1, 2);
  expect(await bench.pass(600_000)).toMatchObject({ state: 'paused', waiting: 2 });
  expect(server.requests).toEqual([]);
  bench.drives = false;
  bench.service.nudge();
  expect(await bench.pass(0)).toMatchObject({ state: 'idle', waiting: 0 });
});

test('asked to, it sends on the track as well, and then waits again', async () => {
  bench.drives = true;
  bench.service.start();
  bench.drive(1);
  await bench.settled();
  await bench.service.sendNow();
  await bench.pass(0);
  expect(server.order).toEqual(['s1', 's1-0-1']);
  bench.drive(2);
  expect(await bench.pass(60_000)).toMatchObject({ state: 'paused', waiting: 1 });
});

describe('when the server is not there', () => {
  test.each(['drop', 'busy', 'unavailable', 'too-many-requests', 'request-timeout', 'lie'] as const)(
    '%s: it waits longer each time, ten minutes at most, and goes on by itself',
    async (fault) => {
      bench.random = 0.999;
      server.fault = ({ path }) => (path.includes('/uploads/') ? fault : null);
      bench.service.start();
      bench.drive(1, 2);
      await bench.pass(3_600_000);
      const soon = server.requests.length;
      expect(soon).toBeGreaterThan(8);
      expect(soon).toBeLessThan(20);
      await bench.pass(3_600_000);
      expect(server.requests.length - soon).toBeLessThan(8);
      expect(bench.service.state()).toMatchObject({ waiting: 2, refused: 0 });
      server.fault = () => null;
      expect(await bench.pass(longestBackOffMs)).toMatchObject({ state: 'idle', waiting: 0 });
      expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-2']);
    },
  );

  test('Retry-After is kept to', async () => {
    bench.random = 0;
    server.retryAfter = '120';
    server.fault = ({ path }) => (path.includes('/laps/') ? 'too-many-requests' : null);
    bench.service.start();
    bench.drive(1);
    const state = await bench.settled();
    expect(state).toMatchObject({ state: 'waiting', nextAttempt: '2026-01-10T00:02:00Z' });
    await bench.pass(119_000);
    expect(uploads()).toBe(1);
    await bench.pass(2000);
    expect(uploads()).toBe(2);
  });

  test('a sleep of days is no reason to wait on, and neither is a clock that is set back', async () => {
    bench.random = 0.999;
    server.fault = () => 'drop';
    bench.service.start();
    bench.drive(1);
    await bench.pass(7_200_000);
    server.fault = () => null;
    bench.wallMs += 3 * 86_400_000;
    expect(await bench.pass(45_000)).toMatchObject({ state: 'idle', waiting: 0 });
    server.fault = ({ path }) => (path.includes('/laps/') ? 'internal' : null);
    bench.drive(2);
    await bench.pass(1000);
    bench.wallMs -= 10 * 86_400_000;
    server.fault = () => null;
    expect(await bench.pass(45_000)).toMatchObject({ state: 'idle', waiting: 0 });
  });
});

describe('what does not go', () => {
  test('a refused lap is kept with the reason and holds nothing back', async () => {
    server.fault = ({ path }) => (path.endsWith('/s1-0-2') ? 'lap-implausible' : null);
    bench.service.start();
    bench.drive(1, 2, 3);
    const state = await bench.pass(0);
    expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-3']);
    expect(state).toMatchObject({ state: 'idle', waiting: 0, refused: 1 });
    expect(state.refusedLaps).toMatchObject([
      { lapId: 's1-0-2', track: 'Fuji GP', lap: 2, code: 'lap-implausible' },
    ]);
    expect(state.text).toContain('Refused for good: 1 lap.');
  });

  test('a newer server is offered what an older one refused', async () => {
    server.fault = ({ path }) => (path.endsWith('/s1-0-1') ? 'lap-format' : null);
    bench.service.start();
    bench.drive(1);
    expect(await bench.pass(0)).toMatchObject({ refused: 1 });
    server.fault = () => null;
    await bench.pass(2 * 86_400_000);
    expect(server.laps.size).toBe(0);
    server.version = '1.1.0';
    expect(await bench.pass(2 * 86_400_000)).toMatchObject({ refused: 0, waiting: 0 });
    expect(server.laps.has('s1-0-1')).toBe(true);
  });

  test('a lap at which the server fails waits by itself while others go on', async () => {
    server.fault = ({ path }) => (path.endsWith('/s1-0-1') ? 'internal' : null);
    bench.memory.saveSession(someSession('s0'));
    bench.service.start();
    bench.drive(1, 2);
    await bench.pass(3_600_000);
    expect(server.order).toEqual(['s1', 's1-0-2']);
    server.fault = () => null;
    expect(await bench.pass(longestBackOffMs)).toMatchObject({ state: 'idle', waiting: 0 });
  });

  test('an answer that names another lap counts for nothing', async () => {
    server.fault = ({ path }) => (path.endsWith('/s1-0-1') ? 'wrong-id' : null);
    bench.service.start();
    bench.drive(1);
    expect(await bench.pass(1000)).toMatchObject({ state: 'trouble', waiting: 1 });
  });

  test('a token that counts no longer is not sent again: it waits for a login', async () => {
    bench.service.start();
    await bench.settled();
    server.token = 'new-token';
    bench.drive(1);
    expect(await bench.pass(1000)).toMatchObject({ state: 'signed-out', waiting: 1 });
    const asked = server.requests.length;
    await bench.pass(3_600_000);
    expect(server.requests).toHaveLength(asked);
    bench.login = { url: server.url, token: 'new-token', deviceId: 'device', userName: 'Ada' };
    bench.service.nudge();
    expect(await bench.pass(0)).toMatchObject({ state: 'idle', waiting: 0 });
  });
});

describe('a server that lost something', () => {
  test('one that began anew gets everything again', async () => {
    bench.service.start();
    bench.drive(1, 2);
    await bench.settled();
    server.lose('model-2');
    await bench.restart();
    await bench.pass(0);
    expect(server.order).toEqual(['s1', 's1-0-1', 's1-0-2']);
  });

  test('one of an older backup gets what it lacks within a day', async () => {
    bench.service.start();
    bench.drive(1, 2);
    await bench.settled();
    server.laps.delete('s1-0-2');
    await bench.pass(2 * 86_400_000);
    expect([...server.laps.keys()].sort()).toEqual(['s1-0-1', 's1-0-2']);
  });

  test('a session that is missing is sent again before its lap', async () => {
    bench.service.start();
    bench.drive(1);
    await bench.settled();
    server.sessions.clear();
    bench.drive(2);
    expect(await bench.pass(1000)).toMatchObject({ state: 'idle', waiting: 0 });
    expect([...server.sessions.keys()]).toEqual(['s1']);
  });
});

test('it ends at once in the middle of an upload that hangs, and the next start sends it', async () => {
  server.fault = ({ path }) => (path.includes('/laps/') ? 'hang' : null);
  bench.service.start();
  bench.drive(1);
  while (uploads() === 0) await new Promise((resolve) => setImmediate(resolve));
  await bench.service.close();
  server.fault = () => null;
  await bench.restart();
  await bench.pass(0);
  expect(server.order).toEqual(['s1', 's1-0-1']);
});
