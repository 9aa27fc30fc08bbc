/** A lap goes, and its session counts anew. */
import { sql } from 'kysely';
import type { Viewer, Work } from '../../database/database.ts';

/** The session that it was of; null when the viewer owns no such lap. The session is locked first, as uploads do. */
export async function deleteLap(trx: Work, viewer: Viewer, id: string): Promise<string | null> {
  const lap = await trx
    .selectFrom('laps')
    .select('session_id')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .executeTakeFirst();
  if (lap === undefined) return null;
  const ofSession = trx.selectFrom('sessions').select('id').where('id', '=', lap.session_id);
  await ofSession.where('owner_id', '=', viewer.userId).forUpdate().execute();
  const gone = await trx
    .deleteFrom('laps')
    .where('id', '=', id)
    .where('owner_id', '=', viewer.userId)
    .returning('id')
    .execute();
  if (gone.length === 0) return null;
  await countAnew(trx, viewer, lap.session_id);
  return lap.session_id;
}

async function countAnew(trx: Work, viewer: Viewer, sessionId: string): Promise<void> {
  const laps = await trx
    .selectFrom('laps')
    .select([
      sql<number>`count(*)::integer`.as('laps'),
      sql<number>`(count(*) FILTER (WHERE complete))::integer`.as('complete_laps'),
      sql<number | null>`min(lap_time_s) FILTER (WHERE complete AND valid)`.as('best_lap_time_s'),
      sql<number>`coalesce(sum(lap_file_bytes), 0)::bigint`.as('lap_file_bytes'),
    ])
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow();
  await trx
    .updateTable('sessions')
    .set(laps)
    .where('id', '=', sessionId)
    .where('owner_id', '=', viewer.userId)
    .execute();
}
