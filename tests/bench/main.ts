/** `racing-coach bench`: runs the benchmarks, prints their tables (or one JSON document with `--json`). `--only NAME`, `--quick`. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { analysisBench, stepBench } from './analysis.ts';
import { type Bench, type BenchPlaces, type BenchResult, resultTable } from './bench.ts';
import { columnsBench } from './columns.ts';
import { frameBench } from './frame.ts';
import { growthBench } from './growth.ts';
import { hudBench } from './hud.ts';
import { liveBench } from './live.ts';
import { paceBench } from './pace.ts';
import { runEngine } from './programs.ts';
import { serverBench } from './server.ts';
import { telemetryBench } from './telemetry.ts';

const benches: Bench[] = [
  columnsBench,
  analysisBench,
  stepBench,
  paceBench,
  liveBench,
  growthBench,
  frameBench,
  hudBench,
  serverBench,
  telemetryBench,
];

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, only: { type: 'string' } },
});
const root = join(import.meta.dirname, '..', '..');
const cache = join(root, '.cache', 'bench');
const session = join(cache, 'session.ibt');

async function prepare(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  if (existsSync(session)) return;
  await runEngine(root, ['simulate', '--laps', '10', '--seed', '1', '--out', session]);
}

async function runOne(bench: Bench, places: BenchPlaces): Promise<BenchResult> {
  process.stderr.write(`${bench.title} …\n`);
  try {
    return await bench.run(places);
  } catch (error) {
    return {
      measurements: [],
      skipped: `it failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

const chosen = benches.filter((bench) => !values.only || bench.name === values.only);
if (chosen.length === 0) {
  const message = `There is no benchmark ${values.only}. Known: ${benches.map((b) => b.name).join(', ')}.`;
  process.stderr.write(`racing-coach: ${message}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify({ error: { code: 'usage', message } })}\n`);
  process.exit(2);
}
await prepare();
const places: BenchPlaces = { root, cache, session, quick: values.quick ?? false };
const results: Record<string, { title: string } & BenchResult> = {};
for (const bench of chosen) {
  const result = await runOne(bench, places);
  results[bench.name] = { title: bench.title, ...result };
  if (!values.json) process.stdout.write(`${resultTable(bench.title, result)}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify({ benches: results })}\n`);
