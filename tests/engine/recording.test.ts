/** The recorder on the real runner: what a live session will leave in the store. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapSummary, SessionNote } from '@racing-coach/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedSession } from '../../engine/src/library/importer.ts';
import { EventBus } from '../../engine/src/loop/event-bus.ts';
import { runSource } from '../../engine/src/loop/tick-loop.ts';
import type { EngineTopics } from '../../engine/src/loop/topics.ts';
import { loadNative } from '../../engine/src/native.ts';
import { Recorder } from '../../engine/src/store/recorder.ts';
import { openLapStore } from '../../engine/src/store/worker-lap-store.ts';

let folder: string;
let drive: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-recording-'));
  drive = join(folder, 'seed-5.ibt');
  const native = await loadNative();
  const request = { track: 'demo', car: 'gt3', driver: 'club', laps: 3, seed: 5, mistakes: 'none' };
  await native.simulate(JSON.stringify({ ...request, out: drive, truth: null }));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every lap of a session, seed 5, is settled in the store as an import would have it, with lap files that read back', async () => {
  const native = await loadNative();
  const { store } = await openLapStore({ path: join(folder, 'laps.db'), now: new Date() });
  const failures: unknown[] = [];
  const bus = new EventBus<EngineTopics>((_, error) => failures.push(error));
  const describe = ({ number, facts }: SessionNote) =>
    storedSession(`live-${number}`, 'sim', null, facts, new Date());
  const recorder = new Recorder(store, describe, () => new Date());
  recorder.listen(bus);
  const options = { path: drive, speed: 0, record: true };
  await runSource((wake) => new native.Runner(options, null, wake), bus, new AbortController().signal);
  await recorder.idle();
  expect(failures).toEqual([]);

  const extracted = (await native.extractLaps(drive)).map(({ summary }) => JSON.parse(summary) as LapSummary);
  const laps = await store.laps('live-1');
  const name = (lap: { stint: number; lap: number }) => `${lap.stint}:${lap.lap}`;
  expect(laps.map((lap) => [name(lap), lap.complete, lap.reasons])).toEqual(
    extracted.map((lap) => [name(lap), lap.complete, lap.reasons]),
  );
  for (const [index, lap] of laps.entries())
    expect(lap.lapTimeS ?? 0).toBeCloseTo(extracted[index]?.lapTimeS ?? 0, 4);
  expect(laps.every((lap) => lap.state === 'settled')).toBe(true);
  expect(await store.outbox()).toHaveLength(laps.length);
  for (const lap of laps.filter((row) => row.complete)) {
    const path = join(folder, `lap-${lap.lap}.parquet`);
    writeFileSync(path, (await store.lapFile(lap.lapFileSha256 ?? '')) ?? '');
    const load = { path, lap: lap.lap, stint: lap.stint, own: true, model: null };
    const reference = await native.ReferenceHandle.load(JSON.stringify(load));
    expect(JSON.parse(reference.facts()).lapTimeS).toBeCloseTo(lap.ownLapTimeS ?? 0, 4);
  }
  await store.close();
});
