/** What will this lap be, if the rest goes like the reference? The time, and how far that is from the reference or from this session's best. */
import { snapshotFlags } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Locale } from '../../locale.ts';
import type { Presenter } from '../../painted.ts';

export interface PredictedLapModel {
  opacity: number;
  /** False: no lap can be predicted now, the widget is an outline of itself. */
  live: boolean;
  time: string;
  /** With its sign; empty where there is nothing to compare with. */
  gap: string;
  /** The gap's side: its colour goes with it, its sign says it too. */
  side: 'faster' | 'even' | 'slower';
}

export const blankPredictedLap = (): PredictedLapModel => ({
  opacity: 0,
  live: false,
  time: '',
  gap: '',
  side: 'even',
});

export class PredictedLapPresenter implements Presenter<PredictedLapModel> {
  readonly #fade = new Fade();
  readonly #time = new HeldNumber();
  readonly #gap = new HeldNumber();
  #shownTime: number | null = null;
  #shownGap: number | null = null;

  update(frame: HudFrame, into: PredictedLapModel): void {
    const { locale, options } = frame.setup;
    const { predictedLapTimeS, flags } = frame.snapshot;
    const { decimals } = options.predictedLap;
    const live =
      frame.timed && (flags & snapshotFlags.deltaValid) !== 0 && Number.isFinite(predictedLapTimeS);
    into.opacity = this.#fade.at(frame.timed ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = live;
    const unit = 10 ** decimals;
    const time = this.#time.at(live ? Math.round(predictedLapTimeS * unit) : null, frame.nowMs);
    if (time !== this.#shownTime) {
      this.#shownTime = time;
      into.time = time === null ? '' : locale.lapTime(time / unit, decimals);
    }
    this.#updateGap(frame, live, locale, into);
  }

  #updateGap(frame: HudFrame, live: boolean, locale: Locale, into: PredictedLapModel): void {
    const gapS = live ? frame.snapshot.predictedLapTimeS - comparedTimeS(frame) : Number.NaN;
    const gap = this.#gap.at(Number.isFinite(gapS) ? Math.round(gapS * 100) + 0 : null, frame.nowMs);
    if (gap === this.#shownGap) return;
    this.#shownGap = gap;
    into.gap = gap === null ? '' : locale.delta(gap);
    into.side = gap === null || gap === 0 ? 'even' : gap > 0 ? 'slower' : 'faster';
  }
}

/** NaN where there is no such time. */
function comparedTimeS({ snapshot, board, setup }: HudFrame): number {
  const { compare } = setup.options.predictedLap;
  if (compare === 'none') return Number.NaN;
  if (compare === 'reference') return snapshot.referenceLapTimeS;
  return board.laps?.laps.find(({ best }) => best)?.lapTimeS ?? Number.NaN;
}
