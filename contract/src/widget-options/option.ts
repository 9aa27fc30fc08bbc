/**
 * What a driver can choose about a widget: three kinds of options, each a value with a default and the words that a settings page shows for it.
 * Schemas, types and defaults are all derived from these descriptions.
 */
import * as z from 'zod';

interface Described {
  label: string;
  /** One sentence: what changes on the screen. */
  help: string;
}

/** A slider. `unit` is as shown behind the number and may be empty. */
export interface NumberOption extends Described {
  kind: 'number';
  unit: string;
  min: number;
  max: number;
  /** Whole numbers only, where `min` and `step` are whole. */
  step: number;
  default: number;
}

/** One of a few: the value is a key of `choices`, what stands behind it is its label. */
export interface ChoiceOption<C extends Record<string, string> = Record<string, string>> extends Described {
  kind: 'choice';
  choices: C;
  default: keyof C & string;
}

export interface SwitchOption extends Described {
  kind: 'switch';
  default: boolean;
}

export type WidgetOption = NumberOption | ChoiceOption | SwitchOption;

/** A widget on the settings page: its name, the question that it answers, its options in the order of the page. */
export interface WidgetDescription {
  label: string;
  about: string;
  options: Readonly<Record<string, WidgetOption>>;
}

export type OptionValue<O> = O extends NumberOption
  ? number
  : O extends SwitchOption
    ? boolean
    : O extends ChoiceOption<infer C>
      ? keyof C & string
      : never;

export const number = (
  label: string,
  help: string,
  range: Omit<NumberOption, 'kind' | 'label' | 'help'>,
): NumberOption => ({ kind: 'number', label, help, ...range });

/** Named as what it does: `switch` is a word of the language. */
export const onOff = (label: string, help: string, standard = true): SwitchOption => ({
  kind: 'switch',
  label,
  help,
  default: standard,
});

export const choice = <const C extends Record<string, string>>(
  label: string,
  help: string,
  choices: C,
  standard: keyof C & string,
): ChoiceOption<C> => ({ kind: 'choice', label, help, choices, default: standard });

/** The check of one option's value; a value that is missing takes the default. */
export function schemaOf(option: WidgetOption): z.ZodType {
  if (option.kind === 'switch') return z.boolean().default(option.default);
  if (option.kind === 'choice') return z.enum(Object.keys(option.choices)).default(option.default);
  const whole = Number.isInteger(option.step) && Number.isInteger(option.min);
  const value = whole ? z.number().int() : z.number();
  return value.min(option.min).max(option.max).default(option.default);
}
