/** The outbox' twin in memory. It looks into the laps and sessions of the store that it belongs to. */
import type { StoredLap, StoredSession } from './lap-store.ts';
import {
  type KnownServer,
  type NextToSend,
  type Outbox,
  type OutboxEntry,
  type OutboxLap,
  patientAttempts,
  type Refusal,
} from './outbox.ts';

/** How much of a session the server has. */
interface Sent {
  revision: number;
  sentRevision: number;
}

export class MemoryOutbox implements Outbox {
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #sent = new Map<string, Sent>();
  readonly #laps: ReadonlyMap<string, StoredLap>;
  readonly #sessions: ReadonlyMap<string, StoredSession>;
  #server: KnownServer | null = null;
  #lastSuccessAt: string | null = null;

  constructor(laps: ReadonlyMap<string, StoredLap>, sessions: ReadonlyMap<string, StoredSession>) {
    this.#laps = laps;
    this.#sessions = sessions;
  }

  /** In the call that settles the lap. */
  queue(lapId: string, since: string): void {
    if (!this.#entries.has(lapId))
      this.#entries.set(lapId, {
        lapId,
        since,
        state: 'waiting',
        attempts: 0,
        nextAttemptAt: null,
        refusal: null,
      });
  }

  /** In the call that stores the session. */
  sessionChanged(sessionId: string): void {
    const { revision, sentRevision } = this.#sentOf(sessionId);
    this.#sent.set(sessionId, { revision: revision + 1, sentRevision });
  }

  outbox(): OutboxEntry[] {
    return [...this.#entries.values()].sort((a, b) => compare(a.since, b.since) || compare(a.lapId, b.lapId));
  }

  nextToSend(now: string, horizon: string): NextToSend | null {
    const isDue = ({ nextAttemptAt: at }: OutboxEntry) => at === null || at <= now || at > horizon;
    const waiting = this.outbox().filter(({ state }) => state === 'waiting');
    const due = waiting.filter((one) => isDue(one) && !this.#waitsForEarlier(one, waiting));
    const fresh = due.find(({ attempts }) => attempts < patientAttempts);
    const changed = fresh === undefined ? this.#changedSession() : null;
    const entry = changed === null ? (fresh ?? due[0]) : undefined;
    const lap = entry === undefined ? null : (this.#laps.get(entry.lapId) ?? null);
    const sessionId = lap?.sessionId ?? changed;
    const session = sessionId === null ? undefined : this.#sessions.get(sessionId);
    if (session === undefined) return null;
    const { revision, sentRevision } = this.#sentOf(session.id);
    const sessionIsSent = revision === sentRevision;
    return { session: { ...session }, revision, sessionIsSent, lap, attempts: entry?.attempts ?? 0 };
  }

  nextAttemptAt(): string | null {
    const times = [...this.#entries.values()]
      .filter(({ state }) => state === 'waiting')
      .map(({ nextAttemptAt }) => nextAttemptAt)
      .filter((at) => at !== null);
    return times.sort(compare)[0] ?? null;
  }

  outboxCounts(): { waiting: number; refused: number } {
    const all = [...this.#entries.values()];
    const refused = all.filter(({ state }) => state === 'refused').length;
    return { waiting: all.length - refused, refused };
  }

  outboxLaps(state: OutboxEntry['state'], most: number): OutboxLap[] {
    return this.outbox()
      .filter((entry) => entry.state === state)
      .map((entry) => ({ entry, lap: this.#lapOf(entry) }))
      .sort(
        (a, b) =>
          compare(a.entry.since, b.entry.since) ||
          a.lap.startSample - b.lap.startSample ||
          compare(a.lap.id, b.lap.id),
      )
      .slice(0, most)
      .map(({ entry, lap }) => ({ ...entry, ...this.#shown(lap) }));
  }

  lapSent(lapId: string, at: string): void {
    this.#entries.delete(lapId);
    this.#lastSuccessAt = at;
  }

  lapRefused(lapId: string, refusal: Refusal): void {
    this.#change(lapId, () => ({ state: 'refused', nextAttemptAt: null, refusal }));
  }

  lapFailed(lapId: string, refusal: Refusal, nextAttemptAt: string): void {
    this.#change(lapId, ({ attempts }) => ({ attempts: attempts + 1, nextAttemptAt, refusal }));
  }

  sessionSent(sessionId: string, revision: number, at: string): void {
    this.#sent.set(sessionId, { ...this.#sentOf(sessionId), sentRevision: revision });
    this.#lastSuccessAt = at;
  }

  sessionMissing(sessionId: string): void {
    this.#sent.set(sessionId, { ...this.#sentOf(sessionId), sentRevision: 0 });
  }

  sessionRefused(sessionId: string, revision: number, refusal: Refusal): void {
    const sent = this.#sentOf(sessionId);
    if (sent.sentRevision > 0) this.#sent.set(sessionId, { ...sent, sentRevision: revision });
    else
      for (const entry of this.#entries.values())
        if (entry.state === 'waiting' && this.#lapOf(entry).sessionId === sessionId)
          this.lapRefused(entry.lapId, refusal);
  }

  sentLapIds(after: string, storedSince: string, most: number): string[] {
    return [...this.#laps.values()]
      .filter(({ id, state }) => state === 'settled' && id > after && !this.#entries.has(id))
      .filter(({ sessionId }) => (this.#sessions.get(sessionId)?.storedAt ?? '') >= storedSince)
      .map(({ id }) => id)
      .sort(compare)
      .slice(0, most);
  }

  sendAgain(lapIds: string[], at: string): void {
    for (const id of lapIds) {
      const lap = this.#laps.get(id);
      if (lap === undefined) continue;
      if (lap.state === 'settled') this.queue(id, at);
      this.sessionMissing(lap.sessionId);
    }
  }

  retryRefused(): number {
    const refused = [...this.#entries.values()].filter(({ state }) => state === 'refused');
    for (const { lapId } of refused)
      this.#change(lapId, () => ({ state: 'waiting', attempts: 0, nextAttemptAt: null, refusal: null }));
    return refused.length;
  }

  knownServer(): KnownServer | null {
    return this.#server;
  }

  saveKnownServer(server: KnownServer): void {
    this.#server = { ...server };
  }

  lastSuccessAt(): string | null {
    return this.#lastSuccessAt;
  }

  #change(lapId: string, change: (entry: OutboxEntry) => Partial<OutboxEntry>): void {
    const entry = this.#entries.get(lapId);
    if (entry !== undefined) this.#entries.set(lapId, { ...entry, ...change(entry) });
  }

  #waitsForEarlier(entry: OutboxEntry, waiting: OutboxEntry[]): boolean {
    const lap = this.#lapOf(entry);
    return waiting.some((other) => {
      const earlier = this.#lapOf(other);
      const comes =
        earlier.startSample - lap.startSample || earlier.stint - lap.stint || earlier.lap - lap.lap;
      return earlier.sessionId === lap.sessionId && comes < 0 && other.attempts < patientAttempts;
    });
  }

  #changedSession(): string | null {
    const changed = [...this.#sent].filter(
      ([, { revision, sentRevision }]) => sentRevision > 0 && sentRevision < revision,
    );
    return changed.map(([id]) => id).sort(compare)[0] ?? null;
  }

  #sentOf(sessionId: string): Sent {
    return this.#sent.get(sessionId) ?? { revision: 1, sentRevision: 0 };
  }

  #lapOf({ lapId }: OutboxEntry): StoredLap {
    const lap = this.#laps.get(lapId);
    if (lap === undefined) throw new Error('an outbox entry needs its lap');
    return lap;
  }

  #shown({ sessionId, stint, lap, lapTimeS }: StoredLap): Omit<OutboxLap, keyof OutboxEntry> {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) throw new Error('a lap needs its session');
    const { trackName, trackConfig, carName, storedAt } = session;
    return { stint, lap, lapTimeS, trackName, trackConfig, carName, sessionStoredAt: storedAt };
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
