/** What a server does besides answering: the jobs of laps, the end of what has run out. */
import type { FastifyBaseLogger } from 'fastify';
import { hours } from '../clock.ts';
import type { TelemetryTable } from '../database/telemetry/telemetry-table.ts';
import { tidy } from '../identity/tidy.ts';
import { JobRunner, systemClock } from '../jobs/job-runner.ts';
import { lapJobs } from '../jobs/lap-jobs.ts';
import { keepRetention } from '../jobs/retention.ts';
import type { AppParts } from '../parts.ts';

/** Resolves, when it is called, once the jobs that run are done. */
export type StopBackground = () => Promise<void>;

export function startBackground(
  { database, analysis, events, clock }: Pick<AppParts, 'database' | 'analysis' | 'events' | 'clock'>,
  telemetry: TelemetryTable | null,
  log: FastifyBaseLogger,
): StopBackground {
  const ending = new AbortController();
  const runner = new JobRunner({
    database,
    handlers: lapJobs({ database, analysis, telemetry }),
    clock: systemClock,
    random: Math.random,
    onFailure: (job, problem, err) =>
      log.warn({ job: job.kind, lapId: job.lapId, problem, err }, 'a job failed'),
  });
  runner.start();
  const unsubscribe = events.subscribe(
    ({ event }) => {
      if (event.type === 'lap.finished') runner.wake();
    },
    () => runner.wake(),
  );
  const failed = (err: unknown) => log.warn({ err }, 'tidying failed; it is tried again later');
  const retention = telemetry === null ? null : keepRetention(telemetry, systemClock, ending.signal, failed);
  const tidying = setInterval(() => void tidy(database, clock).catch(failed), hours(1));
  return async () => {
    clearInterval(tidying);
    unsubscribe();
    ending.abort();
    await Promise.all([runner.stop(), retention]);
  };
}
