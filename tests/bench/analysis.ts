/** A lap of 5,400 rows: grid, brake zones, corners, metrics; and one step of the coach. */
import { type Bench, median, quantile } from './bench.ts';
import { rustExample } from './programs.ts';

interface Timings {
  /** Nanoseconds of each repeat. */
  ns: number[];
}

export const analysisBench: Bench = {
  name: 'analysis',
  title: 'Analysis of a lap of 5,400 rows',
  async run({ root, quick }) {
    const repeats = quick ? '50' : '300';
    const { ns } = await rustExample<Timings>(root, 'racing-coach-core', 'bench_analysis', [repeats]);
    const ms = ns.map((value) => value / 1e6);
    return {
      measurements: [
        // The Python version of this product stated 10 to 20 ms for brake zones and 20 to 30 ms for corners of such a lap.
        {
          what: 'median',
          ours: median(ms),
          unit: 'ms',
          peer: { name: 'the Python version, as stated', value: 30 },
          wanted: '< 2 ms',
          met: median(ms) < 2,
        },
        { what: 'p99', ours: quantile(ms, 0.99), unit: 'ms' },
      ],
    };
  },
};

export const stepBench: Bench = {
  name: 'step',
  title: 'One step of the coach',
  async run({ root, quick }) {
    const laps = quick ? '3' : '20';
    const { ns } = await rustExample<Timings>(root, 'racing-coach-core', 'bench_step', [laps]);
    const us = ns.map((value) => value / 1e3);
    const p99 = quantile(us, 0.99);
    return {
      measurements: [
        { what: 'median', ours: median(us), unit: 'µs' },
        { what: 'p99', ours: p99, unit: 'µs', wanted: '< 10 µs', met: p99 < 10 },
        { what: 'longest', ours: Math.max(...us), unit: 'µs' },
      ],
    };
  },
};
