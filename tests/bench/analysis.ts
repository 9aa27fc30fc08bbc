/** A lap of 5,400 rows: grid, brake zones, corners, metrics; and one step of the coach. */
import type { Bench } from './bench.ts';
import { rustExample } from './programs.ts';

/** Medians in microseconds. */
interface AnalysisTimings {
  resampleUs: number;
  brakeZonesUs: number;
  cornersUs: number;
  metricsUs: number;
  totalUs: number;
}

/** Nanoseconds of a step, the clock's own cost in them. */
interface StepTimings {
  p50Ns: number;
  p99Ns: number;
  maxNs: number;
}

export const analysisBench: Bench = {
  name: 'analysis',
  title: 'Analysis of a lap of 5,400 rows',
  async run({ root }) {
    const times = await rustExample<AnalysisTimings>(root, 'racing-coach-core', 'bench_analysis', []);
    const ms = (us: number) => us / 1e3;
    return {
      measurements: [
        // The Python version of this product stated 10 to 20 ms for brake zones and 20 to 30 ms for corners of such a lap.
        {
          what: 'median of the whole',
          ours: ms(times.totalUs),
          unit: 'ms',
          peer: { name: 'the Python version, as stated', value: 30 },
          wanted: '< 2 ms',
          met: ms(times.totalUs) < 2,
        },
        { what: 'resampling', ours: ms(times.resampleUs), unit: 'ms' },
        { what: 'brake zones', ours: ms(times.brakeZonesUs), unit: 'ms' },
        { what: 'corners', ours: ms(times.cornersUs), unit: 'ms' },
        { what: 'metrics', ours: ms(times.metricsUs), unit: 'ms' },
      ],
    };
  },
};

export const stepBench: Bench = {
  name: 'step',
  title: 'One step of the coach',
  async run({ root }) {
    const { p50Ns, p99Ns, maxNs } = await rustExample<StepTimings>(
      root,
      'racing-coach-core',
      'bench_step',
      [],
    );
    const p99 = p99Ns / 1e3;
    return {
      measurements: [
        { what: 'median', ours: p50Ns / 1e3, unit: 'µs' },
        { what: 'p99', ours: p99, unit: 'µs', wanted: '< 10 µs', met: p99 < 10 },
        { what: 'longest', ours: maxNs / 1e3, unit: 'µs' },
      ],
    };
  },
};
