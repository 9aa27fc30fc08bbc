import {
  lookSettings,
  overlaySettings,
  type ShellDisplay,
  settings,
  soundSettings,
  widgetOptionSchemas,
} from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import type { FieldPath } from '../client/drafts.ts';
import { describeField, numberText, widgetField } from './describe.ts';
import { displayNames } from './display-names.ts';
import { lapTimeText } from './lap-time.ts';
import { shortcutOf, shortcutText } from './shortcut.ts';

describe('fields from schemas', () => {
  const paths = [
    ...Object.keys(lookSettings.shape).map((key) => `look.${key}`),
    ...Object.keys(soundSettings.shape).map((key) => `sound.${key}`),
    'overlay.mode',
    'overlay.gpu.angle',
    'overlay.secondMonitor',
    'overlay.capture.background',
    'overlay.capture.width',
    'overlay.capture.height',
    'obs.viewers.names',
    'obs.incidentSeconds',
  ] as FieldPath[];
  test.each(paths)('%s has words and a control', (path) => {
    const field = describeField(path);
    expect(field.label).toMatch(/^[A-Z]/);
    expect(field.help).toMatch(/\.$/);
  });
  test('kinds and limits are those of the schema', () => {
    expect(describeField('look.opacity')).toMatchObject({
      kind: 'number',
      min: 0.2,
      max: 1,
      percent: true,
      optional: false,
    });
    expect(describeField('sound.toneVolume')).toMatchObject({ kind: 'number', optional: true });
    expect(describeField('sound.ovalInside')).toMatchObject({ kind: 'choice', none: 'No: left and right' });
    expect(describeField('overlay.capture.width')).toMatchObject({ kind: 'number', min: 320, max: 3840 });
    expect(describeField('hud.autoHide')).toMatchObject({ kind: 'switch' });
    expect(describeField('overlay.gpu.colourProfile')).toMatchObject({
      choices: [
        ['system', 'As the system'],
        ['srgb', 'sRGB'],
      ],
    });
  });
  test('every choice of a theme or a language has its own words', () => {
    for (const path of [
      'look.theme',
      'look.language',
      'look.units',
      'look.motion',
      'overlay.mode',
    ] as const) {
      const field = describeField(path);
      if (field.kind === 'choice') for (const [value, label] of field.choices) expect(label).not.toBe(value);
    }
  });
  test('what is not there, or has no words, is a mistake', () => {
    expect(() => describeField('look.nothing')).toThrow('has no words');
    expect(() => describeField('overlay.placements')).toThrow('has no words');
  });
  test('every option of every widget is a field at its place in the settings', () => {
    const values = settings.parse({ version: 2 }).widgets as Record<string, Record<string, unknown>>;
    for (const [widget, { options }] of Object.entries(widgetOptionSchemas))
      for (const [key, option] of Object.entries(options))
        expect(typeof values[widget]?.[key], widgetField(widget, key, option).path).not.toBe('undefined');
  });
});

describe('shortcuts', () => {
  const press = (code: string, ...held: string[]) =>
    shortcutOf({
      code,
      ctrlKey: held.includes('c'),
      altKey: held.includes('a'),
      shiftKey: held.includes('s'),
      metaKey: held.includes('m'),
    });
  test.each([
    ['KeyM', ['c', 'a'], 'Control+Alt+M'],
    ['Digit7', ['s'], 'Shift+7'],
    ['F13', ['c', 'a', 's', 'm'], 'Control+Alt+Shift+Super+F13'],
    ['PageUp', ['a'], 'Alt+PageUp'],
  ])('%s with %j is one that the settings take', (code, held, keys) => {
    expect(press(code, ...held)).toBe(keys);
    expect(overlaySettings.parse({ muteShortcut: keys }).muteShortcut).toBe(keys);
  });
  test('a bare key, a modifier alone and keys of writing are none', () => {
    for (const none of [
      press('KeyM'),
      press('ControlLeft', 'c'),
      press('Comma', 'c'),
      press('F25', 'c'),
      press('Escape', 'c'),
    ])
      expect(none).toBeNull();
  });
  test('are shown as keys are labelled', () =>
    expect(shortcutText('Control+Super+M')).toBe('Ctrl + Win + M'));
});

describe('displays', () => {
  const display = (id: string, x: number, y: number, change: Partial<ShellDisplay> = {}): ShellDisplay => ({
    id,
    bounds: { x, y, width: 1920, height: 1080 },
    scaleFactor: 1,
    primary: id === 'main',
    ...change,
  });
  test('are told by their size in pixels and where they stand, from the left', () => {
    const names = displayNames([
      display('main', 0, 0),
      display('right', 1920, 0, { bounds: { x: 1920, y: 0, width: 2560, height: 1440 }, scaleFactor: 1.5 }),
      display('left', -1920, 40),
      display('over', 100, -1080),
      display('under', 200, 1080),
    ]);
    expect(names).toEqual([
      ['left', '1920 × 1080, left of the main one'],
      ['main', '1920 × 1080, the main display'],
      ['over', '1920 × 1080, above the main one'],
      ['under', '1920 × 1080, below the main one'],
      ['right', '3840 × 2160, right of the main one'],
    ]);
  });
  test('that would read the same are numbered', () => {
    const names = displayNames([display('main', 0, 0), display('a', 1920, 0), display('b', 3840, 0)]);
    expect(new Set(names.map(([, name]) => name)).size).toBe(3);
    expect(names.at(-1)).toEqual(['b', '1920 × 1080, right of the main one (2)']);
  });
});

test('numbers carry their unit, laps their minutes', () => {
  expect(numberText(0.45, { unit: '', percent: true })).toBe('45 %');
  expect(numberText(1.5, { unit: 's', percent: false })).toBe('1.5 s');
  expect(numberText(90, { unit: '°', percent: false })).toBe('90°');
  expect(lapTimeText(91.2044)).toBe('1:31.204');
  expect(lapTimeText(59.9996)).toBe('1:00.000');
  expect(lapTimeText(42.5)).toBe('42.500');
});
