/** Has the stage made again when the settings changed; while that goes on, the newest settings wait. */
import type { HudSetup } from './setup.ts';

export class SetupWatch {
  #current: HudSetup;
  #changing = false;
  readonly #change: (setup: HudSetup) => Promise<void>;

  constructor(current: HudSetup, change: (setup: HudSetup) => Promise<void>) {
    this.#current = current;
    this.#change = change;
  }

  /** Called for every frame. */
  look(setup: HudSetup): void {
    if (setup === this.#current || this.#changing) return;
    this.#current = setup;
    this.#changing = true;
    void this.#change(setup).finally(() => {
      this.#changing = false;
    });
  }
}
