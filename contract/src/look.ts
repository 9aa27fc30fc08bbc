/** How the HUD looks and speaks: the part of the settings that every page gets. The settings page is drawn from these schemas. */
import * as z from 'zod';

export const themes = ['dark', 'light', 'high-contrast'] as const;
export const languages = ['en', 'de', 'fr', 'es'] as const;

export const lookSettings = z.object({
  theme: z
    .enum(themes)
    .default('dark')
    .meta({
      title: 'Theme',
      description: 'Of the HUD and of these pages.',
      choices: { dark: 'Dark', light: 'Light', 'high-contrast': 'High contrast' },
    }),
  /** Of the whole HUD, on top of what widgets do themselves. */
  opacity: z.number().min(0.2).max(1).default(1).meta({
    title: 'Opacity',
    description: 'Of the whole HUD. At full opacity text is legible over anything.',
    percent: true,
  }),
  /** `system` follows the system's wish for less motion. */
  motion: z
    .enum(['system', 'full', 'reduced'])
    .default('system')
    .meta({
      title: 'Motion',
      description: 'Reduced: nothing fades or slides. System: as Windows is set.',
      choices: { system: 'As the system', full: 'Full', reduced: 'Reduced' },
    }),
  units: z
    .enum(['metric', 'imperial'])
    .default('metric')
    .meta({
      title: 'Units',
      description: 'Metric: km/h, metres, litres. Imperial: mph, feet, gallons.',
      choices: { metric: 'Metric', imperial: 'Imperial' },
    }),
  language: z
    .enum(languages)
    .default('en')
    .meta({
      title: 'Language',
      description: 'Of the words on the HUD.',
      choices: { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' },
    }),
});
export type LookSettings = z.infer<typeof lookSettings>;
export const defaultLook: LookSettings = lookSettings.parse({});
