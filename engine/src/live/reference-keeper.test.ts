import type { HubReference, LapSession, RunnerNote } from '@racing-coach/contract';
import { beforeEach, expect, test } from 'vitest';
import { ReferenceLibrary } from '../library/reference-library.ts';
import type { NativeAddon, ReferenceHandle } from '../native.ts';
import { MemoryLapStore } from '../store/memory-lap-store.ts';
import { promised } from '../store/testing/promised-store.ts';
import { ReferenceKeeper } from './reference-keeper.ts';

let store: MemoryLapStore;
let library: ReferenceLibrary;
let set: string[];
let told: string[];
let lines: string[];

beforeEach(() => {
  store = new MemoryLapStore();
  library = new ReferenceLibrary(promised(store));
  set = [];
  told = [];
  lines = [];
});

const session = (track: string, car = 'mx5'): LapSession => ({
  sim: 'iracing',
  trackKey: `iracing/${track}/`,
  carKey: car,
  track: { name: track, config: '', lengthM: 4000 },
  car: { name: car },
  sampleRateHz: 60,
  date: '',
  build: '',
  own: true,
  analysisVersion: 1,
});
const begins = (track: string, number = 1, coach = 1): RunnerNote => ({
  type: 'session',
  number,
  coach,
  kind: '',
  rules: { raceLegal: false, reason: 'no-race', next: null, seriesId: 0, seriesName: '' },
  facts: session(track),
});

function handle(label: string, fits: (trackKey: string) => boolean = () => true, wet = false) {
  const facts = { label, wet, lap: 3, lapTimeS: 90, own: true };
  return {
    describe: () => JSON.stringify({ label, own: true, lapTimeS: 90 }),
    facts: () => JSON.stringify(facts),
    model: () => '{}',
    fits: (trackKey: string) => fits(trackKey),
  } as ReferenceHandle;
}

function keeper(chosen: ReferenceHandle | null = null, load?: (request: string) => Promise<ReferenceHandle>) {
  const loaded = load ?? ((request: string) => Promise.resolve(handle(JSON.parse(request).label ?? 'file')));
  const native = { ReferenceHandle: { load: loaded } } as unknown as NativeAddon;
  const label = (reference: ReferenceHandle | null) =>
    reference === null ? 'none' : (JSON.parse(reference.describe()) as HubReference).label;
  return new ReferenceKeeper({
    native,
    library,
    chosen,
    listener: {
      setReference: (reference, fixed) => set.push(`${label(reference)}${fixed ? ' fixed' : ''}`),
      told: (reference, rough, why) =>
        told.push(`${reference?.label ?? 'none'} ${rough ? 'rough ' : ''}(${why})`),
      tell: (line) => lines.push(line),
    },
  });
}

const added = (track: string) =>
  library.add(
    {
      session: session(track),
      lapTimeS: 90,
      lapFile: Uint8Array.of(1),
      own: false,
      label: `friend at ${track}`,
    },
    new Date(0),
  );

/** The own best lap, as the library keeps it by itself. */
const driven = async (track: string) => {
  const lapFile = Uint8Array.of(2);
  const { id, ...rest } = await library.add(
    { session: session(track), lapTimeS: 89, lapFile, own: true, label: `best at ${track}` },
    new Date(0),
  );
  await library.store.removeReference(id);
  await library.store.saveReference({ ...rest, id: 'a-1', origin: 'auto' }, lapFile);
};

test('without a lap it learns, and says so', async () => {
  await keeper().follow(begins('fuji'));
  expect(set).toEqual(['none']);
  expect(told).toEqual(['none (no lap of this track and car yet: learning from your laps)']);
});

test('a lap that was added by hand stays; each track and car has its own; the same place is decided once', async () => {
  await added('fuji');
  const one = keeper();
  await one.follow(begins('fuji'));
  await one.follow(begins('fuji', 2));
  await one.follow(begins('spa', 3));
  expect(set).toEqual(['friend at fuji fixed', 'none']);
  expect(lines[0]).toBe('Reference: friend at fuji, 1:30.000 (you added it to the library).');
});

test('the lap of --reference wins where it fits, and is said where it does not', async () => {
  await added('spa');
  const one = keeper(handle('alien', (trackKey) => trackKey.includes('fuji')));
  await one.follow(begins('fuji'));
  await one.follow(begins('spa', 2));
  expect(set).toEqual(['alien fixed', 'friend at spa fixed']);
  expect(lines).toContain('The lap of --reference is from another track, layout or car.');
});

test('a decision that is overtaken by the next track is dropped', async () => {
  await added('fuji');
  let release = () => {};
  const slow = new Promise<void>((done) => {
    release = done;
  });
  const one = keeper(null, async () => {
    await slow;
    return handle('late');
  });
  const first = one.follow(begins('fuji'));
  const second = one.follow(begins('spa', 2));
  release();
  await Promise.all([first, second]);
  expect(set).toEqual(['none']);
});

test('a stored lap that cannot be read costs its coaching only', async () => {
  await added('fuji');
  const one = keeper(null, () => Promise.reject(new Error('damaged')));
  await one.follow(begins('fuji'));
  expect(set).toEqual(['none']);
  expect(lines[0]).toContain('damaged');
});

test('what the run learned is told, rough or not, and its corners are kept; a rough lap never replaces what is known', async () => {
  const one = keeper();
  await one.follow(begins('fuji'));
  const reference = { label: 'lap 2 of this session', lapTimeS: 91 } as HubReference;
  const note = { type: 'reference', reference, rough: true, origin: 'learned', model: 'rough' } as const;
  await one.follow(note);
  expect(store.trackModel('iracing/fuji/')).toBe('rough');
  await one.follow({ ...note, rough: false, origin: 'session', model: 'full' });
  await one.follow({ ...note, model: 'rough again' });
  expect(store.trackModel('iracing/fuji/')).toBe('full');
  expect(told.slice(1)).toEqual([
    'lap 2 of this session rough (learning from it)',
    'lap 2 of this session (your best lap of this session)',
    'lap 2 of this session rough (learning from it)',
  ]);
});

test('another coach on the same track is given its reference again', async () => {
  await added('fuji');
  const one = keeper();
  await one.follow(begins('fuji', 1, 1));
  await one.follow(begins('fuji', 2, 3));
  await one.follow(begins('fuji', 3, 3));
  expect(set).toEqual(['friend at fuji fixed', 'friend at fuji fixed']);
});

test('on a wet track the library’s dry lap gives way to learning, one that was chosen does not', async () => {
  await driven('fuji');
  const one = keeper();
  await one.follow(begins('fuji'));
  await one.weather('wet');
  expect(set).toEqual(['best at fuji', 'none']);
  expect(lines.at(-1)).toContain('the track is wet and your best lap is dry');
  await one.weather('dry');
  expect(set.at(-1)).toBe('best at fuji');
  set = [];
  const other = keeper(handle('mine'));
  await other.follow(begins('fuji'));
  await other.weather('wet');
  expect(set).toEqual(['mine fixed']);
});

test('an offer that is used is the reference from then on', async () => {
  const one = keeper();
  await one.follow(begins('fuji'));
  const offer = { id: 'abcd', path: '/x/a.ibt', file: 'a.ibt', track: '', car: '', date: '', bytes: 1 };
  expect(await one.use(offer)).toEqual({ id: 'abcd', label: 'lap 3 of a.ibt', lapTimeS: 90 });
  expect(set).toEqual(['none', 'lap 3 of a.ibt']);
  expect(one.hasReference).toBe(true);
});
