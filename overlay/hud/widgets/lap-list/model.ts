/** How were the last laps? Number, time, gap to the best one, or why a lap does not count. */
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import { type FlatRows, RowFields } from '../../flat-rows.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { emptyRow, type LapRow, lapRows, type RowIndex, rowIndices } from './rows.ts';

export type LapListModel = FlatRows<LapRow, RowIndex> & {
  opacity: number;
  /** What stands in place of laps while there is none. */
  words: string;
};

export const fields = new RowFields<LapRow, RowIndex>(emptyRow, rowIndices);

export const blankLapList = (): LapListModel => ({ ...fields.blank(), opacity: 0, words: '' });

export class LapListPresenter implements Presenter<LapListModel> {
  readonly #fade = new Fade();
  readonly #watch = new BoardWatch('laps');

  update(frame: HudFrame, into: LapListModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (!this.#watch.changed(frame)) return;
    const { options, locale } = frame.setup;
    const laps = frame.board.laps?.laps ?? [];
    const rows = lapRows(laps, options.lapList, locale);
    for (const index of fields.indices) fields.write(into, index, rows[index] ?? null);
    into.words = laps.length === 0 ? locale.text('lapsNone') : '';
  }
}
