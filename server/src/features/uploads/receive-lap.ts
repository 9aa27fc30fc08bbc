/**
 * An uploaded lap, from the wire into the database. It is never trusted: the file is read again, bounded and timed before anything is stored, and all of
 * it is stored in one transaction. Sent again it is answered as the first time, without being looked at again.
 */

import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { Claimed } from './lap-claim.ts';
import { insertLap, type LapStored, lapFileBytesOf, sessionOfLap, storedLap } from './repository.ts';

export interface SentLap extends Claimed {
  clientId: string;
  lapFile: Uint8Array;
}

type Needs = Pick<AppParts, 'database' | 'analysis' | 'clock' | 'config'>;

/** SQLSTATE of a value that has to be unique. */
const uniqueViolation = '23505';

export async function receiveLap(
  parts: Needs,
  viewer: Viewer,
  sent: SentLap,
): Promise<LapStored & { isNew: boolean }> {
  const { database, analysis, config } = parts;
  const before = await database.asViewer(viewer, async (trx) => {
    const stored = await storedLap(trx, viewer, sent.clientId, sent.uploadSha256);
    if (stored !== null) return { stored };
    const session = await sessionOfLap(trx, viewer, sent.claim.sessionId);
    const used = await lapFileBytesOf(trx, viewer);
    if (used + sent.lapFile.length > config.quotaBytes) throw new ProblemError('quota-exceeded');
    return { session };
  });
  if (before.stored !== undefined) return { ...before.stored, isNew: false };
  const { session } = before;
  const file =
    sent.lapFile.length === 0
      ? null
      : { bytes: sent.lapFile, checked: await analysis.check(sent.lapFile, sent.claim) };
  if (file !== null && (file.checked.trackKey !== session.trackKey || file.checked.carKey !== session.carKey))
    throw new ProblemError('lap-contradicts', {
      detail: 'It was driven on another track or in another car than its session.',
    });
  const lap = { ...sent, session, file, fillsTelemetry: fillsTelemetry(parts) };
  try {
    const stored = await database.asViewer(viewer, (trx) => insertLap(trx, viewer, lap, parts.clock()));
    return { ...stored, isNew: true };
  } catch (error) {
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error;
    // The same lap came twice at the same time, and the other one was first.
    const stored = await database.asViewer(viewer, (trx) =>
      storedLap(trx, viewer, sent.clientId, sent.uploadSha256),
    );
    if (stored === null) throw error;
    return { ...stored, isNew: false };
  }
}

const fillsTelemetry = ({ config, database }: Needs) =>
  config.telemetryRows === 'on' || (config.telemetryRows === 'auto' && database.timescale !== null);
