/** Which corner is next, how fast at its slowest point, in which gear? The corner being driven until its exit phase. */
import type { HubCorner } from '@racing-coach/contract';
import { cornerAt } from '../../corner-at.ts';
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

/** `Snapshot.phase` of the exit: from there on the next corner matters. */
const exitPhase = 4;

export class CornerCardPresenter implements Presenter<CornerCardModel> {
  readonly #fade = new Fade();
  #speedMps = Number.NaN;
  #speed = '';
  #corner: HubCorner | null = null;
  #name = '';

  update(frame: HudFrame, into: CornerCardModel): void {
    const { snapshot } = frame;
    const { locale } = frame.setup;
    const current = snapshot.phase === exitPhase ? null : cornerAt(frame.reference, snapshot.corner);
    const corner = current ?? cornerAt(frame.reference, snapshot.nextCorner);
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = frame.awake && corner !== null;
    if (corner === null) return;
    into.name = this.#nameOf(corner, locale);
    into.direction = corner.direction;
    into.kind = corner.kind;
    into.inside = current !== null;
    into.speed = this.#speedText(current ? corner.minSpeedMps : targetSpeed(frame, corner), locale);
    into.gear = gearText(current ? corner.minGear : snapshot.targetGear || corner.minGear);
  }

  #nameOf(corner: HubCorner, locale: Locale): string {
    if (corner !== this.#corner) {
      this.#corner = corner;
      this.#name = locale.corner(corner);
    }
    return this.#name;
  }

  #speedText(speedMps: number, locale: Locale): string {
    if (speedMps !== this.#speedMps) {
      this.#speedMps = speedMps;
      this.#speed = Number.isFinite(speedMps) ? locale.quantity('speed', speedMps) : '';
    }
    return this.#speed;
  }
}

/** The coach may aim at another speed than the reference's (grip, traffic); without one the reference's holds. */
const targetSpeed = ({ snapshot }: HudFrame, corner: HubCorner) =>
  Number.isFinite(snapshot.targetSpeedMps) ? snapshot.targetSpeedMps : corner.minSpeedMps;

const gearText = (gear: number | null) => (gear !== null && gear > 0 ? String(gear) : '');
