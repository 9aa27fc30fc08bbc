/**
 * `settings.json`, whose one owner is the engine. A missing file means the defaults. A damaged file is kept aside and said; a file of a
 * newer version is left alone and the defaults hold for this run, because writing it back would lose what that version added. An older one is
 * read as the newest; the file itself changes with the next change of a setting.
 */
import { readFileSync } from 'node:fs';
import {
  CodedError,
  defaultSettings,
  migrateSettings,
  type Settings,
  type SettingsDocument,
  settings,
  settingsVersion,
} from '@racing-coach/contract';
import type { DataDir } from './data-dir.ts';
import { keepAside, writeWholeFile } from './whole-file.ts';

export interface LoadedSettings {
  settings: Settings;
  /** What the user should know; null when all is well. */
  notice: string | null;
  /** Whether {@link saveSettings} would destroy something. */
  readOnly: boolean;
}

export function loadSettings(dataDir: DataDir, now: Date): LoadedSettings {
  const path = dataDir.file('settings.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { settings: defaultSettings, notice: null, readOnly: false };
  }
  const parsed = parseSettings(text);
  if (parsed === 'newer')
    return {
      settings: defaultSettings,
      notice: `${path} is of a newer version and was left alone.`,
      readOnly: true,
    };
  if (parsed !== null) return { settings: parsed, notice: null, readOnly: false };
  const kept = keepAside(path, now);
  const notice = `${path} is damaged: it was kept as ${kept}, the settings start anew.`;
  return { settings: defaultSettings, notice, readOnly: false };
}

function parseSettings(text: string): Settings | 'newer' | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    if ('version' in value && Number(value.version) > settingsVersion) return 'newer';
    return settings.parse(migrateSettings(value as SettingsDocument, settingsVersion));
  } catch {
    return null;
  }
}

/** Checks and writes; throws a coded error when the settings are not valid or cannot be written. */
export function saveSettings(dataDir: DataDir, next: Settings): void {
  const checked = settings.safeParse(next);
  if (!checked.success)
    throw new CodedError('usage', { cause: `The settings are not valid: ${checked.error.message}` });
  dataDir.ensure();
  writeWholeFile(dataDir.file('settings.json'), `${JSON.stringify(checked.data, null, 2)}\n`);
}
