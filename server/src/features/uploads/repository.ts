/** What engines send: sessions and laps under their own ids, each exactly once. */
import type { LapClaim, SessionUpload } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { CheckedLap } from '../../analysis/analysis.ts';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';

/** A session whose laps are here keeps its track and car: laps are found by them. */
export async function saveSession(
  trx: Work,
  viewer: Viewer,
  clientId: string,
  upload: SessionUpload,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
  const { storedAt, ...facts } = upload;
  const row = {
    source: facts.source,
    source_name: facts.sourceName,
    sim: facts.sim,
    track_key: facts.trackKey,
    car_key: facts.carKey,
    track_name: facts.trackName,
    track_config: facts.trackConfig,
    track_length_m: facts.trackLengthM,
    car_name: facts.carName,
    build: facts.build,
    sample_rate_hz: facts.sampleRateHz,
    date: facts.date,
    own: facts.own,
    started_at: new Date(storedAt),
  };
  const identity = { id: newId(now), owner_id: viewer.userId, client_id: clientId };
  const saved = await trx
    .insertInto('sessions')
    .values({ ...identity, visibility: 'team', created_at: now, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['owner_id', 'client_id'])
        .doUpdateSet(row)
        .where((where) =>
          where.or([
            where('sessions.laps', '=', 0),
            where.and([
              where('sessions.track_key', '=', row.track_key),
              where('sessions.car_key', '=', row.car_key),
            ]),
          ]),
        ),
    )
    .returning('id')
    .executeTakeFirst();
  if (saved === undefined) throw new ProblemError('id-taken');
  return { id: saved.id, isNew: saved.id === identity.id };
}

export interface LapStored {
  id: string;
  sessionId: string;
  sha256: string | null;
}

/** The lap that was sent under this id; `id-taken` when it was another one. */
export async function storedLap(
  trx: Work,
  viewer: Viewer,
  clientId: string,
  uploadSha256: Buffer,
): Promise<LapStored | null> {
  const row = await trx
    .selectFrom('laps')
    .select(['id', 'session_id', 'upload_sha256', 'lap_file_sha256'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (row === undefined) return null;
  if (!uploadSha256.equals(row.upload_sha256)) throw new ProblemError('id-taken');
  return { id: row.id, sessionId: row.session_id, sha256: row.lap_file_sha256 };
}

export interface SessionOfLap {
  id: string;
  trackKey: string;
  carKey: string;
  build: string;
}

export async function sessionOfLap(trx: Work, viewer: Viewer, clientId: string): Promise<SessionOfLap> {
  const row = await trx
    .selectFrom('sessions')
    .select(['id', 'track_key', 'car_key', 'build'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError('session-missing');
  return { id: row.id, trackKey: row.track_key, carKey: row.car_key, build: row.build };
}

export async function lapFileBytesOf(trx: Work, viewer: Viewer): Promise<number> {
  const row = await trx
    .selectFrom('usage')
    .select('lap_file_bytes')
    .where('user_id', '=', viewer.userId)
    .executeTakeFirst();
  return row?.lap_file_bytes ?? 0;
}

export interface NewLap {
  clientId: string;
  uploadSha256: Buffer;
  claim: LapClaim;
  session: SessionOfLap;
  /** Null for a lap without a file. */
  file: { bytes: Uint8Array; checked: CheckedLap } | null;
  fillsTelemetry: boolean;
}

/** Everything of a lap, in the transaction that is given. */
export async function insertLap(trx: Work, viewer: Viewer, lap: NewLap, now: Date): Promise<LapStored> {
  const { claim, file, session } = lap;
  const id = newId(now);
  await trx
    .insertInto('laps')
    .values({
      id,
      owner_id: viewer.userId,
      session_id: session.id,
      client_id: lap.clientId,
      upload_sha256: lap.uploadSha256,
      track_key: session.trackKey,
      car_key: session.carKey,
      build: session.build,
      ...columnsOf(claim),
      wet: file?.checked.wet ?? null,
      lap_file_bytes: file?.bytes.length ?? null,
      uploaded_at: now,
    })
    .execute();
  if (file !== null) {
    await trx
      .insertInto('lap_files')
      .values({ lap_id: id, sha256: claim.lapFileSha256 ?? '', data: Buffer.from(file.bytes) })
      .execute();
    const { analysisVersion, ...document } = file.checked.metrics;
    await trx
      .insertInto('lap_metrics')
      .values({
        lap_id: id,
        analysis_version: analysisVersion,
        document: sql`${JSON.stringify(document)}::jsonb` as never,
      })
      .execute();
    if (lap.fillsTelemetry)
      await trx
        .insertInto('jobs')
        .values({ id: newId(now), kind: 'fill-telemetry', lap_id: id, created_at: now, run_after: now })
        .execute();
  }
  return { id, sessionId: session.id, sha256: claim.lapFileSha256 };
}

function columnsOf(claim: LapClaim) {
  return {
    stint: claim.stint,
    lap: claim.lap,
    start_sample: claim.startSample,
    end_sample: claim.endSample,
    lap_time_s: claim.lapTimeS,
    time_source: claim.timeSource,
    official_lap_time_s: claim.officialLapTimeS,
    own_lap_time_s: claim.ownLapTimeS,
    complete: claim.complete,
    valid: claim.valid,
    reference_grade: claim.referenceGrade,
    assisted: claim.assisted,
    reasons: claim.reasons,
    analysis_version: claim.analysisVersion,
    lap_file_sha256: claim.lapFileSha256,
  };
}

export async function knownLaps(trx: Work, viewer: Viewer, clientIds: string[]) {
  const rows = await trx
    .selectFrom('laps')
    .select(['client_id', 'id', 'lap_file_sha256'])
    .where('owner_id', '=', viewer.userId)
    .where('client_id', 'in', clientIds)
    .execute();
  return rows.map((row) => ({ clientId: row.client_id, id: row.id, lapFileSha256: row.lap_file_sha256 }));
}

/** Those of the laps that were deleted here. */
export async function removedLaps(trx: Work, viewer: Viewer, clientIds: string[]): Promise<string[]> {
  const rows = await trx
    .selectFrom('removed_laps')
    .select('client_id')
    .where('owner_id', '=', viewer.userId)
    .where('client_id', 'in', clientIds)
    .execute();
  return rows.map((row) => row.client_id);
}
