/** How were the tyres at the last stop? Temperatures and tread across each tyre, never as live: the sim tells them in the pits only. */
import type { TyresMessage, TyreValues } from '@racing-coach/contract';
import { BoardWatch } from '../../board-watch.ts';
import { Fade } from '../../fade.ts';
import { type FlatRows, RowFields } from '../../flat-rows.ts';
import type { HudFrame } from '../../frame.ts';
import type { Presenter } from '../../painted.ts';
import type { HudSetup } from '../../setup.ts';

/** Left front, right front, left rear, right rear. */
export const tyreIndices = [0, 1, 2, 3] as const;
export type TyreIndex = (typeof tyreIndices)[number];

/** Three places across the tread, from the car's left to its right. */
export interface TyreRow {
  /** Whole degrees; empty when unknown. */
  temperatureL: string;
  temperatureM: string;
  temperatureR: string;
  /** Tread that is left, 0 to `treadSteps`; -1 when unknown. */
  treadL: number;
  treadM: number;
  treadR: number;
  /** The least of the three in per cent; empty when none is known. */
  least: string;
  pressure: string;
}

export const treadSteps = 100;
const blankTyre: TyreRow = {
  temperatureL: '',
  temperatureM: '',
  temperatureR: '',
  treadL: -1,
  treadM: -1,
  treadR: -1,
  least: '',
  pressure: '',
};

export type TyresModel = FlatRows<TyreRow, TyreIndex> & {
  opacity: number;
  live: boolean;
  /** When the values were taken, or that there are none. */
  stamp: string;
  /** Of the temperatures. */
  unit: string;
  showTemperature: boolean;
  showTread: boolean;
  showPressure: boolean;
};

export const fields = new RowFields<TyreRow, TyreIndex>(blankTyre, tyreIndices);

export const blankTyres = (): TyresModel => ({
  ...fields.blank(),
  opacity: 0,
  live: false,
  stamp: '',
  unit: '',
  showTemperature: true,
  showTread: true,
  showPressure: true,
});

export class TyresPresenter implements Presenter<TyresModel> {
  readonly #fade = new Fade();
  readonly #watch = new BoardWatch('tyres');

  update(frame: HudFrame, into: TyresModel): void {
    into.opacity = this.#fade.at(frame.driven ? 1 : 0, frame.nowMs, frame.reducedMotion);
    if (this.#watch.changed(frame)) fill(into, frame.board.tyres, frame.setup);
  }
}

function fill(into: TyresModel, message: TyresMessage | null, setup: HudSetup): void {
  const { locale, options } = setup;
  into.live = message !== null;
  into.stamp = stampOf(message, setup);
  into.unit = message === null || !options.tyres.temperature ? '' : locale.unit('temperature');
  into.showTemperature = options.tyres.temperature;
  into.showTread = options.tyres.wear;
  into.showPressure = options.tyres.pressure;
  const tyres =
    message === null ? [] : [message.leftFront, message.rightFront, message.leftRear, message.rightRear];
  for (const index of tyreIndices) {
    const tyre = tyres[index];
    fields.write(into, index, tyre === undefined ? null : rowOf(tyre, setup));
  }
}

function stampOf(message: TyresMessage | null, { locale }: HudSetup): string {
  if (message === null) return locale.text('tyresNone');
  if (message.stopLap === null) return locale.text('tyresHandedOver');
  return locale.text('tyresAtStop', { lap: message.stopLap });
}

function rowOf({ temperaturesC, wear, coldPressureKpa }: TyreValues, { locale }: HudSetup): TyreRow {
  const [temperatureL, temperatureM, temperatureR] = temperaturesC.map((celsius) =>
    celsius === null ? '' : locale.quantity('temperature', celsius),
  );
  const treads = wear.map((share) =>
    share === null ? -1 : Math.round(Math.min(1, Math.max(0, share)) * treadSteps),
  );
  const [treadL = -1, treadM = -1, treadR = -1] = treads;
  const known = treads.filter((tread) => tread >= 0);
  return {
    temperatureL: temperatureL ?? '',
    temperatureM: temperatureM ?? '',
    temperatureR: temperatureR ?? '',
    treadL,
    treadM,
    treadR,
    least: known.length === 0 ? '' : `${Math.min(...known)} %`,
    pressure:
      coldPressureKpa === null
        ? ''
        : `${locale.quantity('pressure', coldPressureKpa, locale.units === 'metric' ? 0 : 1)} ${locale.unit('pressure')}`,
  };
}
