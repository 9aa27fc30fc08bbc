/** From a recording to coaching, the way a user goes: simulate, analyse, compare, import, coach from the library. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  analyzeDocument,
  type CoachEvent,
  type CompareDocument,
  coachEvent,
  compareDocument,
  type FileAnalysis,
  truthDocument,
} from '@racing-coach/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recording, runCoach } from './racing-coach.ts';

let folder: string;
let dataDir: string;
let drive: string;
const at = (name: string) => join(folder, name);

/** Runs a command that has to succeed, and gives what it printed as JSON. */
async function coach<Document>(...words: string[]): Promise<Document> {
  const { status, out, err } = await runCoach([...words, '--json'], dataDir);
  expect(`${status} ${err}`).toMatch(/^0 /);
  return JSON.parse(out) as Document;
}

function eventsIn(path: string): CoachEvent[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => coachEvent.parse(JSON.parse(line)));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-journey-'));
  dataDir = join(folder, 'data');
  drive = at('seed-11.ibt');
  const words = ['--laps', '3', '--seed', '11', '--driver', 'club'];
  await coach('simulate', ...words, '--out', drive, '--truth', at('truth.json'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function analysis(file: string): Promise<FileAnalysis> {
  const document = analyzeDocument.parse(await coach('analyze', file));
  const [entry] = document.files;
  if (entry === undefined || 'error' in entry) throw new Error('the file was not analysed');
  return entry;
}

describe('a simulated session, seed 11', () => {
  test('its truth file is one, and its laps are found with the sim’s times', async () => {
    const truth = truthDocument.parse(JSON.parse(readFileSync(at('truth.json'), 'utf8')));
    const { laps } = await analysis(drive);
    const complete = laps.filter((lap) => lap.complete);
    expect(complete.map((lap) => lap.lap)).toEqual(truth.laps.map((lap) => lap.lap));
    for (const [index, lap] of complete.entries())
      expect(Math.abs((lap.ownLapTimeS ?? 0) - (truth.laps[index]?.lapTimeS ?? 0))).toBeLessThan(0.003);
  });

  test('the sections of a comparison cover the lap once and add up', async () => {
    const { laps, track } = await analysis(drive);
    const [one, two] = laps.filter((lap) => lap.complete);
    const words = ['--lap', `${one?.stint}:${one?.lap}`, '--reference', `${two?.stint}:${two?.lap}`];
    const comparison = compareDocument.parse(await coach('compare', drive, ...words));
    expect(comparison.lapDeltaS).toBeCloseTo((one?.lapTimeS ?? 0) - (two?.lapTimeS ?? 0), 6);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const total = sum(comparison.sections.map((section) => section.deltaS));
    expect(Math.abs(total - comparison.lapDeltaS)).toBeLessThan(0.001);
    let endM: number | undefined;
    let coveredM = 0;
    for (const section of comparison.sections) {
      expect(Math.abs(sum(Object.values(section.phases)) - section.deltaS)).toBeLessThan(0.001);
      if (endM !== undefined) expect(section.startM).toBeCloseTo(endM, 6);
      coveredM += section.endM - section.startM + (section.endM < section.startM ? (track.lengthM ?? 0) : 0);
      endM = section.endM;
    }
    expect(coveredM).toBeCloseTo(track.lengthM ?? 0, 3);
  });

  test('the coach speaks, and the events are the same bytes at any speed', async () => {
    const events = await Promise.all(
      ['max', '200'].map(async (speed) => {
        const out = at(`events-${speed}.jsonl`);
        const words = ['--speed', speed, '--reference', 'own-best', '--no-serve', '--events', out];
        await coach('replay', drive, ...words);
        return readFileSync(out, 'utf8');
      }),
    );
    expect(events[1]).toBe(events[0]);
    const parsed = eventsIn(at('events-max.jsonl'));
    expect(parsed.filter((event) => event.type === 'lap' && event.complete)).toHaveLength(3);
    expect(parsed.some((event) => event.type === 'cue' && event.code === 'brake-go')).toBe(true);
    expect(parsed.some((event) => event.type === 'corner')).toBe(true);
  });

  test('only the laps that were asked for are played', async () => {
    const out = at('lap-2.jsonl');
    await coach('replay', drive, '--laps', '2', '--speed', 'max', '--no-serve', '--events', out);
    expect(new Set(eventsIn(out).map((event) => event.lap))).toEqual(new Set([2]));
  });
});

describe('the library', () => {
  interface Listed {
    references: { id: string; origin: string; own: boolean; lapTimeS: number; label: string }[];
  }

  test('an import brings the best lap as reference, and a replay finds it by itself', async () => {
    const first = await coach<{ files: { result: string; completeLaps: number }[] }>('import', drive);
    expect(first.files).toMatchObject([{ result: 'imported', completeLaps: 3 }]);
    const second = await coach<{ files: { result: string }[] }>('import', folder);
    expect(second.files).toMatchObject([{ result: 'already' }]);
    const { references } = await coach<Listed>('reference', 'list');
    const best = Math.min(
      ...(await analysis(drive)).laps.filter((lap) => lap.referenceGrade).map((lap) => lap.lapTimeS ?? 1e9),
    );
    expect(references).toMatchObject([{ origin: 'auto', own: true }]);
    expect(references[0]?.lapTimeS).toBeCloseTo(best, 6);
    const out = at('library.jsonl');
    await coach('replay', drive, '--speed', 'max', '--no-serve', '--events', out);
    expect(eventsIn(out).some((event) => event.type === 'cue' && event.code === 'brake-go')).toBe(true);
  });

  test('an exported lap comes back by hand, of somebody else: its brake points are shown, never commanded', async () => {
    const [auto] = (await coach<Listed>('reference', 'list')).references;
    const lapFile = at('friend.parquet');
    await coach('reference', 'export', auto?.id ?? '', lapFile);
    const added = await coach<{ id: string }>('reference', 'add', lapFile, '--label', 'fast friend');
    const shown = await coach<{ label: string; corners: { id: string }[] }>('reference', 'show', added.id);
    expect(shown.label).toBe('fast friend');
    expect(shown.corners.length).toBeGreaterThan(3);
    const out = at('friend.jsonl');
    await coach('replay', drive, '--reference', added.id, '--speed', 'max', '--no-serve', '--events', out);
    const codes = new Set(eventsIn(out).map((event) => (event.type === 'cue' ? event.code : '')));
    expect(codes).toContain('brake-point-shown');
    expect(codes).not.toContain('brake-go');
    await coach('reference', 'remove', added.id);
    expect((await coach<Listed>('reference', 'list')).references).toHaveLength(1);
  });
});

describe('a Garage 61 export', () => {
  const columns =
    'Speed,LapDistPct,Lat,Lon,Brake,Throttle,RPM,SteeringWheelAngle,Gear,Clutch,ABSActive,DRSActive,LatAccel,LongAccel,VertAccel,Yaw,PositionType';
  const ours: Record<string, string> = {
    Speed: 'speedMps',
    LapDistPct: 'lapFraction',
    Brake: 'brake',
    Throttle: 'throttle',
    SteeringWheelAngle: 'steeringRad',
    Gear: 'gear',
    PositionType: 'trackSurface',
  };

  /** One complete lap of our own CSV in Garage 61's columns, of the older kind without YawRate. */
  async function exportLap(): Promise<string> {
    const lap = (await analysis(drive)).laps.find((row) => row.referenceGrade);
    await coach('convert', drive, at('laps.parquet'));
    await coach('convert', at(`laps-${lap?.stint}-${lap?.lap}.parquet`), at('lap.csv'));
    const [head = '', ...rows] = readFileSync(at('lap.csv'), 'utf8').trim().split('\n');
    const places = new Map(head.split(',').map((name, place) => [name, place]));
    const lines = rows.map((row) => {
      const cells = row.split(',');
      const value = (column: string) => cells[places.get(ours[column] ?? '') ?? -1] ?? '0';
      return columns.split(',').map(value).join(',');
    });
    writeFileSync(at('garage61.csv'), [columns, ...lines].join('\n'));
    return at('garage61.csv');
  }

  test('becomes a reference for the track and car of a recording, shown and never commanded', async () => {
    const csv = await exportLap();
    const nowhere = await runCoach(['reference', 'add', csv, '--json'], dataDir);
    expect(JSON.parse(nowhere.out)).toMatchObject({ error: { code: 'track-unknown' } });
    const added = await coach<{ id: string; own: boolean }>('reference', 'add', csv, '--like', drive);
    expect(added.own).toBe(false);
    const out = at('garage61.jsonl');
    await coach('replay', drive, '--speed', 'max', '--no-serve', '--events', out);
    const codes = new Set(eventsIn(out).map((event) => (event.type === 'cue' ? event.code : '')));
    expect(codes).toContain('brake-point-shown');
    expect(codes).not.toContain('brake-go');
    await coach('reference', 'remove', added.id);
  });

  test('is compared with a recording of a track as long, although it does not name its own', async () => {
    const csv = await exportLap();
    const lap = (await analysis(drive)).laps.find((row) => row.complete);
    const exported = (await analysis(csv)).laps.find((row) => row.complete);
    const words = ['--lap', `${lap?.stint}:${lap?.lap}`, '--reference', `${csv}#${exported?.lap}`];
    const { sections } = await coach<CompareDocument>('compare', drive, ...words);
    expect(sections.length).toBeGreaterThan(3);
  });
});

describe('the session on a tape', () => {
  test('is analysed, coached and converted back as the recording is', async () => {
    const tape = at('drive.tape');
    await coach('convert', drive, tape);
    const [fromTape, fromIbt] = [await analysis(tape), await analysis(drive)];
    expect(fromTape).toEqual({ ...fromIbt, file: tape, source: 'tape' });
    const events = async (file: string, out: string) => {
      await coach('replay', file, '--reference', 'own-best', '--speed', 'max', '--no-serve', '--events', out);
      return readFileSync(out, 'utf8');
    };
    expect(await events(tape, at('tape.jsonl'))).toBe(await events(drive, at('ibt.jsonl')));
    await coach('convert', tape, at('back.ibt'));
    expect(readFileSync(at('back.ibt')).equals(readFileSync(drive))).toBe(true);
  });

  test('is read as far as it goes when it was cut short, and mended by converting it', async () => {
    const whole = readFileSync(at('drive.tape'));
    writeFileSync(at('cut.tape'), whole.subarray(0, whole.length * 0.7));
    await coach('convert', at('cut.tape'), at('mended.tape'));
    const [cut, mended] = [await analysis(at('cut.tape')), await analysis(at('mended.tape'))];
    expect(cut.laps.some((lap) => lap.complete)).toBe(true);
    expect(mended).toEqual({ ...cut, file: at('mended.tape') });
  });
});

describe('the Fuji practice', () => {
  const name = join('evaluation', 'fuji-ferrari488gt3-practice-60hz.csv.gz');

  test('converted to .ibt and replayed against its own best lap, with cues', async (running) => {
    const csv = recording(name, running);
    const ibt = at('fuji.ibt');
    const { files } = await coach<{ files: string[] }>('convert', csv, ibt);
    expect(files).toEqual([ibt]);
    const { laps } = await analysis(ibt);
    expect(laps.filter((lap) => lap.referenceGrade).length).toBeGreaterThan(0);
    const out = at('fuji.jsonl');
    await coach('replay', ibt, '--reference', 'own-best', '--speed', 'max', '--no-serve', '--events', out);
    expect(eventsIn(out).some((event) => event.type === 'cue' && event.code === 'brake-go')).toBe(true);
  });
});
