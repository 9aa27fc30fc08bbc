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

export class LatencyLog {
  readonly #drawn: DrawnSnapshot[] = [];
  #next = 0;
  #last = -1;

  /** Counts a snapshot once, however many frames show it. */
  note(snapshot: Omit<DrawnSnapshot, 'latencyMs'>, latencyMs: number): boolean {
    if (snapshot.sequence === this.#last || !Number.isFinite(latencyMs)) return false;
    this.#last = snapshot.sequence;
    this.#drawn[this.#next % kept] = { ...snapshot, latencyMs };
    this.#next += 1;
    return true;
  }

  /** The last snapshots drawn, oldest first. */
  list(): DrawnSnapshot[] {
    const start = this.#next % kept;
    return this.#next <= kept
      ? this.#drawn.slice()
      : [...this.#drawn.slice(start), ...this.#drawn.slice(0, start)];
  }

  clear(): void {
    this.#drawn.length = 0;
    this.#next = 0;
  }
}
