/** How sync stands, as pages and `doctor` are told: made of the moment and of what the store says. A state that did not change is not told again. */
import { mostRefusedShown, type RefusedLap, type SyncState, syncOff } from '@racing-coach/contract';
import type { ServerLogin } from '../data/server-login.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import type { OutboxLap } from '../store/outbox.ts';
import { syncText } from './sync-words.ts';

export interface Moment {
  state: SyncState['state'];
  login: ServerLogin | null;
  /** What is in the way. */
  cause?: string | null;
  nextAttempt?: string | null;
}

export class SyncReport {
  readonly #store: LapStoreClient;
  readonly #changed: (state: SyncState) => void;
  #state: SyncState = syncOff;

  constructor(store: LapStoreClient, changed: (state: SyncState) => void) {
    this.#store = store;
    this.#changed = changed;
  }

  get state(): SyncState {
    return this.#state;
  }

  async become(moment: Moment): Promise<void> {
    const state = await syncStateOf(this.#store, moment);
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed(state);
  }
}

/** What waits for nothing is idle, whether the driver drives or not. */
export async function syncStateOf(
  store: LapStoreClient,
  { state: meant, login, cause = null, nextAttempt = null }: Moment,
): Promise<SyncState> {
  const { waiting, refused } = await store.outboxCounts();
  const state = meant === 'paused' && waiting === 0 ? 'idle' : meant;
  const laps = refused === 0 ? [] : await store.outboxLaps('refused', mostRefusedShown);
  // A round number of seconds: the same wait told twice is the same.
  const next = nextAttempt === null ? null : `${nextAttempt.slice(0, 19)}Z`;
  const server = login?.url ?? null;
  return {
    state,
    text: syncText({ state, cause, server: server ?? '', waiting, refused }),
    server,
    user: login?.userName ?? null,
    waiting,
    refused,
    refusedLaps: laps.map(refusedLap),
    lastSuccess: await store.lastSuccessAt(),
    nextAttempt: next,
  };
}

function refusedLap(lap: OutboxLap): RefusedLap {
  return {
    lapId: lap.lapId,
    track: [lap.trackName, lap.trackConfig].filter(Boolean).join(' '),
    car: lap.carName,
    date: lap.sessionStoredAt,
    stint: lap.stint,
    lap: lap.lap,
    code: lap.refusal?.code ?? 'unknown',
    text: lap.refusal?.text ?? '',
  };
}
