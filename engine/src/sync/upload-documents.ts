/** What is sent of a stored session and a stored lap. The server checks it; texts of a sim are only brought into the form that it takes. */
import type { LapClaim, SessionUpload } from '@racing-coach/contract/server';
import type { StoredLap, StoredSession } from '../store/lap-store.ts';

const longestText = 200;

/** One line of at most 200 characters. */
const line = (text: string) => text.replaceAll(/\p{Cc}/gu, ' ').slice(0, longestText);

export function sessionUploadOf(session: StoredSession): SessionUpload {
  return {
    source: session.source,
    sourceName: line(session.sourceName),
    sim: line(session.sim),
    trackKey: line(session.trackKey),
    carKey: line(session.carKey),
    trackName: line(session.trackName),
    trackConfig: line(session.trackConfig),
    trackLengthM: session.trackLengthM,
    carName: line(session.carName),
    build: line(session.build),
    sampleRateHz: session.sampleRateHz,
    date: line(session.date),
    own: session.own,
    storedAt: session.storedAt,
  };
}

export function lapClaimOf(lap: StoredLap): LapClaim {
  return {
    sessionId: lap.sessionId,
    stint: lap.stint,
    lap: lap.lap,
    startSample: lap.startSample,
    endSample: lap.endSample,
    lapTimeS: lap.lapTimeS,
    timeSource: lap.timeSource,
    officialLapTimeS: lap.officialLapTimeS,
    ownLapTimeS: lap.ownLapTimeS,
    complete: lap.complete,
    valid: lap.valid,
    referenceGrade: lap.referenceGrade,
    assisted: lap.assisted,
    reasons: lap.reasons,
    analysisVersion: lap.analysisVersion,
    lapFileSha256: lap.lapFileSha256,
  };
}

/** The header `lap-claim`. */
export function claimHeader(claim: LapClaim): string {
  return Buffer.from(JSON.stringify(claim)).toString('base64url');
}
