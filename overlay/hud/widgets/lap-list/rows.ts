/** The laps of this session as rows of a list: the newest on top, and the best one always among them. */
import type { BoardLap, WidgetOptions } from '@racing-coach/contract';
import type { Locale } from '../../locale.ts';
import { tellingReasons } from './telling-reasons.ts';

export const rowIndices = [0, 1, 2, 3, 4, 5] as const;
export type RowIndex = (typeof rowIndices)[number];

export interface LapRow {
  kind: 'empty' | 'best' | 'clean' | 'spoilt';
  lap: string;
  /** Empty: the lap has no time. */
  time: string;
  /** The gap to the best in figures; empty where there are `words` in its place. */
  gap: string;
  /** `best`, or why the lap does not count. */
  words: string;
}

export const emptyRow: LapRow = { kind: 'empty', lap: '', time: '', gap: '', words: '' };

/** So many laps, newest first; when the best one is older, it takes the last of the rows. */
export function listedLaps(laps: readonly BoardLap[], rows: number): BoardLap[] {
  const newestFirst = laps.toReversed();
  const listed = newestFirst.slice(0, rows);
  const best = newestFirst.find((lap) => lap.best);
  if (best === undefined || listed.includes(best)) return listed;
  return [...listed.slice(0, rows - 1), best];
}

/** One row for each of `rowIndices`. */
export function lapRows(
  laps: readonly BoardLap[],
  options: WidgetOptions['lapList'],
  locale: Locale,
): LapRow[] {
  const listed = listedLaps(laps, options.rows);
  return rowIndices.map((index) => {
    const lap = listed[index];
    return lap === undefined ? emptyRow : rowOf(lap, options, locale);
  });
}

function rowOf(lap: BoardLap, options: WidgetOptions['lapList'], locale: Locale): LapRow {
  const kind = lap.best ? 'best' : lap.clean ? 'clean' : 'spoilt';
  const row = {
    kind,
    lap: String(lap.lap),
    time: lap.lapTimeS === null ? '' : locale.lapTime(lap.lapTimeS),
  } as const;
  if (kind === 'best') return { ...row, gap: '', words: locale.text('best') };
  const words = kind === 'spoilt' && options.reasons ? reasonWords(lap, locale) : '';
  const gap =
    words === '' && options.gap && lap.toBestS !== null ? locale.delta(hundredths(lap.toBestS)) : '';
  return { ...row, gap, words };
}

const reasonWords = ({ reasons }: BoardLap, locale: Locale) =>
  tellingReasons(reasons)
    .map((code) => locale.reason(code))
    .join(', ');

const hundredths = (seconds: number) => Math.round(seconds * 100) + 0;
