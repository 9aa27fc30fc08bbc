/** What did that corner cost? One number with its sign, and the corner's name. */
import { Fade } from '../../fade.ts';
import type { HudFrame, ShownVerdict } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';

export interface VerdictModel {
  opacity: number;
  /** Lost time: orange, the number on the right. Gained: sky, on the left, as in the delta bar. */
  loss: boolean;
  text: string;
  cornerName: string;
}

export const blankVerdict = (): VerdictModel => ({ opacity: 0, loss: false, text: '', cornerName: '' });

export class VerdictPresenter implements Presenter<VerdictModel> {
  readonly #fade = new Fade();
  #shown: ShownVerdict | null = null;

  update(frame: HudFrame, into: VerdictModel): void {
    const { verdict } = frame;
    const { locale, options } = frame.setup;
    into.opacity = this.#fade.at(verdict ? 1 : 0, frame.nowMs, frame.reducedMotion);
    // While it fades out it keeps its words.
    if (verdict === null) return;
    into.loss = verdict.deltaS > 0;
    if (verdict === this.#shown) return;
    this.#shown = verdict;
    into.cornerName = options.verdict.cornerName ? locale.corner(verdict.corner) : '';
    into.text = locale.delta(Math.round(verdict.deltaS * 100));
  }
}
