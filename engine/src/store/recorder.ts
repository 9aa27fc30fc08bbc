/**
 * Takes what the tick loop finds to the store: at the line the lap, `open`, with its lap file; when its time is settled, the settlement. It
 * never waits: the store is another thread, and its failures are the bus's to log; the coach goes on without it.
 *
 * The lap file is encoded on a thread of its own, so that a settlement can overtake its lap when a recording plays fast: it is kept until then.
 */
import type { LapEvent } from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { type LapStoreClient, lapId, type StoredSession } from './lap-store.ts';

export class Recorder {
  readonly #store: LapStoreClient;
  readonly #session: StoredSession;
  readonly #now: () => Date;
  readonly #opened = new Set<string>();
  readonly #settledFirst = new Map<string, LapEvent>();
  readonly #running = new Set<Promise<void>>();

  constructor(store: LapStoreClient, session: StoredSession, now: () => Date) {
    this.#store = store;
    this.#session = session;
    this.#now = now;
  }

  /** Stores the session and listens from then on. */
  async listen(bus: EventBus<EngineTopics>): Promise<void> {
    await this.#store.saveSession(this.#session);
    bus.subscribe('lapRecorded', 'recorder', (lap) => this.#track(this.#open(lap)));
    bus.subscribe('event', 'recorder', ({ event }) => {
      if (event.type === 'lap' && event.settled) return this.#track(this.#settle(event));
    });
  }

  /** Resolves when everything that was heard so far is stored, or has failed. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #open({ summary, lapFile }: EngineTopics['lapRecorded']): Promise<void> {
    const id = lapId(this.#session.id, summary);
    this.#opened.add(id);
    const settlement = this.#settledFirst.get(id);
    this.#settledFirst.delete(id);
    const { corners, session } = summary;
    const stored = this.#store.openLap({
      sessionId: this.#session.id,
      facts: summary,
      corners,
      analysisVersion: session.analysisVersion,
      lapFile,
    });
    // Sent at once, not after the answer: the store does one after the other.
    await Promise.all([stored, settlement === undefined ? undefined : this.#settle(settlement)]);
  }

  async #settle(event: LapEvent): Promise<void> {
    const id = lapId(this.#session.id, event);
    if (!this.#opened.has(id)) this.#settledFirst.set(id, event);
    else await this.#store.settleLap(this.#session.id, event, this.#now().toISOString());
  }

  #track(work: Promise<void>): Promise<void> {
    this.#running.add(work);
    const done = () => this.#running.delete(work);
    work.then(done, done);
    return work;
  }
}
