/**
 * The user's settings. The engine alone owns `settings.json`; pages and shell get the settings over the hub and keep none. A missing field
 * takes its default, so a file of an older version reads as it is; a file of a newer version is left alone.
 */
import * as z from 'zod';
import { overlaySettings } from './overlay-settings.ts';
import { rulesSettings } from './rules.ts';
import { soundSettings } from './sound.ts';

export const settingsVersion = 1;

/** What pages need to know. */
export const hudSettings = z.object({
  /** Whether everything but the status leaves while nobody drives. */
  autoHide: z.boolean().default(true),
});

export const settings = z.object({
  version: z.literal(settingsVersion),
  hub: z
    .object({
      /** Whether `demo` and `start` open the HUD in a browser when the machine has a display. */
      openBrowser: z.boolean().default(true),
    })
    .prefault({}),
  hud: hudSettings.prefault({}),
  recordings: z
    .object({
      /** Where the sim writes its recordings; null for the place that it uses by itself. */
      folders: z.array(z.string()).nullable().default(null),
    })
    .prefault({}),
  rules: rulesSettings.prefault({}),
  overlay: overlaySettings.prefault({}),
  sound: soundSettings.prefault({}),
});
export type Settings = z.infer<typeof settings>;

/** What holds before the user changed anything. */
export const defaultSettings: Settings = settings.parse({ version: settingsVersion });
