/** The recorder on the real runner: what a live session will leave in the store. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapSummary } from '@racing-coach/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storedSession } from '../../engine/src/library/importer.ts';
import { EventBus } from '../../engine/src/loop/event-bus.ts';
import { runSource } from '../../engine/src/loop/tick-loop.ts';
import type { EngineTopics } from '../../engine/src/loop/topics.ts';
import { describeRecording, loadNative } from '../../engine/src/native.ts';
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

test('every lap of a session, seed 5, is settled in the store with the lap file that an import would give', async () => {
  const native = await loadNative();
  const { store } = await openLapStore({ path: join(folder, 'laps.db'), now: new Date() });
  const failures: unknown[] = [];
  const bus = new EventBus<EngineTopics>((_, error) => failures.push(error));
  const session = storedSession('live-1', 'sim', null, await describeRecording(native, drive), new Date());
  const recorder = new Recorder(store, session, () => new Date());
  await recorder.listen(bus);
  const options = { path: drive, speed: 0, record: true };
  await runSource((wake) => new native.Runner(options, null, wake), bus, new AbortController().signal);
  await recorder.idle();
  expect(failures).toEqual([]);

  const extracted = (await native.extractLaps(drive)).map(({ summary, lapFile }) => ({
    summary: JSON.parse(summary) as LapSummary,
    sha256: lapFile ? createHash('sha256').update(lapFile).digest('hex') : null,
  }));
  const laps = await store.laps('live-1');
  const facts = (lap: {
    stint: number;
    lap: number;
    lapTimeS: number | null;
    complete: boolean;
    reasons: string[];
  }) => [`${lap.stint}:${lap.lap}`, lap.lapTimeS, lap.complete, lap.reasons];
  expect(laps.map(facts)).toEqual(extracted.map(({ summary }) => facts(summary)));
  expect(laps.every((lap) => lap.state === 'settled')).toBe(true);
  expect(laps.map((lap) => lap.lapFileSha256)).toEqual(extracted.map((lap) => lap.sha256));
  expect(await store.outbox()).toHaveLength(3);

  const best = await store.bestOwnLap(session.trackKey, session.carKey);
  const lapFile = join(folder, 'best.parquet');
  writeFileSync(lapFile, (await store.lapFile(best?.lapFileSha256 ?? '')) ?? '');
  const load = { path: lapFile, lap: null, stint: null, own: true, model: null };
  const reference = await native.ReferenceHandle.load(JSON.stringify(load));
  expect(JSON.parse(reference.facts()).lapTimeS).toBeCloseTo(best?.lapTimeS ?? 0, 2);
  await store.close();
});
