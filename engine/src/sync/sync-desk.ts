/** Sync of a live engine: leaves the network to a driver who drives, looks at once when a lap was settled, and tells pages and terminal how it stands. */
import type { SyncMessage, SyncSettings, SyncState } from '@racing-coach/contract';
import type { DataDir } from '../data/data-dir.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { LapStoreClient } from '../store/lap-store.ts';
import { DrivingWatch } from './driving-watch.ts';
import { makeSync } from './real-sync.ts';
import type { SyncService } from './sync-service.ts';

export interface SyncDeskOptions {
  store: LapStoreClient;
  dataDir: DataDir;
  settings(): SyncSettings;
  /** Resolves when what was driven so far is stored. */
  stored(): Promise<void>;
  publish(message: SyncMessage): void;
  /** The server was asked what it has, as once a day. */
  checked(): Promise<void>;
  tell(line: string): void;
}

/** What waiting will not mend is said at the terminal, once. */
const toldStates = new Set<SyncState['state']>(['signed-out', 'trouble']);

export class SyncDesk {
  readonly #options: SyncDeskOptions;
  readonly #driving: DrivingWatch;
  readonly #service: SyncService;
  #told = '';

  constructor(options: SyncDeskOptions) {
    this.#options = options;
    this.#driving = new DrivingWatch(() => this.#service.nudge());
    const { store, dataDir, settings } = options;
    this.#service = makeSync({
      store,
      dataDir,
      maySend: () => settings().whileDriving || !this.#driving.drives,
      changed: (state) => this.#changed(state),
      checked: options.checked,
    });
  }

  listen(bus: EventBus<EngineTopics>): void {
    this.#driving.listen(bus);
    bus.subscribe('event', 'sync', async ({ event }) => {
      if (event.type !== 'lap' || !event.settled) return;
      await this.#options.stored();
      this.#service.nudge();
    });
  }

  start(): void {
    this.#service.start();
  }

  /** The settings have changed. */
  nudge(): void {
    this.#service.nudge();
  }

  state(): SyncState {
    return this.#service.state();
  }

  sendNow(): Promise<void> {
    return this.#service.sendNow();
  }

  sendAgain(): Promise<void> {
    return this.#service.sendAgain();
  }

  close(): Promise<void> {
    return this.#service.close();
  }

  #changed({ state, text, waiting, refused }: SyncState): void {
    this.#options.publish({ type: 'sync', state, text, waiting, refused });
    if (!toldStates.has(state)) this.#told = '';
    else if (this.#told !== state) {
      this.#told = state;
      this.#options.tell(`Server: ${text}`);
    }
  }
}
