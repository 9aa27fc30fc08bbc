/** Where the rules forbid live instruction none leaves the engine: over recordings, and live, from the sim to the pages and into the store. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CoachEvent,
  coachEvent,
  emptySnapshot,
  engineState,
  readSnapshot,
  snapshotBytes,
} from '@racing-coach/contract';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { EventBus } from '../../engine/src/loop/event-bus.ts';
import { runSource } from '../../engine/src/loop/tick-loop.ts';
import type { EngineTopics } from '../../engine/src/loop/topics.ts';
import { loadNative, type Runner, recordingSource, sourceOption } from '../../engine/src/native.ts';
import { HubListener } from './hub-listener.ts';
import { eventInstructs, referenceInstructs, snapshotInstructs } from './instruction.ts';
import { recording, root, runCoach, type Serving, startCoach } from './racing-coach.ts';
import { playSim, type Sim, simProgram } from './sim.ts';

const program = simProgram();
const laps = (name: string) => join(root, 'reference-laps', name);
const never = new AbortController().signal;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Plays a recording as fast as it goes against a lap of another; everything that left the runner. */
async function played(file: string, reference: { path: string; lap: number | null }, rules?: string) {
  const native = await loadNative();
  const request = { ...reference, stint: null, own: true, model: null, trackFiles: [], label: 'reference' };
  const handle = await native.ReferenceHandle.load(JSON.stringify(request));
  const bus = new EventBus<EngineTopics>((name, error) => {
    throw new Error(`${name}: ${error}`);
  });
  const events: CoachEvent[] = [];
  let [snapshots, instructing, deltas] = [0, 0, 0];
  const snapshot = emptySnapshot();
  bus.subscribe('event', 'test', ({ event }) => void events.push(event));
  bus.subscribe('snapshot', 'test', (bytes) => {
    const read = readSnapshot(new DataView(bytes.buffer, bytes.byteOffset, snapshotBytes), snapshot);
    snapshots += 1;
    instructing += Number(snapshotInstructs(read));
    deltas += Number(Number.isFinite(read.deltaS));
  });
  const options = {
    ...sourceOption(recordingSource(file)),
    speed: 0,
    ...(rules === undefined ? {} : { rules }),
  };
  const makeRunner = (wake: () => void): Runner => new native.Runner(options, handle, wake);
  await runSource(makeRunner, bus, never);
  return { events, snapshots, instructing, deltas };
}

const always = JSON.stringify({ always: true });
const kinds = (events: CoachEvent[], kind: CoachEvent['type']) => events.filter(({ type }) => type === kind);

describe('a recording', () => {
  test.for([
    'demo-session.ibt',
    'evaluation/okayama-short-mx5-race-30hz.csv.gz',
    'evaluation/fuji-ferrari488gt3-practice-60hz.csv.gz',
  ])(
    '%s: the same laps and the same costs of corners, and no instruction',
    { timeout: 60_000 },
    async (name, running) => {
      const own = name === 'demo-session.ibt';
      const file = own ? laps(name) : recording(name, running);
      const reference = own ? { path: laps('demo-reference.parquet'), lap: 1 } : { path: file, lap: null };
      const free = await played(file, reference);
      const legal = await played(file, reference, always);
      expect(kinds(free.events, 'cue').length).toBeGreaterThan(10);
      expect(free.instructing).toBeGreaterThan(0);
      expect(legal.snapshots).toBeGreaterThan(10);
      expect([legal.instructing, legal.events.filter(eventInstructs)]).toEqual([0, []]);
      expect(legal.deltas).toBeGreaterThan(0);
      const costs = (events: CoachEvent[]) =>
        events.flatMap((event) =>
          event.type === 'corner' ? [[event.sample, event.cornerId, event.deltaS]] : [],
        );
      expect(costs(legal.events)).toEqual(costs(free.events));
      const unassisted = kinds(free.events, 'lap').map((lap) => ({ ...lap, assisted: false }));
      expect(kinds(legal.events, 'lap')).toEqual(unassisted);
    },
  );

  test('replay --race-legal writes the same, and its laps say that nobody was told anything', async () => {
    const log = join(folder, 'events.jsonl');
    const words = [
      'replay',
      laps('demo-session.ibt'),
      '--reference',
      `${laps('demo-reference.parquet')}#1`,
      '--own',
    ];
    const ended = await runCoach(
      [...words, '--race-legal', '--speed', 'max', '--no-serve', '--events', log],
      folder,
    );
    expect(ended.status, ended.err).toBe(0);
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => coachEvent.parse(JSON.parse(line)));
    expect(events.filter(eventInstructs)).toEqual([]);
    const driven = events.flatMap((event) =>
      event.type === 'lap' && event.complete ? [event.assisted] : [],
    );
    expect(driven.length).toBeGreaterThan(2);
    expect(driven).not.toContain(true);
  }, 60_000);
});

test('a setting that changes while a session runs is told at once and holds from the next session on', async () => {
  const native = await loadNative();
  const request = { path: laps('demo-reference.parquet'), lap: 1, stint: null, own: true, model: null };
  const handle = await native.ReferenceHandle.load(JSON.stringify({ ...request, trackFiles: [], label: '' }));
  const bus = new EventBus<EngineTopics>(() => {});
  const stop = new AbortController();
  const told: string[] = [];
  let runner: Runner | null = null;
  bus.subscribe('note', 'test', (note) => {
    if (note.type !== 'session') return;
    const { raceLegal, next } = note.rules;
    told.push(`session ${note.number}: ${raceLegal ? 'legal' : 'free'}, then ${next}`);
    if (told.length === 1) runner?.setRules(always);
    if (note.number === 3) stop.abort();
  });
  let cues = 0;
  bus.subscribe('event', 'test', ({ event }) => {
    if (event.type !== 'cue') return;
    // The session runs in a thread of its own: what it said before it heard of the setting may come now. In the next session none may.
    if (told.length === 2) cues += 1;
    if (told.length > 2) cues = Number.NaN;
  });
  const options = { ...sourceOption(recordingSource(laps('demo-session.ibt'))), speed: 0, loop: true };
  await runSource(
    (wake) => {
      runner = new native.Runner(options, handle, wake);
      return runner;
    },
    bus,
    stop.signal,
  );
  expect(told.slice(0, 3)).toEqual([
    'session 1: free, then null',
    'session 1: free, then true',
    'session 2: legal, then null',
  ]);
  expect(cues).toBeGreaterThan(10);
});

/** A page that looks at everything it gets with the session's rules in mind. */
class RulesPage extends HubListener {
  raceLegal: boolean | null = null;
  /** What told how to drive, and when; while the rules forbade it, and while they did not. */
  readonly instructed = { forbidden: [] as number[], allowed: [] as number[] };
  readonly #socket: WebSocket;

  constructor(hub: string) {
    super(hub);
    this.#socket = new WebSocket(hub);
    this.#socket.on('error', () => {});
    this.#socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.#look(data) : this.#read(data)));
  }

  #look(data: Buffer): void {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    if (snapshotInstructs(readSnapshot(view, emptySnapshot()))) this.#note();
  }

  #read(data: Buffer): void {
    const message = JSON.parse(data.toString()) as HubListener['messages'][number];
    if (message.type === 'rules') {
      // The newest snapshot may be of a row after the note that is still to be told.
      const soon = performance.now() - 200;
      if (!message.raceLegal && this.raceLegal)
        this.instructed.forbidden.splice(
          0,
          Infinity,
          ...this.instructed.forbidden.filter((atMs) => atMs < soon),
        );
      this.raceLegal = message.raceLegal;
    }
    if (message.type === 'event' && eventInstructs(message.event)) this.#note();
    if (message.type === 'reference' && message.reference !== null && referenceInstructs(message.reference))
      this.#note();
  }

  #note(): void {
    this.instructed[this.raceLegal ? 'forbidden' : 'allowed'].push(performance.now());
  }

  override close(): void {
    super.close();
    this.#socket.terminate();
  }
}

describe.skipIf(program === null)('live', () => {
  let dataDir: string;
  let map: string;
  let [engines, pages, sims]: [Serving[], HubListener[], Sim[]] = [[], [], []];
  beforeEach(() => {
    [dataDir, map] = [join(folder, 'data'), join(folder, 'sim.map')];
    [engines, pages, sims] = [[], [], []];
  });
  afterEach(async () => {
    for (const sim of sims) await sim.crash();
    for (const page of pages) page.close();
    for (const engine of engines) await engine.stop('SIGKILL');
  });

  async function start(): Promise<{ engine: Serving; page: RulesPage }> {
    const words = ['start', '--source', `map:${map}`, '--port', '0', '--no-open'];
    const engine = await startCoach(words, dataDir);
    engines.push(engine);
    const page = new RulesPage(engine.urls.hub);
    pages.push(page);
    return { engine, page };
  }

  const play = (...words: string[]) => {
    const sim = playSim(program ?? '', map, 'simcar', '--lockstep', '--seed', '3', ...words);
    sims.push(sim);
    return sim.ended;
  };

  function assisted(): unknown[] {
    const database = new Database(join(dataDir, 'laps.db'), { readonly: true });
    const rows = database.prepare('SELECT assisted FROM laps WHERE complete = 1 ORDER BY lap').pluck().all();
    database.close();
    return rows;
  }

  function lapFile(): Buffer {
    const database = new Database(join(dataDir, 'laps.db'), { readonly: true });
    const bytes = database.prepare('SELECT bytes FROM lap_files').pluck().get() as Buffer;
    database.close();
    return bytes;
  }

  test('a race is driven without instruction, pages late and early are told why, and its laps are stored as such', async () => {
    const { engine, page } = await start();
    await play('--laps', '5', '--session', 'Race', '--series', '33');
    await page.until('five laps', ({ laps: driven }) => driven.length >= 5);
    expect(page.raceLegal).toBe(true);
    expect(page.instructed).toEqual({ forbidden: [], allowed: [] });
    expect(page.statuses).toContain('race-rules');
    // A lap of this race became the reference all the same, for the delta.
    expect(page.references.at(-1)?.reference).toMatchObject({ brakeZones: [], trace: { throttle: [] } });
    const late = new HubListener(engine.urls.hub);
    pages.push(late);
    await late.until('the badge', ({ messages }) => messages.some(({ type }) => type === 'rules'));
    expect(late.messages.find(({ type }) => type === 'rules')).toMatchObject({
      raceLegal: true,
      why: expect.stringContaining('This is a race'),
    });
    const { origin, search } = new URL(engine.urls.hud);
    const state = engineState.parse(await (await fetch(`${origin}/api/state${search}`)).json());
    expect(state.rules).toMatchObject({ raceLegal: true });
    expect(await engine.stop('SIGINT')).toBe(0);
    expect(assisted()).toEqual([0, 0, 0, 0, 0]);
    const file = join(folder, 'lap.parquet');
    writeFileSync(file, lapFile());
    const analysis = JSON.parse((await runCoach(['analyze', file, '--json'], folder)).out);
    const complete = analysis.files[0].laps.filter((lap: { complete: boolean }) => lap.complete);
    expect(complete).toMatchObject([{ assisted: false }]);
  }, 120_000);

  test('a series that allows it is driven with instruction also in a race', async () => {
    mkdirSync(dataDir, { recursive: true });
    const settings = { version: 1, rules: { races: true, series: { 33: 'off' } } };
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify(settings));
    const { engine, page } = await start();
    await play('--laps', '5', '--session', 'Race', '--series', '33');
    await page.until('five laps', ({ laps: driven }) => driven.length >= 5);
    expect(page.raceLegal).toBe(false);
    expect(page.instructed.allowed.length).toBeGreaterThan(0);
    expect(await engine.stop('SIGINT')).toBe(0);
    // The first lap had nothing to be instructed from.
    expect(assisted()).toEqual([0, 1, 1, 1, 1]);
  }, 120_000);

  test.for([
    { says: 'allows', own: true, profile: false },
    { says: 'forbids', own: false, profile: true },
  ])(
    'a profile that $says instruction in races does so in the first session, which is a race',
    { timeout: 120_000 },
    async ({ own, profile }) => {
      mkdirSync(dataDir, { recursive: true });
      const profiles = {
        list: [{ id: 'sim', name: 'Sim', overrides: { rules: { races: profile } } }],
        rules: [{ profile: 'sim', sim: 'simcar', car: null, track: null }],
      };
      writeFileSync(
        join(dataDir, 'settings.json'),
        JSON.stringify({ version: 1, rules: { races: own }, profiles }),
      );
      const { engine, page } = await start();
      await play('--laps', '3', '--session', 'Race', '--series', '33');
      await page.until('three laps', ({ laps: driven }) => driven.length >= 3);
      expect(page.raceLegal).toBe(profile);
      expect(page.instructed.forbidden).toEqual([]);
      expect(page.instructed.allowed.length > 0).toBe(!profile);
      expect(await engine.stop('SIGINT')).toBe(0);
      expect(assisted()).toEqual(profile ? [0, 0, 0] : [0, 1, 1]);
    },
  );

  test('“never any live instruction” holds in practice', async () => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'settings.json'), JSON.stringify({ version: 1, rules: { always: true } }));
    const { engine, page } = await start();
    await play('--laps', '3', '--session', 'Practice');
    await page.until('three laps', ({ laps: driven }) => driven.length >= 3);
    expect([page.raceLegal, page.instructed]).toEqual([true, { forbidden: [], allowed: [] }]);
    expect(await engine.stop('SIGINT')).toBe(0);
    expect(assisted()).toEqual([0, 0, 0]);
  }, 120_000);

  test('a race that follows practice in one connection is a race from its first row on: seed 3', async () => {
    const { page } = await start();
    const life = spawn(program ?? '', ['life', '--seed', '3', '--lockstep', '--map', map]);
    const ended = new Promise((resolve) => life.on('close', resolve));
    sims.push({
      ended: Promise.resolve(null),
      crash: () => {
        life.kill('SIGKILL');
        return ended;
      },
    });
    expect(await ended).toBe(0);
    const kinds = page.messages.flatMap((message) => (message.type === 'rules' ? [message.raceLegal] : []));
    expect(new Set(kinds)).toEqual(new Set([false, true]));
    expect(page.instructed.forbidden).toEqual([]);
    expect(page.instructed.allowed.length).toBeGreaterThan(0);
  }, 120_000);
});
