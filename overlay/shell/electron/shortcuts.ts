/** Keys that work while the sim has the focus. */
import { globalShortcut } from 'electron';

/** Replaces all; answers with those that another program holds. */
export function setShortcuts(shortcuts: readonly { keys: string; run: () => void }[]): string[] {
  globalShortcut.unregisterAll();
  return shortcuts.filter(({ keys, run }) => !globalShortcut.register(keys, run)).map(({ keys }) => keys);
}
