/** Faults at random and SIGKILL at random moments, with a real process that records and sends: every lap that the store said it has arrives exactly once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SqliteLapStore } from '../store/sqlite-lap-store.ts';
import { type Fault, ModelServer } from './testing/model-server.ts';
import { Recording } from './testing/recording.ts';
import { seededRandom } from './testing/seeded-random.ts';

const faults: Fault[] = [
  'drop',
  'drop-after',
  'lie',
  'wrong-id',
  'internal',
  'busy',
  'too-many-requests',
  'session-missing',
];
const rounds = process.env['RACING_COACH_LONG'] ? 100 : 4;
const lapsOfRun = 6;

describe('killed while it records and sends', () => {
  let folder: string;
  let server: ModelServer;
  let running: Recording | null;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-sync-'));
    server = await ModelServer.open();
    running = null;
  });
  afterEach(async () => {
    await running?.kill();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function record(sessionId: string, laps: number): Recording {
    const { url, token } = server;
    const path = join(folder, 'laps.db');
    return new Recording({ path, url, token, sessionId, laps, driven: null, pauseMs: 5, hurry: 2000 });
  }

  test.each(Array.from({ length: rounds }, (_, round) => round + 1))('seed %i', async (seed) => {
    const random = seededRandom(seed);
    const faultShare = random() * 0.5;
    server.retryAfter = '1';
    server.fault = () =>
      random() < faultShare ? (faults[Math.floor(random() * faults.length)] ?? null) : null;
    const stored: string[] = [];
    for (let run = 1; run <= 3; run += 1) {
      running = record(`run-${run}`, lapsOfRun);
      const after = Math.floor(random() * (lapsOfRun + 1));
      await running.until(({ stored: now }) => now.length >= after);
      await wait(random() * 60);
      await running.kill();
      stored.push(...running.stored);
    }
    server.fault = () => null;
    running = record('last', 0);
    await running.until(({ last }) => last.state === 'idle' && last.waiting === 0);
    await running.kill();
    const store = new SqliteLapStore({ path: join(folder, 'laps.db'), now: new Date() });
    const laps = store.sessions().flatMap(({ id }) => store.laps(id));
    expect(store.outbox()).toEqual([]);
    store.close();
    expect(laps.map(({ id }) => id)).toEqual(expect.arrayContaining(stored));
    expect([...server.laps.keys()].sort()).toEqual(laps.map(({ id }) => id).sort());
    for (const lap of laps) expect(server.laps.get(lap.id)?.sha256).toBe(lap.lapFileSha256);
  });
});
