/** What others say of a reference: stars and reports. */
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import { isSharedWith } from './repository.ts';

/** Rejects with `not-found` for a reference that the viewer does not see, with `not-allowed` for his own. */
async function requireForeign(trx: Work, viewer: Viewer, referenceId: string): Promise<void> {
  const row = await trx
    .selectFrom('reference_laps as shared')
    .select('shared.owner_id')
    .where('shared.id', '=', referenceId)
    .where(isSharedWith(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  if (row.owner_id === viewer.userId) throw new ProblemError('not-allowed');
}

/** The reference's own sum and count follow by a trigger. */
export async function rate(trx: Work, viewer: Viewer, referenceId: string, stars: number): Promise<void> {
  await requireForeign(trx, viewer, referenceId);
  await trx
    .insertInto('reference_ratings')
    .values({ reference_id: referenceId, user_id: viewer.userId, stars })
    .onConflict((conflict) => conflict.columns(['reference_id', 'user_id']).doUpdateSet({ stars }))
    .execute();
}

export async function unrate(trx: Work, viewer: Viewer, referenceId: string): Promise<void> {
  await requireForeign(trx, viewer, referenceId);
  await trx
    .deleteFrom('reference_ratings')
    .where('reference_id', '=', referenceId)
    .where('user_id', '=', viewer.userId)
    .execute();
}

/** A second report of the same user takes the place of his first. */
export async function report(
  trx: Work,
  viewer: Viewer,
  referenceId: string,
  { reason, now }: { reason: string; now: Date },
): Promise<void> {
  await requireForeign(trx, viewer, referenceId);
  await trx
    .insertInto('reference_reports')
    .values({
      id: newId(now),
      reference_id: referenceId,
      user_id: viewer.userId,
      reason,
      reported_at: now,
    })
    .onConflict((conflict) => conflict.columns(['reference_id', 'user_id']).doUpdateSet({ reason }))
    .execute();
}

/** For admins: everybody's, the newest first; one more than `limit`. */
export function reportsQuery(trx: Work, { limit, below }: { limit: number; below: string | null }) {
  return trx
    .selectFrom('reference_reports as report')
    .innerJoin('reference_laps as shared', 'shared.id', 'report.reference_id')
    .innerJoin('users as reporter', 'reporter.id', 'report.user_id')
    .innerJoin('users as owner', 'owner.id', 'shared.owner_id')
    .select([
      'report.id',
      'report.reason',
      'report.reported_at',
      'report.user_id',
      'reporter.name as reporter_name',
      'shared.id as reference_id',
      'shared.label',
      'shared.note',
      'shared.visibility',
      'shared.owner_id',
      'owner.name as owner_name',
    ])
    .$if(below !== null, (query) => query.where('report.id', '<', below ?? ''))
    .orderBy('report.id', 'desc')
    .limit(limit + 1);
}

export type ReportRow = Awaited<ReturnType<ReturnType<typeof reportsQuery>['execute']>>[number];

export const reportFrom = (row: ReportRow) => ({
  id: row.id,
  reason: row.reason,
  reportedAt: row.reported_at.toISOString(),
  reportedBy: { id: row.user_id, name: row.reporter_name },
  reference: {
    id: row.reference_id,
    label: row.label,
    note: row.note,
    owner: { id: row.owner_id, name: row.owner_name },
    visibility: row.visibility,
  },
});

/** For admins. Whether there was one. */
export async function deleteAny(
  trx: Work,
  table: 'reference_laps' | 'reference_reports',
  id: string,
): Promise<boolean> {
  const gone = await sql`DELETE FROM ${sql.table(table)} WHERE id = ${id}::uuid RETURNING id`.execute(trx);
  return gone.rows.length > 0;
}
