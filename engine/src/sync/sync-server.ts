/** The server as sync uses it. The one behind HTTP is `server-client.ts`. */
import type { LapClaim, ServerIdentity, SessionUpload } from '@racing-coach/contract/server';
import type { Later, Outcome } from './server-answer.ts';

export type Failure = Later | { kind: 'signed-out'; text: string };

/** No method rejects, except when everything is being stopped. */
export interface SyncServer {
  identity(): Promise<ServerIdentity | Failure>;
  putSession(id: string, session: SessionUpload): Promise<Outcome>;
  /** @param bytes the lap file; null for a lap without one */
  putLap(id: string, claim: LapClaim, bytes: Uint8Array | null): Promise<Outcome>;
  /** Which of these laps are there. At most {@link mostKnownIds} at once. */
  known(lapIds: string[]): Promise<{ kind: 'known'; lapIds: string[] } | Failure>;
}

export const mostKnownIds = 500;
