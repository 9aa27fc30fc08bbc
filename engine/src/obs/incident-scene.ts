/**
 * Another scene after an incident, and back again. The streamer's hand wins: never within half a minute of a switch of their own, and when they switch
 * meanwhile, theirs stays. When they switched last before we came is not known, so coming counts as a switch.
 */
import type { ObsSettings, StatusEvent } from '@racing-coach/contract';
import { ObsFailure } from './obs-client.ts';
import type { ObsDeskParts } from './obs-parts.ts';
import { sceneFailed } from './obs-words.ts';

export const handsOffMs = 30_000;
/** OBS answers within milliseconds; who ends waits no longer for it. */
const farewellMs = 500;

/** Codes of the table of statuses. A moved car is no incident: that is how drivers go back to the pits. */
const incidents = new Set(['off-track', 'wrong-way', 'damage', 'penalty']);

export class IncidentScene {
  readonly #parts: ObsDeskParts;
  readonly #settings: ObsSettings;
  /** The one on air; null while it is not known. */
  #scene: string | null = null;
  /** What we asked for and OBS has not confirmed. */
  #asked: string | null = null;
  #switchedAtMs = Number.POSITIVE_INFINITY;
  /** Where to go back to, while ours is shown. */
  #before: string | null = null;
  #cancelReturn = () => {};

  constructor(parts: ObsDeskParts, settings: ObsSettings) {
    this.#parts = parts;
    this.#settings = settings;
  }

  async connected(): Promise<void> {
    const obs = this.#parts.client();
    if (obs === null || this.#settings.incidentScene === null) return;
    this.#switchedAtMs = this.#parts.nowMs();
    try {
      this.#scene = (await obs.call('GetCurrentProgramScene')).currentProgramSceneName;
      // The time to go back came while OBS was away.
      if (this.#before !== null) this.#comeBackLater(0);
    } catch {
      this.#scene = null;
    }
  }

  /** OBS says which scene is on air now. */
  sceneIs(name: string): void {
    this.#scene = name;
    const ours = name === this.#asked;
    this.#asked = null;
    if (ours) return;
    this.#switchedAtMs = this.#parts.nowMs();
    this.#before = null;
    this.#cancelReturn();
  }

  async status({ status }: StatusEvent): Promise<void> {
    const { incidentScene } = this.#settings;
    if (incidentScene === null || !incidents.has(status)) return;
    // It goes on: so does the scene.
    if (this.#before !== null) return this.#comeBackLater();
    const before = this.#scene;
    const isFree = this.#parts.nowMs() - this.#switchedAtMs >= handsOffMs;
    if (!isFree || before === null || before === incidentScene) return;
    if (!(await this.#show(incidentScene))) return;
    this.#before = before;
    this.#comeBackLater();
  }

  /** Nobody would go back later: ours goes now. Resolves, soon, when OBS has heard of it; null where there is nothing to say. */
  close(): Promise<void> | null {
    this.#cancelReturn();
    const [before, obs] = [this.#before, this.#parts.client()];
    this.#before = null;
    if (before === null || obs === null || this.#scene !== this.#settings.incidentScene) return null;
    // Nobody is left to be warned.
    return this.#notLonger(obs.call('SetCurrentProgramScene', { sceneName: before }).catch(() => {}));
  }

  async #notLonger(heard: Promise<unknown>): Promise<void> {
    let cancel = () => {};
    const enough = new Promise<void>((done) => {
      cancel = this.#parts.later(farewellMs, done);
    });
    await Promise.race([heard, enough]);
    cancel();
  }

  #comeBackLater(ms = this.#settings.incidentSeconds * 1000): void {
    this.#cancelReturn();
    this.#cancelReturn = this.#parts.later(ms, () => void this.#comeBack());
  }

  async #comeBack(): Promise<void> {
    const before = this.#before;
    // Without OBS there is nothing to switch; when it is there again, see above.
    if (before === null || this.#parts.client() === null) return;
    this.#before = null;
    if (this.#scene === this.#settings.incidentScene) await this.#show(before);
  }

  async #show(scene: string): Promise<boolean> {
    const { client, warn } = this.#parts;
    this.#asked = scene;
    try {
      await client()?.call('SetCurrentProgramScene', { sceneName: scene });
      warn('scene', null);
      return client() !== null;
    } catch (thrown) {
      this.#asked = null;
      warn('scene', sceneFailed(ObsFailure.from(thrown), scene));
      return false;
    }
  }
}
