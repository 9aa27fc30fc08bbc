/**
 * What the engine asks of OBS while it coaches: saving best laps, chapters, a scene after incidents. Optional, and nothing waits for it: OBS may be late,
 * gone or hung. Whatever goes wrong is said once, in a sentence, and stands in the engine's health.
 */
import { type ObsHealth, type ObsSettings, obsSettings } from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { BestLapSaver } from './best-lap-saver.ts';
import { IncidentScene } from './incident-scene.ts';
import { LapChapters } from './lap-chapters.ts';
import { type Later, ObsLink } from './obs-link.ts';
import type { ObsDeskParts, WarningName } from './obs-parts.ts';

export interface ObsDeskOptions {
  password(): string | null;
  /** The store's best own time on a track in a car, in seconds. */
  bestTimeS(trackKey: string, carKey: string): Promise<number | null>;
  nowMs(): number;
  later: Later;
  tell(line: string): void;
}

interface Working {
  link: ObsLink;
  scene: IncidentScene;
  chapters: LapChapters | null;
}

const off: ObsHealth = { state: 'off', text: 'OBS is not asked for anything.', warnings: [] };

export class ObsDesk {
  readonly #options: ObsDeskOptions;
  readonly #saver: BestLapSaver;
  readonly #parts: ObsDeskParts;
  readonly #warnings = new Map<WarningName, string>();
  #settings: ObsSettings = obsSettings.parse({});
  #health: Omit<ObsHealth, 'warnings'> = off;
  #working: Working | null = null;

  constructor(options: ObsDeskOptions) {
    this.#options = options;
    const { nowMs, later } = options;
    this.#parts = {
      nowMs,
      later,
      client: () => this.#working?.link.client ?? null,
      warn: (name, text) => this.#warn(name, text),
      tell: (line) => options.tell(line),
    };
    this.#saver = new BestLapSaver(this.#parts, () => this.#working !== null && this.#settings.saveBestLaps);
  }

  /** Settings that changed hold at once; the same ones change nothing, and neither does what viewers may see: that is the hub's. */
  apply(settings: ObsSettings): void {
    if (this.#working !== null && asksTheSame(settings, this.#settings)) return;
    this.#settings = settings;
    void this.retry();
  }

  /** The password is another: connects anew. Resolves when the old connection is left. */
  retry(): Promise<void> {
    const left = this.#stop();
    if (this.#settings.enabled) this.#start();
    return left;
  }

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('note', 'obs', (note) => {
      if (note.type !== 'session') return;
      const { trackKey, carKey } = note.facts;
      this.#saver.begin(`${trackKey} ${carKey}`, () => this.#options.bestTimeS(trackKey, carKey));
    });
    bus.subscribe('event', 'obs', ({ event }) => {
      // Also while OBS is away: what the best is must be known when it comes back.
      if (event.type === 'lap') this.#saver.lap(event);
      if (event.type === 'lap') return this.#working?.chapters?.lap(event);
      if (event.type === 'status') return this.#working?.scene.status(event);
    });
  }

  health(): ObsHealth {
    return { ...this.#health, warnings: [...this.#warnings.values()] };
  }

  /** Resolves when OBS was left as the streamer had it, or after half a second. */
  close(): Promise<void> {
    return this.#stop();
  }

  #start(): void {
    const settings = this.#settings;
    const scene = new IncidentScene(this.#parts, settings);
    const chapters = settings.chapters ? new LapChapters(this.#parts) : null;
    const link = new ObsLink({
      address: settings.address,
      password: this.#options.password,
      later: this.#options.later,
      events: {
        scene: (name) => scene.sceneIs(name),
        recording: (active) => chapters?.recording(active),
        replayBuffer: () => void this.#saver.check(),
      },
      onConnected: () => {
        void scene.connected();
        void chapters?.connected();
        void this.#saver.check();
      },
      onState: (state, text) => this.#become(state, text),
    });
    this.#working = { link, scene, chapters };
  }

  #stop(): Promise<void> {
    const last = this.#working?.scene.close() ?? null;
    this.#working?.link.close(last);
    this.#working = null;
    this.#saver.close();
    this.#warnings.clear();
    this.#health = off;
    return last ?? Promise.resolve();
  }

  #become(state: ObsHealth['state'], text: string): void {
    if (text !== this.#health.text) this.#options.tell(text);
    this.#health = { state, text };
  }

  #warn(name: WarningName, text: string | null): void {
    if (text === (this.#warnings.get(name) ?? null)) return;
    if (text === null) this.#warnings.delete(name);
    else {
      this.#warnings.set(name, text);
      this.#options.tell(text);
    }
  }
}

const asksTheSame = ({ viewers: _, ...now }: ObsSettings, { viewers: __, ...before }: ObsSettings): boolean =>
  JSON.stringify(now) === JSON.stringify(before);
