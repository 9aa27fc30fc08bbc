/** The displays of the desktop, and when they change. */
import { screen } from 'electron';
import type { Display } from '../windows/placement.ts';

export function displays(): Display[] {
  const primary = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().map(({ id, bounds, scaleFactor }) => ({
    id: String(id),
    bounds,
    scaleFactor,
    primary: id === primary,
  }));
}

/** Only after `app` is ready. */
export function onDisplays(changed: () => void): void {
  screen.on('display-added', changed);
  screen.on('display-removed', changed);
  screen.on('display-metrics-changed', changed);
}
