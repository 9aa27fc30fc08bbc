/**
 * Do my pedals follow the reference? Four seconds of both, and what the reference does in the two seconds to come. The
 * arrays are shared with the view; `revision` says that they changed.
 */
import { snapshotFlags } from '@racing-coach/contract';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import { TraceHistory } from './history.ts';
import { ReferenceAhead } from './reference-ahead.ts';

export interface PedalTraceModel {
  opacity: number;
  revision: number;
}

export const blankPedalTrace = (): PedalTraceModel => ({ opacity: 0, revision: 0 });

export class PedalTracePresenter implements Presenter<PedalTraceModel> {
  readonly history = new TraceHistory();
  readonly ahead = new ReferenceAhead();
  readonly #fade = new Fade();
  #received = 0;
  #revision = 0;

  update(frame: HudFrame, into: PedalTraceModel): void {
    if (frame.received !== this.#received && frame.fresh) {
      this.#received = frame.received;
      this.#take(frame);
    }
    into.opacity = this.#fade.at(frame.coaching ? 1 : 0, frame.nowMs, frame.reducedMotion);
    into.revision = this.#revision;
  }

  #take({ snapshot, reference }: HudFrame): void {
    // Crossing the line wraps the distance, not the pedals: only a change of row order or a reset ends the line.
    if ((snapshot.flags & snapshotFlags.driving) === 0) this.history.clear();
    else this.history.push(snapshot.sample, snapshot);
    this.ahead.fill(reference, snapshot.lapDistanceM);
    this.#revision += 1;
  }
}
