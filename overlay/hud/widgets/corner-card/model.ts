/** Which corner is next, how fast at its slowest point, in which gear? The corner being driven until its exit phase. */
import type { HubCorner } from '@racing-coach/contract';
import { cornerAt, cornerName } from '../../corner-name.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import { kmhFromMps } from '../../number-text.ts';
import type { Presenter } from '../../painted.ts';

export interface CornerCardModel {
  opacity: number;
  /** False: no corner is known ahead, the card is an outline of itself. */
  live: boolean;
  name: string;
  direction: 'left' | 'right';
  /** What the reference does for it: the whole card is quieter for a corner that is flat. */
  kind: HubCorner['kind'];
  /** km/h at the slowest point; empty when unknown. */
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

  update(frame: HudFrame, into: CornerCardModel): void {
    const { snapshot } = frame;
    const current = snapshot.phase === exitPhase ? null : cornerAt(frame.reference, snapshot.corner);
    const corner = current ?? cornerAt(frame.reference, snapshot.nextCorner);
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.live = frame.awake && corner !== null;
    if (corner === null) return;
    into.name = cornerName(corner);
    into.direction = corner.direction;
    into.kind = corner.kind;
    into.inside = current !== null;
    into.speed = this.#speedText(current ? corner.minSpeedMps : targetSpeed(frame, corner));
    into.gear = gearText(current ? corner.minGear : snapshot.targetGear || corner.minGear);
  }

  #speedText(targetMps: number | null): string {
    const speedMps = targetMps ?? Number.NaN;
    if (!Object.is(speedMps, this.#speedMps)) {
      this.#speedMps = speedMps;
      this.#speed = Number.isFinite(speedMps) ? String(kmhFromMps(speedMps)) : '';
    }
    return this.#speed;
  }
}

/** The coach may aim at another speed than the reference's (grip, traffic); without one the reference's holds. */
const targetSpeed = ({ snapshot }: HudFrame, corner: HubCorner) =>
  Number.isFinite(snapshot.targetSpeedMps) ? snapshot.targetSpeedMps : corner.minSpeedMps;

const gearText = (gear: number | null) => (gear !== null && gear > 0 ? String(gear) : '');
