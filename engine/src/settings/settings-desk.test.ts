import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, presetNames, type Settings, settings } from '@racing-coach/contract';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDir } from '../data/data-dir.ts';
import { SettingsDesk } from './settings-desk.ts';

let folder: string;
let dataDir: DataDir;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'racing-coach-desk-'));
  dataDir = new DataDir(join(folder, 'data'), {});
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (preview?: 'coach') =>
  new SettingsDesk({ dataDir, now: () => new Date(0), ...(preview ? { preview } : {}) });
const inFile = (): Settings =>
  settings.parse(JSON.parse(readFileSync(dataDir.file('settings.json'), 'utf8')));
const light = { ...defaultSettings.look, theme: 'light' as const };
const spa = { sim: 'iracing', car: 'gt3', track: 'spa', about: 'GT3 at Spa' };
const fuji = { ...spa, track: 'fuji', about: 'GT3 at Fuji' };

describe('a change', () => {
  test('is in the file, told to everybody and holds at the next start', () => {
    const desk = open();
    const told: string[] = [];
    desk.onChange(({ look }) => told.push(look.theme));
    const before = desk.state().revision;
    expect(desk.put('look', light)).toMatchObject({ revision: before + 1, undo: 'the look' });
    expect(told).toEqual(['light']);
    expect(inFile().look.theme).toBe('light');
    expect(open().current.look.theme).toBe('light');
  });
  test('that is not valid names its field and changes nothing', () => {
    const desk = open();
    expect(() => desk.put('sound', { ...defaultSettings.sound, volume: 2 })).toThrow(
      expect.objectContaining({ code: 'settings-invalid', message: 'sound.volume: it must be 1 at most.' }),
    );
    expect(() => desk.put('overlay', { ...defaultSettings.overlay, editShortcut: 'E' })).toThrow(
      /editShortcut/,
    );
    expect(() => desk.put('look', 'dark')).toThrow('look: a group of settings is meant.');
    expect(desk.current).toEqual(defaultSettings);
    expect(readdirSync(folder)).toEqual([]);
  });
  test('made from an older state is refused', () => {
    const desk = open();
    const { revision } = desk.state();
    desk.put('look', light, revision);
    expect(() => desk.put('look', light, revision)).toThrow(
      expect.objectContaining({ code: 'settings-changed' }),
    );
  });
  test('is taken back one by one, and then there is nothing left', () => {
    const desk = open();
    desk.put('look', light);
    desk.put('hud', { autoHide: false });
    expect(desk.undo()).toMatchObject({ undo: 'the look' });
    expect(desk.undo()).toMatchObject({ undo: null });
    expect(desk.current).toEqual(defaultSettings);
    expect(inFile()).toEqual(defaultSettings);
    expect(() => desk.undo()).toThrow(expect.objectContaining({ code: 'undo-empty' }));
  });
  test('that cannot be written does not hold', () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    const desk = open();
    expect(() => desk.put('look', light)).toThrow(expect.objectContaining({ code: 'data-dir-unwritable' }));
    expect(desk.current.look.theme).toBe('dark');
    expect(desk.state().undo).toBeNull();
  });
});

describe('a file', () => {
  const written = (text: string) => {
    dataDir.ensure();
    writeFileSync(dataDir.file('settings.json'), text);
    return open();
  };
  test('that is damaged is kept aside and reported until something is saved', () => {
    const desk = written('{"version":2,"look":{"theme":"pink"}}');
    expect(desk.state().notice).toContain('kept as');
    expect(desk.current).toEqual(defaultSettings);
    expect(desk.put('look', light).notice).toBeNull();
    expect(readdirSync(dataDir.path).filter((name) => name.includes('damaged'))).toHaveLength(1);
  });
  test('of a newer version is left alone', () => {
    const desk = written('{"version":99}');
    expect(desk.state().readOnly).toContain('newer version');
    expect(() => desk.put('look', light)).toThrow(expect.objectContaining({ code: 'settings-read-only' }));
    expect(() => desk.finishFirstRun('quiet')).toThrow(/Update|update/);
    expect(readFileSync(dataDir.file('settings.json'), 'utf8')).toBe('{"version":99}');
  });
  test('beside another engine is only read', () => {
    const desk = open();
    desk.leaveAlone('another one runs');
    expect(() => desk.put('look', light)).toThrow('Nothing is saved: another one runs.');
  });
});

describe('profiles', () => {
  const profiles: Settings['profiles'] = {
    list: [
      { id: 'spa', name: 'Spa', overrides: { look: { theme: 'light' } } },
      { id: 'night', name: 'Night', overrides: { look: { theme: 'high-contrast' } } },
    ],
    rules: [{ profile: 'spa', sim: null, car: null, track: 'spa', about: '' }],
  };
  test('follow the session, and tell', () => {
    const desk = open();
    desk.put('profiles', profiles);
    const told: string[] = [];
    desk.onChange(({ look }) => told.push(look.theme));
    desk.follow(spa);
    desk.follow(spa);
    expect(desk.state()).toMatchObject({
      profile: { id: 'spa', name: 'Spa', why: 'Its rule is for this track.', byHand: false },
      fromProfile: ['look.theme'],
      place: spa,
    });
    desk.follow(fuji);
    expect(desk.current.look.theme).toBe('dark');
    expect(told).toEqual(['light', 'dark']);
    expect(inFile().look.theme).toBe('dark');
  });
  test('by hand until another car or track', () => {
    const desk = open();
    desk.put('profiles', profiles);
    desk.follow(spa);
    expect(desk.useProfile('night')).toMatchObject({ profile: { id: 'night', byHand: true } });
    expect(desk.useProfile(null).settings.look.theme).toBe('dark');
    expect(desk.useProfile('automatic').profile.id).toBe('spa');
    desk.useProfile('night');
    desk.follow(fuji);
    expect(desk.state().profile).toMatchObject({ id: null, byHand: false });
    expect(() => desk.useProfile('none')).toThrow(expect.objectContaining({ code: 'profile-not-found' }));
  });
  test('a profile that holds takes the changes of what it sets', () => {
    const desk = open();
    desk.put('profiles', profiles);
    desk.follow(spa);
    desk.put('look', { ...desk.current.look, theme: 'high-contrast', units: 'imperial' });
    desk.follow(fuji);
    expect(desk.current.look).toMatchObject({ theme: 'dark', units: 'imperial' });
    desk.follow(spa);
    expect(desk.current.look).toMatchObject({ theme: 'high-contrast', units: 'imperial' });
  });
  test.each([
    ['a rule without its profile', { list: [], rules: profiles.rules }, 'there is no such profile'],
    ['two of one id', { list: [profiles.list[0], profiles.list[0]], rules: [] }, 'two profiles have this id'],
    [
      'two rules for one place',
      { list: profiles.list, rules: [...profiles.rules, { ...profiles.rules[0], profile: 'night' }] },
      'two rules are for the same sim, car and track',
    ],
  ])('%s is refused', (_, value, words) => {
    expect(() => open().put('profiles', value)).toThrow(words);
  });
});

describe('profiles as files', () => {
  const overrides = { look: { theme: 'light' as const }, overlay: { scale: 1.5 }, sound: { spotter: true } };
  test('go out and come in beside what is there, again and again', () => {
    const desk = open();
    desk.put('profiles', { list: [{ id: 'spa', name: 'Spa', overrides }], rules: [] });
    const file = JSON.parse(JSON.stringify(desk.exportProfile('spa')));
    expect(desk.importProfile(file)).toEqual({ id: 'spa-2', name: 'Spa (2)' });
    expect(desk.importProfile(file)).toEqual({ id: 'spa-3', name: 'Spa (3)' });
    const { list } = desk.current.profiles;
    expect(list.map(({ overrides: one }) => one)).toEqual([overrides, overrides, overrides]);
    expect(list[0]?.name).toBe('Spa');
  });
  const good = { format: 'racing-coach-profile', version: 1, name: 'A', overrides: {} };
  test.each([
    ['no object', 'hello', 'it is no profile of Racing Coach'],
    ['null', null, 'it is no profile of Racing Coach'],
    ['another format', { ...good, format: 'x' }, 'it is no profile of Racing Coach'],
    ['another version', { ...good, version: 2 }, 'another version'],
    ['an unknown part', { ...good, overrides: { hub: { openBrowser: false } } }, 'no setting named hub'],
    ['an unknown field', { ...good, overrides: { look: { script: 'x' } } }, 'no setting named script'],
    ['another section’s field', { ...good, overrides: { overlay: { gpu: {} } } }, 'no setting named gpu'],
    [
      'a widget that is not there',
      { ...good, overrides: { widgets: { clock: {} } } },
      'no setting named clock',
    ],
    [
      'a bad value',
      { ...good, overrides: { sound: { volume: 9 } } },
      'overrides.sound.volume: it must be 1 at most',
    ],
    ['an empty name', { ...good, name: '  ' }, 'name'],
    ['a name of control characters', { ...good, name: 'a\u202eb' }, 'name'],
    [
      'a key of prototypes',
      JSON.parse(
        '{"format":"racing-coach-profile","version":1,"name":"A","overrides":{},"__proto__":{"a":1}}',
      ),
      'no setting named __proto__',
    ],
  ])('%s is refused with a sentence', (_, document, words) => {
    const desk = open();
    expect(() => desk.importProfile(document)).toThrow(expect.objectContaining({ code: 'profile-refused' }));
    expect(() => desk.importProfile(document)).toThrow(words);
    expect(desk.current.profiles.list).toEqual([]);
  });
  test('no document makes it fail otherwise, or changes what is there', () => {
    const desk = open();
    const hostile = fc.oneof(
      fc.anything(),
      fc.record({
        format: fc.constant('racing-coach-profile'),
        version: fc.constant(1),
        name: fc.string(),
        overrides: fc.object(),
      }),
    );
    fc.assert(
      fc.property(hostile, (document) => {
        const before = desk.current.profiles.list;
        try {
          desk.importProfile(document);
          expect(desk.current.profiles.list.slice(0, -1)).toEqual(before);
        } catch (error) {
          expect(error).toMatchObject({ code: 'profile-refused' });
        }
        if (desk.current.profiles.list.length > 40) desk.put('profiles', { list: [], rules: [] });
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

describe('the first run', () => {
  test.each(presetNames)('%s holds after it was chosen, and can be taken back', (preset) => {
    const desk = open();
    const { settings: after } = desk.finishFirstRun(preset);
    expect(after.firstRun).toMatchObject({ done: true, preset });
    expect(inFile()).toEqual(after);
    desk.undo();
    expect(desk.current.firstRun.done).toBe(false);
  });
  test('before it the HUD says so, and a damaged file as well; a demonstration says neither', () => {
    expect(open().hint).toBe('first-run');
    expect(open('coach').hint).toBeNull();
    const desk = open();
    desk.finishFirstRun('quiet');
    expect(desk.hint).toBeNull();
    writeFileSync(dataDir.file('settings.json'), 'no json');
    expect(open().hint).toBe('settings-damaged');
  });
  test('before it the quiet one holds, and a demonstration shows its own', () => {
    expect(open().current.overlay.widgets).toEqual(['deltaBar', 'brakeMarker', 'status']);
    const demo = open('coach');
    expect(demo.current.overlay.widgets).toContain('pedalTrace');
    demo.finishFirstRun('quiet');
    expect(demo.current.overlay.widgets).not.toContain('pedalTrace');
  });
  test('what a demonstration shows does not become the driver’s own; what he changes of it does, and is shown', () => {
    const demo = open('coach');
    const shown = demo.current.sound;
    expect(shown).toMatchObject({ voice: 'heart', toneVolume: 0.7 });
    demo.put('sound', { ...shown, volume: 0.3 });
    expect(inFile().sound).toEqual({ ...defaultSettings.sound, volume: 0.3 });
    demo.put('overlay', { ...demo.current.overlay, scale: 1.5 });
    expect(inFile().overlay).toEqual({ ...defaultSettings.overlay, scale: 1.5 });
    expect(demo.current).toMatchObject({ sound: { voice: 'heart' }, overlay: { scale: 1.5 } });
    demo.put('sound', { ...demo.current.sound, voice: null });
    expect(demo.current.sound).toMatchObject({ voice: null, toneVolume: 0.7, volume: 0.3 });
    demo.undo();
    expect(demo.current.sound.voice).toBe('heart');
    demo.put('sound', { ...demo.current.sound, toneVolume: 0.2 });
    expect(inFile().sound).toMatchObject({ voice: null, toneVolume: 0.2 });
    expect(open().current.sound).toMatchObject({ voice: null, toneVolume: 0.2 });
  });
  test('under a profile a demonstration’s fields are changed where they came from', () => {
    const list = [{ id: 'spa', name: 'Spa', overrides: { sound: { toneVolume: 0.1 } } }];
    const demo = open('coach');
    demo.put('profiles', {
      list,
      rules: [{ profile: 'spa', sim: null, car: null, track: 'spa', about: '' }],
    });
    demo.follow(spa);
    demo.put('sound', { ...demo.current.sound, toneVolume: 0.4 });
    expect(inFile().profiles.list[0]?.overrides.sound).toEqual({ toneVolume: 0.4 });
    expect(inFile().sound).toEqual(defaultSettings.sound);
    demo.follow(fuji);
    expect(demo.current.sound).toMatchObject({ toneVolume: 0.7, voice: 'heart' });
  });
  test('calibration is offered after a drive, and not before the first run is over', () => {
    const desk = open();
    desk.drove();
    expect(desk.current.firstRun.drove).toBe(false);
    desk.finishFirstRun('coach');
    desk.drove();
    expect(inFile().firstRun.drove).toBe(true);
    expect(desk.state().undo).toBe('the first run');
  });
});
