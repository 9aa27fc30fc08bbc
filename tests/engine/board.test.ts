/** What changes slowly, from the writing sim's memory to a page: fuel, tyres, cars around, laps, corners and map agree with what is true about the session. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BoardMessage } from '@racing-coach/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HubListener } from './hub-listener.ts';
import { followCoach, type Serving, startCoach } from './racing-coach.ts';
import { playSim, type Sim, simProgram } from './sim.ts';

const program = simProgram();

/** As `native/simwriter/src/board_truth.rs` writes it. */
interface Truth {
  lengthM: number;
  laps: { lap: number; lapTimeS: number; valid: boolean; fuelL: number }[];
  levelL: number;
  cars: { index: number; number: string; className: string; gapS: number }[];
}

type Of<Type extends BoardMessage['type']> = Extract<BoardMessage, { type: Type }>;

describe.skipIf(program === null)('what changes slowly', () => {
  let folder: string;
  let dataDir: string;
  let map: string;
  let engine: Serving | undefined;
  let page: HubListener | undefined;
  let sim: Sim | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'racing-coach-board-'));
    dataDir = join(folder, 'data');
    map = join(folder, 'sim.map');
  });
  afterEach(async () => {
    await sim?.crash();
    page?.close();
    await engine?.stop('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function play(...words: string[]): { sim: Sim; truth: () => Truth } {
    const file = join(folder, 'truth.json');
    const played = playSim(program ?? '', map, 'simcar', '--lockstep', '--truth', file, ...words);
    sim = played;
    return { sim: played, truth: () => JSON.parse(readFileSync(file, 'utf8')) as Truth };
  }

  async function start(): Promise<HubListener> {
    engine = await startCoach(['start', '--source', `map:${map}`, '--port', '0', '--no-open'], dataDir);
    page = new HubListener(engine.urls.hub);
    return page;
  }

  const all = <Type extends BoardMessage['type']>(listener: HubListener, type: Type): Of<Type>[] =>
    listener.messages.filter((message): message is Of<Type> => message.type === type);

  function last<Type extends BoardMessage['type']>(listener: HubListener, type: Type): Of<Type> {
    const message = all(listener, type).at(-1);
    if (message === undefined) throw new Error(`no ${type}`);
    return message;
  }

  const trueUse = (laps: Truth['laps']): number =>
    laps.reduce((sum, { fuelL }) => sum + fuelL, 0) / laps.length;

  test('fuel, laps, cars around and map are those of the session: seed 21', async () => {
    const listener = await start();
    const { sim: played, truth } = play('--laps', '7', '--seed', '21', '--cars', '24', '--minutes', '30');
    await played.ended;
    await listener.until('seven laps', ({ laps }) => laps.length >= 7);
    const { lengthM, laps, levelL, cars } = truth();

    const fuel = last(listener, 'fuel');
    expect(fuel.lapsCounted).toBe(5);
    expect(Math.abs((fuel.perLapL ?? 0) - trueUse(laps.slice(-5)))).toBeLessThan(0.015);
    expect(Math.abs((fuel.levelL ?? 0) - levelL)).toBeLessThan(0.1);
    expect(Math.abs((fuel.lapsLeft ?? 0) - (fuel.levelL ?? 0) / (fuel.perLapL ?? 0))).toBeLessThan(0.1);
    expect(Math.abs((fuel.lapsLeft ?? 0) - (fuel.lapsToFlag ?? 0) - (fuel.marginLaps ?? 0))).toBeLessThan(
      0.02,
    );
    const pace = laps.slice(-5).reduce((sum, { lapTimeS }) => sum + lapTimeS, 0) / 5;
    const driven = laps.reduce((sum, { lapTimeS }) => sum + lapTimeS, 0);
    // 30 minutes less what was driven, the out-lap and the row that is a second old among it.
    expect(Math.abs((fuel.lapsToFlag ?? 0) - (1800 - driven) / pace)).toBeLessThan(2);

    const list = last(listener, 'laps');
    const complete = list.laps.filter((lap) => lap.complete);
    expect(complete.map(({ lap }) => lap)).toEqual(laps.map(({ lap }) => lap));
    for (const [index, lap] of complete.entries()) {
      expect(Math.abs((lap.lapTimeS ?? 0) - (laps[index]?.lapTimeS ?? 0))).toBeLessThan(0.004);
      expect(lap.valid).toBe(laps[index]?.valid);
    }
    const bestS = Math.min(...laps.filter((lap) => lap.valid).map((lap) => lap.lapTimeS));
    expect(
      list.laps.filter((lap) => lap.best).map((lap) => Math.abs((lap.lapTimeS ?? 0) - bestS) < 0.004),
    ).toEqual([true]);
    expect(list.consistency?.laps).toBe(complete.filter((lap) => lap.clean).length);

    const relative = all(listener, 'relative').findLast((message) => message.own !== null);
    expect(relative?.own).toMatchObject({ number: '13', className: 'GT3', classColour: 0xffda59 });
    const around = relative?.cars ?? [];
    expect(around.length).toBeGreaterThan(7);
    expect(around.length).toBeLessThanOrEqual(14);
    expect(around.map((car) => car.gapS)).toEqual(around.map((car) => car.gapS).toSorted((a, b) => b - a));
    for (const car of around) {
      const true_ = cars.find(({ index }) => index === car.index);
      expect(car).toMatchObject({ number: true_?.number, className: true_?.className, lapsAhead: 0 });
      // A quarter of a second old at most: the fastest class gains a tenth of that, a parked car falls back by it; and told to a tenth.
      expect(Math.abs(car.gapS - (true_?.gapS ?? 0))).toBeLessThan(0.45);
    }
    const nearest = cars.filter(({ gapS }) => gapS > 1).toSorted((a, b) => a.gapS - b.gapS);
    expect(around.map(({ index }) => index)).toContain(nearest[0]?.index);
    const names = all(listener, 'relative').flatMap((message) => message.cars.map((car) => car.name));
    expect(new Set(names)).toContain('@apex_andré');
    const arrivals = all(listener, 'relative').flatMap(({ cars }) =>
      cars.filter((car) => car.arrivesInS !== null),
    );
    expect(arrivals.length).toBeGreaterThan(0);
    expect(arrivals.every(({ className, gapS }) => className === 'FORM' && gapS <= 0)).toBe(true);
    const rest = listener.messages.filter((message) => message.type !== 'relative');
    expect(JSON.stringify(rest)).not.toContain('apex_andr');

    // The first is there before there is a lap, and says so.
    expect(all(listener, 'map')[0]?.map).toBeNull();
    const { map: drawn } = last(listener, 'map');
    expect(drawn?.origin).toBe('dead-reckoning');
    const points = (drawn?.eastM ?? []).map((eastM, at) => [eastM, drawn?.northM[at] ?? 0] as const);
    expect(points.length).toBeLessThanOrEqual(1000);
    const roundM = points.reduce((sum, [eastM, northM], at) => {
      const [nextEastM, nextNorthM] = points[(at + 1) % points.length] ?? [0, 0];
      return sum + Math.hypot(nextEastM - eastM, nextNorthM - northM);
    }, 0);
    expect(Math.abs(roundM / lengthM - 1)).toBeLessThan(0.03);

    const corners = all(listener, 'corners').filter((message) =>
      message.corners.some(({ deltaS }) => deltaS !== null),
    );
    expect(corners.length).toBeGreaterThan(3);
    expect(last(listener, 'tyres')).toMatchObject({
      stopLap: null,
      leftFront: { wear: [1, 1, 1], coldPressureKpa: 165.5 },
    });

    // Who comes later gets the newest of each, once.
    const late = new HubListener(engine?.urls.hub ?? '');
    const types = ['fuel', 'tyres', 'relative', 'laps', 'corners', 'map'] as const;
    await late.until('the newest of each', () => types.every((type) => all(late, type).length === 1));
    for (const type of types) expect(last(late, type)).toEqual(last(listener, type));
    late.close();
  });

  test('a race is counted down by its laps, and a tape of it says the same: seed 23', async () => {
    const tape = join(folder, 'race.tape');
    const recording = followCoach(['record', tape, '--source', `map:${map}`, '--json'], dataDir);
    await recording.said('Waiting for');
    const { sim: played, truth } = play('--laps', '5', '--seed', '23', '--cars', '12', '--start', 'grid');
    await played.ended;
    expect((await recording.stop('SIGINT')).status).toBe(0);
    engine = await startCoach(['replay', tape, '--speed', '40', '--port', '0'], dataDir);
    const listener = new HubListener(engine.urls.hub);
    page = listener;
    await listener.until(
      'four laps, on every board',
      (heard) =>
        heard.laps.length >= 4 &&
        all(heard, 'fuel').at(-1)?.lapsCounted === 3 &&
        (all(heard, 'laps')
          .at(-1)
          ?.laps.filter((lap) => lap.complete).length ?? 0) >= 4,
    );
    const lapsToFlag = all(listener, 'fuel').flatMap((fuel) => fuel.lapsToFlag ?? []);
    expect(lapsToFlag.some((laps) => laps > 3 && laps < 4)).toBe(true);
    expect(lapsToFlag.every((laps) => laps <= 5)).toBe(true);
    const { lapsCounted, perLapL } = last(listener, 'fuel');
    // The first lap is from the grid.
    expect(lapsCounted).toBe(3);
    expect(Math.abs((perLapL ?? 0) - trueUse(truth().laps.slice(1, 4)))).toBeLessThan(0.015);
    expect(all(listener, 'relative').some(({ cars }) => cars.length > 3)).toBe(true);
    expect(last(listener, 'laps').laps.filter((lap) => lap.complete)).toHaveLength(4);
  });
});
