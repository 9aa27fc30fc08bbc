/** Many users with sessions, laps, tokens and references, made by the database itself: lists are held against their indexes with these. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export interface Seed {
  users: number;
  /** Of all users together; 20 in a session. */
  laps: number;
}

/** The id of a seeded row: of user 7, `seededId('a', 7)`. Sessions have `b`, laps `c`, references `d`. */
export const seededId = (kind: 'a' | 'b' | 'c' | 'd' | 'e', number: number) =>
  `${kind}0000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

const id = (kind: string, number: string) =>
  sql.raw(`('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`);

export async function seedLaps(database: Database, { users, laps }: Seed): Promise<void> {
  const sessions = Math.ceil(laps / 20);
  const owner = `(n % ${users})`;
  await database.asSystem(async (trx) => {
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    await sql`INSERT INTO users (id, email, name, role, password_hash, created_at)
      SELECT ${id('a', 'n')}, 'user' || n, 'User ' || n, 'user', 'x', now()
      FROM generate_series(0, ${sql.lit(users - 1)}) n`.execute(trx);
    await sql`INSERT INTO tokens (id, user_id, kind, name, prefix, secret_sha256, scopes, created_at)
      SELECT gen_random_uuid(), ${id('a', `n % ${users}`)}, 'personal', '', '', decode(lpad(to_hex(n), 64, '0'), 'hex'), '{}', now()
      FROM generate_series(0, ${sql.lit(users * 5)}) n`.execute(trx);
    await sql`INSERT INTO sessions (id, owner_id, client_id, visibility, source, source_name, sim, track_key, car_key,
        track_name, track_config, car_name, sample_rate_hz, date, own, started_at, created_at)
      SELECT ${id('b', 'n')}, ${id('a', owner)}, 'session-' || n, CASE n % 2 WHEN 0 THEN 'team' ELSE 'private' END, 'live', '',
        'iracing', 'track ' || n % 30, 'car ' || n % 20, '', '', '', 60, '', true, now() - n * interval '1 hour', now()
      FROM generate_series(0, ${sql.lit(sessions - 1)}) n`.execute(trx);
    await sql`INSERT INTO laps (id, owner_id, session_id, client_id, upload_sha256, track_key, car_key, stint, lap, start_sample,
        end_sample, lap_time_s, time_source, complete, valid, reference_grade, reasons, analysis_version, uploaded_at)
      SELECT ${id('c', 'n')}, ${id('a', `((n / 20) % ${users})`)}, ${id('b', 'n / 20')}, 'lap-' || n, '', 'track ' || (n / 20) % 30,
        'car ' || (n / 20) % 20, 1, n % 20, (n % 20) * 5400, (n % 20 + 1) * 5400, 60 + (n * 7919 % 60000) / 1000.0, 'official',
        true, true, true, '{}', 1, now()
      FROM generate_series(0, ${sql.lit(laps - 1)}) n`.execute(trx);
    await sql`INSERT INTO reference_laps (id, owner_id, visibility, track_key, car_key, track_name, track_config, car_name, label,
        note, wet, lap_time_s, time_source, driven_at, sha256, bytes, shared_at, updated_at)
      SELECT ${id('d', 'n')}, ${id('a', owner)}, CASE n % 3 WHEN 0 THEN 'private' ELSE 'public' END, 'track ' || n % 30,
        'car ' || n % 20, '', '', '', '', '', false, 60 + (n * 7919 % 60000) / 1000.0, 'official', now(), '', 1, now(), now()
      FROM generate_series(0, ${sql.lit(Math.ceil(laps / 10))}) n`.execute(trx);
  });
  await database.asSystem((trx) => sql`ANALYZE`.execute(trx));
}
