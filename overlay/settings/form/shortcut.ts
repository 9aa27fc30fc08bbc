/** Key presses as the shell writes them: `Control+Alt+M`. */

export interface Press {
  ctrlKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  metaKey: boolean;
  /** The key's place on the keyboard: the layout must not change what is taken. */
  code: string;
}

const named: Record<string, string> = {
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
};

/** Null while only modifiers are down, for a key that cannot be one, and without a modifier: a bare key would be taken from the sim. */
export function shortcutOf({ ctrlKey, altKey, shiftKey, metaKey, code }: Press): string | null {
  const key =
    /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1] ?? functionKey(code) ?? named[code];
  const modifiers = [
    ctrlKey ? 'Control' : null,
    altKey ? 'Alt' : null,
    shiftKey ? 'Shift' : null,
    metaKey ? 'Super' : null,
  ].filter((name) => name !== null);
  return key === undefined || modifiers.length === 0 ? null : [...modifiers, key].join('+');
}

const functionKey = (code: string) => /^F(?:[1-9]|1\d|2[0-4])$/.exec(code)?.[0];

/** As people read it: Ctrl + Alt + M. */
export const shortcutText = (keys: string) =>
  keys.replace('Control', 'Ctrl').replace('Super', 'Win').replaceAll('+', ' + ');
