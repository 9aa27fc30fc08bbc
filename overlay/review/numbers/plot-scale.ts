/** Where a lap time stands on the plot. Slow laps are many and long: what is far off the best stands at the top edge, marked. */

export interface PlotScale {
  lowS: number;
  highS: number;
  /** Seconds of the lines, from low to high. */
  lines: number[];
}

/** At most this much slower than the best is drawn true to scale. */
const mostOverBest = 0.05;
const fewestS = 0.5;
const mostLines = 6;
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60];

/** @param times of laps that count, or of all where none does; null without any */
export function plotScale(times: readonly number[]): PlotScale | null {
  if (times.length === 0) return null;
  const best = Math.min(...times);
  const worst = Math.min(Math.max(...times), best * (1 + mostOverBest));
  const span = Math.max(worst - best, fewestS);
  const step = steps.find((one) => span / one <= mostLines - 1) ?? 60;
  const lowS = Math.floor((best - span * 0.05) / step) * step;
  const highS = Math.ceil((best + span * 1.05) / step) * step;
  const count = Math.round((highS - lowS) / step);
  return { lowS, highS, lines: Array.from({ length: count + 1 }, (_, at) => lowS + at * step) };
}

/** 0 at the bottom, 1 at the top; what is beyond either stays there. */
export function heightOf(timeS: number, { lowS, highS }: PlotScale): number {
  return Math.max(0, Math.min(1, (timeS - lowS) / (highS - lowS)));
}

/** -1 for a time below the plot, 1 for one above it: it is not where it is drawn. */
export function beyond(timeS: number, { lowS, highS }: PlotScale): -1 | 0 | 1 {
  return timeS < lowS ? -1 : timeS > highS ? 1 : 0;
}
