/**
 * Which corners of this lap gained, which lost? A slot for each corner in the order of the lap: a bar below the line for time lost, above it for time gained, a
 * short tick for a corner that is not driven yet or does not count.
 */
import type { CornersMessage } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';

/** A full bar, up or down, in so many steps. */
export const barSteps = 16;
/** Less than this is even: what a driver's own spread hides. */
const evenS = 0.01;

export interface CornerStripModel {
  opacity: number;
  /** Index of the corner being driven; -1 on a straight. */
  current: number;
  /** Changes with `CornerStripPresenter.bars` and `.names`. */
  revision: number;
}

export const blankCornerStrip = (): CornerStripModel => ({ opacity: 0, current: -1, revision: 0 });

export class CornerStripPresenter implements Presenter<CornerStripModel> {
  /** In steps, positive is lost; NaN: nothing to show. */
  bars: number[] = [];
  /** As short as an id without its letter. */
  names: string[] = [];
  readonly #fade = new Fade();
  #message: CornersMessage | null = null;
  #revision = 0;

  update(frame: HudFrame, into: CornerStripModel): void {
    const message = frame.board.corners;
    const shown = frame.driven && message !== null && message.corners.length > 0;
    into.opacity = this.#fade.at(shown ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (!shown) return;
    if (message !== this.#message) {
      this.#message = message;
      this.#take(message, frame.setup.options.cornerStrip.rangeS);
    }
    into.current = frame.snapshot.corner;
    into.revision = this.#revision;
  }

  #take({ corners }: CornersMessage, rangeS: number): void {
    const bars = corners.map(({ deltaS }) => barOf(deltaS, rangeS));
    const names = corners.map(({ cornerId }) => cornerId.toUpperCase().replace(/^T(?=\d)/, ''));
    const same = (a: readonly unknown[], b: readonly unknown[]) =>
      a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
    if (same(bars, this.bars) && same(names, this.names)) return;
    this.bars = bars;
    this.names = names;
    this.#revision += 1;
  }
}

/** A delta that counts is a step at least: a bar that cannot be seen would say "even". */
function barOf(deltaS: number | null, rangeS: number): number {
  if (deltaS === null) return Number.NaN;
  if (Math.abs(deltaS) < evenS) return 0;
  const steps = Math.min(barSteps, Math.max(1, Math.round((Math.abs(deltaS) / rangeS) * barSteps)));
  return Math.sign(deltaS) * steps;
}
