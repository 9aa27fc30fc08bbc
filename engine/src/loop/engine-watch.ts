/** What a running engine can say about itself: gathered from the bus, told over the API. */
import {
  type EngineHealth,
  type EngineState,
  emptySnapshot,
  type HubReference,
  type ObsHealth,
  type Presence,
  readSnapshot,
  type SessionNote,
  type SyncState,
  statuses,
  syncOff,
} from '@racing-coach/contract';
import type { Runner, RunnerStatistics } from '../native.ts';
import { rulesMessage } from '../rules/rules-words.ts';
import { version } from '../version.ts';
import type { EventBus } from './event-bus.ts';
import { LatencyCounts } from './latency-counts.ts';
import type { EngineTopics } from './topics.ts';

export interface WatchOptions {
  /** The command that runs, for people. */
  command: string;
  /** What is read, for people. */
  source: string;
  nowMs: () => number;
}

type ReferenceState = EngineState['reference'];

export class EngineWatch {
  readonly #options: WatchOptions;
  readonly #hub = new LatencyCounts();
  readonly #frame = new LatencyCounts();
  readonly #snapshot = emptySnapshot();
  readonly #laps = new Set<string>();
  #runner: Runner | null = null;
  #pages: () => number = () => 0;
  #obs: () => ObsHealth = () => ({
    state: 'off',
    text: 'OBS is asked for something by start alone.',
    warnings: [],
  });
  #sync: () => SyncState = () => syncOff;
  #presence: Presence = 'absent';
  #session: SessionNote | null = null;
  #trouble: Record<'source' | 'tape', string | null> = { source: null, tape: null };
  #reference: ReferenceState = null;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** What is asked for figures. */
  attach(runner: Runner): void {
    this.#runner = runner;
  }

  countPages(pages: () => number): void {
    this.#pages = pages;
  }

  watchObs(health: () => ObsHealth): void {
    this.#obs = health;
  }

  watchSync(state: () => SyncState): void {
    this.#sync = state;
  }

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('note', 'watch', (note) => {
      if (note.type === 'session') this.#session = note;
      if (note.type === 'trouble') this.#trouble[note.with] = note.message;
      if (note.type === 'presence') this.#presence = note.presence;
    });
    bus.subscribe('lapRecorded', 'watch', ({ summary, sessionNumber }) => {
      this.#laps.add(`${sessionNumber}:${summary.stint}:${summary.lap}`);
    });
  }

  /** What the coach works from, and why. */
  setReference(reference: HubReference | null, rough: boolean, why: string): void {
    if (reference === null) this.#reference = null;
    else {
      const { label, own, lapTimeS } = reference;
      this.#reference = { label, own, rough, lapTimeS, why };
    }
  }

  /** A snapshot was handed to the sockets. */
  readonly sent = (bytes: Uint8Array): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#hub.add(this.#options.nowMs() - readSnapshot(view, this.#snapshot).readAtMs);
  };

  /** A page drew a frame, so long after the sample was read. */
  readonly drawn = (latencyMs: number): void => this.#frame.add(latencyMs);

  state(): EngineState {
    const status = statuses[this.#snapshot.status];
    const facts = this.#session?.facts;
    return {
      version: version(),
      source: this.#options.source,
      presence: this.#presence,
      status: status?.code ?? 'no-source',
      statusText: status?.text ?? '',
      session:
        facts === undefined
          ? null
          : {
              track: facts.track.name,
              config: facts.track.config,
              car: facts.car.name,
              kind: this.#session?.kind ?? '',
            },
      reference: this.#reference,
      rules: this.#session === null ? null : rulesState(this.#session),
      laps: this.#laps.size,
    };
  }

  health(): EngineHealth {
    const runner = JSON.parse(this.#runner?.statsJson() ?? '{}') as RunnerStatistics;
    return {
      version: version(),
      pid: process.pid,
      command: this.#options.command,
      source: this.#options.source,
      trouble: this.#trouble.source ?? this.#trouble.tape,
      runner,
      pages: this.#pages(),
      obs: this.#obs(),
      sync: this.#sync(),
      latency: { snapshot: runner.latency.counts, hub: this.#hub.counts, frame: this.#frame.counts },
    };
  }
}

function rulesState({ rules }: SessionNote): EngineState['rules'] {
  const { raceLegal, why } = rulesMessage(rules);
  return { raceLegal, why };
}
