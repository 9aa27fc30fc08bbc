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
}

export const blankPedalTrace = (): PedalTraceModel => ({ opacity: 0, revision: 0 });

export class PedalTracePresenter implements Presenter<PedalTraceModel> {
  history = new TraceHistory();
  readonly ahead = new ReferenceAhead();
  readonly #fade = new Fade();
  #revision = -1;

  update(frame: HudFrame, into: PedalTraceModel): void {
    const { history } = frame;
    into.opacity = this.#fade.at(frame.awake ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (frame.awake && history.revision !== this.#revision) {
      this.history = history;
      this.#revision = history.revision;
      this.ahead.fill(frame.reference, frame.snapshot.lapDistanceM);
    }
    into.revision = this.#revision;
  }
}
