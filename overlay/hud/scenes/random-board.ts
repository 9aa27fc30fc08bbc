/** Random valid messages of the board, for tests that want many of them. Randomness is an argument: 0 to 1, 1 not included. */
import type {
  BoardLap,
  BoardMessage,
  CornersMessage,
  FuelMessage,
  LapsMessage,
  MapMessage,
  RelativeCar,
  RelativeMessage,
  TyresMessage,
  TyreValues,
} from '@racing-coach/contract';
import { reasons } from '@racing-coach/contract';

export type Random = () => number;

/** Mulberry32 (public domain): small, and the same numbers everywhere. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const between = (random: Random, least: number, most: number) => least + random() * (most - least);
const whole = (random: Random, least: number, most: number) => Math.floor(between(random, least, most + 1));
const maybe = (random: Random, least: number, most: number) =>
  random() < 0.2 ? null : between(random, least, most);
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const letters = 'abcdefghijklmnopqrstuvwxyzÄÖÅéñçß ’-0123456789日本';
const word = (random: Random, most: number) =>
  many(whole(random, 0, most), () => letters[whole(random, 0, letters.length - 1)]).join('');

const fuel = (random: Random): FuelMessage => ({
  type: 'fuel',
  levelL: maybe(random, 0, 140),
  perLapL: maybe(random, 0, 14),
  lapsCounted: whole(random, 0, 5),
  lapsLeft: maybe(random, 0, 200),
  lapsToFlag: maybe(random, 0, 400),
  marginLaps: maybe(random, -300, 200),
});

const tyre = (random: Random): TyreValues => ({
  temperaturesC: [maybe(random, -10, 160), maybe(random, -10, 160), maybe(random, -10, 160)],
  wear: [maybe(random, 0, 1), maybe(random, 0, 1), maybe(random, 0, 1)],
  coldPressureKpa: maybe(random, 60, 300),
});
const tyres = (random: Random): TyresMessage => ({
  type: 'tyres',
  stopLap: random() < 0.3 ? null : whole(random, 0, 900),
  leftFront: tyre(random),
  rightFront: tyre(random),
  leftRear: tyre(random),
  rightRear: tyre(random),
});

const car = (random: Random, index: number): RelativeCar => ({
  index,
  number: word(random, 4),
  name: word(random, 40),
  className: word(random, 16),
  classColour: random() < 0.2 ? null : whole(random, 0, 0xffffff),
  classPosition: random() < 0.2 ? null : whole(random, 1, 63),
  gapS: between(random, -120, 120),
  lapsAhead: whole(random, -12, 12),
  inPits: random() < 0.2,
  arrivesInS: random() < 0.7 ? null : between(random, 0, 60),
});
const relative = (random: Random): RelativeMessage => {
  const { number, className, classColour, classPosition } = car(random, 0);
  return {
    type: 'relative',
    own: random() < 0.1 ? null : { number, className, classColour, classPosition },
    cars: many(whole(random, 0, 20), (index) => car(random, index + 1)),
  };
};

const lap = (random: Random, number: number): BoardLap => ({
  lap: number,
  stint: 1,
  lapTimeS: maybe(random, 15, 600),
  clean: random() < 0.6,
  valid: random() < 0.8,
  complete: random() < 0.9,
  best: random() < 0.1,
  toBestS: maybe(random, 0, 40),
  reasons: reasons.filter(() => random() < 0.06).map(({ code }) => code),
});
const laps = (random: Random): LapsMessage => ({
  type: 'laps',
  laps: many(whole(random, 0, 20), (index) => lap(random, index + 1)),
  consistency:
    random() < 0.2
      ? null
      : {
          laps: whole(random, 2, 10),
          spreadS: between(random, 0, 4),
          meanToBestS: between(random, 0, 9),
          loosest:
            random() < 0.3 ? null : { cornerId: `t${whole(random, 1, 20)}`, spreadS: between(random, 0, 3) },
        },
});

const corners = (random: Random): CornersMessage => ({
  type: 'corners',
  lap: whole(random, 0, 99),
  corners: many(whole(random, 0, 12), (index) => ({
    cornerId: `t${index + 1}`,
    deltaS: maybe(random, -0.6, 0.6),
  })),
});

/** A random walk: crosses itself, doubles back and may stand still, as no track does. */
const map = (random: Random): MapMessage => {
  if (random() < 0.1) return { type: 'map', map: null };
  let [east, north] = [0, 0];
  const points = many(whole(random, 0, 700), () => {
    east += between(random, -30, 30);
    north += between(random, -30, 30);
    return { east, north };
  });
  return {
    type: 'map',
    map: {
      origin: random() < 0.5 ? 'positions' : 'dead-reckoning',
      stepM: between(random, 1, 20),
      eastM: points.map((point) => point.east),
      northM: points.map((point) => point.north),
    },
  };
};

const makers = [fuel, tyres, relative, laps, corners, map] as const;

export function randomBoardMessage(random: Random): BoardMessage {
  return makers[whole(random, 0, makers.length - 1)]?.(random) ?? fuel(random);
}
