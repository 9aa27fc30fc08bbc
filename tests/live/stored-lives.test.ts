/**
 * Random session lives, the whole way: the writing sim, the engine as `start` runs it, the lap store. Every lap that was driven from line to line is
 * stored with its time, and nothing else is stored as a complete lap. Row after row in lockstep, so that no tick is lost however busy the machine is.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LapFacts } from '../../engine/src/store/lap-store.ts';
import { openLapStore } from '../../engine/src/store/worker-lap-store.ts';
import { startCoach } from '../engine/racing-coach.ts';
import { simProgram } from '../engine/sim.ts';
import { long } from './programs.ts';

const program = simProgram();
/** A hundred in the long run, a few at a time so that one failure names its seeds. */
const seeds = Array.from({ length: long ? 100 : 2 }, (_, index) => index + 1);
/** Own times are within this of the simulated ones. */
const sameTimeS = 0.005;

type Expected = 'yes' | 'no' | 'unknown';

interface TrueLap {
  /** Which session of the run it belongs to, from 1. */
  session: number;
  trackKey: string;
  carKey: string;
  lap: number;
  lapTimeS: number;
  official: Expected;
  valid: Expected;
  referenceGrade: Expected;
}

interface KnownLap extends LapFacts {
  session: number;
  trackKey: string;
  carKey: string;
}

const agrees = (expected: Expected, found: boolean) =>
  expected === 'unknown' || (expected === 'yes') === found;

/** What is wrong with a stored lap that should be this one; null when nothing is. */
function difference(truth: TrueLap, lap: KnownLap): string | null {
  const apart = Math.abs((lap.lapTimeS ?? Number.NaN) - truth.lapTimeS);
  if (!(apart <= sameTimeS)) return `${lap.lapTimeS} s instead of ${truth.lapTimeS} s`;
  if (!agrees(truth.official, lap.officialLapTimeS !== null)) return `official time ${lap.officialLapTimeS}`;
  if (!agrees(truth.valid, lap.valid)) return `valid is ${lap.valid}`;
  if (!agrees(truth.referenceGrade, lap.referenceGrade)) return `reference-grade is ${lap.referenceGrade}`;
  return null;
}

const name = (lap: { trackKey: string; carKey: string; lap: number; lapTimeS: number | null }) =>
  `${lap.trackKey} ${lap.carKey} lap ${lap.lap} ${lap.lapTimeS?.toFixed(3)} s`;

/** Laps of one session are stored with one, those of two apart. A session may be stored that no lap was finished in. */
class Sessions {
  readonly #stored = new Map<number, number>();
  readonly #driven = new Map<number, number>();

  /** What is wrong with a lap's session; null when nothing is. */
  difference(truth: TrueLap, lap: KnownLap): string | null {
    const stored = this.#stored.get(truth.session) ?? lap.session;
    const driven = this.#driven.get(lap.session) ?? truth.session;
    this.#stored.set(truth.session, stored);
    this.#driven.set(lap.session, driven);
    if (stored === lap.session && driven === truth.session) return null;
    return `stored in session ${lap.session}, driven in ${truth.session}, of which others are in ${stored}`;
  }
}

/** Each true lap takes the stored one that is nearest in time among those of its track, car and number. */
function differences(truth: TrueLap[], stored: KnownLap[]): string[] {
  const left = [...stored];
  const wrong: string[] = [];
  const sessions = new Sessions();
  for (const lap of truth) {
    const same = left.filter(
      (other) => other.trackKey === lap.trackKey && other.carKey === lap.carKey && other.lap === lap.lap,
    );
    const apart = (other: KnownLap) => Math.abs((other.lapTimeS ?? 0) - lap.lapTimeS);
    const [nearest] = same.sort((a, b) => apart(a) - apart(b));
    if (nearest === undefined) wrong.push(`missing: ${name(lap)}`);
    else {
      left.splice(left.indexOf(nearest), 1);
      const what = difference(lap, nearest) ?? sessions.difference(lap, nearest);
      if (what !== null) wrong.push(`${name(lap)}: ${what} (${nearest.reasons.join(', ')})`);
    }
  }
  return [...wrong, ...left.map((lap) => `not driven: ${name(lap)} (${lap.reasons.join(', ')})`)];
}

describe.skipIf(program === null)('session lives, stored', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-lives-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function completeLaps(): Promise<KnownLap[]> {
    const { store } = await openLapStore({ path: join(folder, 'data', 'laps.db'), now: new Date() });
    const found: KnownLap[] = [];
    for (const { id, trackKey, carKey } of await store.sessions()) {
      const laps = await store.laps(id);
      // `live-RUN-NUMBER`
      const session = Number(id.split('-').at(-1));
      expect(laps.every((lap) => lap.state === 'settled')).toBe(true);
      for (const lap of laps.filter(({ complete }) => complete))
        found.push({ ...lap, session, trackKey, carKey });
    }
    await store.close();
    return found;
  }

  test.each(seeds)('the right laps and no wrong one: seed %i', async (seed) => {
    const map = join(folder, 'sim.map');
    const truthFile = join(folder, 'truth.json');
    const words = ['start', '--source', `map:${map}`, '--port', '0', '--no-open'];
    const engine = await startCoach(words, join(folder, 'data'));
    try {
      const life = spawn(
        program ?? '',
        ['life', '--seed', String(seed), '--map', map, '--lockstep', '--truth', truthFile],
        { stdio: 'ignore' },
      );
      const status = await new Promise((resolve) => life.on('close', resolve));
      expect(status).toBe(0);
      // The newest lap waits three seconds at most for its time, of rows that no longer come: stopping settles it.
      expect(await engine.stop('SIGINT')).toBe(0);
    } finally {
      await engine.stop('SIGKILL');
    }
    const { laps } = JSON.parse(readFileSync(truthFile, 'utf8')) as { laps: TrueLap[] };
    const stored = await completeLaps();
    expect(differences(laps, stored)).toEqual([]);
    expect(laps.length).toBeGreaterThan(0);
    // And the comparison sees a lap too many, one too few, and a wrong time.
    expect(differences(laps.slice(1), stored)).not.toEqual([]);
    expect(differences(laps, stored.slice(1))).not.toEqual([]);
    const [first, ...others] = laps;
    expect(differences([{ ...first, lapTimeS: 1 } as TrueLap, ...others], stored)).not.toEqual([]);
    const alone = others.every(({ session }) => session !== first?.session);
    if (!alone)
      expect(differences([{ ...first, session: 99 } as TrueLap, ...others], stored)).not.toEqual([]);
  });
});
