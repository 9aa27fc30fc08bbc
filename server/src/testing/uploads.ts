/** Sessions and laps as an engine sends them, for tests. */
import { createHash } from 'node:crypto';
import type { LapClaim, SessionUpload } from '@racing-coach/contract/server';
import type { Call, Reply } from './test-app.ts';

export const someSession: SessionUpload = {
  source: 'live',
  sourceName: 'iRacing',
  sim: 'iracing',
  trackKey: 'iracing/spa/gp',
  carKey: 'bmwm4gt3',
  trackName: 'Spa',
  trackConfig: 'GP',
  trackLengthM: 7004,
  carName: 'BMW M4 GT3',
  build: '2026.11.1',
  sampleRateHz: 60,
  date: '2026-11-26',
  own: true,
  storedAt: '2026-11-26T10:00:00.000Z',
};

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export function claimOf(lapFile: Uint8Array | null, changes: Partial<LapClaim> = {}): LapClaim {
  return {
    sessionId: 's1',
    stint: 0,
    lap: 1,
    startSample: 0,
    endSample: 5400,
    lapTimeS: 90,
    timeSource: 'interpolated',
    officialLapTimeS: null,
    ownLapTimeS: 90,
    complete: lapFile !== null,
    valid: true,
    referenceGrade: lapFile !== null,
    assisted: false,
    reasons: [],
    analysisVersion: 1,
    lapFileSha256: lapFile === null ? null : sha256Of(lapFile),
    ...changes,
  };
}

export function putSession(
  call: Call,
  clientId = 's1',
  changes: Partial<SessionUpload> = {},
): Promise<Reply> {
  return call('PUT', `/api/v1/uploads/sessions/${clientId}`, { body: { ...someSession, ...changes } });
}

export function putLap(
  call: Call,
  clientId: string,
  lapFile: Uint8Array | null,
  changes: Partial<LapClaim> = {},
): Promise<Reply> {
  const claim = Buffer.from(JSON.stringify(claimOf(lapFile, changes))).toString('base64url');
  const type: Record<string, string> =
    lapFile === null ? {} : { 'content-type': 'application/vnd.apache.parquet' };
  return call('PUT', `/api/v1/uploads/laps/${clientId}`, {
    headers: { 'lap-claim': claim, ...type },
    ...(lapFile === null ? {} : { body: lapFile }),
  });
}
