/**
 * Brake in how many metres? Two bars close on the middle as the brake point comes near: their length is the time left,
 * their height and brightness step up at each beat, GO flashes the plate. Where the point is not the driver's own, the
 * bars stay hollow and nothing is commanded. While the coach learns and has no point for the next corner yet, the marker says how far it is.
 */
import { type LookSettings, snapshotFlags, type WidgetOptions } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Locale } from '../../locale.ts';
import type { Presenter } from '../../painted.ts';
import { motion } from '../../tokens.ts';

/** The bars' length is drawn in so many steps, finer than a pixel on a large screen. */
export const fillSteps = 1024;
/** Nearer than this the distance is shown in fives, beyond in tens: at 250 km/h a tenth of a second is seven metres. */
const coarse: Record<LookSettings['units'], number> = { metric: 100, imperial: 300 };

export type BrakeMarkerMode = 'rest' | 'shown' | 'commanded' | 'go';

export interface BrakeMarkerModel {
  /** 0 to 1. */
  opacity: number;
  mode: BrakeMarkerMode;
  /** How far the bars have closed, 0 to `fillSteps`. */
  fill: number;
  /** 0 before the beats, then 1, 2, 3: brighter and higher. */
  step: number;
  /** Distance or time to go, as the settings say; empty at rest, at GO and where nothing is wanted. */
  count: string;
  /** How much is learned of the next braked corner, where there is no point yet; else empty. */
  learning: string;
  /** The white flash at GO; never with reduced motion. */
  flash: boolean;
}

export const blankBrakeMarker = (): BrakeMarkerModel => ({
  opacity: 0,
  mode: 'rest',
  fill: 0,
  step: 0,
  count: '',
  learning: '',
  flash: false,
});

export class BrakeMarkerPresenter implements Presenter<BrakeMarkerModel> {
  readonly #fade = new Fade();
  readonly #count = new HeldNumber();
  #goSinceMs = Number.NaN;
  #counted: number | null = null;
  #text = '';
  #passes = Number.NaN;
  #learning = '';

  update(frame: HudFrame, into: BrakeMarkerModel): void {
    const { locale, options } = frame.setup;
    const { approachS, countdown, flash, learning } = options.brakeMarker;
    const mode = modeOf(frame, approachS);
    this.#goSinceMs =
      mode !== 'go' ? Number.NaN : Number.isNaN(this.#goSinceMs) ? frame.nowMs : this.#goSinceMs;
    const near = mode === 'shown' || mode === 'commanded';
    const count = this.#count.at(near ? counted(frame, countdown) : null, frame.nowMs);
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.mode = mode;
    into.fill = mode === 'go' ? fillSteps : near ? fillOf(frame.brakeInS, approachS) : 0;
    into.step = mode === 'commanded' && frame.snapshot.beat > 0 ? 4 - frame.snapshot.beat : 0;
    into.count = this.#countText(count, countdown === 'seconds' ? locale : null);
    into.learning =
      learning && mode === 'rest' && frame.awake
        ? this.#learningText(frame.snapshot.learnedPasses, locale)
        : '';
    into.flash =
      flash && mode === 'go' && !frame.reducedMotion && frame.nowMs - this.#goSinceMs < motion.flashMs;
  }

  /** @param tenthsIn set where the number is tenths of a second */
  #countText(count: number | null, tenthsIn: Locale | null): string {
    if (count !== this.#counted) {
      this.#counted = count;
      this.#text = count === null ? '' : (tenthsIn?.fixed(count / 10, 1) ?? String(count));
    }
    return this.#text;
  }

  /** -1 while nothing is learned, and all passes once it is: neither is said. */
  #learningText(passes: number, locale: Locale): string {
    if (passes !== this.#passes) {
      this.#passes = passes;
      const said = passes >= 0 && passes < passesWanted;
      this.#learning = said ? locale.text('learningOf', { done: passes, all: passesWanted }) : '';
    }
    return this.#learning;
  }
}

/** Clean passes of a corner after which its brake point is known. */
const passesWanted = 3;

function modeOf({ snapshot, awake, brakeInS }: HudFrame, approachS: number): BrakeMarkerMode {
  if (!awake) return 'rest';
  const commanded = (snapshot.flags & snapshotFlags.brakeCommanded) !== 0;
  if (commanded && snapshot.beat === -1) return 'go';
  if (!(brakeInS > 0 && brakeInS <= approachS)) return 'rest';
  return commanded ? 'commanded' : 'shown';
}

const fillOf = (brakeInS: number, approachS: number) =>
  Math.round(Math.min(1, Math.max(0, 1 - brakeInS / approachS)) * fillSteps);

/** Metres or feet, or tenths of a second. */
function counted(
  { brakeInM, brakeInS, setup }: HudFrame,
  countdown: WidgetOptions['brakeMarker']['countdown'],
): number | null {
  if (countdown === 'none' || !(brakeInM >= 0)) return null;
  if (countdown === 'seconds') return Math.ceil(brakeInS * 10);
  const distance = setup.locale.value('distance', brakeInM);
  const step = distance > coarse[setup.locale.units] ? 10 : 5;
  return Math.ceil(distance / step) * step;
}
