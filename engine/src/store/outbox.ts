/**
 * What still has to be sent, and how far the server is. Part of the lap store, because an entry is written in the transaction that settles its lap: a lap
 * that is stored is sent, whatever happens between. Every settled lap has one, with a lap file or without.
 *
 * An entry is `waiting` or `refused`; one that was sent is gone. Laps of a session go in the order in which they were driven. A refused lap holds nobody
 * back, and one that failed {@link patientAttempts} times by itself comes after all others. Times are ISO 8601 in UTC and come from the caller.
 */
import type { StoredLap, StoredSession } from './lap-store.ts';

/** So often a lap that fails by itself holds back those after it in its session. */
export const patientAttempts = 5;

export interface OutboxEntry {
  lapId: string;
  since: string;
  state: 'waiting' | 'refused';
  /** Failures that were this lap's own doing, not the network's. */
  attempts: number;
  /** Null: at once. */
  nextAttemptAt: string | null;
  /** Why it was refused, or failed last. */
  refusal: Refusal | null;
}

/** A code of the server's list and a sentence for people. */
export interface Refusal {
  code: string;
  text: string;
}

/** The lap that comes next, with its session; or a session alone that changed after it was sent. */
export interface NextToSend {
  session: StoredSession;
  /** Goes to {@link Outbox.sessionSent}, which so knows what of a session that changes was sent. */
  revision: number;
  sessionIsSent: boolean;
  lap: StoredLap | null;
  attempts: number;
}

/** A lap of the outbox, for people. */
export interface OutboxLap extends OutboxEntry {
  stint: number;
  lap: number;
  lapTimeS: number | null;
  trackName: string;
  trackConfig: string;
  carName: string;
  sessionStoredAt: string;
}

/** Which server has what was sent. Another server, account or device: what it has must be asked. */
export interface KnownServer {
  serverId: string;
  deviceId: string;
  version: string;
  /** When all, or the last, laps were asked for. */
  checkedAt: string;
}

export interface Outbox {
  /** In the order of its laps' sending; for tests and small stores. */
  outbox(): OutboxEntry[];
  /** Null: nothing can be sent now. A next attempt that lies after `horizon` is taken for one that a wrong clock set, and is due. */
  nextToSend(now: string, horizon: string): NextToSend | null;
  /** When the first entry that waits for its time is due; null where none waits for that. */
  nextAttemptAt(): string | null;
  outboxCounts(): { waiting: number; refused: number };
  outboxLaps(state: OutboxEntry['state'], most: number): OutboxLap[];
  lapSent(lapId: string, at: string): void;
  lapRefused(lapId: string, refusal: Refusal): void;
  /** One more attempt failed that was the lap's own doing. */
  lapFailed(lapId: string, refusal: Refusal, nextAttemptAt: string): void;
  sessionSent(sessionId: string, revision: number, at: string): void;
  /** The server does not have it: it is sent again before its next lap. */
  sessionMissing(sessionId: string): void;
  /** A session that the server does not have takes its waiting laps with it; of one that it has, only this change is given up. */
  sessionRefused(sessionId: string, revision: number, refusal: Refusal): void;
  /** Settled laps that are in no entry, by id after `after`; of sessions stored at or after `storedSince`. */
  sentLapIds(after: string, storedSince: string, most: number): string[];
  /** These laps, and their sessions, as if they had never been sent. */
  sendAgain(lapIds: string[], at: string): void;
  /** Refused laps wait again; returns how many. */
  retryRefused(): number;
  knownServer(): KnownServer | null;
  saveKnownServer(server: KnownServer): void;
  /** When something arrived last; null: never. */
  lastSuccessAt(): string | null;
}

export const outboxVerbs = [
  'outbox',
  'nextToSend',
  'nextAttemptAt',
  'outboxCounts',
  'outboxLaps',
  'lapSent',
  'lapRefused',
  'lapFailed',
  'sessionSent',
  'sessionMissing',
  'sessionRefused',
  'sentLapIds',
  'sendAgain',
  'retryRefused',
  'knownServer',
  'saveKnownServer',
  'lastSuccessAt',
] as const satisfies readonly (keyof Outbox)[];
