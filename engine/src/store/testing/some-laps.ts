/** Sessions and laps for tests. */
import type { LapFacts, NewLap, StoredSession } from '../lap-store.ts';

export function someSession(id: string, over: Partial<StoredSession> = {}): StoredSession {
  return {
    id,
    source: 'live',
    sourceName: 'iRacing',
    contentSha256: null,
    sim: 'iracing',
    trackKey: 'iracing/fuji/gp',
    carKey: 'ferrari488gt3',
    trackName: 'Fuji',
    trackConfig: 'GP',
    trackLengthM: 4563.2,
    carName: 'Ferrari 488 GT3',
    sampleRateHz: 60,
    date: '',
    build: '2026.11.05.01',
    own: true,
    storedAt: '2026-01-01T00:00:00.000Z',
    ...over,
  };
}

export function someFacts(lap: number, over: Partial<LapFacts> = {}): LapFacts {
  return {
    stint: 0,
    lap,
    startSample: lap * 6000,
    endSample: lap * 6000 + 5999,
    lapTimeS: 100.25,
    timeSource: 'interpolated',
    officialLapTimeS: null,
    ownLapTimeS: 100.25,
    complete: true,
    valid: true,
    referenceGrade: true,
    assisted: true,
    reasons: [],
    ...over,
  };
}

export const someCorner = {
  id: 'T1',
  name: null,
  direction: 'left' as const,
  startM: 100,
  apexM: 150,
  minSpeedM: 151,
  endM: 200,
  entrySpeedMps: 60,
  minSpeedMps: 30,
  exitSpeedMps: 45,
  throttleOnM: null,
  fullThrottleM: 190,
  timeS: 2.5,
};

export function someLap(sessionId: string, lap: number, over: Partial<LapFacts> = {}): NewLap {
  const facts = someFacts(lap, over);
  const lapFile = facts.complete ? new TextEncoder().encode(`lap ${lap} of ${sessionId}`) : null;
  return { sessionId, facts, corners: facts.complete ? [someCorner] : [], analysisVersion: 3, lapFile };
}
