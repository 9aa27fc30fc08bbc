/** What a comparison is made of. Whether the viewer may see both is asked here, before any cache. */
import type { Viewer, Work } from '../../database/database.ts';
import { ProblemError } from '../../problem-error.ts';
import { seenReference } from '../references/seen-reference.ts';
import { seenSession } from '../seen-owners.ts';

export interface ComparedLap {
  sha256: string;
  officialLapTimeS: number | null;
  trackKey: string;
  carKey: string;
  /** What invalidates a comparison with it. */
  tag: { kind: 'lap' | 'reference'; id: string };
}

export async function comparedLap(trx: Work, viewer: Viewer, id: string): Promise<ComparedLap> {
  const row = await trx
    .selectFrom('laps')
    .innerJoin('sessions', 'sessions.id', 'laps.session_id')
    .select(['laps.lap_file_sha256', 'laps.official_lap_time_s', 'laps.track_key', 'laps.car_key'])
    .where('laps.id', '=', id)
    .where(seenSession(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  if (row.lap_file_sha256 === null) throw new ProblemError('no-lap-file');
  return {
    sha256: row.lap_file_sha256,
    officialLapTimeS: row.official_lap_time_s,
    trackKey: row.track_key,
    carKey: row.car_key,
    tag: { kind: 'lap', id },
  };
}

export async function comparedReference(trx: Work, viewer: Viewer, id: string): Promise<ComparedLap> {
  const row = await trx
    .selectFrom('reference_laps')
    .select(['sha256', 'lap_time_s', 'time_source', 'track_key', 'car_key'])
    .where('id', '=', id)
    .where(seenReference(viewer))
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('not-found');
  return {
    sha256: row.sha256,
    officialLapTimeS: row.time_source === 'official' ? row.lap_time_s : null,
    trackKey: row.track_key,
    carKey: row.car_key,
    tag: { kind: 'reference', id },
  };
}
