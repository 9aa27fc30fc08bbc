/** What was scheduled, and when: for tests, for the latency figures and for whoever asks why he heard nothing. */

export interface SoundNote {
  /** A tone's name, the words of a sentence, or what was left out. */
  what: string;
  does: 'tone' | 'speech' | 'drop';
  /** The page's clock when it was given to the device, in ms. */
  scheduledMs: number;
  /** The page's clock when what caused it happened or arrived, in ms. */
  causeMs: number;
  /** The device's clock at which it begins, in seconds; NaN for what was left out. */
  startS: number;
  /** Why it was left out. */
  reason?: string;
}

/** A lap or two. */
const mostNotes = 500;

export class SoundLog {
  readonly #notes: SoundNote[] = [];

  add(note: SoundNote): void {
    this.#notes.push(note);
    if (this.#notes.length > mostNotes) this.#notes.shift();
  }

  list(): SoundNote[] {
    return [...this.#notes];
  }
}
