/** Latencies in the steps that people are shown; see `latencyEdgesMs` of the contract. */
import { latencyEdgesMs } from '@racing-coach/contract';

export class LatencyCounts {
  readonly counts: number[] = new Array<number>(latencyEdgesMs.length + 1).fill(0);

  /** What is no time (a clock that is not known yet) does not count. */
  add(ms: number): void {
    if (!(ms >= 0)) return;
    let step = 0;
    while (step < latencyEdgesMs.length && ms > (latencyEdgesMs[step] ?? 0)) step += 1;
    this.counts[step] = (this.counts[step] ?? 0) + 1;
  }
}
