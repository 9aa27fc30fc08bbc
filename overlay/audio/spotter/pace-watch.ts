/**
 * Whether the field is led round: cars beside are where they belong then. The coach's status tells it, except where a status that comes before hides it (a
 * wheel on the grass, a tow): until another word what was holds on. A caution is also in the sim's flags, which nothing hides.
 *
 * A pure state machine over (status, flags).
 */
import type { StatusCode } from '@racing-coach/contract';

const paced: ReadonlySet<string> = new Set<StatusCode>(['pacing', 'caution']);
/** Statuses of a car on the track that the coach names before pace and caution. */
const hiding: ReadonlySet<string> = new Set<StatusCode>(['off-track', 'reset']);
/** `irsdk_caution` and `irsdk_cautionWaving`. */
const cautionBits = 0xc000;

export class PaceWatch {
  #paced = false;

  step(status: StatusCode | null, sessionFlags: number): boolean {
    if (status !== null && !hiding.has(status)) this.#paced = paced.has(status);
    return this.#paced || (sessionFlags & cautionBits) !== 0;
  }

  forget(): void {
    this.#paced = false;
  }
}
