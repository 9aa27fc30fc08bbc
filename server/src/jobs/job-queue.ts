/**
 * Work that may be done later, by any replica, in the table `jobs`. A job is taken on a lease: who dies with it leaves it to the next when the lease ends.
 * A job may therefore run twice, even at once, and must not mind.
 */
import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { Database, Work } from '../database/database.ts';

export const jobKinds = ['make-metrics', 'fill-telemetry'] as const;
export type JobKind = (typeof jobKinds)[number];

export interface Job {
  id: string;
  kind: JobKind;
  lapId: string;
  /** This one included. */
  attempts: number;
  /** What the lease is known by: a later one has another. */
  leasedUntil: Date;
}

/** After as many attempts a job has failed. It stays in the table, with the reason. */
export const mostAttempts = 8;

/** Part of the transaction that makes the work, a viewer's too. A job that is there already is enough. */
export async function enqueue(trx: Work, kind: JobKind, lapId: string, now: Date): Promise<void> {
  await trx
    .insertInto('jobs')
    .values({ id: randomUUID(), kind, lap_id: lapId, created_at: now, run_after: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The next job of the kind whose time has come, or null. */
export async function takeJob(
  database: Database,
  kind: JobKind,
  now: Date,
  leaseMs: number,
): Promise<Job | null> {
  const leasedUntil = new Date(now.getTime() + leaseMs);
  const row = await database.asSystem(async (trx) => {
    const waiting = trx
      .selectFrom('jobs')
      .select('id')
      .where('kind', '=', kind)
      .where('failed', '=', false)
      .where('run_after', '<=', now)
      .where((is) => is.or([is('leased_until', 'is', null), is('leased_until', '<', now)]))
      .orderBy('run_after')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked();
    return await trx
      .updateTable('jobs')
      .set({ leased_until: leasedUntil, attempts: sql`attempts + 1` })
      .where('id', '=', waiting)
      .returning(['id', 'lap_id', 'attempts'])
      .executeTakeFirst();
  });
  if (row === undefined) return null;
  return { id: row.id, kind, lapId: row.lap_id ?? '', attempts: row.attempts, leasedUntil };
}

/** Of somebody's lease that has not passed to another meanwhile. */
const held = (trx: Work, job: Job) =>
  trx.selectFrom('jobs').select('id').where('id', '=', job.id).where('leased_until', '=', job.leasedUntil);

export async function finishJob(database: Database, job: Job): Promise<void> {
  await database.asSystem((trx) => trx.deleteFrom('jobs').where('id', 'in', held(trx, job)).execute());
}

/** Puts it back for later. With `counted: false` the attempt was nobody's fault. */
export async function postponeJob(
  database: Database,
  job: Job,
  later: { runAfter: Date; problem: ProblemCode; counted: boolean },
): Promise<void> {
  const attempts = later.counted ? job.attempts : job.attempts - 1;
  const set = { leased_until: null, run_after: later.runAfter, problem: later.problem, attempts };
  await database.asSystem((trx) =>
    trx.updateTable('jobs').set(set).where('id', 'in', held(trx, job)).execute(),
  );
}

export async function failJob(database: Database, job: Job, problem: ProblemCode): Promise<void> {
  const set = { leased_until: null, failed: true, problem };
  await database.asSystem((trx) =>
    trx.updateTable('jobs').set(set).where('id', 'in', held(trx, job)).execute(),
  );
}

/** For metrics and for the admin. */
export interface JobCounts {
  waiting: number;
  failed: number;
}

export async function countJobs(database: Database, kind: JobKind): Promise<JobCounts> {
  return await database.asSystem(async (trx) => {
    const { rows } = await sql<JobCounts>`
      SELECT count(*) FILTER (WHERE NOT failed) AS waiting, count(*) FILTER (WHERE failed) AS failed
      FROM jobs WHERE kind = ${kind}`.execute(trx);
    return rows[0] ?? { waiting: 0, failed: 0 };
  });
}
