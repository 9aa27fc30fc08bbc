/** The writing sim and a reader as two processes over the file-backed map: no tick lost, none torn, and how late rows come. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildHere, expectEveryRow, long, type Programs, Reader, Sim, until } from './programs.ts';

const seconds = long ? 600 : 5;
/** A cold build under load. */
const buildMs = 600_000;

const here = process.platform === 'linux';
const folder = mkdtempSync(join(tmpdir(), 'racing-coach-live-'));
const map = ['--map', join(folder, 'sim.map')];
let programs: Programs;

beforeAll(() => {
  const built = here ? buildHere() : '';
  programs = { sim: [join(built, 'racing-coach-sim')], read: [join(built, 'racing-coach-read')] };
}, buildMs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!here)(
  'no tick is lost and none is torn between two processes (Linux only)',
  { timeout: 5 * (seconds + 20) * 1000 },
  async () => {
    const counts = await expectEveryRow(programs, map, seconds);
    expect(counts.seen).toBeGreaterThan(0.8 * 60 * (seconds - 3));
    const { p50, p99, max } = counts.latenessMs ?? { p50: Number.NaN, p99: Number.NaN, max: Number.NaN };
    console.log(
      `| two processes over the file map, ${seconds} s | ${counts.seen} rows, ${counts.missed} lost, ${counts.wrongSums} torn | late p50 ${p50} ms, p99 ${p99} ms, most ${max} ms |`,
    );
  },
);

test.skipIf(!here)('a reader finds a sim that crashed and came back (Linux only)', async () => {
  const reader = new Reader(programs, [...map, '--seconds', '100']);
  try {
    for (let life = 1; life <= 2; life++) {
      const sim = new Sim(programs, map);
      await until('rows come', () => reader.counts.length > 0 && reader.last.connections === life, 30);
      const { seen } = reader.last;
      await until('more rows come', () => reader.last.seen > seen, 30);
      await sim.kill();
      await until('the reader notices', () => reader.last.disconnections === life, 30);
    }
    expect(reader.last.wrongSums).toBe(0);
  } finally {
    reader.stop();
  }
});
