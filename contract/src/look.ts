/** How the HUD looks and speaks: the part of the settings that every page gets. The settings page is drawn from these schemas. */
import * as z from 'zod';

export const themes = ['dark', 'light', 'high-contrast'] as const;
export const languages = ['en', 'de', 'fr', 'es'] as const;

export const lookSettings = z.object({
  theme: z.enum(themes).default('dark'),
  /** Of the whole HUD, on top of what widgets do themselves. */
  opacity: z.number().min(0.2).max(1).default(1),
  /** `system` follows the system's wish for less motion. */
  motion: z.enum(['system', 'full', 'reduced']).default('system'),
  units: z.enum(['metric', 'imperial']).default('metric'),
  language: z.enum(languages).default('en'),
});
export type LookSettings = z.infer<typeof lookSettings>;
export const defaultLook: LookSettings = lookSettings.parse({});
