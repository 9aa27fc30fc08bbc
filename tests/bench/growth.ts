/** Memory over an hour of replay, accelerated: it must not grow. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Bench, median } from './bench.ts';
import { startEngine } from './programs.ts';

const speed = 60;

function memoryMb(pid: number): number {
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(rss?.[1] ?? Number.NaN) / 1024;
}

export const growthBench: Bench = {
  name: 'growth',
  title: `Memory over an hour of samples at ${speed}x, with a page's worth of messages`,
  async run({ root, cache, quick }) {
    if (process.platform !== 'linux')
      return { measurements: [], skipped: 'reads /proc, which only Linux has' };
    const seconds = quick ? 20 : 3600 / speed;
    const engine = await startEngine(root, ['demo', '--speed', String(speed)], join(cache, 'growth'));
    const socket = new WebSocket(engine.urls.hub);
    socket.on('message', () => {});
    const pid = engine.child.pid ?? 0;
    const samples: number[] = [];
    for (let second = 0; second < seconds; second += 1) {
      await sleep(1000);
      samples.push(memoryMb(pid));
    }
    socket.close();
    await engine.stop();
    // The first quarter warms up; compare the second with the last.
    const quarter = Math.floor(samples.length / 4);
    const early = median(samples.slice(quarter, 2 * quarter));
    const late = median(samples.slice(-quarter));
    return {
      measurements: [
        { what: 'second quarter', ours: early, unit: 'MB', wanted: '< 150 MB', met: early < 150 },
        { what: 'last quarter', ours: late, unit: 'MB', wanted: '< 150 MB', met: late < 150 },
        { what: 'growth', ours: late - early, unit: 'MB', wanted: '< 5 MB', met: late - early < 5 },
      ],
    };
  },
};
