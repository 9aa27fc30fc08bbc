/** Where the dot has been: a place every `stepMs`, the newest last, NaN where there is none. */
export const stepMs = 50;

export class Trail {
  readonly x: Float32Array;
  readonly y: Float32Array;
  #nextMs = Number.NEGATIVE_INFINITY;
  /** Counts changes that can be seen. */
  revision = 0;

  /** @param seconds 0: there is no trail */
  constructor(seconds: number) {
    const points = Math.round((seconds * 1000) / stepMs);
    this.x = new Float32Array(points).fill(Number.NaN);
    this.y = new Float32Array(points).fill(Number.NaN);
  }

  /** Takes the dot's place in when it is time; a dot that stands still on a trail that has caught up changes nothing. */
  push(x: number, y: number, nowMs: number): void {
    if (nowMs < this.#nextMs || this.x.length === 0) return;
    this.#nextMs = nowMs + stepMs;
    const settled =
      this.x.every((value) => Object.is(value, x)) && this.y.every((value) => Object.is(value, y));
    if (settled) return;
    this.x.copyWithin(0, 1);
    this.y.copyWithin(0, 1);
    this.x[this.x.length - 1] = x;
    this.y[this.y.length - 1] = y;
    this.revision += 1;
  }
}
