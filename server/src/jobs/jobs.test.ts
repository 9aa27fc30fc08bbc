import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Analysis } from '../analysis/analysis.ts';
import type { Database } from '../database/database.ts';
import { setUpTelemetry } from '../database/telemetry/set-up-telemetry.ts';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import { copyRowsOf, testColumns } from '../database/testing/copy-rows.ts';
import { onEveryHome } from '../database/testing/test-homes.ts';
import { insertEverything, lapRow, newDriver } from '../database/testing/test-rows.ts';
import { ProblemError } from '../problem-error.ts';
import { countJobs, enqueue, takeJob } from './job-queue.ts';
import { type Clock, delayMs, JobRunner, type RunnerOptions } from './job-runner.ts';
import { lapJobs } from './lap-jobs.ts';
import { rebuildTelemetry } from './rebuild-telemetry.ts';
import { dropOldRows } from './retention.ts';

/** Time passes when somebody sleeps, or when the test says so. */
class TestClock implements Clock {
  ms = Date.parse('2026-03-02T00:00:00Z');
  now = () => new Date(this.ms);
  sleep = async (ms: number) => {
    this.ms += ms;
    await new Promise((resolve) => setImmediate(resolve));
  };
}

/** The core's part, with rows and metrics that can be told apart. */
const analysis = {
  analysisVersion: 7,
  metrics: async (file: Uint8Array) => ({ bytes: file.length }),
  copyRows: async (_: Uint8Array, lap: { id: string; ownerId: string; startedAt: Date }) =>
    copyRowsOf({ ...lap, rows: 60, channels: 3 }),
} as unknown as Analysis;

test('attempts come later and later, never all at once', () => {
  const delays = Array.from({ length: 9 }, (_, index) => delayMs(index + 1, 1) / 1000);
  expect(delays).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900]);
  expect(delayMs(1, 0)).toBe(2500);
});

onEveryHome(
  'jobs',
  (home) => {
    let database: Database;
    let telemetry: TelemetryTable;
    const clock = new TestClock();
    const anna = newDriver();
    const failures: string[] = [];
    const runner = (changes: Partial<RunnerOptions>) =>
      new JobRunner({
        database,
        handlers: lapJobs({ database, analysis, telemetry }),
        clock,
        random: () => 0.5,
        onFailure: (_, problem) => failures.push(problem),
        ...changes,
      });
    const newLap = async () => {
      const id = randomUUID();
      await database.asSystem(async (trx) => {
        await trx
          .insertInto('laps')
          .values(lapRow({ ...anna, lapId: id }))
          .execute();
        await trx
          .insertInto('lap_files')
          .values({ lap_id: id, sha256: '', data: Buffer.from(id) })
          .execute();
      });
      return id;
    };
    const ask = (kind: 'make-metrics' | 'fill-telemetry', lapId: string) =>
      database.asSystem((trx) => enqueue(trx, kind, lapId, clock.now()));
    const job = (lapId: string) =>
      database.asSystem((trx) =>
        trx.selectFrom('jobs').selectAll().where('lap_id', '=', lapId).executeTakeFirst(),
      );

    beforeAll(async () => {
      database = await home.open();
      await database.asSystem((trx) => insertEverything(trx, anna, 'anna'));
      // TimescaleDB drops by the real date, and these laps are old.
      const retentionDays = home.name === 'TimescaleDB' ? 40_000 : 30;
      const config = { table: 'on' as const, columns: testColumns, retentionDays };
      const made = await setUpTelemetry(database, { ...config, compressAfterDays: 7, directCompress: false });
      if (made === null) throw new Error('no table');
      telemetry = made;
    });
    beforeEach(async () => {
      failures.length = 0;
      await database.asSystem((trx) => trx.deleteFrom('jobs').execute());
    });

    test('replicas share the jobs: each is taken by one', async () => {
      const laps = await Promise.all(Array.from({ length: 12 }, newLap));
      for (const lap of laps) await ask('make-metrics', lap);
      for (const lap of laps) await ask('make-metrics', lap);
      const taken = await Promise.all(
        Array.from({ length: 20 }, () => takeJob(database, 'make-metrics', clock.now(), 1000)),
      );
      const ids = taken.flatMap((one) => (one ? [one.lapId] : []));
      expect(ids.toSorted()).toEqual(laps.toSorted());
      expect(await takeJob(database, 'fill-telemetry', clock.now(), 1000)).toBeNull();
      clock.ms += 2000;
      expect((await takeJob(database, 'make-metrics', clock.now(), 1000))?.attempts).toBe(2);
    });

    test('metrics and rows are made, and again when they are asked for again', async () => {
      const lap = await newLap();
      for (const round of [1, 2]) {
        await ask('make-metrics', lap);
        await ask('fill-telemetry', lap);
        expect([round, await runner({}).runOne('make-metrics')]).toEqual([round, true]);
        expect(await runner({}).runOne('fill-telemetry')).toBe(true);
      }
      expect(failures).toEqual([]);
      expect(await job(lap)).toBeUndefined();
      const metrics = await database.asSystem((trx) =>
        trx.selectFrom('lap_metrics').selectAll().where('lap_id', '=', lap).executeTakeFirstOrThrow(),
      );
      expect(metrics).toEqual({ lap_id: lap, analysis_version: 7, document: { bytes: 36 } });
    });

    test('what fails is tried eight times, later each time, and then has failed', async () => {
      const lap = await newLap();
      await ask('make-metrics', lap);
      const failing = runner({ handlers: { 'make-metrics': () => Promise.reject(new Error('broken')) } });
      let attempts = 0;
      while ((await countJobs(database, 'make-metrics')).waiting > 0) {
        if (await failing.runOne('make-metrics')) attempts += 1;
        else clock.ms += 1000;
      }
      expect(attempts).toBe(8);
      expect(await job(lap)).toMatchObject({ failed: true, problem: 'internal', attempts: 8 });
      expect(failures).toHaveLength(8);
    });

    test('a damaged lap has failed at once; being busy is no attempt', async () => {
      const [damaged, later] = [await newLap(), await newLap()];
      await ask('make-metrics', damaged);
      await runner({
        handlers: { 'make-metrics': () => Promise.reject(new ProblemError('lap-damaged')) },
      }).runOne('make-metrics');
      expect(await job(damaged)).toMatchObject({ failed: true, problem: 'lap-damaged', attempts: 1 });
      await ask('make-metrics', later);
      await runner({
        handlers: { 'make-metrics': () => Promise.reject(new ProblemError('busy')) },
      }).runOne('make-metrics');
      expect(await job(later)).toMatchObject({ failed: false, problem: 'busy', attempts: 0 });
    });

    test('whose lease has passed to another cannot end the job', async () => {
      const lap = await newLap();
      await ask('make-metrics', lap);
      const slow = runner({
        handlers: {
          'make-metrics': async () => {
            clock.ms += 3600_000;
            expect(await takeJob(database, 'make-metrics', clock.now(), 1000)).not.toBeNull();
          },
        },
      });
      await slow.runOne('make-metrics');
      expect(await job(lap)).toMatchObject({ attempts: 2, failed: false });
    });

    test('a runner that was started works until it is stopped, and finishes what it has begun', async () => {
      const lap = await newLap();
      let begun = () => {};
      let finish = () => {};
      const beginning = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const running = runner({
        handlers: {
          'make-metrics': () =>
            new Promise((resolve) => {
              finish = resolve;
              begun();
            }),
        },
      });
      running.start();
      await ask('make-metrics', lap);
      running.wake();
      await beginning;
      const stopped = running.stop();
      finish();
      await stopped;
      expect(await job(lap)).toBeUndefined();
    });

    test('the table is made again from the files; an interrupted one goes on', async () => {
      const laps = await Promise.all(Array.from({ length: 45 }, newLap));
      const stop = new AbortController();
      const left: number[] = [];
      const options = {
        clock,
        random: () => 0,
        onFailure: (_: unknown, problem: string) => failures.push(problem),
        onProgress: (progress: { left: number }) => {
          left.push(progress.left);
          if (left.length === 2) stop.abort();
        },
      };
      const rebuild = (resume: boolean, signal: AbortSignal) =>
        rebuildTelemetry(database, analysis, telemetry, { ...options, resume, signal });
      const first = await rebuild(false, stop.signal);
      expect(first.left).toBe((left[0] ?? 0) - 20);
      const second = await rebuild(true, new AbortController().signal);
      expect(second).toEqual({ left: 0, failed: 0 });
      expect(left[2]).toBe(first.left);
      expect(failures).toEqual([]);
      const copied = await database.copyOut(
        `SELECT DISTINCT lap_id FROM telemetry_frame WHERE lap_id IN ('${laps.join("', '")}')`,
      );
      // A header of 19 bytes, 22 for each lap, an end of 2.
      expect((copied.length - 21) / 22).toBe(45);
    });

    test('a lap that is gone leaves nothing to do; old rows are dropped', async () => {
      const lap = await newLap();
      await ask('fill-telemetry', lap);
      const deleting = runner({
        handlers: {
          'fill-telemetry': async (taken) => {
            await database.asSystem((trx) => trx.deleteFrom('laps').where('id', '=', lap).execute());
            await lapJobs({ database, analysis, telemetry })['fill-telemetry']?.(taken);
          },
        },
      });
      expect(await deleting.runOne('fill-telemetry')).toBe(true);
      expect(failures).toEqual([]);
      await dropOldRows(telemetry, new Date(clock.ms + 60 * 86_400_000));
      const rows = await database.copyOut('SELECT 1 FROM telemetry_frame');
      if (!telemetry.dropsByItself) expect(rows.length).toBe(21);
    });
  },
  ['PGlite', 'PostgreSQL', 'TimescaleDB'],
);
