/** A histogram as lines of text: `up to 0.05 ms  #######  1234`. Steps at either end that hold nothing are left out. */
import { latencyEdgesMs } from '@racing-coach/contract';

const widest = 32;

export function latencyBars(counts: readonly number[]): string[] {
  const first = counts.findIndex((count) => count > 0);
  if (first < 0) return [];
  const last = counts.findLastIndex((count) => count > 0);
  const most = Math.max(...counts);
  return counts.slice(first, last + 1).map((count, index) => {
    // Whoever is there is seen, however few.
    const cells = count === 0 ? 0 : Math.max(1, Math.round((widest * count) / most));
    return `${edgeText(first + index)}  ${'#'.repeat(cells).padEnd(widest)}  ${count}`;
  });
}

function edgeText(step: number): string {
  const edge = latencyEdgesMs[step];
  const text = edge === undefined ? `longer than ${latencyEdgesMs.at(-1)} ms` : `up to ${edge} ms`;
  return text.padStart(18);
}

/** The edge that the share `p` of all stays under, for people: `0.1 ms`, `more than 100 ms`; null when nothing was counted. */
export function latencyAt(counts: readonly number[], p: number): string | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  const step = counts.findIndex((count) => {
    seen += count;
    return seen >= total * p;
  });
  const edge = latencyEdgesMs[step];
  return edge === undefined ? `more than ${latencyEdgesMs.at(-1)} ms` : `${edge} ms`;
}
