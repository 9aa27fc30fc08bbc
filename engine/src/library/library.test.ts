import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LapSession, LapSummary } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NativeAddon } from '../native.ts';
import { MemoryLapStore } from '../store/memory-lap-store.ts';
import { promised } from '../store/testing/promised-store.ts';
import { someFacts } from '../store/testing/some-laps.ts';
import { chooseLap } from './choose-lap.ts';
import { importRecording } from './importer.ts';
import { findRecordings } from './recordings.ts';
import { ReferenceLibrary, saysWhere } from './reference-library.ts';
import { finishedFiles, watchFolders } from './watch-folders.ts';

let folder: string;
let store: MemoryLapStore;
let library: ReferenceLibrary;
const at = new Date('2026-01-01T00:00:00Z');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-library-'));
  store = new MemoryLapStore();
  library = new ReferenceLibrary(promised(store));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const session: LapSession = {
  sim: 'iracing',
  trackKey: 'iracing/fuji/gp',
  carKey: 'mx5',
  track: { name: 'Fuji', config: 'GP', lengthM: 4500 },
  car: { name: 'MX-5' },
  sampleRateHz: 60,
  date: '',
  build: '',
  own: true,
  analysisVersion: 1,
};

function lap(number: number, over: Partial<LapSummary> = {}) {
  const summary: LapSummary = {
    ...someFacts(number),
    sections: [],
    brakeZones: [],
    corners: [],
    session,
    ...over,
  };
  return {
    summary,
    lapFile: summary.complete ? new TextEncoder().encode(`lap ${JSON.stringify(over)}`) : null,
  };
}

/** Reads "recordings" that hold the laps as JSON; a loaded reference gives back the model it got, one corner richer. */
function fakeNative(): NativeAddon & { models: (string | null)[] } {
  const models: (string | null)[] = [];
  const handle = (model: string | null) => ({
    describe: () => '{}',
    facts: () => '{}',
    fits: () => true,
    model: () => `${model ?? ''}+corner`,
  });
  return {
    models,
    extractLaps: async (path: string) => {
      const { readFileSync } = await import('node:fs');
      const laps = JSON.parse(readFileSync(path, 'utf8')) as Partial<LapSummary>[];
      return laps.map((over, index) => {
        const made = lap(index + 1, over);
        return { summary: JSON.stringify(made.summary), lapFile: made.lapFile };
      });
    },
    describeFile: async () => JSON.stringify(session),
    ReferenceHandle: {
      load: async (request: string) => {
        const { model } = JSON.parse(request) as { model: string | null };
        models.push(model);
        return handle(model);
      },
    },
  } as unknown as NativeAddon & { models: (string | null)[] };
}

describe('importing', () => {
  const recording = (name: string, laps: Partial<LapSummary>[]) => {
    writeFileSync(join(folder, name), JSON.stringify(laps));
    return join(folder, name);
  };

  test('the first recording brings a reference, a slower one none, a faster one another', async () => {
    const native = fakeNative();
    const first = await importRecording(
      recording('a.ibt', [{ lapTimeS: 100 }, { lapTimeS: 99 }]),
      library,
      native,
      at,
    );
    expect(first).toMatchObject({
      result: 'imported',
      laps: 2,
      completeLaps: 2,
      reference: { lapTimeS: 99, own: true },
    });
    const slower = await importRecording(recording('b.ibt', [{ lapTimeS: 101 }]), library, native, at);
    expect(slower.reference).toBeNull();
    const faster = await importRecording(recording('c.ibt', [{ lapTimeS: 98 }]), library, native, at);
    expect(faster.reference).toMatchObject({ id: first.reference?.id, lapTimeS: 98 });
    expect(await library.list()).toHaveLength(1);
  });

  test('the track keeps the corner ids of the reference before', async () => {
    const native = fakeNative();
    await importRecording(recording('a.ibt', [{ lapTimeS: 100 }]), library, native, at);
    await importRecording(recording('b.ibt', [{ lapTimeS: 99 }]), library, native, at);
    expect(native.models).toEqual([null, '+corner']);
    expect(store.trackModel(session.trackKey)).toBe('+corner+corner');
  });

  test('a copy under another name is known, and nothing changes', async () => {
    const native = fakeNative();
    await importRecording(recording('a.ibt', [{}]), library, native, at);
    const again = await importRecording(recording('copy.ibt', [{}]), library, native, at);
    expect(again).toMatchObject({ result: 'already', laps: 1, reference: null });
    expect(store.sessions()).toHaveLength(1);
  });

  test('an export that does not say where it was driven is stored and never becomes the own best', async () => {
    const nowhere = { ...session, trackKey: 'garage61//', carKey: '' };
    const native = { ...fakeNative(), describeFile: async () => JSON.stringify(nowhere) };
    const imported = await importRecording(recording('a.csv', [{ lapTimeS: 60 }]), library, native, at);
    expect(imported).toMatchObject({ result: 'imported', reference: null });
    expect(store.sessions()).toMatchObject([{ own: false }]);
  });

  test('a recording without a good lap is stored with its reasons and brings no reference', async () => {
    const bad = { complete: false, valid: false, referenceGrade: false, lapTimeS: null, reasons: ['tow'] };
    const path = recording('a.ibt', [bad, { referenceGrade: false, reasons: ['off-track'] }]);
    const imported = await importRecording(path, library, fakeNative(), at);
    expect(imported).toMatchObject({ laps: 2, completeLaps: 1, reference: null });
    expect(store.laps(imported.sessionId).map((row) => row.reasons)).toEqual([['tow'], ['off-track']]);
  });
});

describe('the library', () => {
  test('a lap added by hand wins over the best own lap until it is removed', async () => {
    const native = fakeNative();
    writeFileSync(join(folder, 'a.ibt'), '[{}]');
    await importRecording(join(folder, 'a.ibt'), library, native, at);
    const lapFile = Uint8Array.of(1);
    const added = await library.add({ session, lapTimeS: 90, lapFile, own: false, label: 'friend' }, at);
    expect((await library.best(session.trackKey, session.carKey))?.id).toBe(added.id);
    await library.store.removeReference(added.id);
    expect((await library.best(session.trackKey, session.carKey))?.origin).toBe('auto');
    expect(await library.best(session.trackKey, 'another car')).toBeNull();
  });

  test('adding the same lap twice is adding it once', async () => {
    const lapFile = Uint8Array.of(1);
    const lapOf = (label: string) => ({ session, lapTimeS: 90, lapFile, own: false, label });
    await library.add(lapOf('one'), at);
    await library.add(lapOf('two'), at);
    expect((await library.list()).map((row) => row.label)).toEqual(['two']);
  });

  test('an export without track or car does not say where it is from', () => {
    expect(saysWhere(session)).toBe(true);
    expect(saysWhere({ trackKey: 'garage61//', carKey: 'mx5' })).toBe(false);
    expect(saysWhere({ trackKey: 'iracing/fuji/gp', carKey: '' })).toBe(false);
  });
});

describe('choosing a lap', () => {
  const incomplete = lap(4, { complete: false, lapTimeS: null, referenceGrade: false, valid: false });
  const laps = [
    lap(1, { lapTimeS: 99, referenceGrade: false, reasons: ['off-track'] }),
    lap(2, { lapTimeS: 101 }),
    lap(3, { lapTimeS: 100 }),
    lap(3, { lapTimeS: 102, stint: 1 }),
    incomplete,
  ];

  test('without a choice: the fastest that is good enough, not the fastest', () => {
    expect(chooseLap('f', laps, null).summary.lapTimeS).toBe(100);
  });

  test('by number, when it is the only complete one; by stint, when it is not', () => {
    expect(chooseLap('f', laps, { stint: null, lap: 1 }).summary.lapTimeS).toBe(99);
    expect(chooseLap('f', laps, { stint: 1, lap: 3 }).summary.lapTimeS).toBe(102);
    expect(() => chooseLap('f', laps, { stint: null, lap: 3 })).toThrow(
      expect.objectContaining({ code: 'lap-ambiguous', message: expect.stringContaining('0:3, 1:3') }),
    );
  });

  test('a lap that is not there, or not complete, is told with those that are', () => {
    for (const choice of [
      { stint: null, lap: 4 },
      { stint: 7, lap: 1 },
    ])
      expect(() => chooseLap('f', laps, choice)).toThrow(
        expect.objectContaining({
          code: 'lap-not-found',
          message: expect.stringContaining('0:1, 0:2, 0:3, 1:3'),
        }),
      );
  });

  test('no good lap is told with what spoils those that there are', () => {
    expect(() => chooseLap('f', laps.slice(0, 1), null)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('off-track') }),
    );
    expect(() => chooseLap('f', [incomplete], null)).toThrow(/no complete lap/);
  });
});

describe('recordings on disk', () => {
  test('files by their names, folders by what is below them, nothing hidden, nothing twice', async () => {
    mkdirSync(join(folder, 'deep', '.hidden'), { recursive: true });
    for (const name of [
      'b.ibt',
      'a.IBT',
      'notes.txt',
      'deep/c.csv.gz',
      'deep/d.tape',
      'deep/.hidden/d.ibt',
      'deep/.e.ibt',
    ])
      writeFileSync(join(folder, name), '');
    const found = await findRecordings([folder, join(folder, 'b.ibt'), join(folder, 'notes.txt')]);
    expect(found.map((file) => file.slice(folder.length + 1))).toEqual(
      ['a.IBT', 'b.ibt', 'deep/c.csv.gz', 'deep/d.tape', 'notes.txt'].map((name) => join(name)),
    );
    await expect(findRecordings([join(folder, 'missing')])).rejects.toMatchObject({ code: 'file-not-found' });
  });

  // Root reads everything, and Windows has no such modes.
  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder that cannot be read is named (needs a user whom modes bind: not root, not Windows)',
    async () => {
      const locked = join(folder, 'locked');
      mkdirSync(locked, { mode: 0o000 });
      await expect(findRecordings([folder])).rejects.toMatchObject({ code: 'file-unreadable' });
    },
  );

  test('a watched recording is told once, when it has stopped growing', async () => {
    const stop = new AbortController();
    const told: string[] = [];
    const old = join(folder, 'old.ibt');
    const growing = join(folder, 'growing.ibt');
    writeFileSync(old, '');
    let looks = 0;
    await watchFolders({
      list: async () => {
        looks += 1;
        if (looks <= 3) appendFileSync(growing, 'more');
        if (looks === 8) stop.abort();
        return [old, growing, join(folder, 'gone.ibt')];
      },
      known: await finishedFiles([old], Date.now(), 5),
      stopped: stop.signal,
      everyMs: 5,
      onFinished: async (file) => void told.push(`${file === growing} after look ${looks}`),
    });
    expect(told).toEqual(['true after look 4']);
  });

  test('a recording that grows while it is first looked at is left to the watch, and one that changes later is told again', async () => {
    const whole = join(folder, 'whole.ibt');
    const growing = join(folder, 'growing.ibt');
    writeFileSync(whole, 'rows');
    writeFileSync(growing, 'rows');
    const look = finishedFiles([whole, growing, join(folder, 'gone.ibt')], Date.now(), 50);
    setTimeout(() => appendFileSync(growing, 'more'), 10);
    const known = await look;
    expect([...known.keys()]).toEqual([whole]);
    const stop = new AbortController();
    const told: string[] = [];
    let looks = 0;
    await watchFolders({
      list: async () => {
        looks += 1;
        if (looks === 5) appendFileSync(whole, 'again');
        if (looks === 9) stop.abort();
        return [whole, growing];
      },
      known,
      stopped: stop.signal,
      everyMs: 5,
      onFinished: async (file) => void told.push(`${file === growing ? 'growing' : 'whole'} ${looks}`),
    });
    expect(told).toEqual(['growing 2', 'whole 6']);
  });
});
