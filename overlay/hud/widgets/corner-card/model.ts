/** Which corner is next, how fast at its slowest point, in which gear? The corner being driven until its exit phase. */
import type { HubCorner } from '@racing-coach/contract';
import { cornerAhead, cornerInside, targetGear, targetSpeedMps } from '../../corner-ahead.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Locale } from '../../locale.ts';
import type { Presenter } from '../../painted.ts';

export interface CornerCardModel {
  opacity: number;
  /** False: no corner is known ahead, the card is an outline of itself. */
  live: boolean;
  name: string;
  direction: 'left' | 'right';
  /** What the reference does for it: the whole card is quieter for a corner that is flat. */
  kind: HubCorner['kind'];
  /** Speed at the slowest point; empty when unknown. */
  speed: string;
  /** Gear there; empty when unknown. */
  gear: string;
  /** The car is in this corner now. */
  inside: boolean;
}

export const blankCornerCard = (): CornerCardModel => ({
  opacity: 0,
  live: false,
  name: '',
  direction: 'left',
  kind: 'brake',
  speed: '',
  gear: '',
  inside: false,
});

export class CornerCardPresenter implements Presenter<CornerCardModel> {
  readonly #fade = new Fade();
  #speedMps = Number.NaN;
  #speed = '';
  #corner: HubCorner | null = null;
  #name = '';

  update(frame: HudFrame, into: CornerCardModel): void {
    const { locale } = frame.setup;
    const corner = cornerAhead(frame);
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = frame.awake && corner !== null;
    if (corner === null) return;
    into.name = this.#nameOf(corner, locale);
    into.direction = corner.direction;
    into.kind = corner.kind;
    into.inside = cornerInside(frame) !== null;
    into.speed = this.#speedText(targetSpeedMps(frame, corner), locale);
    into.gear = gearText(targetGear(frame, corner));
  }

  #nameOf(corner: HubCorner, locale: Locale): string {
    if (corner !== this.#corner) {
      this.#corner = corner;
      this.#name = locale.corner(corner);
    }
    return this.#name;
  }

  #speedText(targetMps: number | null, locale: Locale): string {
    const speedMps = targetMps ?? Number.NaN;
    if (!Object.is(speedMps, this.#speedMps)) {
      this.#speedMps = speedMps;
      this.#speed = Number.isFinite(speedMps) ? locale.quantity('speed', speedMps) : '';
    }
    return this.#speed;
  }
}

const gearText = (gear: number | null) => (gear === null ? '' : String(gear));
