/** Rows to begin tests with: two drivers, and one row of each in every table that viewers use. */
import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Work } from '../database.ts';
import type { Tables } from '../tables.ts';

export interface Driver {
  id: string;
  sessionId: string;
  lapId: string;
  referenceId: string;
}

export const newDriver = (): Driver => ({
  id: randomUUID(),
  sessionId: randomUUID(),
  lapId: randomUUID(),
  referenceId: randomUUID(),
});

export const startedAt = new Date('2026-03-01T12:00:00.000Z');

export function userRow({ id }: Driver, name: string): Insertable<Tables['users']> {
  return {
    id,
    email: `${name}@example.org`,
    name,
    role: 'user',
    password_hash: 'x',
    created_at: startedAt,
  };
}

export function sessionRow(driver: Driver): Insertable<Tables['sessions']> {
  return {
    id: driver.sessionId,
    owner_id: driver.id,
    client_id: driver.sessionId,
    visibility: 'private',
    source: 'live',
    source_name: '',
    sim: 'iracing',
    track_key: 'ring',
    car_key: 'gt3',
    track_name: 'Ring',
    track_config: '',
    car_name: 'GT3',
    sample_rate_hz: 60,
    date: '2026-03-01',
    own: true,
    started_at: startedAt,
    created_at: startedAt,
  };
}

export function lapRow(driver: Driver): Insertable<Tables['laps']> {
  return {
    id: driver.lapId,
    owner_id: driver.id,
    session_id: driver.sessionId,
    client_id: driver.lapId,
    upload_sha256: Buffer.from([1, 2, 3]),
    track_key: 'ring',
    car_key: 'gt3',
    stint: 1,
    lap: 1,
    start_sample: 0,
    end_sample: 5400,
    lap_time_s: 90,
    time_source: 'official',
    complete: true,
    valid: true,
    reference_grade: true,
    reasons: [],
    analysis_version: 1,
    uploaded_at: startedAt,
  };
}

export function referenceRow(driver: Driver): Insertable<Tables['reference_laps']> {
  return {
    id: driver.referenceId,
    owner_id: driver.id,
    visibility: 'private',
    from_lap_id: driver.lapId,
    track_key: 'ring',
    car_key: 'gt3',
    track_name: 'Ring',
    track_config: '',
    car_name: 'GT3',
    label: '',
    note: '',
    wet: false,
    lap_time_s: 90,
    time_source: 'official',
    sha256: 'ab',
    bytes: 2,
    driven_at: startedAt,
    shared_at: startedAt,
    updated_at: startedAt,
  };
}

/** A row of the driver's in each table with a policy, by its name. Inserted in this order. */
export const ownedRows: { [Table in keyof Tables]?: (driver: Driver) => Insertable<Tables[Table]> } = {
  sessions: sessionRow,
  laps: lapRow,
  lap_files: ({ lapId }) => ({ lap_id: lapId, sha256: 'ab', data: Buffer.from('lap') }),
  lap_metrics: ({ lapId }) => ({ lap_id: lapId, analysis_version: 1, document: '{"a":1}' }),
  reference_laps: referenceRow,
  reference_files: ({ referenceId }) => ({ reference_id: referenceId, data: Buffer.from('lap') }),
  reference_ratings: ({ referenceId, id }) => ({ reference_id: referenceId, user_id: id, stars: 5 }),
  reference_reports: ({ referenceId, id }) => ({
    id: referenceId,
    reference_id: referenceId,
    user_id: id,
    reason: 'x',
    reported_at: startedAt,
  }),
  jobs: ({ lapId }) => ({
    id: lapId,
    kind: 'make-metrics',
    lap_id: lapId,
    created_at: startedAt,
    run_after: startedAt,
  }),
};

/** Puts a row by its table's name; the types of the table went with the name. */
export async function insertOwned(trx: Work, table: string, driver: Driver): Promise<void> {
  const row = (ownedRows as Record<string, (driver: Driver) => object>)[table]?.(driver);
  if (row === undefined) throw new Error(`no row for ${table}`);
  await trx
    .insertInto(table as 'jobs')
    .values(row as Insertable<Tables['jobs']>)
    .execute();
}

/** A user with a row in every table. */
export async function insertEverything(trx: Work, driver: Driver, name: string): Promise<void> {
  await trx.insertInto('users').values(userRow(driver, name)).execute();
  for (const table of Object.keys(ownedRows)) await insertOwned(trx, table, driver);
}
