/**
 * Takes what the tick loop finds to the store: at the line the lap, `open`, with its lap file; when its time is settled, the settlement. It
 * never waits: the store is another thread, and its failures are the bus's to log; the coach goes on without it.
 *
 * A live run has many sessions: each connection, track, car and session of the sim is one. A session is stored with its first lap, so that
 * waiting in menus leaves none. Which session a lap belongs to is decided at the line: its time may come when the next one has begun.
 *
 * The lap file is encoded on a thread of its own, so that a settlement can overtake its lap when a recording plays fast: it is kept until then.
 */
import type { LapEvent, SessionNote } from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { type LapStoreClient, lapId, type StoredSession } from './lap-store.ts';

/** A session that a note announced, as it is to be stored. */
export type DescribeSession = (note: SessionNote) => StoredSession;

export class Recorder {
  readonly #store: LapStoreClient;
  readonly #describe: DescribeSession;
  readonly #now: () => Date;
  /** By number. */
  readonly #sessions = new Map<number, StoredSession>();
  readonly #stored = new Set<string>();
  readonly #opened = new Set<string>();
  readonly #settledFirst = new Map<string, LapEvent>();
  /** The session of each lap that is not settled yet, by coach, stint and lap. */
  readonly #sessionOf = new Map<string, string>();
  readonly #running = new Set<Promise<void>>();
  #current: SessionNote | null = null;
  #coach = 0;

  constructor(store: LapStoreClient, describe: DescribeSession, now: () => Date) {
    this.#store = store;
    this.#describe = describe;
    this.#now = now;
  }

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('note', 'recorder', (note) => {
      if (note.type === 'session') return this.#track(this.#begin(note));
    });
    bus.subscribe('lapRecorded', 'recorder', (lap) => this.#track(this.#open(lap)));
    bus.subscribe('event', 'recorder', ({ event }) => {
      if (event.type !== 'lap') return;
      if (!event.settled) this.#assign(event);
      else return this.#track(this.#settle(event));
    });
  }

  /** Resolves when everything that was heard so far is stored, or has failed. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** A changed text (an exact length, a name) replaces what is stored; a new session waits for its first lap. */
  async #begin(note: SessionNote): Promise<void> {
    const before = this.#sessions.get(note.number);
    const described = this.#describe(note);
    const session =
      before === undefined ? described : { ...described, id: before.id, storedAt: before.storedAt };
    this.#sessions.set(note.number, session);
    this.#current = note;
    this.#coach = note.coach;
    if (this.#stored.has(session.id)) await this.#store.saveSession(session);
  }

  /** At the line. The coach that ends reports its laps before the next session is announced. */
  #assign(event: LapEvent): void {
    const session = this.#current === null ? undefined : this.#sessions.get(this.#current.number);
    if (session !== undefined) this.#sessionOf.set(this.#key(event), session.id);
  }

  #key({ stint, lap }: LapEvent): string {
    return `${this.#coach}:${stint}:${lap}`;
  }

  async #open({ summary, lapFile, sessionNumber }: EngineTopics['lapRecorded']): Promise<void> {
    const session = this.#sessions.get(sessionNumber);
    if (session === undefined) return;
    const id = lapId(session.id, summary);
    this.#opened.add(id);
    const settlement = this.#settledFirst.get(id);
    this.#settledFirst.delete(id);
    const { corners } = summary;
    const analysisVersion = summary.session.analysisVersion;
    // Sent at once, one after the other and without waiting for answers: the store keeps the order.
    const saved = this.#stored.has(session.id) ? undefined : this.#store.saveSession(session);
    this.#stored.add(session.id);
    saved?.catch(() => this.#stored.delete(session.id));
    const lap = { sessionId: session.id, facts: summary, corners, analysisVersion, lapFile };
    const opened = this.#store.openLap(lap);
    const settled =
      settlement === undefined ? undefined : this.#store.settleLap(session.id, settlement, this.#nowText());
    await Promise.all([saved, opened, settled]);
  }

  async #settle(event: LapEvent): Promise<void> {
    const sessionId = this.#sessionOf.get(this.#key(event));
    this.#sessionOf.delete(this.#key(event));
    if (sessionId === undefined) return;
    const id = lapId(sessionId, event);
    if (this.#opened.delete(id)) await this.#store.settleLap(sessionId, event, this.#nowText());
    else this.#settledFirst.set(id, event);
  }

  #nowText(): string {
    return this.#now().toISOString();
  }

  #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    const done = () => this.#running.delete(work);
    work.then(done, done);
    return work;
  }
}
