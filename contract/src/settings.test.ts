import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { presets } from './presets.ts';
import { type ProfileOverrides, profileFile } from './profiles.ts';
import { defaultSettings, settings, settingsVersion, withOverrides } from './settings.ts';
import { migrateSettings, settingsMigrations } from './settings-migrations.ts';

describe('migrations', () => {
  test('there is one step from every version to the next', () => {
    const versions = Array.from({ length: settingsVersion - 1 }, (_, at) => at + 1);
    expect(settingsMigrations.map(({ from }) => from)).toEqual(versions);
  });

  test('a document of any old version becomes one of now, and keeps what it said', () => {
    const version = fc.constantFrom(...settingsMigrations.map(({ from }) => from));
    const parts = fc.record(
      {
        hub: fc.record({ openBrowser: fc.boolean() }),
        hud: fc.record({ autoHide: fc.boolean() }),
        overlay: fc.record(
          { scale: fc.double({ min: 0.5, max: 3, noNaN: true }), autoHide: fc.boolean() },
          { requiredKeys: [] },
        ),
        sound: fc.record(
          { volume: fc.double({ min: 0, max: 1, noNaN: true }), spotter: fc.boolean() },
          { requiredKeys: [] },
        ),
        unknown: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(version, parts, (from, document) => {
        const { unknown: _unknown, ...known } = document;
        const now = settings.parse(migrateSettings({ ...document, version: from }, settingsVersion));
        expect(now).toMatchObject(known);
        expect(now.firstRun.done).toBe(true);
      }),
      { seed: 3 },
    );
  });

  test('what is of now stays as it is; what is of no version leads nowhere', () => {
    expect(migrateSettings({ ...defaultSettings }, settingsVersion)).toEqual(defaultSettings);
    for (const version of [0, -1, 'x', null, undefined, settingsVersion + 1])
      expect(migrateSettings({ version }, settingsVersion)).toBeNull();
  });
});

describe('presets', () => {
  test.each(presets)('$name is valid, and names no setting that there is not', ({ name, overrides }) => {
    const file = { format: 'racing-coach-profile', version: 1, name, overrides };
    expect(profileFile.parse(file).overrides).toEqual(overrides);
    const held = withOverrides(defaultSettings, overrides as ProfileOverrides);
    expect(settings.parse(held)).toEqual(held);
  });
  test('the quiet one is silent and the default', () => {
    const { overlay, sound } = defaultSettings;
    expect(overlay.widgets).toEqual(['deltaBar', 'brakeMarker', 'status']);
    expect(sound).toMatchObject({ toneVolume: null, voice: null, spotter: false });
  });
  test('nobody is given a spotter unasked', () => {
    for (const { overrides } of presets) expect(overrides.sound).not.toHaveProperty('spotter');
  });
});

test('an override names only what it names: no default comes with it', () => {
  const file = {
    format: 'racing-coach-profile',
    version: 1,
    name: 'x',
    overrides: { look: { units: 'imperial' }, sound: {} },
  };
  expect(profileFile.parse(file).overrides).toEqual({ look: { units: 'imperial' }, sound: {} });
});
