/**
 * How the HUD speaks: the language's words and decimal sign, and units as the driver wants them. SI comes in, what is shown comes out; a value's text and its
 * unit are two things, because they stand in different type.
 */
import type { HubCorner, LookSettings, ReasonCode, StatusCode } from '@racing-coach/contract';
import { type DecimalSign, deltaText, fixedText, lapTimeText } from './number-text.ts';
import { filled, reasonTexts, statusTexts, type TextKey, texts } from './texts/table.ts';

const mphPerMps = 2.2369362920544;
const feetPerM = 3.280839895;
/** US gallon. */
const gallonsPerL = 0.26417205236;
const psiPerKpa = 0.14503773773;

interface Units {
  speed: { unit: string; of(mps: number): number };
  distance: { unit: string; of(m: number): number };
  volume: { unit: string; of(litres: number): number };
  temperature: { unit: string; of(celsius: number): number };
  pressure: { unit: string; of(kpa: number): number };
}

const same = (value: number) => value;
const systems: Record<LookSettings['units'], Units> = {
  metric: {
    speed: { unit: 'km/h', of: (mps) => mps * 3.6 },
    distance: { unit: 'm', of: same },
    volume: { unit: 'L', of: same },
    temperature: { unit: '°C', of: same },
    pressure: { unit: 'kPa', of: same },
  },
  imperial: {
    speed: { unit: 'mph', of: (mps) => mps * mphPerMps },
    distance: { unit: 'ft', of: (m) => m * feetPerM },
    volume: { unit: 'gal', of: (litres) => litres * gallonsPerL },
    temperature: { unit: '°F', of: (celsius) => celsius * 1.8 + 32 },
    pressure: { unit: 'psi', of: (kpa) => kpa * psiPerKpa },
  },
};

export type Quantity = keyof Units;

const decimalSigns: Record<LookSettings['language'], DecimalSign> = { en: '.', de: ',', fr: ',', es: ',' };

export class Locale {
  readonly language: LookSettings['language'];
  readonly units: LookSettings['units'];
  readonly #sign: DecimalSign;

  constructor({ language, units }: Pick<LookSettings, 'language' | 'units'>) {
    this.language = language;
    this.units = units;
    this.#sign = decimalSigns[language];
  }

  /** A word of the table, its places filled. */
  text(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
    return filled(texts[this.language][key], values);
  }

  status(code: StatusCode): string {
    return statusTexts[this.language][code];
  }

  /** Why a lap does not count, in a word or two. */
  reason(code: ReasonCode): string {
    return reasonTexts[this.language][code];
  }

  /** A corner's name as people say it; `T6` is "Turn 6" where nobody has named it, any other id stands in capitals. */
  corner({ name, id }: Pick<HubCorner, 'name' | 'id'>): string {
    if (name !== null) return name;
    const number = /^t(\d.*)$/i.exec(id)?.[1];
    return number === undefined ? id.toUpperCase() : this.text('turn', { number: number.toUpperCase() });
  }

  /** From SI (litres, Celsius and kPa for volume, temperature and pressure) to the driver's units. */
  value(quantity: Quantity, si: number): number {
    return systems[this.units][quantity].of(si);
  }

  unit(quantity: Quantity): string {
    return systems[this.units][quantity].unit;
  }

  fixed(value: number, decimals: number): string {
    return fixedText(value, decimals, this.#sign);
  }

  /** A number that was written with a point, with the language's sign. */
  signed(digits: string): string {
    return digits.replace('.', this.#sign);
  }

  /** A quantity's number in the driver's units, without the unit. */
  quantity(quantity: Quantity, si: number, decimals = 0): string {
    return this.fixed(this.value(quantity, si), decimals);
  }

  delta(hundredths: number): string {
    return deltaText(hundredths, this.#sign);
  }

  lapTime(lapTimeS: number, decimals = 3): string {
    return lapTimeText(lapTimeS, decimals, this.#sign);
  }
}
