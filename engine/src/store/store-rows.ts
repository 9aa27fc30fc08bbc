/** Between the store's rows and what its users see. SQLite has no booleans and keeps lists as JSON. */
import type { LapFacts, NewLap, StoredLap, StoredReference, StoredSession } from './lap-store.ts';
import { lapId } from './lap-store.ts';

/** Bound values: what better-sqlite3 takes. */
export type Row = Record<string, string | number | null>;

export function sessionRow(session: StoredSession): Row {
  return { ...session, own: Number(session.own) };
}

export function sessionFromRow(row: Row): StoredSession {
  return { ...(row as unknown as StoredSession), own: row['own'] === 1 };
}

export function factsRow(sessionId: string, facts: LapFacts): Row {
  return {
    id: lapId(sessionId, facts),
    sessionId,
    stint: facts.stint,
    lap: facts.lap,
    startSample: facts.startSample,
    endSample: facts.endSample,
    lapTimeS: facts.lapTimeS,
    timeSource: facts.timeSource,
    officialLapTimeS: facts.officialLapTimeS,
    ownLapTimeS: facts.ownLapTimeS,
    complete: Number(facts.complete),
    valid: Number(facts.valid),
    referenceGrade: Number(facts.referenceGrade),
    assisted: facts.assisted === null ? null : Number(facts.assisted),
    reasons: JSON.stringify(facts.reasons),
  };
}

export function lapRow(lap: NewLap, state: 'open' | 'settled', sha256: string | null): Row {
  const { analysisVersion } = lap;
  return { ...factsRow(lap.sessionId, lap.facts), state, analysisVersion, lapFileSha256: sha256 };
}

export function lapFromRow(row: Row): StoredLap {
  return {
    ...(row as unknown as StoredLap),
    complete: row['complete'] === 1,
    valid: row['valid'] === 1,
    referenceGrade: row['referenceGrade'] === 1,
    assisted: row['assisted'] === null ? null : row['assisted'] === 1,
    reasons: JSON.parse(String(row['reasons'])) as string[],
  };
}

export function referenceRow(reference: StoredReference): Row {
  return { ...reference, own: Number(reference.own) };
}

export function referenceFromRow(row: Row): StoredReference {
  return { ...(row as unknown as StoredReference), own: row['own'] === 1 };
}

/** `lapTimeS` → `lap_time_s`: columns and properties differ only in how they are written. */
export function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `lap_time_s AS lapTimeS, …` for a list of properties. */
export function selection(properties: readonly string[]): string {
  return properties.map((property) => `${columnOf(property)} AS ${property}`).join(', ');
}

/** `INSERT INTO table (…) VALUES (@…)` for a list of properties. */
export function insertion(table: string, properties: readonly string[]): string {
  const columns = properties.map(columnOf).join(', ');
  return `INTO ${table} (${columns}) VALUES (${properties.map((property) => `@${property}`).join(', ')})`;
}

export const sessionProperties = [
  'id',
  'source',
  'sourceName',
  'contentSha256',
  'sim',
  'trackKey',
  'carKey',
  'trackName',
  'trackConfig',
  'trackLengthM',
  'carName',
  'sampleRateHz',
  'date',
  'build',
  'own',
  'storedAt',
] as const satisfies readonly (keyof StoredSession)[];

export const lapProperties = [
  'id',
  'sessionId',
  'stint',
  'lap',
  'state',
  'startSample',
  'endSample',
  'lapTimeS',
  'timeSource',
  'officialLapTimeS',
  'ownLapTimeS',
  'complete',
  'valid',
  'referenceGrade',
  'assisted',
  'reasons',
  'analysisVersion',
  'lapFileSha256',
] as const satisfies readonly (keyof StoredLap)[];

export const referenceProperties = [
  'id',
  'trackKey',
  'carKey',
  'trackName',
  'trackConfig',
  'carName',
  'origin',
  'own',
  'label',
  'lapTimeS',
  'lapFileSha256',
  'addedAt',
  'serverReferenceId',
] as const satisfies readonly (keyof StoredReference)[];
