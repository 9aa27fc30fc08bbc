/** Live: the writing sim at 60 Hz and the engine as two processes. Is a tick lost, how late is a row, and what does a row cost? */
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineHealth, type RunnerStatistics } from '@racing-coach/contract';
import type { Bench, Measurement } from './bench.ts';
import { buildRust, rustExample, startEngine } from './programs.ts';

/** Of one stage of a row, µs. */
interface Stage {
  p50: number;
  p99: number;
}

/** What the example prints. */
interface TightLoop {
  readUs: Stage;
  decodeUs: Stage;
  stepUs: Stage;
  totalUs: Stage;
}

/** Longest work on a row that is wanted, µs. */
const mostWorkUs = 50;
const mostLatenessMs = 2;

export const liveBench: Bench = {
  name: 'live',
  title: 'Live, over the file-backed map',
  async run({ root, cache, session, quick }) {
    if (process.platform !== 'linux')
      return { measurements: [], skipped: 'waits on a futex, which only Linux has' };
    const seconds = quick ? 20 : 120;
    const { tight, paced } = {
      tight: await rustExample<TightLoop>(root, 'racing-coach-sources', 'bench_live', [session]),
      paced: await pacedRun(root, join(cache, 'live'), seconds),
    };
    return { measurements: [...tightRows(tight), ...pacedRows(paced, seconds)] };
  },
};

function tightRows({ readUs, decodeUs, stepUs, totalUs }: TightLoop): Measurement[] {
  const stages = { read: readUs, decode: decodeUs, step: stepUs };
  const rows = Object.entries(stages).map(([what, { p99 }]) => ({
    what: `${what} a row of 8,154 bytes, p99`,
    ours: p99,
    unit: 'µs',
  }));
  const wanted = `< ${mostWorkUs} µs`;
  return [
    ...rows,
    { what: 'the three together, p99', ours: totalUs.p99, unit: 'µs', wanted, met: totalUs.p99 < mostWorkUs },
  ];
}

function pacedRows({ source, workP99Us, latenessP99Ms }: RunnerStatistics, seconds: number): Measurement[] {
  const lost = source.missed;
  return [
    {
      what: `ticks lost in ${seconds} s at 60 Hz, of ${source.seen}`,
      ours: lost,
      unit: '',
      wanted: '0',
      met: lost === 0,
    },
    {
      what: 'lateness of a row, p99',
      ours: latenessP99Ms,
      unit: 'ms',
      wanted: `< ${mostLatenessMs} ms`,
      met: latenessP99Ms < mostLatenessMs,
    },
    {
      what: 'read, decode and step at 60 Hz, caches cold, p99',
      ours: workP99Us,
      unit: 'µs',
      wanted: `< ${mostWorkUs} µs`,
      met: workP99Us < mostWorkUs,
    },
  ];
}

/** The engine's own figures after it followed the sim for so long. */
async function pacedRun(root: string, folder: string, seconds: number): Promise<RunnerStatistics> {
  const program = await buildRust(root, 'racing-coach-simwriter', 'racing-coach-sim');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const map = join(folder, 'sim.map');
  const engine = await startEngine(
    root,
    ['start', '--source', `map:${map}`, '--no-open'],
    join(folder, 'data'),
  );
  const words = ['play', 'simcar', '--map', map, '--padding', '323', '--cars', '30', '--laps', '9', '--loop'];
  const sim = spawn(program, words, { stdio: 'ignore' });
  try {
    await sleep(seconds * 1000);
    const address = new URL(engine.urls.hud);
    address.pathname = '/api/health';
    return engineHealth.parse(await (await fetch(address)).json()).runner;
  } finally {
    sim.kill();
    await engine.stop();
  }
}
