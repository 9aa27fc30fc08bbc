/** Is a car beside me? A block at the end of the marker's row on that side, in two pieces for two cars. Not the coach's: it stays when the coach is silent. */
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';

export interface RadarModel {
  opacity: number;
  /** Cars on each side. */
  left: 0 | 1 | 2;
  right: 0 | 1 | 2;
}

export const blankRadar = (): RadarModel => ({ opacity: 0, left: 0, right: 0 });

/** Cars to the left and to the right for each value of the snapshot's `carLeftRight`; off and unknown are none. */
const sides: readonly (readonly [RadarModel['left'], RadarModel['right']])[] = [
  [0, 0],
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
  [2, 0],
  [0, 2],
];
const nobody = [0, 0] as const;

export class RadarPresenter implements Presenter<RadarModel> {
  readonly #fade = new Fade();

  update(frame: HudFrame, into: RadarModel): void {
    const { carLeftRight } = frame.snapshot;
    const [left, right] = frame.driven ? (sides[carLeftRight] ?? nobody) : nobody;
    const alongside = left + right > 0;
    // Value 0 is the sim's "off": then there is nothing to be clear of.
    const clear = frame.driven && carLeftRight > 0 && !frame.setup.options.radar.onlyAlongside;
    // A car is there at once; only its going fades.
    into.opacity = this.#fade.at(alongside || clear ? 1 : 0, frame.nowMs, frame.reducedMotion || alongside);
    if (!alongside && !clear && into.opacity > 0) return;
    into.left = left;
    into.right = right;
  }
}
