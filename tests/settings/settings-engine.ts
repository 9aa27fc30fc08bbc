/** An engine with settings of a test's own, for tests of its settings page. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings, type Settings, settings } from '@racing-coach/contract';
import { root, startCoach } from '../engine/racing-coach.ts';

export const pagesBuilt = existsSync(join(root, 'overlay', 'dist', 'settings', 'index.html'));

export const sectionIds = [
  'ready',
  'look',
  'widgets',
  'overlay',
  'sound',
  'profiles',
  'streaming',
  'recordings',
  'server',
  'rules',
  'about',
] as const;

export interface SettingsEngine {
  url: string;
  /** What is in the file now. */
  kept(): Settings;
  stop(): Promise<void>;
}

/** Waits for a sim that never comes. @param change on top of settings whose first run is done */
export async function startSettingsEngine(change: (begun: Settings) => Settings): Promise<SettingsEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'racing-coach-settings-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const file = join(data, 'settings.json');
  const begun = { ...defaultSettings, firstRun: { ...defaultSettings.firstRun, done: true } };
  writeFileSync(file, JSON.stringify(settings.parse(change(begun))));
  const words = ['start', '--source', `map:${join(folder, 'sim.map')}`, '--port', '0', '--no-open'];
  const engine = await startCoach(words, data);
  const { settings: url } = engine.urls as typeof engine.urls & { settings: string };
  return {
    url,
    kept: () => settings.parse(JSON.parse(readFileSync(file, 'utf8'))),
    stop: async () => {
      await engine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
