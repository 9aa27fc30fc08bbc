/**
 * Widgets under load: random valid messages and a car that laps, frame after frame as fast as they can be drawn, with another look now and then. For a test
 * that watches memory and errors from outside.
 */
import {
  defaultLook,
  emptySnapshot,
  languages,
  snapshotBytes,
  themes,
  widgetOptionSchemas,
  widgetOptions,
  writeSnapshot,
} from '@racing-coach/contract';
import { HudState } from '../hud/hud-state.ts';
import type { WidgetName } from '../hud/places.ts';
import { boardScenes } from '../hud/scenes/board-table.ts';
import { type Random, randomBoardMessage, seeded } from '../hud/scenes/random-board.ts';
import { drivenLapTimeS, driveTo } from '../hud/scenes/synthetic-drive.ts';
import { syntheticReference } from '../hud/scenes/synthetic-lap.ts';
import { type HudSetup, hudSetup } from '../hud/setup.ts';
import { loadFonts, Stage } from '../hud/stage.ts';

const tickMs = 1000 / 60;
const framesALook = 400;
const messageChance = 0.3;
const names = Object.keys(boardScenes) as WidgetName[];

export class StressRun {
  readonly #random: Random;
  readonly #state = new HudState();
  readonly #snapshot = emptySnapshot();
  #stage: Stage | null = null;
  #frame = 0;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#state.setLink('open');
    this.#state.take({ type: 'reference', reference: syntheticReference() }, 0);
  }

  /** Returns how many pictures were drawn. */
  async run(frames: number): Promise<number> {
    let rendered = 0;
    for (let count = 0; count < frames; count += 1) {
      if (this.#frame % framesALook === 0) await this.#dress();
      this.#frame += 1;
      this.#tick();
      this.#stage?.update(this.#state.frameAt(this.#frame * tickMs));
      rendered += this.#stage?.render() ?? 0;
      // The browser must get its turn, or nothing that was given up is ever collected.
      if (count % 50 === 0) await new Promise(requestAnimationFrame);
    }
    return rendered;
  }

  async #dress(): Promise<void> {
    const setup = randomSetup(this.#random);
    this.#state.setup = setup;
    if (this.#stage !== null) return this.#stage.change(setup, names);
    await loadFonts();
    const { innerWidth: width, innerHeight: height, devicePixelRatio } = window;
    this.#stage = await Stage.create(document.body, { width, height, devicePixelRatio }, setup, names);
  }

  #tick(): void {
    const nowMs = this.#frame * tickMs;
    const snapshot = this.#snapshot;
    driveTo(snapshot, (nowMs / 1000) % drivenLapTimeS);
    snapshot.sequence = this.#frame;
    snapshot.sample = this.#frame;
    snapshot.sessionTimeS = nowMs / 1000;
    snapshot.readAtMs = nowMs;
    const bytes = new ArrayBuffer(snapshotBytes);
    writeSnapshot(new DataView(bytes), snapshot);
    this.#state.takeSnapshot(bytes, nowMs);
    if (this.#random() < messageChance) this.#state.take(randomBoardMessage(this.#random), nowMs);
  }
}

/** Any look, and any value of every option. */
function randomSetup(random: Random): HudSetup {
  const one = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const options = names.map((name) => [
    name,
    Object.fromEntries(
      Object.entries(widgetOptionSchemas[name].options).map(([key, option]) => {
        if (option.kind === 'switch') return [key, random() < 0.5];
        if (option.kind === 'choice') return [key, one(Object.keys(option.choices))];
        const steps = Math.round((option.max - option.min) / option.step);
        return [key, option.min + option.step * Math.floor(random() * (steps + 1))];
      }),
    ),
  ]);
  return hudSetup({
    look: {
      ...defaultLook,
      theme: one(themes),
      language: one(languages),
      units: random() < 0.5 ? 'metric' : 'imperial',
    },
    widgets: widgetOptions.parse(Object.fromEntries(options)),
    shown: names,
  });
}
