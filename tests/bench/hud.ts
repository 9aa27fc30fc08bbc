/**
 * What the HUD costs its page with every widget on, in Chromium with software rendering: a scripted session at 60 Hz, the same row again and again, and an hour
 * as fast as the page takes it. Without a graphics card the rendering itself takes the processor as well, beside the page.
 */
import { loadavg } from 'node:os';
import { chromiumPath } from '../visual/browser.ts';
import { MeasuredPage } from '../visual/measured-page.ts';
import { type Bench, type Measurement, quantile } from './bench.ts';

const ticksAnHour = 216_000;
/** The page's logs keep more than so many seconds of frames. */
const readEveryS = 30;
const standsS = 5;

export const hudBench: Bench = {
  name: 'hud',
  title: 'The HUD with every widget, in Chromium',
  async run({ quick }) {
    if (chromiumPath === undefined) return { measurements: [], skipped: 'no Chromium was found' };
    const page = await MeasuredPage.open();
    try {
      return {
        measurements: [
          ...(await atRealTime(page, quick ? 60 : 600)),
          await whileStanding(page),
          await overAnHour(page, quick ? ticksAnHour / 10 : ticksAnHour),
        ],
      };
    } finally {
      await page.close();
    }
  },
};

async function atRealTime(page: MeasuredPage, seconds: number): Promise<Measurement[]> {
  page.hub.play(page.session);
  // Shaders and glyphs are made when they are first needed.
  await page.page.waitForTimeout(5000);
  const [frameMs, latencyMs, load]: [number[], number[], number[]] = [[], [], []];
  for (let passedS = 0; passedS < seconds; passedS += readEveryS) {
    await page.clear();
    await page.page.waitForTimeout(Math.min(readEveryS, seconds - passedS) * 1000);
    frameMs.push(...(await page.frames()).ms);
    latencyMs.push(...(await page.latenciesMs()));
    load.push(loadavg()[0] ?? Number.NaN);
  }
  page.hub.stop();
  const mean = frameMs.reduce((sum, ms) => sum + ms, 0) / frameMs.length;
  const [p99, longest, p95] = [quantile(frameMs, 0.99), Math.max(...frameMs), quantile(latencyMs, 0.95)];
  return [
    { what: 'load of the machine meanwhile', ours: quantile(load, 0.5), unit: '' },
    {
      what: `page's thread a drawn frame, mean of ${frameMs.length} in ${seconds} s`,
      ours: mean,
      unit: 'ms',
      wanted: '< 2 ms',
      met: mean < 2,
    },
    { what: 'p99', ours: p99, unit: 'ms', wanted: '< 6 ms', met: p99 < 6 },
    { what: 'longest', ours: longest, unit: 'ms', wanted: '< 50 ms', met: longest < 50 },
    { what: 'tick to frame, p95', ours: p95, unit: 'ms', wanted: '< 20 ms', met: p95 < 20 },
  ];
}

async function whileStanding(page: MeasuredPage): Promise<Measurement> {
  const drawn = await page.drawnWhileStanding(standsS);
  const what = `frames drawn in ${standsS} s in which nothing changes`;
  return { what, ours: drawn, unit: '', wanted: '0', met: drawn === 0 };
}

async function overAnHour(page: MeasuredPage, ticks: number): Promise<Measurement> {
  await page.hasten(ticks / 2);
  const halfway = await page.heapBytes();
  await page.hasten(ticks / 2);
  const grown = ((await page.heapBytes()) - halfway) / 1e6;
  const what = `heap growth in the second half of ${Math.round(ticks / 3600)} accelerated minutes`;
  return { what, ours: grown, unit: 'MB', wanted: '< 1 MB', met: grown < 1 };
}
