/**
 * Brake in how many metres? Two bars close on the middle as the brake point comes near: their length is the time left,
 * their height and brightness step up at each beat, GO flashes the plate. Where the point is not the driver's own, the
 * bars stay hollow and nothing is commanded. While the coach learns and has no point for the next corner yet, the marker says how far it is.
 */
import { snapshotFlags } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Presenter } from '../../painted.ts';
import { motion } from '../../tokens.ts';

/** The bars begin to close this long before the point: five beats of half a second, of which the last three sound. */
export const approachS = 3;
/** The bars' length is drawn in so many steps, finer than a pixel on a large screen. */
export const fillSteps = 1024;
/** Nearer than this metres are shown in fives, beyond in tens: at 250 km/h a tenth of a second is seven metres. */
const coarseM = 100;

export type BrakeMarkerMode = 'rest' | 'shown' | 'commanded' | 'go';

export interface BrakeMarkerModel {
  /** 0 to 1. */
  opacity: number;
  mode: BrakeMarkerMode;
  /** How far the bars have closed, 0 to `fillSteps`. */
  fill: number;
  /** 0 before the beats, then 1, 2, 3: brighter and higher. */
  step: number;
  /** Metres to go; empty at rest and at GO. */
  metres: string;
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
  metres: '',
  learning: '',
  flash: false,
});

export class BrakeMarkerPresenter implements Presenter<BrakeMarkerModel> {
  readonly #fade = new Fade();
  readonly #metres = new HeldNumber();
  #goSinceMs = Number.NaN;

  update(frame: HudFrame, into: BrakeMarkerModel): void {
    const mode = modeOf(frame);
    this.#goSinceMs =
      mode !== 'go' ? Number.NaN : Number.isNaN(this.#goSinceMs) ? frame.nowMs : this.#goSinceMs;
    const near = mode === 'shown' || mode === 'commanded';
    const metres = this.#metres.at(near ? roundedM(frame.brakeInM) : null, frame.nowMs);
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.mode = mode;
    into.fill = mode === 'go' ? fillSteps : near ? fillOf(frame.brakeInS) : 0;
    into.step = mode === 'commanded' && frame.snapshot.beat > 0 ? 4 - frame.snapshot.beat : 0;
    into.metres = metres === null ? '' : String(metres);
    into.learning = mode === 'rest' && frame.awake ? learningText(frame.snapshot.learnedPasses) : '';
    into.flash = mode === 'go' && !frame.reducedMotion && frame.nowMs - this.#goSinceMs < motion.flashMs;
  }
}

/** Clean passes of a corner after which its brake point is known. */
const passesWanted = 3;
/** Made once: a frame makes no text. */
const learningTexts = Array.from(
  { length: passesWanted },
  (_, passes) => `learning ${passes} of ${passesWanted}`,
);

/** -1 while nothing is learned, and all passes once it is: neither is said. */
const learningText = (passes: number) => learningTexts[passes] ?? '';

function modeOf({ snapshot, awake, brakeInS }: HudFrame): BrakeMarkerMode {
  if (!awake) return 'rest';
  const commanded = (snapshot.flags & snapshotFlags.brakeCommanded) !== 0;
  if (commanded && snapshot.beat === -1) return 'go';
  if (!(brakeInS > 0 && brakeInS <= approachS)) return 'rest';
  return commanded ? 'commanded' : 'shown';
}

const fillOf = (brakeInS: number) =>
  Math.round(Math.min(1, Math.max(0, 1 - brakeInS / approachS)) * fillSteps);

function roundedM(brakeInM: number): number | null {
  if (!(brakeInM >= 0)) return null;
  const step = brakeInM > coarseM ? 10 : 5;
  return Math.ceil(brakeInM / step) * step;
}
