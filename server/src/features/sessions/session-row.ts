import type { ServerSession } from '@racing-coach/contract/server';
import type { Selectable } from 'kysely';
import type { Tables } from '../../database/tables.ts';

export type SessionRow = Selectable<Tables['sessions']> & { owner_name: string };

export function sessionOf(row: SessionRow): ServerSession {
  return {
    id: row.id,
    clientId: row.client_id,
    owner: { id: row.owner_id, name: row.owner_name },
    source: row.source,
    sourceName: row.source_name,
    sim: row.sim,
    trackKey: row.track_key,
    carKey: row.car_key,
    trackName: row.track_name,
    trackConfig: row.track_config,
    trackLengthM: row.track_length_m,
    carName: row.car_name,
    build: row.build,
    sampleRateHz: row.sample_rate_hz,
    date: row.date,
    own: row.own,
    visibility: row.visibility,
    laps: row.laps,
    completeLaps: row.complete_laps,
    bestLapTimeS: row.best_lap_time_s,
    startedAt: row.started_at.toISOString(),
  };
}
