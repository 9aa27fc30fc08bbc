/**
 * How old a sample is when its picture is done: from the engine reading it to the end of drawing in the animation frame.
 * For `window.__racingCoach`, where the benchmark reads it; the display's own delay is not in it.
 */
export interface DrawnSnapshot {
  sequence: number;
  /** The engine's stamp. */
  readAtMs: number;
  /** The page's clock at the end of drawing. */
  drawnAtMs: number;
  /** Sample to drawn, on the page's clock; the clocks' mapping hides the quickest transport, well under a millisecond. */
  latencyMs: number;
}

const kept = 4096;
const fields = 4;

/** Takes no memory beyond what it begins with. */
export class LatencyLog {
  readonly #values = new Float64Array(kept * fields);
  #next = 0;
  #last = -1;

  /** Counts a snapshot once, however many frames show it. */
  note(sequence: number, readAtMs: number, drawnAtMs: number, latencyMs: number): boolean {
    if (sequence === this.#last || !Number.isFinite(latencyMs)) return false;
    this.#last = sequence;
    const at = (this.#next % kept) * fields;
    this.#values[at] = sequence;
    this.#values[at + 1] = readAtMs;
    this.#values[at + 2] = drawnAtMs;
    this.#values[at + 3] = latencyMs;
    this.#next += 1;
    return true;
  }

  /** The last snapshots drawn, oldest first. */
  list(): DrawnSnapshot[] {
    const count = Math.min(kept, this.#next);
    return Array.from({ length: count }, (_, index) => this.#at((this.#next - count + index) % kept));
  }

  clear(): void {
    this.#next = 0;
  }

  /** The newest snapshot that was drawn; -1 before there is one. */
  get last(): number {
    return this.#last;
  }

  #at(index: number): DrawnSnapshot {
    const [sequence = -1, readAtMs = Number.NaN, drawnAtMs = Number.NaN, latencyMs = Number.NaN] =
      this.#values.subarray(index * fields, (index + 1) * fields);
    return { sequence, readAtMs, drawnAtMs, latencyMs };
  }
}
