/** Does it last to the flag? Laps in the tank, the flag on the same line, and what is to spare or lacks. */
import type { FuelMessage } from '@racing-coach/contract';
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import type { HudSetup } from '../../setup.ts';
import { type FuelMargin, fuelBar, lapsText, marginOf, marginText } from './values.ts';

export interface FuelModel {
  opacity: number;
  /** False: nothing is known of the tank. */
  live: boolean;
  /** Laps in the tank; empty when unknown. */
  laps: string;
  lapsUnit: string;
  /** Below the driver's own limit. */
  low: boolean;
  level: string;
  levelUnit: string;
  /** Use per lap with its unit; empty when unknown or not wanted. */
  perLap: string;
  /** Steps of the bar; -1: there is no bar. */
  tank: number;
  flag: number;
  margin: FuelMargin;
  /** Laps with a sign; empty when unknown. */
  marginLaps: string;
  /** What the margin is, or why nothing is known. */
  words: string;
}

export const blankFuel = (): FuelModel => ({
  opacity: 0,
  live: false,
  laps: '',
  lapsUnit: '',
  low: false,
  level: '',
  levelUnit: '',
  perLap: '',
  tank: -1,
  flag: -1,
  margin: 'open',
  marginLaps: '',
  words: '',
});

export class FuelPresenter implements Presenter<FuelModel> {
  readonly #fade = new Fade();
  readonly #watch = new BoardWatch('fuel');

  update(frame: HudFrame, into: FuelModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (this.#watch.changed(frame)) fill(into, frame.board.fuel, frame.setup);
  }
}

function fill(into: FuelModel, message: FuelMessage | null, { options, locale }: HudSetup): void {
  const { opacity } = into;
  Object.assign(into, blankFuel(), { opacity });
  if (message === null || message.levelL === null) {
    into.words = locale.text('fuelNone');
    return;
  }
  const { levelL, lapsLeft, perLapL, lapsToFlag } = message;
  into.live = true;
  into.level = locale.quantity('volume', levelL, 1);
  into.levelUnit = locale.unit('volume');
  into.laps = locale.signed(lapsText(lapsLeft));
  into.lapsUnit = locale.text('laps');
  into.low = lapsLeft !== null && lapsLeft < options.fuel.warnLaps;
  if (options.fuel.perLap && perLapL !== null) {
    const amount = `${locale.quantity('volume', perLapL, 2)} ${locale.unit('volume')}`;
    into.perLap = locale.text('perLap', { amount });
  }
  if (lapsLeft === null) into.words = locale.text('fuelLearning');
  else if (options.fuel.toFlag && lapsToFlag !== null) {
    const bar = options.fuel.bar ? fuelBar(message) : null;
    into.tank = bar?.tank ?? -1;
    into.flag = bar?.flag ?? -1;
    into.margin = marginOf(message);
    into.marginLaps = locale.signed(marginText(message.marginLaps));
    into.words = locale.text(into.margin === 'short' ? 'fuelShort' : 'fuelSpare');
  }
}
