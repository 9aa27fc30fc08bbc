/** The cars around as rows of a list: our own in the middle, so many ahead above it and behind below it. */
import type { RelativeCar, RelativeMessage, WidgetOptions } from '@racing-coach/contract';
import type { Locale } from '../../locale.ts';
import { minus } from '../../number-text.ts';

/** Room for three cars on each side; the options say how many are listed. */
export const ownRow = 3;
export const rowIndices = [0, 1, 2, 3, 4, 5, 6] as const;
export type RowIndex = (typeof rowIndices)[number];

export interface RelativeRow {
  /** `car` and `own` show something; an empty row keeps its place. */
  kind: 'empty' | 'car' | 'own';
  position: string;
  number: string;
  name: string;
  className: string;
  /** 0xRRGGBB as the sim has it; -1 when unknown. */
  classColour: number;
  /** Tenths with a sign, one decimal: `+1.2` is ahead. */
  gap: string;
  /** Whole laps ahead (positive) or behind in the race, limited to nine. */
  laps: number;
  inPits: boolean;
  /** Whole seconds until a faster car is here; -1: none comes. */
  arrivesInS: number;
}

export const emptyRow: RelativeRow = {
  kind: 'empty',
  position: '',
  number: '',
  name: '',
  className: '',
  classColour: -1,
  gap: '',
  laps: 0,
  inPits: false,
  arrivesInS: -1,
};

export type RelativeOptions = WidgetOptions['relative'];

/** One row for each of `rowIndices`: farthest ahead first. Cars that do not fit are left out, the farthest first. */
export function relativeRows(
  message: RelativeMessage,
  options: RelativeOptions,
  locale: Locale,
): RelativeRow[] {
  const cars = message.cars.filter(({ inPits }) => options.pits || !inPits);
  cars.sort((a, b) => b.gapS - a.gapS);
  const ahead = cars.filter(({ gapS }) => gapS > 0).slice(-options.ahead);
  const behind = cars.filter(({ gapS }) => gapS <= 0).slice(0, options.behind);
  return rowIndices.map((index) => {
    if (index === ownRow) return ownOf(message.own);
    const car = index < ownRow ? ahead[index - ownRow + ahead.length] : behind[index - ownRow - 1];
    return car === undefined ? emptyRow : rowOf(car, options, locale);
  });
}

function rowOf(car: RelativeCar, { names, arrivals }: RelativeOptions, locale: Locale): RelativeRow {
  return {
    kind: 'car',
    position: positionText(car.classPosition),
    number: `#${car.number}`,
    name: names ? car.name : '',
    className: car.className,
    classColour: car.classColour ?? -1,
    gap: locale.signed(gapText(car.gapS)),
    laps: Math.max(-9, Math.min(9, car.lapsAhead)) + 0,
    inPits: car.inPits,
    arrivesInS: arrivals && car.arrivesInS !== null ? Math.max(0, Math.ceil(car.arrivesInS)) : -1,
  };
}

function ownOf(own: RelativeMessage['own']): RelativeRow {
  if (own === null) return emptyRow;
  return {
    ...emptyRow,
    kind: 'own',
    position: positionText(own.classPosition),
    number: `#${own.number}`,
    className: own.className,
    classColour: own.classColour ?? -1,
  };
}

const positionText = (position: number | null) => (position === null ? '' : String(position));

/** Seconds with one decimal and a sign; from a hundred on whole ones. */
export function gapText(gapS: number): string {
  const tenths = Math.round(Math.abs(gapS) * 10);
  const digits = tenths >= 1000 ? String(Math.round(tenths / 10)) : (tenths / 10).toFixed(1);
  if (tenths === 0) return digits;
  return `${gapS < 0 ? minus : '+'}${digits}`;
}
