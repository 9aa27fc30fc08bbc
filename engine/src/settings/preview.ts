/**
 * A demonstration shows a preset in place of the driver's own settings. What a page sends back holds the preset's values: they are not the driver's, and
 * must not become his. Pure.
 */
import type { Profile, ProfileOverrides, Settings, SettingsSection } from '@racing-coach/contract';

type Fields = Record<string, unknown>;

export interface Shown {
  stored: Settings;
  preview: ProfileOverrides;
  /** The one that holds: its fields lie over the preview's. */
  profile: Profile | null;
}

export interface WithoutPreview<Section extends SettingsSection> {
  value: Settings[Section];
  /** Less what the driver changed: that is shown as he set it. */
  preview: ProfileOverrides;
}

/** A section as a page sent it, with the driver's own values where it says only what the preview shows. */
export function withoutPreview<Section extends SettingsSection>(
  value: Settings[Section],
  section: Section,
  { stored, preview, profile }: Shown,
): WithoutPreview<Section> {
  const previewed = fieldsOf(preview, section);
  const byProfile = fieldsOf(profile?.overrides ?? {}, section);
  const own: Fields = { ...value };
  const left: Fields = {};
  for (const [field, shown] of Object.entries(previewed)) {
    const changed = !(field in byProfile) && JSON.stringify(own[field]) !== JSON.stringify(shown);
    if (changed) continue;
    left[field] = shown;
    if (!(field in byProfile)) own[field] = (stored[section] as Fields)[field];
  }
  const rest = section in preview ? { ...preview, [section]: left } : preview;
  return { value: own as Settings[Section], preview: rest };
}

const fieldsOf = (overrides: ProfileOverrides, section: SettingsSection): Fields => ({
  ...(overrides as Partial<Record<SettingsSection, Fields>>)[section],
});
