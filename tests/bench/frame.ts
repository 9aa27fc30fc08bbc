/** From the sample's reading to the animation frame that draws it, in a real Chromium. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { type Bench, quantile } from './bench.ts';
import { startEngine } from './programs.ts';

const flags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
];

interface Drawn {
  latencyMs: number;
}

export const frameBench: Bench = {
  name: 'frame',
  title: 'Sample to animation frame in Chromium',
  async run({ root, cache, session, quick }) {
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: flags }).catch(() => null);
    if (browser === null) return { measurements: [], skipped: `no Chromium at ${executablePath}` };
    const words = ['replay', session, '--speed', '1', '--reference', 'own-best'];
    const engine = await startEngine(root, words, join(cache, 'frame'));
    try {
      // A HUD is a few small windows; without a graphics card every pixel costs processor time that a driver's machine does not spend.
      const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
      await page.goto(engine.urls.hud);
      await sleep(4000);
      const read = 'window.__racingCoach.drawn()';
      await page.evaluate('window.__racingCoach.clear()');
      await sleep(quick ? 10_000 : 30_000);
      const drawn = (await page.evaluate(read)) as Drawn[];
      const latencies = drawn.map((one) => one.latencyMs);
      const p95 = quantile(latencies, 0.95);
      return {
        measurements: [
          { what: `median of ${drawn.length} snapshots`, ours: quantile(latencies, 0.5), unit: 'ms' },
          { what: 'p95', ours: p95, unit: 'ms', wanted: '< 20 ms', met: p95 < 20 },
          { what: 'p99', ours: quantile(latencies, 0.99), unit: 'ms' },
        ],
      };
    } finally {
      await browser.close();
      await engine.stop();
    }
  },
};
