/** How the HUD is to look and what it shows: the settings, as everything that draws needs them. A new object for every change. */
import {
  calmWidgetNames,
  defaultLook,
  defaultWidgetOptions,
  type LookSettings,
  type SettingsMessage,
  type WidgetOptions,
} from '@racing-coach/contract';
import { Locale } from './locale.ts';
import type { WidgetName } from './places.ts';

export interface HudSetup {
  readonly look: LookSettings;
  readonly options: WidgetOptions;
  /** The widgets of a page that no shell told what to show. */
  readonly shown: readonly WidgetName[];
  /** What is to be told while nobody drives. */
  readonly hint: SettingsMessage['hint'];
  /** Words and units. */
  readonly locale: Locale;
}

export function hudSetup({
  look = defaultLook,
  widgets = defaultWidgetOptions,
  shown = calmWidgetNames,
  hint = null,
}: Partial<Omit<SettingsMessage, 'type' | 'hud' | 'shown'>> & { shown?: readonly WidgetName[] }): HudSetup {
  return { look, options: widgets, shown, hint, locale: new Locale(look) };
}

export const defaultSetup: HudSetup = hudSetup({});

/** Whether the two draw the same, so that a message without news makes no objects again. */
export const sameSetup = (a: HudSetup, b: HudSetup) =>
  a === b ||
  (JSON.stringify(a.look) === JSON.stringify(b.look) &&
    JSON.stringify(a.options) === JSON.stringify(b.options) &&
    a.hint === b.hint &&
    a.shown.join() === b.shown.join());
