/** Reads typed values into what they mean; each notes its problem in plain words and goes on, so that all are told at once. */
import type { TypedArguments } from './command.ts';

/** A whole number within bounds; `undefined` when the option was not given or is wrong. */
export function readInteger(
  typed: TypedArguments,
  name: string,
  bounds: { least: number; most: number },
  problems: string[],
): number | undefined {
  const text = typed.values.get(name);
  if (text === undefined) return undefined;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= bounds.least && value <= bounds.most) return value;
  problems.push(`--${name} must be a whole number from ${bounds.least} to ${bounds.most}, not ${text}.`);
  return undefined;
}

/** An option that has to be there. */
export function readRequired(typed: TypedArguments, name: string, what: string, problems: string[]): string {
  const text = typed.values.get(name);
  if (text === undefined) problems.push(`--${name} is missing: ${what}.`);
  return text ?? '';
}

/** Exactly these words. */
export function readWords(typed: TypedArguments, names: string[], problems: string[]): string[] {
  for (const name of names.slice(typed.words.length)) problems.push(`${name} is missing.`);
  for (const word of typed.words.slice(names.length)) problems.push(`${word} is one word too many.`);
  return names.map((_, i) => typed.words[i] ?? '');
}

/** One word or more. */
export function readSomeWords(typed: TypedArguments, name: string, problems: string[]): string[] {
  if (typed.words.length === 0) problems.push(`${name} is missing.`);
  return typed.words;
}

export interface LapChoice {
  /** null: the only complete lap with that number. */
  stint: number | null;
  lap: number;
}

/** `[STINT:]N`, the way laps are named everywhere; null when it is something else. */
export function parseLapChoice(text: string): LapChoice | null {
  const match = /^(?:(\d{1,6}):)?(\d{1,6})$/.exec(text);
  if (match === null) return null;
  return { stint: match[1] === undefined ? null : Number(match[1]), lap: Number(match[2]) };
}

/** `FILE#[STINT:]N`; the last `#` counts, since file names may hold one. */
export function parseFileLap(text: string): ({ file: string } & LapChoice) | null {
  const at = text.lastIndexOf('#');
  const choice = at > 0 ? parseLapChoice(text.slice(at + 1)) : null;
  return choice === null ? null : { file: text.slice(0, at), ...choice };
}
