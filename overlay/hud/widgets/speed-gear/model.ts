/** How fast am I, and how fast should the next corner be? Own speed and gear; below them the slowest speed and the gear of the corner that matters now. */
import { cornerAhead, targetGear, targetSpeedMps } from '../../corner-ahead.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { HeldNumber } from '../../held-number.ts';
import type { Presenter } from '../../painted.ts';

export interface SpeedGearModel {
  opacity: number;
  speed: string;
  /** `R`, `N` or the number; empty when unknown. */
  gear: string;
  /** Empty where no corner is known ahead. */
  targetSpeed: string;
  targetGear: string;
}

export const blankSpeedGear = (): SpeedGearModel => ({
  opacity: 0,
  speed: '',
  gear: '',
  targetSpeed: '',
  targetGear: '',
});

/** The sim says neutral for 50 to 150 ms of every shift (measured): nobody wants to read that. */
const shiftMs = 200;

export class SpeedGearPresenter implements Presenter<SpeedGearModel> {
  readonly #fade = new Fade();
  readonly #speed = new HeldNumber();
  #shownSpeed: number | null = null;
  #gear = Number.NaN;
  #neutralSinceMs = Number.NaN;
  #target: number | null = null;

  update(frame: HudFrame, into: SpeedGearModel): void {
    const { locale } = frame.setup;
    const { speedMps } = frame.snapshot;
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (!frame.driven) return;
    const whole = Number.isFinite(speedMps) ? Math.round(locale.value('speed', speedMps)) : null;
    const speed = this.#speed.at(whole, frame.nowMs);
    if (speed !== this.#shownSpeed) {
      this.#shownSpeed = speed;
      into.speed = speed === null ? '' : String(speed);
    }
    into.gear = gearName(this.#settledGear(frame));
    this.#updateTarget(frame, into);
  }

  #updateTarget(frame: HudFrame, into: SpeedGearModel): void {
    const corner = frame.coaching ? cornerAhead(frame) : null;
    const target = corner === null ? Number.NaN : targetSpeedMps(frame, corner);
    const aimed = Number.isFinite(target) ? target : null;
    if (aimed !== this.#target) {
      this.#target = aimed;
      into.targetSpeed = aimed === null ? '' : frame.setup.locale.quantity('speed', aimed);
    }
    const gear = corner === null ? null : targetGear(frame, corner);
    into.targetGear = gear === null ? '' : gearName(gear);
  }

  #settledGear({ snapshot, nowMs }: HudFrame): number {
    if (snapshot.gear !== 0) {
      this.#gear = snapshot.gear;
      this.#neutralSinceMs = Number.NaN;
    } else if (Number.isNaN(this.#neutralSinceMs)) this.#neutralSinceMs = nowMs;
    const neutral = nowMs - this.#neutralSinceMs >= shiftMs || Number.isNaN(this.#gear);
    return neutral ? 0 : this.#gear;
  }
}

/** Made once: a frame makes no text. */
const names = ['R', 'N', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10'];
const gearName = (gear: number) => names[gear + 1] ?? '';
