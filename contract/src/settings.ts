/**
 * The user's settings. The engine alone owns `settings.json`; pages and shell get the settings over the hub and keep none. A missing field
 * takes its default; a file of an older version is brought up by `settings-migrations.ts`; a file of a newer version is left alone.
 */
import * as z from 'zod';
import { lookSettings } from './look.ts';
import { obsSettings } from './obs.ts';
import { overlaySettings } from './overlay-settings.ts';
import { presetNames, presets } from './presets.ts';
import { type ProfileOverrides, profileSettings } from './profiles.ts';
import { rulesSettings } from './rules.ts';
import { soundSettings } from './sound.ts';
import { syncSettings } from './sync.ts';
import { widgetOptions } from './widget-options/table.ts';

export const settingsVersion = 2;

/** What pages need to know. */
export const hudSettings = z.object({
  /** Whether everything but the status leaves while nobody drives. */
  autoHide: z.boolean().default(true).meta({
    title: 'Hide while nobody drives',
    description: 'In the pits, the garage and the menus only the status stays.',
  }),
});

/** How far the driver has come with setting up. */
export const firstRunSettings = z.object({
  done: z.boolean().default(false),
  preset: z.enum(presetNames).nullable().default(null),
  /** A complete lap was driven since: calibration may be offered. */
  drove: z.boolean().default(false),
  calibration: z.enum(['open', 'done', 'declined']).default('open'),
});

export const settings = z.object({
  version: z.literal(settingsVersion),
  firstRun: firstRunSettings.prefault({}),
  hub: z
    .object({
      /** Whether `demo` and `start` open the HUD in a browser when the machine has a display. */
      openBrowser: z.boolean().default(true).meta({
        title: 'Open a browser at the start',
        description: 'Shows the HUD in your browser when Racing Coach is started from a terminal.',
      }),
    })
    .prefault({}),
  look: lookSettings.prefault({}),
  hud: hudSettings.prefault({}),
  recordings: z
    .object({
      /** Where the sim writes its recordings; null for the place that it uses by itself. */
      folders: z.array(z.string().min(1).max(1000)).max(20).nullable().default(null),
    })
    .prefault({}),
  /** Where live instruction is off. */
  rules: rulesSettings.prefault({}),
  /** What each widget shows; see the table of options. */
  widgets: widgetOptions.prefault({}),
  overlay: overlaySettings.prefault({}),
  sound: soundSettings.prefault({}),
  profiles: profileSettings.prefault({}),
  obs: obsSettings.prefault({}),
  sync: syncSettings.prefault({}),
});
export type Settings = z.infer<typeof settings>;

/** The parts that can be written one by one. */
export type SettingsSection = Exclude<keyof Settings, 'version'>;
export const settingsSections = Object.keys(settings.shape).filter(
  (name) => name !== 'version',
) as SettingsSection[];

/** Settings with what a profile or a preset sets instead; fields that it does not name stay. */
export function withOverrides(
  base: Settings,
  { look, widgets, overlay, sound, rules }: ProfileOverrides,
): Settings {
  return {
    ...base,
    look: { ...base.look, ...look } as Settings['look'],
    widgets: { ...base.widgets, ...widgets },
    overlay: { ...base.overlay, ...overlay } as Settings['overlay'],
    sound: { ...base.sound, ...sound } as Settings['sound'],
    rules: { ...base.rules, ...rules } as Settings['rules'],
  };
}

/** What holds before the user changed anything: the first of the presets. */
export const defaultSettings: Settings = withOverrides(
  settings.parse({ version: settingsVersion }),
  presets[0].overrides as ProfileOverrides,
);
