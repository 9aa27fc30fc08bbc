/** Ten columns of an .ibt: ours against pyirsdk, which is what a user's Python script takes. */
import { join } from 'node:path';
import { type Bench, median } from './bench.ts';
import { pythonProgram, rustExample } from './programs.ts';

const columns = [
  ...['SessionTime', 'Lap', 'LapDist', 'LapDistPct', 'Speed'],
  ...['Throttle', 'Brake', 'Gear', 'SteeringWheelAngle', 'YawRate'],
];

interface Timing {
  rows: number;
  ms: number[];
  /** Sum of all values, so that both are seen to have read the same. */
  sum: number;
}

export const columnsBench: Bench = {
  name: 'columns',
  title: 'Reading ten columns of an .ibt',
  async run({ root, cache, session, quick }) {
    const repeats = String(quick ? 5 : 15);
    const words = [session, repeats, ...columns];
    const ours = await rustExample<Timing>(root, 'racing-coach-sources', 'bench_columns', words);
    const script = join(root, 'tests', 'bench', 'pyirsdk-columns.py');
    const peer = await pythonProgram<Timing>(cache, ['pyirsdk==1.3.7', 'PyYAML'], [script, ...words]);
    const oursMs = median(ours.ms);
    const what = `${ours.rows} rows, opening the file included`;
    if (peer === null)
      return {
        measurements: [{ what, ours: oursMs, unit: 'ms' }],
        skipped: 'pyirsdk could not be installed (python3 and pip are needed)',
      };
    if (Math.abs(peer.sum - ours.sum) > 1e-6 * Math.abs(ours.sum))
      throw new Error(`the readers disagree: ${ours.sum} and ${peer.sum}`);
    const peerMs = median(peer.ms);
    const met = peerMs / oursMs >= 20;
    return {
      measurements: [
        {
          what,
          ours: oursMs,
          unit: 'ms',
          peer: { name: 'pyirsdk 1.3.7', value: peerMs },
          wanted: '>= 20 times',
          met,
        },
      ],
    };
  },
};
