/** Fields of a form, read from the schemas of the contract: kind and limits from the type, words from its `meta`. One description draws every section. */
import { type SettingsSection, settings, type WidgetOption } from '@racing-coach/contract';
import * as z from 'zod';
import type { FieldPath } from '../client/drafts.ts';

export interface FieldWords {
  path: FieldPath;
  label: string;
  help: string;
}

export type Field = FieldWords &
  (
    | { kind: 'switch' }
    | { kind: 'choice'; choices: [value: string, label: string][]; none: string | null }
    | {
        kind: 'number';
        min: number;
        max: number;
        step: number;
        unit: string;
        percent: boolean;
        optional: boolean;
      }
    | { kind: 'text'; optional: boolean }
  );

interface Words {
  title?: string | undefined;
  description?: string | undefined;
  choices?: Record<string, string>;
  none?: string;
  percent?: boolean;
}

/** The type inside of defaults and null, and whether null is a value. */
function inner(schema: unknown): { type: unknown; nullable: boolean } {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return inner(schema.unwrap());
  if (schema instanceof z.ZodNullable) return { type: inner(schema.unwrap()).type, nullable: true };
  return { type: schema, nullable: false };
}

/** Throws for a field that is not of the schema, or that nobody described: the page would show nothing. */
export function describeField(path: FieldPath): Field {
  const [section = '', ...names] = path.split('.');
  let schema: unknown = settings.shape[section as SettingsSection];
  for (const name of names) {
    const { type } = inner(schema);
    schema = type instanceof z.ZodObject ? (type.shape as Record<string, unknown>)[name] : undefined;
  }
  const words: Words = (schema instanceof z.ZodType ? schema.meta() : undefined) ?? {};
  if (words.title === undefined) throw new Error(`${path} has no words.`);
  return { path, label: words.title, help: words.description ?? '', ...kindOf(schema, words) } as Field;
}

function kindOf(schema: unknown, words: Words): object {
  const { type, nullable } = inner(schema);
  if (type instanceof z.ZodBoolean) return { kind: 'switch' };
  if (type instanceof z.ZodEnum) {
    const choices = type.options.map((value) => [String(value), words.choices?.[value] ?? String(value)]);
    return { kind: 'choice', choices, none: nullable ? (words.none ?? 'None') : null };
  }
  if (type instanceof z.ZodNumber) {
    const [min, max] = [type.minValue ?? 0, type.maxValue ?? 100];
    const percent = words.percent === true;
    const step = percent ? 0.05 : max - min > 10 ? 1 : 0.1;
    return { kind: 'number', min, max, step, unit: '', percent, optional: nullable };
  }
  return { kind: 'text', optional: nullable };
}

/** A widget's option as a field. */
export function widgetField(widget: string, key: string, option: WidgetOption): Field {
  const words: FieldWords = { path: `widgets.${widget}.${key}`, label: option.label, help: option.help };
  if (option.kind === 'switch') return { ...words, kind: 'switch' };
  if (option.kind === 'choice')
    return { ...words, kind: 'choice', choices: Object.entries(option.choices), none: null };
  const { min, max, step, unit } = option;
  return { ...words, kind: 'number', min, max, step, unit, percent: false, optional: false };
}

/** As the page writes a number: the unit behind it, percent as whole ones. */
export function numberText(value: number, { unit, percent }: { unit: string; percent: boolean }): string {
  if (percent) return `${Math.round(value * 100)} %`;
  const rounded = String(Math.round(value * 100) / 100);
  return unit === '' ? rounded : unit === '°' ? `${rounded}°` : `${rounded} ${unit}`;
}
