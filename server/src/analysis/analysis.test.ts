/** The server's numbers are the engine's; what is sent damaged, made up or falsely claimed is refused with a reason and breaks nothing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { channels, type FileAnalysis } from '@racing-coach/contract';
import { type LapClaim, telemetry } from '@racing-coach/contract/server';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemError } from '../problem-error.ts';
import { claimOf, sha256Of } from '../testing/uploads.ts';
import { openAnalysis } from './open-analysis.ts';
import { WorkQueue } from './work-queue.ts';

interface Engine {
  simulate(requestJson: string): Promise<string>;
  extractLaps(path: string): Promise<{ summary: string; lapFile: Buffer | null }[]>;
  analyzeFile(path: string, trackFiles?: string[]): Promise<string>;
  compareLaps(requestJson: string): Promise<string>;
}
const addonName: string = '@racing-coach/native';
const engine = (await import(addonName)) as Engine;
const folder = mkdtempSync(join(tmpdir(), 'racing-coach-analysis-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const circuit = fileURLToPath(new URL('../../../reference-laps/demo-circuit.json', import.meta.url));
const analysis = await openAnalysis({ trackFiles: [circuit] });

interface Driven {
  file: Buffer;
  path: string;
  claim: LapClaim;
}
const laps: Driven[] = [];

beforeAll(async () => {
  const out = join(folder, 'session.ibt');
  const wish = {
    track: 'demo',
    car: 'gt3',
    driver: 'club',
    laps: 4,
    seed: 7,
    mistakes: 'none',
    out,
    truth: join(folder, 'truth.json'),
  };
  await engine.simulate(JSON.stringify(wish));
  const { writeFileSync } = await import('node:fs');
  for (const { summary, lapFile } of await engine.extractLaps(out)) {
    if (lapFile === null) continue;
    const { session: _, sections: __, brakeZones: ___, corners: ____, ...facts } = JSON.parse(summary);
    const path = join(folder, `${facts.lap}.parquet`);
    writeFileSync(path, lapFile);
    const claim = {
      ...claimOf(lapFile),
      ...facts,
      analysisVersion: 1,
      lapFileSha256: sha256Of(lapFile),
    } as LapClaim;
    laps.push({ file: lapFile, path, claim });
  }
  expect(laps.length).toBeGreaterThanOrEqual(3);
}, 60_000);

const lap = (index: number) => laps[index] as Driven;
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProblemError);
  return error as ProblemError;
};

const numbers = (column: (number | null)[] | undefined) => (column ?? []).map((value) => value ?? Number.NaN);

async function jsonOf(file: Uint8Array, names: string[]) {
  const text = Buffer.from(await analysis.telemetry(file, names, 'json')).toString();
  return telemetry.parse(JSON.parse(text));
}

describe('numbers', () => {
  test('of a lap are those that analyze prints', async () => {
    for (const { file, path, claim } of laps) {
      const checked = await analysis.check(file, claim);
      const {
        laps: [printed],
      } = JSON.parse(await engine.analyzeFile(path, [circuit])) as FileAnalysis;
      const { sections, brakeZones, corners } = printed ?? {};
      expect(checked.metrics).toEqual({
        analysisVersion: analysis.analysisVersion,
        sections,
        brakeZones,
        corners,
      });
      expect(checked.metrics.corners.length).toBeGreaterThan(5);
      expect(checked.ownLapTimeS).toBe(printed?.ownLapTimeS);
      expect(await analysis.metrics(file)).toEqual(checked.metrics);
    }
  });

  test('of a comparison are those that compare prints, with the official times that travel beside the files', async () => {
    const [one, other] = [lap(1), lap(2)];
    const printed = await engine.compareLaps(
      JSON.stringify({
        file: one.path,
        lap: one.claim.lap,
        stint: null,
        model: null,
        trackFiles: [circuit],
        reference: { file: other.path, lap: other.claim.lap, stint: null },
      }),
    );
    const plain = (each: Driven) => ({ lapFile: each.file, officialLapTimeS: null });
    expect(await analysis.compare(plain(one), plain(other))).toEqual(JSON.parse(printed));
    const official = await analysis.compare(
      { lapFile: one.file, officialLapTimeS: (one.claim.ownLapTimeS ?? 0) + 0.1 },
      plain(other),
    );
    expect(official.lapDeltaS - JSON.parse(printed).lapDeltaS).toBeCloseTo(0.1, 6);
  });

  test('of channels are the file’s, with holes where rows are missing, and no others', async () => {
    const { file, claim } = lap(1);
    const columns = await jsonOf(file, ['speedMps', 'brake', 'worldZM', 'lapFraction']);
    expect(Object.keys(columns.channels).sort()).toEqual(['brake', 'lapFraction', 'speedMps']);
    const speed = numbers(columns.channels['speedMps']);
    expect(speed.length).toBeGreaterThanOrEqual(claim.endSample - claim.startSample);
    expect(columns.firstRow).toBe(-30);
    expect(Math.max(...speed)).toBeGreaterThan(40);
    const fraction = numbers(columns.channels['lapFraction']);
    expect(fraction[30 + 5]).toBeLessThan(0.01);
    const bytes = Buffer.from(await analysis.telemetry(file, ['speedMps', 'brake'], 'bytes'));
    const begin = 4 + bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.subarray(4, begin).toString());
    expect(head).toMatchObject({ firstRow: -30, sampleRateHz: 60, rows: speed.length });
    const at = begin + head.channels.indexOf('speedMps') * head.rows * 4;
    for (const row of [0, 100, speed.length - 1])
      expect(bytes.readFloatLE(at + row * 4)).toBeCloseTo(speed[row] ?? 0, 4);
    expect(bytes).toHaveLength(begin + 2 * head.rows * 4);
  });

  test('of the telemetry table’s rows are the file’s', async () => {
    const { file } = lap(1);
    const [id, ownerId] = ['01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-00000000000b'];
    const startedAt = new Date('2026-11-26T10:00:00Z');
    const rows = copied(await analysis.copyRows(file, { id, ownerId, startedAt }));
    const speedMps = numbers((await jsonOf(file, ['speedMps'])).channels['speedMps']);
    expect(rows).toHaveLength(speedMps.length);
    const first = rows[0];
    expect(first?.slice(0, 2).map((field) => field?.toString('hex'))).toEqual(
      [id, ownerId].map((each) => each.replaceAll('-', '')),
    );
    expect(first?.[3]?.readInt32BE()).toBe(-30);
    const micros = rows[30]?.[2]?.readBigInt64BE() ?? 0n;
    expect(Number(micros / 1000n) + Date.parse('2000-01-01T00:00:00Z')).toBe(startedAt.getTime());
    const column = 4 + channels.findIndex((channel) => channel.name === 'speedMps');
    expect(rows[100]?.[column]?.readFloatBE()).toBeCloseTo(speedMps[100] ?? 0, 5);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([4 + channels.length]));
  });
});

/** PostgreSQL's binary COPY, read back. */
function copied(bytes: Uint8Array): (Buffer | null)[][] {
  const data = Buffer.from(bytes);
  expect(data.subarray(0, 11).toString('latin1')).toBe('PGCOPY\n\xff\r\n\0');
  const rows: (Buffer | null)[][] = [];
  for (let at = 19; ; ) {
    const fields = data.readInt16BE(at);
    at += 2;
    if (fields === -1) {
      expect(at).toBe(data.length);
      return rows;
    }
    const row: (Buffer | null)[] = [];
    for (let field = 0; field < fields; field += 1) {
      const length = data.readInt32BE(at);
      at += 4;
      row.push(length < 0 ? null : data.subarray(at, at + length));
      at += Math.max(length, 0);
    }
    rows.push(row);
  }
}

describe('a claim', () => {
  const lies: [string, Partial<LapClaim>, RegExp][] = [
    [
      'a faster time',
      { ownLapTimeS: 60, lapTimeS: 60, timeSource: 'interpolated', officialLapTimeS: null },
      /claimed time/,
    ],
    [
      'an official time that is not this lap’s',
      { officialLapTimeS: 60, lapTimeS: 60, timeSource: 'official' },
      /official time/,
    ],
    ['a lap time of its own', { lapTimeS: 61.5 }, /neither/],
    ['another lap', { lap: 77 }, /lap 77/],
    ['other rows', { endSample: 10 }, /rows/],
    ['a good lap that does not count', { valid: false, referenceGrade: true }, /does not count/],
  ];
  test.each(lies)('of %s is refused, and why is said', async (_name, lie, words) => {
    const { file, claim } = lap(1);
    const error = await refusal(analysis.check(file, { ...claim, ...lie }));
    expect(error.code).toBe('lap-contradicts');
    expect(error.extra.detail).toMatch(words);
  });

  test('for another lap’s file is refused', async () => {
    expect((await refusal(analysis.check(lap(2).file, lap(1).claim))).code).toBe('lap-contradicts');
  });

  test('of a first lap of a race may be longer than its rows: it is timed from the lights', async () => {
    const { file, claim } = lap(1);
    const own = (claim.ownLapTimeS ?? 0) + 6;
    const times = {
      ownLapTimeS: own,
      lapTimeS: own,
      officialLapTimeS: null,
      timeSource: 'interpolated' as const,
    };
    const grid = { ...claim, ...times, reasons: ['grid-start'], valid: true, referenceGrade: false };
    expect((await analysis.check(file, grid)).ownLapTimeS).toBeCloseTo(claim.ownLapTimeS ?? 0, 9);
    expect((await refusal(analysis.check(file, { ...grid, reasons: [] }))).code).toBe('lap-contradicts');
  });
});

describe('a file that is none', () => {
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('PAR1 hello PAR1')],
    ['another Parquet file’s end', Buffer.concat([Buffer.alloc(1000), Buffer.from('PAR1')])],
  ])('%s is damaged', async (_name, file) => {
    for (const work of [
      analysis.check(file, lap(1).claim),
      analysis.metrics(file),
      analysis.telemetry(file, ['brake'], 'json'),
    ])
      expect((await refusal(work)).code).toBe('lap-damaged');
  });

  test('cut off or changed anywhere it is refused or read, and nothing breaks, seed 11', {
    timeout: 120_000,
  }, async () => {
    const { file, claim } = lap(1);
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      byte: fc.integer({ min: 0, max: 255 }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        let bytes = Buffer.from(file);
        for (const { at, byte, cut } of changes) {
          const place = Math.floor(at * bytes.length);
          if (cut && place < bytes.length / 8) bytes = bytes.subarray(0, bytes.length - place);
          else bytes[place] = byte;
        }
        const calls = [
          analysis.check(bytes, claim),
          analysis.telemetry(bytes, ['speedMps', 'brake'], 'bytes'),
          analysis.copyRows(bytes, {
            id: '01900000-0000-7000-8000-00000000000a',
            ownerId: '01900000-0000-7000-8000-00000000000a',
            startedAt: new Date(0),
          }),
        ];
        for (const result of await Promise.allSettled(calls))
          if (result.status === 'rejected') {
            expect(result.reason).toBeInstanceOf(ProblemError);
            expect(result.reason.code).toMatch(/^lap-/);
          }
      }),
      { seed: 11, numRuns: process.env['RACING_COACH_LONG'] ? 3000 : 60 },
    );
  });

  test('the demo’s reference is a lap', async () => {
    const file = readFileSync(new URL('../../../reference-laps/demo-reference.parquet', import.meta.url));
    expect((await analysis.metrics(file)).corners.length).toBeGreaterThan(5);
  });
});

describe('too much work', () => {
  test('waits in order, and is refused at once when too much waits', async () => {
    const queue = new WorkQueue({ concurrency: 2, mostWaiting: 2 });
    let running = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    const done: number[] = [];
    const work = (name: number) =>
      queue.run(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise<void>((resolve) => gates.push(resolve));
        running -= 1;
        done.push(name);
      });
    const all = [1, 2, 3, 4].map(work);
    expect((await refusal(work(5))).code).toBe('busy');
    while (done.length < 4) {
      gates.shift()?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all(all);
    expect(done).toEqual([1, 2, 3, 4]);
    expect(most).toBe(2);
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(async () => 'still working')).toBe('still working');
  });
});
