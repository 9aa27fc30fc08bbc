/** The lists for review over what the store in memory holds. */
import type { SessionEntry, SessionPlaces } from '@racing-coach/contract';
import type { StoredLap, StoredSession } from './lap-store.ts';
import { type SessionPageQuery, trackLabel } from './session-list.ts';
import { byName } from './sqlite-session-list.ts';

const newestFirst = (a: SessionEntry, b: SessionEntry) =>
  a.storedAt === b.storedAt ? (a.id < b.id ? 1 : -1) : a.storedAt < b.storedAt ? 1 : -1;

export function entryOf(session: StoredSession, laps: StoredLap[]): SessionEntry {
  const { contentSha256: _hash, trackLengthM: _length, sampleRateHz: _rate, ...shown } = session;
  const valid = laps.filter((lap) => lap.valid);
  const times = valid.flatMap(({ lapTimeS }) => (lapTimeS === null ? [] : [lapTimeS]));
  const bestLapTimeS = times.length === 0 ? null : Math.min(...times);
  return { ...shown, laps: laps.length, validLaps: valid.length, bestLapTimeS };
}

export function pageOf(entries: SessionEntry[], query: SessionPageQuery): SessionEntry[] {
  const { after, limit, trackKey, carKey } = query;
  return entries
    .filter((entry) => trackKey === null || entry.trackKey === trackKey)
    .filter((entry) => carKey === null || entry.carKey === carKey)
    .filter(({ storedAt, id }) => {
      if (after === null) return true;
      return storedAt === after.storedAt ? id < after.id : storedAt < after.storedAt;
    })
    .sort(newestFirst)
    .slice(0, limit);
}

export function placesOf(sessions: StoredSession[]): SessionPlaces {
  const newestLast = [...sessions].sort((a, b) => (a.storedAt < b.storedAt ? -1 : 1));
  const tracks = new Map(newestLast.map((session) => [session.trackKey, trackLabel(session)]));
  const cars = new Map(newestLast.map(({ carKey, carName }) => [carKey, carName]));
  const places = (named: Map<string, string>) =>
    [...named].map(([key, name]) => ({ key, name })).sort(byName);
  return { tracks: places(tracks), cars: places(cars) };
}
