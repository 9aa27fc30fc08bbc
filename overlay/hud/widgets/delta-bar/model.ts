/**
 * Am I gaining or losing? The bar's length and side are the delta (right: behind the reference), its colour and the arrow
 * beside the number are what the last 50 m did to it.
 */
import { snapshotFlags } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import { deltaText } from '../../number-text.ts';
import type { Presenter } from '../../painted.ts';

/** A full bar. Beyond it the bar stays full and the number speaks. */
export const fullScaleS = 1;
export const barSteps = 512;
/**
 * Less than this in 50 m is neither: 0.01 s, about a third of what a driver loses in 50 m of a corner that goes wrong by
 * a tenth. Turning back needs half as much, so that the colour does not flicker on a straight.
 */
const noticeSPer50M = 0.01;

export type Trend = 'gaining' | 'steady' | 'losing';

export interface DeltaBarModel {
  opacity: number;
  /** False: the delta means nothing now and the widget is an outline of itself. */
  live: boolean;
  /** -barSteps (gained a second or more) to barSteps. */
  bar: number;
  trend: Trend;
  text: string;
  /** The reference is rough: on which side that is said, the one that the bar leaves free; 0 when it is not. */
  rough: -1 | 0 | 1;
}

export const blankDeltaBar = (): DeltaBarModel => ({
  opacity: 0,
  live: false,
  bar: 0,
  trend: 'steady',
  text: '',
  rough: 0,
});

export class DeltaBarPresenter implements Presenter<DeltaBarModel> {
  readonly #fade = new Fade();
  readonly #hundredths = new HeldNumber();
  #trend: Trend = 'steady';
  #shown: number | null = null;
  #text = '';

  update(frame: HudFrame, into: DeltaBarModel): void {
    const { snapshot } = frame;
    const live =
      frame.awake && (snapshot.flags & snapshotFlags.deltaValid) !== 0 && Number.isFinite(snapshot.deltaS);
    const hundredths = this.#hundredths.at(live ? Math.round(snapshot.deltaS * 100) + 0 : null, frame.nowMs);
    if (hundredths !== this.#shown) {
      this.#shown = hundredths;
      this.#text = hundredths === null ? '' : deltaText(hundredths);
    }
    this.#trend = live ? trendOf(snapshot.deltaSlopeSPer50M, this.#trend) : 'steady';
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = live;
    into.bar = live ? barOf(snapshot.deltaS) : 0;
    into.rough = live && (snapshot.flags & snapshotFlags.referenceRough) !== 0 ? freeSide(into.bar) : 0;
    into.trend = this.#trend;
    into.text = this.#text;
  }
}

const freeSide = (bar: number) => (bar > 0 ? -1 : 1);

function barOf(deltaS: number): number {
  const part = Math.max(-1, Math.min(1, deltaS / fullScaleS));
  return Math.round(part * barSteps);
}

/** Positive slope: time is being lost. A missing slope (just after the line) is steady. */
function trendOf(slope: number, before: Trend): Trend {
  if (slope > (before === 'losing' ? noticeSPer50M / 2 : noticeSPer50M)) return 'losing';
  if (slope < -(before === 'gaining' ? noticeSPer50M / 2 : noticeSPer50M)) return 'gaining';
  return 'steady';
}
