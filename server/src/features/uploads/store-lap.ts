/** A lap with everything about it, in one transaction: its file, what the core says of it, the counts of its session, and the work that waits. */
import type { LapClaim } from '@racing-coach/contract/server';
import { sql } from 'kysely';
import type { CheckedLap } from '../../analysis/analysis.ts';
import type { Viewer, Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';
import { ProblemError } from '../../problem-error.ts';
import { findUpload, findUploadSession, type StoredUpload, type UploadSession } from './repository.ts';

export interface LapUpload {
  clientId: string;
  claim: LapClaim;
  uploadSha256: Buffer;
  /** The file and what it was found to hold; null for a lap without one. */
  file: { bytes: Buffer; checked: CheckedLap } | null;
  analysisVersion: number;
  /** Whether rows of telemetry are to be filled from it. */
  fillsTelemetry: boolean;
  now: Date;
}

export interface LapStored {
  lap: StoredUpload;
  /** Null when the same lap was here already. */
  sessionId: string | null;
}

/** Rejects with `session-missing`, or `id-taken` when a lap with this id and other content came in between. */
export async function storeLap(trx: Work, viewer: Viewer, upload: LapUpload): Promise<LapStored> {
  const { clientId, claim, uploadSha256, file, now } = upload;
  const session = await findUploadSession(trx, viewer, claim.sessionId, { lock: true });
  if (session === undefined) throw new ProblemError('session-missing');
  const id = await insertLap(trx, viewer, session, upload);
  if (id === null) return { lap: await sameLap(trx, viewer, clientId, uploadSha256), sessionId: null };
  if (file !== null) {
    const sha256 = claim.lapFileSha256 ?? '';
    await trx.insertInto('lap_files').values({ lap_id: id, sha256, data: file.bytes }).execute();
    const { analysisVersion } = file.checked.metrics;
    const document = JSON.stringify(file.checked.metrics);
    await trx
      .insertInto('lap_metrics')
      .values({ lap_id: id, analysis_version: analysisVersion, document })
      .execute();
    const job = { id: newId(now), kind: 'fill-telemetry', lap_id: id, created_at: now, run_after: now };
    if (upload.fillsTelemetry) await trx.insertInto('jobs').values(job).execute();
  }
  await countIn(trx, viewer, session, upload);
  return { lap: { id, uploadSha256, lapFileSha256: claim.lapFileSha256 }, sessionId: session.id };
}

/** The lap that is here under this id, if it is the same. */
async function sameLap(trx: Work, viewer: Viewer, clientId: string, sha256: Buffer): Promise<StoredUpload> {
  const lap = await findUpload(trx, viewer, clientId);
  if (lap === undefined || !lap.uploadSha256.equals(sha256)) throw new ProblemError('id-taken');
  return lap;
}

/** Null when there is a lap with this id. Whoever sends it at the same time waits here for the first to end. */
async function insertLap(
  trx: Work,
  viewer: Viewer,
  session: UploadSession,
  { clientId, claim, uploadSha256, file, analysisVersion, now }: LapUpload,
): Promise<string | null> {
  const made = await trx
    .insertInto('laps')
    .values({
      id: newId(now),
      owner_id: viewer.userId,
      session_id: session.id,
      visibility: session.visibility,
      client_id: clientId,
      upload_sha256: uploadSha256,
      track_key: session.track_key,
      car_key: session.car_key,
      stint: claim.stint,
      lap: claim.lap,
      start_sample: claim.startSample,
      end_sample: claim.endSample,
      lap_time_s: claim.lapTimeS,
      time_source: claim.timeSource,
      official_lap_time_s: claim.officialLapTimeS,
      own_lap_time_s: file?.checked.ownLapTimeS ?? claim.ownLapTimeS,
      complete: claim.complete,
      valid: claim.valid,
      reference_grade: claim.referenceGrade,
      assisted: file === null ? claim.assisted : file.checked.assisted,
      wet: file?.checked.wet ?? null,
      reasons: claim.reasons,
      analysis_version: file === null ? claim.analysisVersion : analysisVersion,
      lap_file_sha256: claim.lapFileSha256,
      lap_file_bytes: file?.bytes.length ?? null,
      uploaded_at: now,
    })
    .onConflict((conflict) => conflict.columns(['owner_id', 'client_id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id ?? null;
}

async function countIn(trx: Work, viewer: Viewer, session: UploadSession, upload: LapUpload): Promise<void> {
  const { claim, file } = upload;
  const best = claim.complete && claim.valid ? claim.lapTimeS : null;
  await trx
    .updateTable('sessions')
    .set({
      laps: sql`laps + 1`,
      complete_laps: sql`complete_laps + ${claim.complete ? 1 : 0}`,
      best_lap_time_s: sql`least(best_lap_time_s, ${best}::double precision)`,
      lap_file_bytes: sql`lap_file_bytes + ${file?.bytes.length ?? 0}`,
    })
    .where('id', '=', session.id)
    .where('owner_id', '=', viewer.userId)
    .execute();
}
