/** Reports of references, for admins. Of a private reference nobody can have made one. */
import type { Work } from '../../database/database.ts';

export function listReports(trx: Work, { limit, before }: { limit: number; before: string | null }) {
  return trx
    .selectFrom('reference_reports')
    .innerJoin('reference_laps', 'reference_laps.id', 'reference_reports.reference_id')
    .innerJoin('users', 'users.id', 'reference_laps.owner_id')
    .select(['reference_reports.id', 'reference_id', 'reason', 'reported_at', 'label'])
    .select('users.name as owner_name')
    .$if(before !== null, (query) => query.where('reference_reports.id', '<', before ?? ''))
    .orderBy('reference_reports.id', 'desc')
    .limit(limit + 1)
    .execute();
}

export async function settleReport(trx: Work, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('reference_reports')
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** With its file, ratings and reports. */
export async function removeReference(trx: Work, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx.deleteFrom('reference_laps').where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}
