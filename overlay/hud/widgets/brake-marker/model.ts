/**
 * Brake in how many metres? Two bars close on the middle as the brake point comes near: their length is the time left,
 * their height and brightness step up at each beat, GO flashes the plate. Where the point is not the driver's own, the
 * bars stay hollow and nothing is commanded.
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
  /** The white flash at GO; never with reduced motion. */
  flash: boolean;
}

export const blankBrakeMarker = (): BrakeMarkerModel => ({
  opacity: 0,
  mode: 'rest',
  fill: 0,
  step: 0,
  metres: '',
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
    into.opacity = this.#fade.at(frame.coaching ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.mode = mode;
    into.fill = mode === 'go' ? fillSteps : near ? fillOf(frame.brakeInS) : 0;
    into.step = mode === 'commanded' && frame.snapshot.beat > 0 ? 4 - frame.snapshot.beat : 0;
    into.metres = metres === null ? '' : String(metres);
    into.flash = mode === 'go' && !frame.reducedMotion && frame.nowMs - this.#goSinceMs < motion.flashMs;
  }
}

function modeOf({ snapshot, coaching, brakeInS }: HudFrame): BrakeMarkerMode {
  if (!coaching) return 'rest';
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
