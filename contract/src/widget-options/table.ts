/**
 * The options of every widget, in one table. A settings page is drawn from it row by row:
 *
 *   for (const [name, { label, about, options }] of Object.entries(widgetOptionSchemas))
 *     for (const [key, option] of Object.entries(options))
 *       // option.kind: 'number' (min, max, step, unit) | 'choice' (choices: value to label) | 'switch'
 *       // its value is settings.widgets[name][key], its default option.default
 *
 * The values lie in the settings as `widgets`, checked by `widgetOptions`; whatever is missing takes its default. The HUD gets them in the
 * hub's message `settings` and draws by them.
 */
import * as z from 'zod';
import type { OverlayWidgetName } from '../overlay-layout.ts';
import { boardWidgets } from './board-widgets.ts';
import { coachWidgets } from './coach-widgets.ts';
import { type OptionValue, schemaOf, type WidgetDescription } from './option.ts';

export const widgetOptionSchemas = { ...coachWidgets, ...boardWidgets } as const satisfies Record<
  OverlayWidgetName,
  WidgetDescription
>;

type Table = typeof widgetOptionSchemas;
/** The values: `options.deltaBar.rangeS`. */
export type WidgetOptions = {
  readonly [W in keyof Table]: {
    readonly [O in keyof Table[W]['options']]: OptionValue<Table[W]['options'][O]>;
  };
};
/** What a file or a page may leave out. */
export type PartialWidgetOptions = { readonly [W in keyof WidgetOptions]?: Partial<WidgetOptions[W]> };

const describedWidgets: [string, WidgetDescription][] = Object.entries(widgetOptionSchemas);

function schemaOfWidget({ options }: WidgetDescription) {
  const shape = Object.entries(options).map(([key, option]) => [key, schemaOf(option)]);
  return z.object(Object.fromEntries(shape)).prefault({});
}

/** Checks values and adds what is missing. Derived from the table, so its type is said, not inferred. */
export const widgetOptions = z.object(
  Object.fromEntries(describedWidgets.map(([name, widget]) => [name, schemaOfWidget(widget)])),
) as unknown as z.ZodType<WidgetOptions, PartialWidgetOptions>;

export const defaultWidgetOptions: WidgetOptions = widgetOptions.parse({});
