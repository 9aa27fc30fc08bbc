/**
 * Every word that the HUD shows, in each language. A group of widgets has a file in each language's folder; English names the keys, the others
 * must have the same (the compiler sees to that, a test to placeholders and gaps). Words of the coach itself come from the core as they are.
 */
import type { LookSettings, ReasonCode, StatusCode } from '@racing-coach/contract';
import { board as deBoard } from './de/board.ts';
import { coach as deCoach } from './de/coach.ts';
import { reasons as deReasons } from './de/reasons.ts';
import { statuses as deStatuses } from './de/statuses.ts';
import { board as enBoard } from './en/board.ts';
import { coach as enCoach } from './en/coach.ts';
import { reasons as enReasons } from './en/reasons.ts';
import { statuses as enStatuses } from './en/statuses.ts';
import { board as esBoard } from './es/board.ts';
import { coach as esCoach } from './es/coach.ts';
import { reasons as esReasons } from './es/reasons.ts';
import { statuses as esStatuses } from './es/statuses.ts';
import { board as frBoard } from './fr/board.ts';
import { coach as frCoach } from './fr/coach.ts';
import { reasons as frReasons } from './fr/reasons.ts';
import { statuses as frStatuses } from './fr/statuses.ts';

export type Language = LookSettings['language'];
export type TextKey = keyof typeof enCoach | keyof typeof enBoard;
export type Texts = Readonly<Record<TextKey, string>>;

export const texts: Record<Language, Texts> = {
  en: { ...enCoach, ...enBoard },
  de: { ...deCoach, ...deBoard },
  fr: { ...frCoach, ...frBoard },
  es: { ...esCoach, ...esBoard },
};

/** Why the coach is silent, in words. */
export const statusTexts: Record<Language, Readonly<Record<StatusCode, string>>> = {
  en: enStatuses,
  de: deStatuses,
  fr: frStatuses,
  es: esStatuses,
};

/** Why a lap does not count, in a word or two. */
export const reasonTexts: Record<Language, Readonly<Record<ReasonCode, string>>> = {
  en: enReasons,
  de: deReasons,
  fr: frReasons,
  es: esReasons,
};

/** A text with its `{places}` filled; one that is not given stays as it is. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
