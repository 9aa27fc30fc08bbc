/**
 * Older `settings.json` documents, brought to the newest version a step at a time. A step knows only the two versions that it lies between; fields that came
 * later take their defaults from the schema and need no step. Steps are never changed once they were released.
 */

/** A settings file of a version before it is understood. */
export type SettingsDocument = Record<string, unknown>;

export interface SettingsMigration {
  from: number;
  /** What changed, for whoever reads this. */
  about: string;
  step(before: SettingsDocument): SettingsDocument;
}

export const settingsMigrations: readonly SettingsMigration[] = [
  {
    from: 1,
    about: 'The first run came: whoever has settings already has been through it, and keeps what he had.',
    step: (before) => ({ ...before, firstRun: { done: true } }),
  },
];

/** Null when no step leads on from the document's version. */
export function migrateSettings(document: SettingsDocument, newest: number): SettingsDocument | null {
  let current = document;
  while (current['version'] !== newest) {
    const migration = settingsMigrations.find(({ from }) => from === current['version']);
    if (migration === undefined) return null;
    current = { ...migration.step(current), version: migration.from + 1 };
  }
  return current;
}
