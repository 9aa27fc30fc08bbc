/**
 * What happens to a lap that an engine sends, in this order: its claim is read, the body is held against the hash in it, and the same lap sent before is
 * answered as it was; then the file is analysed, and everything is stored at once. A lap that was analysed and cannot be stored leaves nothing.
 */
import type { CheckedLap } from '../../analysis/analysis.ts';
import type { Viewer, Work } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { readClaim, sha256Hex, uploadSha256 } from './claim.ts';
import {
  findUpload,
  findUploadSession,
  type StoredUpload,
  storedBytes,
  type UploadSession,
} from './repository.ts';
import { storeLap } from './store-lap.ts';

export interface SentLap {
  clientId: string;
  claimHeader: string;
  /** Null or empty for a lap without a file. */
  body: Buffer | null;
}

export async function takeLap(parts: AppParts, viewer: Viewer, sent: SentLap): Promise<StoredUpload> {
  const { database, analysis, clock } = parts;
  const { clientId } = sent;
  const claim = readClaim(sent.claimHeader);
  const bytes = sent.body === null || sent.body.length === 0 ? null : sent.body;
  if (claim.lapFileSha256 !== (bytes && sha256Hex(bytes))) throw new ProblemError('hash-mismatch');
  const sha256 = uploadSha256(claim);
  const found = await database.asViewer(viewer, (trx) => lookUp(trx, viewer, clientId, claim.sessionId));
  if (found.lap !== undefined) {
    if (!found.lap.uploadSha256.equals(sha256)) throw new ProblemError('id-taken');
    return found.lap;
  }
  if (found.session === undefined) throw new ProblemError('session-missing');
  if (found.bytes + (bytes?.length ?? 0) > parts.config.quotaBytes) throw new ProblemError('quota-exceeded');
  const checked = bytes && (await analysis.check(bytes, claim));
  if (checked) fitsSession(checked, found.session);
  const { analysisVersion } = analysis;
  const stored = await database.asViewer(viewer, (trx) =>
    storeLap(trx, viewer, {
      clientId,
      claim,
      uploadSha256: sha256,
      file: bytes && checked && { bytes, checked },
      analysisVersion,
      fillsTelemetry: fillsTelemetry(parts),
      now: clock(),
    }),
  );
  if (stored.sessionId !== null) await tell(parts, viewer, stored.lap.id, stored.sessionId);
  return stored.lap;
}

async function lookUp(trx: Work, viewer: Viewer, clientId: string, sessionClientId: string) {
  const lap = await findUpload(trx, viewer, clientId);
  if (lap !== undefined) return { lap, session: undefined, bytes: 0 };
  const session = await findUploadSession(trx, viewer, sessionClientId, { lock: false });
  return { lap, session, bytes: await storedBytes(trx, viewer) };
}

function fitsSession(checked: CheckedLap, session: UploadSession): void {
  if (checked.trackKey !== session.track_key)
    throw new ProblemError('lap-contradicts', {
      detail: 'the lap file is of another track than its session',
    });
  if (checked.carKey !== session.car_key)
    throw new ProblemError('lap-contradicts', { detail: 'the lap file is of another car than its session' });
}

const fillsTelemetry = ({ config, database }: AppParts): boolean =>
  config.telemetryRows === 'on' || (config.telemetryRows === 'auto' && database.timescale !== null);

async function tell({ cache, events }: AppParts, viewer: Viewer, lapId: string, sessionId: string) {
  const to = { ownerId: viewer.userId, to: 'viewers' } as const;
  await cache.invalidate([`owner:${viewer.userId}`]);
  await events.publish({ event: { type: 'lap.finished', lapId, sessionId }, ...to });
  await events.publish({ event: { type: 'session.changed', sessionId }, ...to });
}
