/** The keys that work while the sim has the focus, and what each does: one row for each key of the settings. */
import type { OverlaySettings, SoundCommand } from '@racing-coach/contract';
import type { TrayCommand } from './tray/tray-model.ts';

/** What a command depends on when its key is pressed. */
interface Moment {
  hiddenByUser: boolean;
}
type Setting = Extract<keyof OverlaySettings, `${string}Shortcut`>;
type Command = (moment: Moment) => TrayCommand;

const sound =
  (command: SoundCommand): Command =>
  () => ({ kind: 'sound', command });

/** A key of the settings without a row here does not compile. */
const commands: Record<Setting, Command> = {
  editShortcut: () => ({ kind: 'edit' }),
  hideShortcut: ({ hiddenByUser }) => ({ kind: 'show', shown: hiddenByUser }),
  muteShortcut: sound('toggle-mute'),
  fuelShortcut: sound('say-fuel'),
  lapTimeShortcut: sound('say-lap-time'),
  flagsShortcut: sound('say-flags'),
  settingsShortcut: () => ({ kind: 'open-settings' }),
};

export interface Shortcut {
  keys: string;
  command: Command;
}

/** In the order of the table. Of two settings with the same keys the first has them. */
export function shortcutsOf(overlay: OverlaySettings): Shortcut[] {
  const rows = Object.entries(commands) as [Setting, Command][];
  const all = rows.map(([setting, command]) => ({ keys: overlay[setting], command }));
  return all.filter(({ keys }, index) => all.findIndex((row) => row.keys === keys) === index);
}
