/** How evenly do I drive? The spread of the clean laps, what they are off the best one, and the corner that varies most. */
import type { LapsMessage } from '@racing-coach/contract';
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';

export interface ConsistencyModel {
  opacity: number;
  /** False: too few clean laps yet. */
  live: boolean;
  /** Seconds, two decimals. */
  spread: string;
  spreadLabel: string;
  /** Half of the band, from nothing to `bandSteps`: as wide as the times are spread. */
  band: number;
  mean: string;
  meanLabel: string;
  /** Empty: no corner is known, or it is not wanted. */
  corner: string;
  cornerSpread: string;
  /** Why there is nothing yet. */
  words: string;
}

export const blankConsistency = (): ConsistencyModel => ({
  opacity: 0,
  live: false,
  spread: '',
  spreadLabel: '',
  band: 0,
  mean: '',
  meanLabel: '',
  corner: '',
  cornerSpread: '',
  words: '',
});

export const bandSteps = 128;
/** The full band: a driver whose times are spread by a second has other things to read. */
const fullBandS = 1;

export class ConsistencyPresenter implements Presenter<ConsistencyModel> {
  readonly #fade = new Fade();
  readonly #watch = new BoardWatch('laps');

  update(frame: HudFrame, into: ConsistencyModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (this.#watch.changed(frame)) fill(into, frame.board.laps?.consistency ?? null, frame);
  }
}

function fill(
  into: ConsistencyModel,
  known: LapsMessage['consistency'],
  { setup, reference }: HudFrame,
): void {
  const { options, locale } = setup;
  const { opacity } = into;
  Object.assign(into, blankConsistency(), { opacity });
  if (known === null) {
    into.words = locale.text('consistencyNone');
    return;
  }
  into.live = true;
  into.spread = locale.fixed(known.spreadS, 2);
  into.spreadLabel = locale.text('spread');
  into.band = Math.round(Math.min(1, known.spreadS / fullBandS) * bandSteps);
  into.mean = locale.delta(Math.round(known.meanToBestS * 100) + 0);
  into.meanLabel = locale.text('meanToBest');
  const { loosest } = known;
  if (loosest === null || !options.consistency.loosest) return;
  const corner = reference?.corners.find(({ id }) => id === loosest.cornerId);
  into.corner = locale.corner(corner ?? { id: loosest.cornerId, name: null });
  into.cornerSpread = locale.fixed(loosest.spreadS, 2);
}
