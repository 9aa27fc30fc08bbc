import { expect, test } from 'vitest';
import { overlayWidgetNames } from '../overlay-layout.ts';
import { defaultSettings, settings } from '../settings.ts';
import type { WidgetDescription, WidgetOption } from './option.ts';
import { defaultWidgetOptions, widgetOptionSchemas, widgetOptions } from './table.ts';

const described = Object.entries(widgetOptionSchemas) as [string, WidgetDescription][];
const options = described.flatMap(([widget, { options: own }]) =>
  Object.entries(own).map(([key, option]): [string, string, WidgetOption] => [widget, key, option]),
);
const withOne = (widget: string, key: string, value: unknown) =>
  widgetOptions.safeParse({ [widget]: { [key]: value } });

test('every widget has its row', () => {
  expect(described.map(([name]) => name).sort()).toEqual([...overlayWidgetNames].sort());
});

test.each(described)('%s says what it is for, and each of its options what changes', (_, widget) => {
  expect(widget.about).toMatch(/[.?]$/);
  for (const { label, help } of Object.values(widget.options)) {
    expect(label).not.toBe('');
    expect(help).toMatch(/^[A-Z].*\.$/);
  }
});

test.each(options)('%s.%s takes its default, and refuses what is no value of it', (widget, key, option) => {
  expect(defaultWidgetOptions).toHaveProperty([widget, key], option.default);
  expect(withOne(widget, key, option.default).success).toBe(true);
  expect(withOne(widget, key, 'no such value').success).toBe(false);
  if (option.kind !== 'number') return;
  expect(withOne(widget, key, option.min).success).toBe(true);
  expect(withOne(widget, key, option.max).success).toBe(true);
  expect(withOne(widget, key, option.max + option.step).success).toBe(false);
  expect(withOne(widget, key, option.min - option.step).success).toBe(false);
  expect((option.max - option.min) / option.step).toBeCloseTo(
    Math.round((option.max - option.min) / option.step),
  );
});

test('one value given leaves the others at their defaults', () => {
  const given = widgetOptions.parse({ deltaBar: { rangeS: 2 } });
  expect(given).toEqual({
    ...defaultWidgetOptions,
    deltaBar: { ...defaultWidgetOptions.deltaBar, rangeS: 2 },
  });
});

test('a settings file from before there were options reads as the defaults', () => {
  expect(settings.parse({ version: 1 })).toMatchObject({ widgets: defaultWidgetOptions });
  expect(defaultSettings.look).toMatchObject({ theme: 'dark', language: 'en' });
});
