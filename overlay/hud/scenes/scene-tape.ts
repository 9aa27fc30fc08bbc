/**
 * Plays named scenes through the real page: messages and snapshots go into a `HudState` at a clock of its own, so that a
 * picture shows what a driver would see and not what a test wished for.
 */
import {
  type CoachEvent,
  defaultLook,
  emptySnapshot,
  type HubMessage,
  type HubReference,
  type LookSettings,
  type PartialWidgetOptions,
  type Snapshot,
  snapshotBytes,
  widgetOptions,
  writeSnapshot,
} from '@racing-coach/contract';
import type { HudFrame } from '../frame.ts';
import { HudState } from '../hud-state.ts';
import type { WidgetName } from '../places.ts';
import { type HudSetup, hudSetup } from '../setup.ts';
import { driveTo, statusIndex, timeAtS } from './synthetic-drive.ts';
import { syntheticReference } from './synthetic-lap.ts';

const tickMs = 1000 / 60;

export interface Scene {
  name: string;
  /** Where it differs from the settings' defaults. */
  look?: Partial<LookSettings>;
  options?: PartialWidgetOptions;
  play(tape: SceneTape): void;
}

/**
 * The settings that a scene is played with.
 * @param look on top of the scene's own
 */
export function sceneSetup(
  scene: Scene,
  shown: readonly WidgetName[],
  look: Partial<LookSettings> = {},
): HudSetup {
  return hudSetup({
    look: { ...defaultLook, ...scene.look, ...look },
    widgets: widgetOptions.parse(scene.options ?? {}),
    shown,
  });
}

export class SceneTape {
  readonly state = new HudState();
  readonly #onFrame: (frame: HudFrame) => void;
  readonly #snapshot: Snapshot = emptySnapshot();
  #nowMs = 10_000;
  reference: HubReference = syntheticReference();

  /** @param onFrame called after each tick, as an animation frame would */
  constructor(onFrame: (frame: HudFrame) => void, setup: HudSetup) {
    this.#onFrame = onFrame;
    this.state.setup = setup;
    this.#snapshot.sessionTimeS = 0;
    this.#snapshot.corner = -1;
    this.#snapshot.nextCorner = -1;
    this.#snapshot.learnedPasses = -1;
    this.#snapshot.carLeftRight = 1;
  }

  /** The hub answers; with a reference unless it has none. */
  connect(reference: HubReference | null = this.reference): this {
    this.state.setLink('open');
    this.state.take({ type: 'clock', nowMs: this.#nowMs }, this.#nowMs);
    this.state.take({ type: 'reference', reference }, this.#nowMs);
    return this.frame();
  }

  /** Drives the made-up lap up to a place; `change` alters each snapshot before it is sent. */
  drive(toM: number, seconds = 4.5, change: (snapshot: Snapshot) => void = () => {}): this {
    const endS = timeAtS(toM);
    const ticks = Math.round(Math.min(seconds, endS) * 60);
    for (let tick = ticks; tick >= 0; tick -= 1) {
      driveTo(this.#snapshot, endS - tick / 60);
      change(this.#snapshot);
      this.#send();
    }
    return this;
  }

  /** Half a second of the same snapshot: a car in a status in which nothing moves. */
  hold(status: Parameters<typeof statusIndex>[0], flags: number): this {
    this.#snapshot.status = statusIndex(status);
    this.#snapshot.flags = flags;
    for (let tick = 0; tick < 30; tick += 1) this.#send();
    return this;
  }

  /** The page's clock, and the engine's. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** The coach says something. */
  event(event: CoachEvent): this {
    return this.say({ type: 'event', event });
  }

  /** The hub sends something: fuel, laps, the cars around and so on. */
  say(message: HubMessage): this {
    this.state.take(message, this.#nowMs);
    return this;
  }

  /** Time passes without snapshots. */
  wait(ms: number): this {
    for (let passed = 0; passed < ms; passed += tickMs) {
      this.#nowMs += tickMs;
      this.frame();
    }
    return this;
  }

  disconnect(): this {
    this.state.setLink('closed');
    return this.wait(300);
  }

  frame(): this {
    this.#onFrame(this.state.frameAt(this.#nowMs));
    return this;
  }

  #send(): void {
    this.#nowMs += tickMs;
    this.#snapshot.sequence += 1;
    this.#snapshot.sample += 1;
    this.#snapshot.readAtMs = this.#nowMs;
    this.#snapshot.sessionTimeS += 1 / 60;
    const bytes = new ArrayBuffer(snapshotBytes);
    writeSnapshot(new DataView(bytes), this.#snapshot);
    this.state.takeSnapshot(bytes, this.#nowMs);
    this.frame();
  }
}
