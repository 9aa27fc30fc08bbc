/** Who is around me? The nearest cars ahead and behind, their class, their gap, and how soon a faster one is here. */
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import { type FlatRows, RowFields } from '../../flat-rows.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { emptyRow, type RelativeRow, type RowIndex, relativeRows, rowIndices } from './rows.ts';

export type RelativeModel = FlatRows<RelativeRow, RowIndex> & {
  opacity: number;
  /** False: the source tells nothing of other cars. */
  live: boolean;
  /** How many rows there is room for before our own. */
  ahead: number;
  /** What stands in place of the gap to a car in the pits. */
  pit: string;
  /** Why there is nothing. */
  words: string;
};

export const fields = new RowFields<RelativeRow, RowIndex>(emptyRow, rowIndices);

export const blankRelative = (): RelativeModel => ({
  ...fields.blank(),
  opacity: 0,
  live: false,
  ahead: 0,
  pit: '',
  words: '',
});

export class RelativePresenter implements Presenter<RelativeModel> {
  readonly #fade = new Fade();
  readonly #watch = new BoardWatch('relative');

  update(frame: HudFrame, into: RelativeModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (!this.#watch.changed(frame)) return;
    const { options, locale } = frame.setup;
    const message = frame.board.relative;
    const rows = message === null ? [] : relativeRows(message, options.relative, locale);
    for (const index of fields.indices) fields.write(into, index, rows[index] ?? null);
    into.live = message !== null;
    into.ahead = options.relative.ahead;
    into.words = message === null ? locale.text('relativeNone') : '';
    into.pit = locale.text('pit');
  }
}
