/** A chapter for each lap in OBS' recording, set at the line. A recording that takes none is tried once. */
import type { LapEvent } from '@racing-coach/contract';
import { ObsFailure } from './obs-client.ts';
import type { ObsDeskParts } from './obs-parts.ts';
import { chapterFailed } from './obs-words.ts';

export class LapChapters {
  readonly #parts: ObsDeskParts;
  #recording = false;
  #refused = false;

  constructor(parts: ObsDeskParts) {
    this.#parts = parts;
  }

  /** OBS is there: it may record already. */
  async connected(): Promise<void> {
    const obs = this.#parts.client();
    if (obs === null) return;
    try {
      this.recording((await obs.call('GetRecordStatus')).outputActive);
    } catch {
      // OBS went away meanwhile: the link says so.
    }
  }

  /** Another recording may be of another format. */
  recording(active: boolean): void {
    this.#recording = active;
    this.#refused = false;
  }

  /** At the line; the chapter is that of the lap that begins. A lap that a reset, a tow or the pits broke off ended elsewhere. */
  async lap({ settled, lap, reasons }: LapEvent): Promise<void> {
    const { client, warn } = this.#parts;
    const obs = client();
    const atTheLine = !settled && !reasons.includes('ends-mid-lap');
    if (!atTheLine || obs === null || !this.#recording || this.#refused) return;
    try {
      await obs.call('CreateRecordChapter', { chapterName: `Lap ${lap + 1}` });
      warn('chapters', null);
    } catch (thrown) {
      const failure = ObsFailure.from(thrown);
      // Silence is no refusal: the next lap tries again.
      if (failure.code === 0) return;
      this.#refused = true;
      warn('chapters', chapterFailed(failure));
    }
  }
}
