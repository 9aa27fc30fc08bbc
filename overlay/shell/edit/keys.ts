/** Keys of edit mode as data; Tab is in `tab.ts`. Everything that the mouse does can be done without it. */
import type { EditAction } from './actions.ts';

export interface Key {
  key: string;
  shift: boolean;
  control: boolean;
}

export type KeyResult = EditAction | { kind: 'save' } | { kind: 'discard' };

const arrows: Record<string, [-1 | 0 | 1, -1 | 0 | 1]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Null for a key that means nothing here. @param holding whether a widget is being dragged */
export function keyAction({ key, shift, control }: Key, holding: boolean): KeyResult | null {
  const arrow = arrows[key];
  if (arrow !== undefined) return { kind: 'nudge', x: arrow[0], y: arrow[1], big: shift };
  if (control) return controlAction(key.toLowerCase(), shift);
  switch (key) {
    case '+':
    case '=':
      return { kind: 'grow', by: 1 };
    case '-':
      return { kind: 'grow', by: -1 };
    case 'm':
    case 'M':
      return { kind: 'to-display', backwards: shift };
    case 'Home':
      return { kind: 'reset' };
    case 'Enter':
      return { kind: 'save' };
    case 'Escape':
      return holding ? { kind: 'cancel-drag' } : { kind: 'discard' };
    default:
      return null;
  }
}

function controlAction(key: string, shift: boolean): KeyResult | null {
  if (key === 'z') return shift ? { kind: 'redo' } : { kind: 'undo' };
  if (key === 'y') return { kind: 'redo' };
  return key === 's' ? { kind: 'save' } : null;
}
