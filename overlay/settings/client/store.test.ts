import {
  defaultSettings,
  type Settings,
  type SettingsSection,
  type SettingsState,
} from '@racing-coach/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { Away, Refusal } from '../../panes/engine-api.ts';
import { SettingsStore } from './store.ts';

/** An engine that keeps what it is sent; it can be away, or say no. */
let engine: {
  settings: Settings;
  revision: number;
  away: boolean;
  refuse: Refusal | null;
  puts: [SettingsSection, unknown][];
};
let kept: string | null;
let waiting: (() => void)[];
beforeEach(() => {
  engine = { settings: defaultSettings, revision: 1, away: false, refuse: null, puts: [] };
  kept = null;
  waiting = [];
});

const state = (): SettingsState => ({
  revision: engine.revision,
  settings: engine.settings,
  profile: { id: null, name: '', why: '', byHand: false },
  fromProfile: [],
  place: null,
  notice: null,
  readOnly: null,
  undo: engine.revision > 1 ? 'the look' : null,
});

async function answer(change: () => void = () => {}): Promise<SettingsState> {
  await Promise.resolve();
  if (engine.away) throw new Away();
  if (engine.refuse !== null) throw engine.refuse;
  change();
  return state();
}

function store(): SettingsStore {
  return new SettingsStore({
    api: {
      settings: () => (engine.away ? Promise.reject(new Away()) : Promise.resolve(state())),
      put: (section, value) =>
        answer(() => {
          engine.puts.push([section, value]);
          engine.settings = { ...engine.settings, [section]: value };
          engine.revision += 1;
        }),
      undo: () => answer(() => (engine.settings = defaultSettings)),
      firstRun: () => answer(),
      useProfile: () => answer(),
    },
    later: (_, run) => void waiting.push(run),
    kept: { read: () => kept, write: (text) => (kept = text) },
  });
}
const settled = () => new Promise((done) => setTimeout(done, 5));
async function opened(): Promise<SettingsStore> {
  const made = store();
  await made.refresh();
  return made;
}

describe('a change', () => {
  test('shows at once, is sent whole, and is no draft any more', async () => {
    const made = await opened();
    made.change('look.theme', 'light');
    expect(made.settings?.look.theme).toBe('light');
    expect(made.unsaved).toBe(true);
    await settled();
    expect(engine.puts).toEqual([['look', { ...defaultSettings.look, theme: 'light' }]]);
    expect(made.unsaved).toBe(false);
    expect(made.state).toMatchObject({ saving: false, said: { text: 'Saved.', bad: false } });
  });
  test('while another is under way is not lost and not sent twice', async () => {
    const made = await opened();
    made.change('sound.volume', 0.5);
    made.change('sound.volume', 0.6);
    made.change('look.theme', 'light');
    await settled();
    expect(engine.settings.sound.volume).toBe(0.6);
    expect(engine.settings.look.theme).toBe('light');
    expect(engine.puts.length).toBeLessThanOrEqual(3);
    expect(made.unsaved).toBe(false);
  });
  test('taken back by hand while it is on its way is taken back', async () => {
    const made = await opened();
    made.change('look.theme', 'light');
    made.change('look.theme', 'dark');
    expect(made.settings?.look.theme).toBe('dark');
    await settled();
    expect(engine.settings.look.theme).toBe('dark');
    expect(made.settings?.look.theme).toBe('dark');
    expect(made.unsaved).toBe(false);
  });
  test('to what it was is none', async () => {
    const made = await opened();
    made.change('look.theme', 'dark');
    await settled();
    expect(engine.puts).toEqual([]);
  });
  test('deep inside a widget keeps its neighbours', async () => {
    const made = await opened();
    made.change('widgets.deltaBar.rangeS', 2);
    await settled();
    expect(engine.settings.widgets).toEqual({
      ...defaultSettings.widgets,
      deltaBar: { ...defaultSettings.widgets.deltaBar, rangeS: 2 },
    });
  });
});

describe('what is refused', () => {
  test('stands beside its field as typed, and the rest of the section is saved', async () => {
    const made = await opened();
    engine.refuse = new Refusal('settings-invalid', 'obs.address: no.', 'obs.address');
    made.change('obs.address', 'nonsense');
    await settled();
    expect(made.state.drafts['obs.address']).toEqual({ value: 'nonsense', refused: 'obs.address: no.' });
    engine.refuse = null;
    made.change('obs.enabled', true);
    await settled();
    expect(engine.settings.obs).toEqual({ ...defaultSettings.obs, enabled: true });
    expect(made.settings?.obs.address).toBe('nonsense');
    made.change('obs.address', 'ws://127.0.0.1:1');
    await settled();
    expect(engine.settings.obs.address).toBe('ws://127.0.0.1:1');
    expect(made.unsaved).toBe(false);
  });
  test('for another reason is not sent again and again', async () => {
    const made = await opened();
    engine.refuse = new Refusal('settings-read-only', 'Nothing is saved.', null);
    made.change('hud.autoHide', false);
    await settled();
    expect(made.state.said).toMatchObject({ text: 'Nothing is saved.', bad: true });
    expect(made.state.drafts['hud.autoHide']?.refused).toBe('Nothing is saved.');
  });
});

describe('an engine that is away', () => {
  test('gets what was changed meanwhile when it is back', async () => {
    const made = await opened();
    engine.away = true;
    made.change('look.theme', 'light');
    made.change('hud.autoHide', false);
    await settled();
    expect(made.state.away).toBe(true);
    expect(made.settings).toMatchObject({ look: { theme: 'light' }, hud: { autoHide: false } });
    engine.away = false;
    waiting.shift()?.();
    await settled();
    expect(engine.settings).toMatchObject({ look: { theme: 'light' }, hud: { autoHide: false } });
    expect(made.state).toMatchObject({ away: false, drafts: {} });
  });
  test('and a page that is loaded anew meanwhile lose nothing', async () => {
    const made = await opened();
    engine.away = true;
    made.change('look.theme', 'light');
    await settled();
    engine.away = false;
    const next = await opened();
    await settled();
    expect(engine.settings.look.theme).toBe('light');
    expect(next.unsaved).toBe(false);
  });
  test('another engine that counts from the beginning is believed', async () => {
    engine.revision = 40;
    const made = await opened();
    engine.away = true;
    await made.refresh();
    engine.away = false;
    engine.revision = 1;
    await made.refresh();
    expect(made.state.server?.revision).toBe(1);
  });
});

test('drafts that were kept and mean nothing are left out', async () => {
  kept = '{"nonsense.a":1,"look.theme":"light"}';
  const made = await opened();
  await settled();
  expect(engine.puts.map(([section]) => section)).toEqual(['look']);
  kept = 'no json';
  expect(store().unsaved).toBe(false);
  expect(made.unsaved).toBe(false);
});
