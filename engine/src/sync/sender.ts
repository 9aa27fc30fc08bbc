/** One step of sending: what comes next goes to the server, and what became of it into the store. */
import type { LapStoreClient, StoredLap } from '../store/lap-store.ts';
import { type NextToSend, patientAttempts } from '../store/outbox.ts';
import { sha256Of } from '../store/sqlite-lap-writes.ts';
import { backOffMs, longestBackOffMs } from './back-off.ts';
import type { Later, Outcome } from './server-answer.ts';
import type { SyncServer } from './sync-server.ts';
import { lapClaimOf, sessionUploadOf } from './upload-documents.ts';

export interface SenderParts {
  store: LapStoreClient;
  now(): Date;
  /** 0 to 1. */
  random(): number;
}

/** `sent`: something was dealt with, and there may be more; `nothing`: nothing can be sent now. */
export type Step = { kind: 'sent' } | { kind: 'nothing' } | { kind: 'signed-out'; text: string } | Later;

const sent = { kind: 'sent' } as const;

export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  async step(server: SyncServer): Promise<Step> {
    const now = this.#parts.now();
    const next = await this.#parts.store.nextToSend(
      iso(now),
      iso(new Date(now.getTime() + longestBackOffMs)),
    );
    if (next === null) return { kind: 'nothing' };
    if (!next.sessionIsSent) return this.#sendSession(next, server);
    return next.lap === null ? { kind: 'nothing' } : this.#sendLap(next.lap, next.attempts, server);
  }

  async #sendSession({ session, revision }: NextToSend, server: SyncServer): Promise<Step> {
    const { store } = this.#parts;
    const outcome = await server.putSession(session.id, sessionUploadOf(session));
    if (outcome.kind === 'stored') await store.sessionSent(session.id, revision, this.#nowText());
    else if (outcome.kind === 'refused') await store.sessionRefused(session.id, revision, outcome.refusal);
    else if (outcome.kind === 'session-missing') return this.#nonsense();
    else return outcome;
    return sent;
  }

  async #sendLap(lap: StoredLap, attempts: number, server: SyncServer): Promise<Step> {
    const { store } = this.#parts;
    const sha256 = lap.lapFileSha256;
    if (lap.complete && sha256 === null) {
      const text = 'This lap is too long for a lap file, and without one it cannot be sent.';
      await store.lapRefused(lap.id, { code: 'no-lap-file', text });
      return sent;
    }
    const bytes = sha256 === null ? null : await store.lapFile(sha256);
    if (sha256 !== null && (bytes === null || sha256Of(bytes) !== sha256)) {
      const text = 'The lap file is damaged in the lap store of this machine.';
      await store.lapRefused(lap.id, { code: 'lap-damaged', text });
      return sent;
    }
    return this.#note(lap, attempts, await server.putLap(lap.id, lapClaimOf(lap), bytes));
  }

  async #note(lap: StoredLap, attempts: number, outcome: Outcome): Promise<Step> {
    const { store } = this.#parts;
    switch (outcome.kind) {
      case 'stored':
        await store.lapSent(lap.id, this.#nowText());
        return sent;
      case 'refused':
        await store.lapRefused(lap.id, outcome.refusal);
        return sent;
      case 'session-missing':
        // Once at once; a server that goes on losing it is not asked without an end.
        await store.lapFailed(lap.id, outcome.refusal, this.#again(attempts));
        await store.sessionMissing(lap.sessionId);
        return sent;
      case 'later':
        if (!outcome.ownFault) return outcome;
        if (outcome.refusal.code === 'hash-mismatch' && attempts + 1 >= patientAttempts)
          await store.lapRefused(lap.id, outcome.refusal);
        else await store.lapFailed(lap.id, outcome.refusal, this.#again(attempts + 1));
        return outcome;
      case 'signed-out':
        return outcome;
    }
  }

  #again(attempts: number): string {
    const waitMs = attempts === 0 ? 0 : backOffMs(attempts, this.#parts.random());
    return iso(new Date(this.#parts.now().getTime() + waitMs));
  }

  #nonsense(): Later {
    const refusal = { code: 'session-missing', text: 'The server answers without sense.' };
    return { kind: 'later', refusal, retryAfterMs: null, ownFault: false, needsSomebody: true };
  }

  #nowText(): string {
    return iso(this.#parts.now());
  }
}

const iso = (date: Date) => date.toISOString();
