/**
 * The writing sim and a reader as two Windows programs under Wine: the real mapping, the real event. `scripts/wine-programs.mjs` builds them and
 * says what is missing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { expectEveryRow, long, type Programs, Reader, root, Sim, until } from './programs.ts';

interface WinePrograms {
  buildWinePrograms(): Promise<string | null>;
  checkAddon(): Promise<{ code: number; output: string }>;
  programs: string;
  wineEnv: Record<string, string>;
}

const script = pathToFileURL(join(root, 'scripts', 'wine-programs.mjs')).href;
const { buildWinePrograms, checkAddon, programs: folder, wineEnv } = (await import(script)) as WinePrograms;

const seconds = long ? 60 : 6;
/** The standard library and all crates from nothing, under load. */
const buildMs = 1_800_000;
const programs: Programs = {
  sim: ['wine', join(folder, 'racing-coach-sim.exe')],
  read: ['wine', join(folder, 'racing-coach-read.exe')],
  env: wineEnv,
};

let missing: string | null = null;
beforeAll(async () => {
  missing = await buildWinePrograms();
  if (missing === null) expect(existsSync(join(folder, 'bcryptprimitives.dll'))).toBe(true);
}, buildMs);

test('the addon for Windows is right for the compiler', { timeout: buildMs }, async (context) => {
  if (missing !== null) {
    console.log(`skipped: ${context.task.name}: ${missing}`);
    return context.skip();
  }
  const { code, output } = await checkAddon();
  expect(code, output).toBe(0);
});

test('under Wine no tick is lost and none is torn', {
  timeout: 5 * (seconds + 60) * 1000,
}, async (context) => {
  if (missing !== null) {
    console.log(`skipped: ${context.task.name}: ${missing}`);
    return context.skip();
  }
  const counts = await expectEveryRow(programs, [], seconds);
  expect(counts.seen).toBeGreaterThan(60);
  const { p50, p99, max } = counts.latenessMs ?? { p50: Number.NaN, p99: Number.NaN, max: Number.NaN };
  console.log(
    `| two Windows programs under Wine, ${seconds} s | ${counts.seen} rows, ${counts.missed} lost, ${counts.wrongSums} torn | late p50 ${p50} ms, p99 ${p99} ms, most ${max} ms |`,
  );
});

test('under Wine a reader finds a sim that was killed and came back', {
  timeout: 300_000,
}, async (context) => {
  if (missing !== null) {
    console.log(`skipped: ${context.task.name}: ${missing}`);
    return context.skip();
  }
  const reader = new Reader(programs, ['--seconds', '250']);
  try {
    for (let life = 1; life <= 2; life++) {
      const sim = new Sim(programs, []);
      await until('rows come', () => reader.counts.length > 0 && reader.last.connections >= life, 60);
      const { seen } = reader.last;
      await until('more rows come', () => reader.last.seen > seen, 60);
      await sim.kill();
      await until('the reader notices', () => reader.last.disconnections >= life, 60);
    }
    expect(reader.last.wrongSums).toBe(0);
  } finally {
    reader.stop();
  }
});

test('under Wine a sim that was killed is missed though another reader holds its memory', {
  timeout: 300_000,
}, async (context) => {
  if (missing !== null) {
    console.log(`skipped: ${context.task.name}: ${missing}`);
    return context.skip();
  }
  const readers = [1, 2].map(() => new Reader(programs, ['--seconds', '250']));
  const all = (is: (reader: Reader) => boolean) => () =>
    readers.every((reader) => reader.counts.length > 0 && is(reader));
  try {
    for (let life = 1; life <= 2; life++) {
      const sim = new Sim(programs, []);
      await until(
        'both read',
        all(({ last }) => last.connections >= life && last.seen > 0),
        60,
      );
      await sim.kill();
      await until(
        'both notice',
        all(({ last }) => last.disconnections >= life),
        15,
      );
    }
  } finally {
    for (const reader of readers) reader.stop();
  }
});
