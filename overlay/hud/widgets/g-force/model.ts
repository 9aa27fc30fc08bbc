/**
 * How much of the grip am I using, and where to? The car's acceleration as a dot in a circle: up is accelerating, down braking, left a left turn. Gravity is
 * not in it. Not the coach's: it stays when the coach is silent.
 */
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Presenter } from '../../painted.ts';
import { Trail } from './trail.ts';

/** Standard gravity. */
const gMps2 = 9.80665;
/** The dot's place is drawn in so many steps of the circle's radius. */
export const radiusSteps = 128;

export interface GForceModel {
  opacity: number;
  /** False: the source does not say how the car accelerates. */
  live: boolean;
  /** To the right and up, in steps; no further than the circle. */
  x: number;
  y: number;
  /** The acceleration is larger than the circle: the dot stays on it. */
  beyond: boolean;
  text: string;
  trail: number;
}

export const blankGForce = (): GForceModel => ({
  opacity: 0,
  live: false,
  x: 0,
  y: 0,
  beyond: false,
  text: '',
  trail: 0,
});

export class GForcePresenter implements Presenter<GForceModel> {
  /** Made for the settings' seconds at the first moment. */
  trail: Trail | null = null;
  readonly #fade = new Fade();
  readonly #tenths = new HeldNumber();
  #shown: number | null = null;

  update(frame: HudFrame, into: GForceModel): void {
    const { locale, options } = frame.setup;
    const { rangeG, trailS, number } = options.gForce;
    const { lateralAccelMps2, longitudinalAccelMps2 } = frame.snapshot;
    const leftG = lateralAccelMps2 / gMps2;
    const forwardG = longitudinalAccelMps2 / gMps2;
    const sizeG = Math.hypot(leftG, forwardG);
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (!frame.driven) return;
    into.live = Number.isFinite(sizeG);
    const tenths = this.#tenths.at(into.live && number ? Math.round(sizeG * 10) : null, frame.nowMs);
    if (tenths !== this.#shown) {
      this.#shown = tenths;
      into.text = tenths === null ? '' : locale.fixed(tenths / 10, 1);
    }
    if (!into.live) return;
    const scale = radiusSteps / Math.max(rangeG, sizeG);
    into.x = Math.round(-leftG * scale) + 0;
    into.y = Math.round(forwardG * scale) + 0;
    into.beyond = sizeG > rangeG;
    this.trail ??= new Trail(trailS);
    this.trail.push(into.x, into.y, frame.nowMs);
    into.trail = this.trail.revision;
  }
}
