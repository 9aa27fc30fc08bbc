import type { SharedReference } from '@racing-coach/contract/server';
import type { Selectable } from 'kysely';
import type { Tables } from '../../database/tables.ts';

export type ReferenceRow = Selectable<Tables['reference_laps']> & {
  owner_name: string;
  yours: number | null;
};

export function referenceOf(row: ReferenceRow): SharedReference {
  return {
    id: row.id,
    owner: { id: row.owner_id, name: row.owner_name },
    teamId: row.team_id,
    visibility: row.visibility,
    trackKey: row.track_key,
    carKey: row.car_key,
    trackName: row.track_name,
    trackConfig: row.track_config,
    carName: row.car_name,
    label: row.label,
    condition: row.wet ? 'wet' : 'dry',
    assisted: row.assisted,
    lapTimeS: row.lap_time_s,
    timeSource: row.time_source,
    note: row.note,
    build: row.build,
    drivenAt: row.driven_at.toISOString(),
    sha256: row.sha256,
    bytes: row.bytes,
    rating: {
      mean: row.rating_count === 0 ? null : row.rating_mean,
      count: row.rating_count,
      yours: row.yours,
    },
    sharedAt: row.shared_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
