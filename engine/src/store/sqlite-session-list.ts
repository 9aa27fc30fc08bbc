/** The lists for review, in SQL. Each reads one index in order and stops at its limit; `lap-store.test.ts` holds the plans. */
import type { SessionEntry, SessionPlaces } from '@racing-coach/contract';
import { type SessionLists, type SessionPageQuery, trackLabel } from './session-list.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { columnOf, type Row } from './store-rows.ts';

const shown = [
  'id',
  'source',
  'sourceName',
  'sim',
  'trackKey',
  'carKey',
  'trackName',
  'trackConfig',
  'carName',
  'date',
  'build',
  'storedAt',
  'own',
] as const satisfies readonly (keyof SessionEntry)[];

const select = `SELECT ${shown.map((name) => `s.${columnOf(name)} AS ${name}`).join(', ')},
  (SELECT count(*) FROM laps WHERE session_id = s.id) AS laps,
  (SELECT count(*) FROM laps WHERE session_id = s.id AND valid = 1) AS validLaps,
  (SELECT min(lap_time_s) FROM laps WHERE session_id = s.id AND valid = 1) AS bestLapTimeS
  FROM sessions s`;

const entryFrom = (row: Row): SessionEntry => ({
  ...(row as unknown as SessionEntry),
  own: row['own'] === 1,
});

/** One condition for each that is asked for, so that SQLite takes the index that fits. */
export function sessionPageSql({ after, trackKey, carKey }: SessionPageQuery): string {
  const conditions = [
    ...(trackKey === null ? [] : ['s.track_key = @trackKey']),
    ...(carKey === null ? [] : ['s.car_key = @carKey']),
    ...(after === null ? [] : ['(s.stored_at, s.id) < (@storedAt, @afterId)']),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return `${select} ${where} ORDER BY s.stored_at DESC, s.id DESC LIMIT @limit`;
}

export function sessionPage(tables: SqliteConnection, query: SessionPageQuery): SessionEntry[] {
  const { after, limit, trackKey, carKey } = query;
  const values = {
    limit,
    ...(trackKey === null ? {} : { trackKey }),
    ...(carKey === null ? {} : { carKey }),
    ...(after === null ? {} : { storedAt: after.storedAt, afterId: after.id }),
  };
  return tables.all(sessionPageSql(query), values).map(entryFrom);
}

export function sessionEntry(tables: SqliteConnection, id: string): SessionEntry | null {
  const row = tables.one(`${select} WHERE s.id = ?`, id);
  return row === null ? null : entryFrom(row);
}

export function lapPlace(tables: SqliteConnection, lapId: string): ReturnType<SessionLists['lapPlace']> {
  const row = tables.one(
    'SELECT s.id AS sessionId, l.lap_file_sha256 AS lapFileSha256, s.track_key AS trackKey FROM laps l JOIN sessions s ON s.id = l.session_id WHERE l.id = ?',
    lapId,
  );
  return row as ReturnType<SessionLists['lapPlace']>;
}

export function placesDriven(tables: SqliteConnection): SessionPlaces {
  // The newest session's name stands for all with the key: sims rename.
  const tracks = tables.all(
    'SELECT track_key AS key, track_name AS trackName, track_config AS trackConfig, max(stored_at) FROM sessions GROUP BY track_key',
  ) as unknown as { key: string; trackName: string; trackConfig: string }[];
  const cars = tables.all(
    'SELECT car_key AS key, car_name AS name, max(stored_at) FROM sessions GROUP BY car_key',
  ) as unknown as { key: string; name: string }[];
  return {
    tracks: tracks.map((track) => ({ key: track.key, name: trackLabel(track) })).sort(byName),
    cars: cars.map(({ key, name }) => ({ key, name })).sort(byName),
  };
}

export const byName = (a: { key: string; name: string }, b: { key: string; name: string }): number =>
  a.name.localeCompare(b.name, 'en') || (a.key < b.key ? -1 : 1);
