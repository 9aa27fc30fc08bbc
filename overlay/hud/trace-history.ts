/**
 * The last seconds of four traces, one value a tick, newest last; a view may show fewer. Missed ticks (a slow page gets the newest snapshot
 * only) are filled along a straight line; a gap longer than that, or a jump, empties the history.
 */
export const pastTicks = 360;
/**
 * A quarter of a second of missing rows is still a line worth drawing: a slow page, or a replay at several times speed,
 * of which the hub sends the newest row only.
 */
const longestGapTicks = 15;

/** Height of the plot in layout pixels: what turns a change of value into a length along the line. */
export const plotHeight = 92;
/** Width of the plot's past in layout pixels, whatever the seconds that it shows. */
export const pastWidth = 240;

/** Layout pixels for a tick, so that so many seconds fill the plot. */
export const tickWidthOf = (seconds: number) => pastWidth / (seconds * 60);

export const traceNames = ['throttle', 'brake', 'referenceThrottle', 'referenceBrake'] as const;
export type TraceName = (typeof traceNames)[number];
export type TraceValues = Readonly<Record<TraceName, number>>;

export class TraceHistory {
  readonly traces: Record<TraceName, Float32Array> = {
    throttle: empty(),
    brake: empty(),
    referenceThrottle: empty(),
    referenceBrake: empty(),
  };
  /** Layout pixels for a tick. */
  tickWidth = 1;
  /** Length of each line since the start, in layout pixels: dashes are tied to it, so that they travel with the line. */
  readonly lengths: Record<TraceName, number> = {
    throttle: 0,
    brake: 0,
    referenceThrottle: 0,
    referenceBrake: 0,
  };
  #sample = Number.NaN;

  /** Counts changes, so that a view knows when to draw. */
  revision = 0;

  /** @param sample the source's row number */
  push(sample: number, values: TraceValues): void {
    const ticks = sample - this.#sample;
    if (ticks === 0) return;
    this.revision += 1;
    if (!(ticks > 0 && ticks <= longestGapTicks)) this.clear();
    const count = ticks > 0 && ticks <= longestGapTicks ? ticks : 1;
    for (const name of traceNames) {
      const before = this.traces[name][pastTicks - 1] ?? Number.NaN;
      this.lengths[name] += lineLength(count * this.tickWidth, values[name] - before);
      extend(this.traces[name], values[name], count);
    }
    this.#sample = sample;
  }

  clear(): void {
    this.revision += 1;
    for (const name of traceNames) this.traces[name].fill(Number.NaN);
    this.#sample = Number.NaN;
  }
}

/** Length of a piece of the line; level where a value is missing. */
export const lineLength = (width: number, change: number) =>
  Number.isFinite(change) ? Math.hypot(width, change * plotHeight) : width;

const empty = () => new Float32Array(pastTicks).fill(Number.NaN);

function extend(trace: Float32Array, value: number, count: number): void {
  const before = trace[pastTicks - 1] ?? Number.NaN;
  trace.copyWithin(0, count);
  for (let step = 1; step <= count; step += 1) {
    const between = before + ((value - before) * step) / count;
    trace[pastTicks - count + step - 1] = step === count || Number.isNaN(before) ? value : between;
  }
}
