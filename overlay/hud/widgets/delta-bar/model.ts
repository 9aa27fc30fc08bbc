/**
 * Am I gaining or losing? The bar's length and side are the delta (right: behind the reference), its colour and the arrow
 * beside the number are what the last 50 m did to it.
 */
import { snapshotFlags } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Presenter } from '../../painted.ts';

/** A full bar is the range of the settings. Beyond it the bar stays full and the number speaks. */
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
  /** -barSteps (gained the range or more) to barSteps. */
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
    const { locale, options } = frame.setup;
    const { rangeS, number, colourBy } = options.deltaBar;
    const live =
      frame.timed && (snapshot.flags & snapshotFlags.deltaValid) !== 0 && Number.isFinite(snapshot.deltaS);
    const hundredths = this.#hundredths.at(
      live && number ? Math.round(snapshot.deltaS * 100) + 0 : null,
      frame.nowMs,
    );
    if (hundredths !== this.#shown) {
      this.#shown = hundredths;
      this.#text = hundredths === null ? '' : locale.delta(hundredths);
    }
    const trend =
      colourBy === 'side' ? sideOf(snapshot.deltaS) : trendOf(snapshot.deltaSlopeSPer50M, this.#trend);
    this.#trend = live ? trend : 'steady';
    into.opacity = this.#fade.at(frame.timed ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = live;
    into.bar = live ? barOf(snapshot.deltaS, rangeS) : 0;
    into.rough = live && (snapshot.flags & snapshotFlags.referenceRough) !== 0 ? freeSide(into.bar) : 0;
    into.trend = this.#trend;
    into.text = this.#text;
  }
}

const freeSide = (bar: number) => (bar > 0 ? -1 : 1);

function barOf(deltaS: number, rangeS: number): number {
  const part = Math.max(-1, Math.min(1, deltaS / rangeS));
  return Math.round(part * barSteps);
}

/** Where colour says the side: less than a hundredth is neither. */
function sideOf(deltaS: number): Trend {
  if (Math.abs(deltaS) < 0.005) return 'steady';
  return deltaS > 0 ? 'losing' : 'gaining';
}

/** Positive slope: time is being lost. A missing slope (just after the line) is steady. */
function trendOf(slope: number, before: Trend): Trend {
  if (slope > (before === 'losing' ? noticeSPer50M / 2 : noticeSPer50M)) return 'losing';
  if (slope < -(before === 'gaining' ? noticeSPer50M / 2 : noticeSPer50M)) return 'gaining';
  return 'steady';
}
