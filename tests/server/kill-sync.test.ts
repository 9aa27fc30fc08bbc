/**
 * kill -9 to the engine or the server at random moments of uploads: every lap that the recorder committed arrives exactly once. The engine's part is its store and its sync in a
 * process of their own; the server is the real application over PGlite and PostgreSQL. 1,000 seeds with RACING_COACH_LONG, shared by the homes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadNative } from '../../engine/src/native.ts';
import { SqliteLapStore } from '../../engine/src/store/sqlite-lap-store.ts';
import { writeDriven } from '../../engine/src/sync/testing/driven-laps.ts';
import { Recording } from '../../engine/src/sync/testing/recording.ts';
import { seededRandom } from '../../engine/src/sync/testing/seeded-random.ts';
import { preparedDump } from '../../server/src/database/testing/prepared-dump.ts';
import {
  postgresMissing,
  startPostgres,
  type TestPostgres,
} from '../../server/src/database/testing/start-postgres.ts';
import { newToken } from '../../server/src/identity/secrets.ts';
import { runCoach } from '../engine/racing-coach.ts';
import { KillableServer } from './killable-server.ts';

const seedsOfHome = process.env['RACING_COACH_LONG'] ? 500 : 3;
/** Timed ones; the drive out of the pits and the way after the last are two more. */
const timedLaps = 6;
const lapsOfRun = timedLaps + 2;
const token = newToken().text;

interface Home {
  name: string;
  missing: string | null;
  start(folder: string): Promise<KillableServer>;
  remove(): Promise<void>;
}

let postgres: TestPostgres | null = null;
const homes: Home[] = [
  {
    name: 'PGlite',
    missing: null,
    start: async (folder) =>
      KillableServer.start({
        database: join(folder, 'server'),
        preparedDump: await preparedDump(),
        port: 0,
        token,
      }),
    remove: async () => {},
  },
  {
    name: 'PostgreSQL',
    missing: postgresMissing(),
    start: async () => {
      postgres = await startPostgres();
      return KillableServer.start({
        database: await postgres.newDatabase(),
        preparedDump: null,
        port: 0,
        token,
      });
    },
    remove: async () => postgres?.remove(),
  },
];

/** A simulated session, its laps in `folder`. */
async function drive(folder: string): Promise<void> {
  const out = join(folder, 'session.ibt');
  const words = ['simulate', '--laps', String(timedLaps), '--seed', '5', '--out', out];
  expect(await runCoach(words, folder)).toMatchObject({ status: 0 });
  await writeDriven(out, folder, await loadNative());
}

for (const home of homes) {
  const title = `killed while laps are sent to ${home.name}`;
  if (home.missing !== null) console.log(`skipped: ${title}: ${home.missing}`);
  describe.skipIf(home.missing !== null)(title, { timeout: 60_000 }, () => {
    let folder: string;
    let server: KillableServer;
    let driven: string;
    let dataDir: string;
    let recording: Recording | null;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'racing-coach-kill-'));
      driven = mkdtempSync(join(folder, 'driven-'));
      await drive(driven);
      server = await home.start(folder);
    }, 60_000);
    afterAll(async () => {
      await server.kill();
      await home.remove();
      rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(() => {
      dataDir = mkdtempSync(join(folder, 'engine-'));
      recording = null;
    });
    afterEach(() => recording?.kill());

    const record = (sessionId: string, laps: number) => {
      const path = join(dataDir, 'laps.db');
      return new Recording({
        path,
        url: server.url,
        token,
        sessionId,
        laps,
        driven,
        pauseMs: 15,
        hurry: 200,
      });
    };

    test.each(Array.from({ length: seedsOfHome }, (_, round) => round + 1))('seed %i', async (seed) => {
      const random = seededRandom(seed);
      const killsServer = random() < 0.5;
      recording = record(`run-${seed}`, lapsOfRun);
      const after = Math.floor(random() * lapsOfRun);
      await recording.until(({ stored }) => stored.length >= after);
      await wait(random() * 80);
      await (killsServer ? server.kill() : recording.kill());
      const stored = killsServer ? [] : recording.stored;
      if (killsServer) {
        await server.start();
        await recording.until((now) => now.stored.length === lapsOfRun);
      } else recording = record(`again-${seed}`, 2);
      const all = killsServer ? lapsOfRun : 2;
      await recording.until(
        ({ stored: now, last }) => now.length === all && last.state === 'idle' && last.waiting === 0,
      );
      await recording.kill();
      await expectEveryLap([...stored, ...recording.stored]);
    });

    /** The server has what the store has, each once, with its file's hash; and nothing of it was refused. */
    async function expectEveryLap(said: string[]): Promise<void> {
      const store = new SqliteLapStore({ path: join(dataDir, 'laps.db'), now: new Date() });
      const sessions = store.sessions();
      const laps = sessions.flatMap(({ id }) => store.laps(id));
      expect(store.outbox()).toEqual([]);
      store.close();
      expect(laps.map(({ id }) => id)).toEqual(expect.arrayContaining(said));
      const there = (await server.get('/sessions?limit=100')).items.filter(({ clientId }) =>
        sessions.some(({ id }) => id === clientId),
      );
      const pages = await Promise.all(
        there.map(({ id }) => server.get(`/laps?sessionId=${id}&order=driven&limit=100`)),
      );
      const arrived = pages.flatMap(({ items }) => items);
      const named = (id: unknown, sha256: unknown) => `${id} ${sha256}`;
      expect(arrived.map(({ clientId, lapFileSha256 }) => named(clientId, lapFileSha256)).sort()).toEqual(
        laps.map(({ id, lapFileSha256 }) => named(id, lapFileSha256)).sort(),
      );
      expect(there.reduce((sum, { laps: count }) => sum + Number(count), 0)).toBe(laps.length);
    }
  });
}
