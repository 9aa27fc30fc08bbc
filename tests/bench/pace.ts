/** A replay at 1x: does the engine hold 60 Hz, how late are its ticks, what does it take of the machine? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Bench, Measurement } from './bench.ts';
import { quantile } from './bench.ts';
import { runEngine, startEngine } from './programs.ts';

const clockTicksPerSecond = 100;

/** Seconds of processor time and MB of memory of a process; Linux only. */
function load(pid: number): { cpuS: number; memoryMb: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const cpuS = (Number(fields[11]) + Number(fields[12])) / clockTicksPerSecond;
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return { cpuS, memoryMb: Number(rss?.[1] ?? Number.NaN) / 1024 };
}

/** Arrival times of snapshots at a client, in ms. */
async function arrivals(hub: string, seconds: number): Promise<number[]> {
  const socket = new WebSocket(hub);
  const times: number[] = [];
  socket.on('message', (_, isBinary) => {
    if (isBinary) times.push(performance.now());
  });
  await new Promise((done, failed) => socket.on('open', done).on('error', failed));
  await sleep(seconds * 1000);
  socket.close();
  return times;
}

export const paceBench: Bench = {
  name: 'pace',
  title: 'The engine during a replay at 1x',
  async run({ root, cache, session, quick }) {
    if (process.platform !== 'linux')
      return { measurements: [], skipped: 'reads /proc, which only Linux has' };
    const seconds = quick ? 10 : 30;
    const words = ['replay', session, '--speed', '1', '--reference', 'own-best'];
    const engine = await startEngine(root, words, join(cache, 'pace'));
    const pid = engine.child.pid ?? 0;
    await sleep(3000);
    const before = load(pid);
    const began = performance.now();
    const times = await arrivals(engine.urls.hub, seconds);
    const elapsedS = (performance.now() - began) / 1000;
    const after = load(pid);
    await engine.stop();
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
    const rate = (1000 * gaps.length) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
    const cpu = (100 * (after.cpuS - before.cpuS)) / elapsedS;
    return {
      measurements: [
        {
          what: 'snapshots a second at a client',
          ours: rate,
          unit: 'Hz',
          wanted: '60.0 +-0.1',
          met: Math.abs(rate - 60) <= 0.1,
        },
        { what: 'distance of snapshots, p99', ours: quantile(gaps, 0.99), unit: 'ms' },
        { what: 'processor, of one core', ours: cpu, unit: '%', wanted: '< 5 %', met: cpu < 5 },
        { what: 'memory', ours: after.memoryMb, unit: 'MB', wanted: '< 150 MB', met: after.memoryMb < 150 },
        ...(await lateness(root, session, join(cache, 'pace'), quick)),
      ],
    };
  },
};

/** What the runner's own histogram says at the end of a run. */
async function lateness(
  root: string,
  session: string,
  dataDir: string,
  quick: boolean,
): Promise<Measurement[]> {
  const speed = quick ? '4' : '1';
  const words = [
    'replay',
    session,
    '--speed',
    speed,
    '--laps',
    '1..1',
    '--no-serve',
    '--json',
    '--data-dir',
    dataDir,
  ];
  const lines = (await runEngine(root, words)).trim().split('\n');
  const { statistics } = JSON.parse(lines.at(-1) ?? '{}') as {
    statistics?: { latenessP99Ms: number; stepP99Us: number };
  };
  if (!statistics) return [];
  const { latenessP99Ms, stepP99Us } = statistics;
  return [
    {
      what: `lateness of a row at ${speed}x, p99`,
      ours: latenessP99Ms,
      unit: 'ms',
      wanted: '< 2 ms',
      met: latenessP99Ms < 2,
    },
    // Not the tight loop of the step benchmark: between two rows the thread sleeps and the caches go cold.
    {
      what: `coach step at ${speed}x, caches cold, p99`,
      ours: stepP99Us,
      unit: 'µs',
      wanted: '< 10 µs',
      met: stepP99Us < 10,
    },
  ];
}
