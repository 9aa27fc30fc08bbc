/**
 * The settings before there is an engine to ask. The shell only reads here, and takes the defaults for whatever it cannot read: the engine
 * reports a damaged file, keeps it aside and is the one who writes.
 */
import { defaultSettings, type OverlaySettings, overlaySettings } from '@racing-coach/contract';

/** @param text of `settings.json`; null when there is none */
export function bootOverlay(text: string | null): OverlaySettings {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const isObject = typeof value === 'object' && value !== null;
    return isObject && 'overlay' in value ? overlaySettings.parse(value.overlay) : defaultSettings.overlay;
  } catch {
    return defaultSettings.overlay;
  }
}

/** Where the engine keeps the settings; the same rule as its own. */
export function settingsPath(
  env: Record<string, string | undefined>,
  platform: string,
  home: string,
): string {
  const { RACING_COACH_DATA_DIR: chosen, LOCALAPPDATA: local, XDG_DATA_HOME: data } = env;
  const join = (...parts: string[]) => parts.join(platform === 'win32' ? '\\' : '/');
  if (chosen) return join(chosen, 'settings.json');
  return platform === 'win32'
    ? join(local || join(home, 'AppData', 'Local'), 'Racing Coach', 'settings.json')
    : join(data || join(home, '.local', 'share'), 'racing-coach', 'settings.json');
}
