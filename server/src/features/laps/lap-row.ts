import type { ServerLap } from '@racing-coach/contract/server';
import type { Selectable } from 'kysely';
import type { Tables } from '../../database/tables.ts';

export type LapRow = Selectable<Tables['laps']> & { owner_name: string };

export function lapOf(row: LapRow): ServerLap {
  return {
    id: row.id,
    clientId: row.client_id,
    sessionId: row.session_id,
    owner: { id: row.owner_id, name: row.owner_name },
    trackKey: row.track_key,
    carKey: row.car_key,
    stint: row.stint,
    lap: row.lap,
    startSample: row.start_sample,
    endSample: row.end_sample,
    lapTimeS: row.lap_time_s,
    timeSource: row.time_source,
    officialLapTimeS: row.official_lap_time_s,
    ownLapTimeS: row.own_lap_time_s,
    complete: row.complete,
    valid: row.valid,
    referenceGrade: row.reference_grade,
    assisted: row.assisted,
    wet: row.wet,
    build: row.build,
    reasons: row.reasons,
    analysisVersion: row.analysis_version,
    lapFileSha256: row.lap_file_sha256,
    lapFileBytes: row.lap_file_bytes,
    uploadedAt: row.uploaded_at.toISOString(),
  };
}
