/**
 * Do my pedals follow the reference? Some seconds of both, and what the reference does next. The
 * arrays are shared with the view; `revision` says that they changed.
 */
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { TraceHistory } from '../../trace-history.ts';
import { ReferenceAhead } from './reference-ahead.ts';

export interface PedalTraceModel {
  opacity: number;
  revision: number;
  /**
   * Whether the reference's line is there, behind the car and ahead of it, for each pedal. Without the pedal in the newest snapshot it is not: then the
   * reference does not have it, or the rules of the session withhold it, and of what shows how to drive nothing may stand there for another second.
   */
  throttleGhost: boolean;
  brakeGhost: boolean;
}

export const blankPedalTrace = (): PedalTraceModel => ({
  opacity: 0,
  revision: 0,
  throttleGhost: false,
  brakeGhost: false,
});

export class PedalTracePresenter implements Presenter<PedalTraceModel> {
  history = new TraceHistory();
  readonly ahead = new ReferenceAhead();
  readonly #fade = new Fade();
  #revision = -1;

  update(frame: HudFrame, into: PedalTraceModel): void {
    const { history } = frame;
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    // Also while it fades out, when all else stays as it was.
    into.throttleGhost = Number.isFinite(frame.snapshot.referenceThrottle);
    into.brakeGhost = Number.isFinite(frame.snapshot.referenceBrake);
    if (frame.awake && history.revision !== this.#revision) {
      this.history = history;
      this.#revision = history.revision;
      this.ahead.fill(frame.reference, frame.snapshot.lapDistanceM);
    }
    into.revision = this.#revision;
  }
}
