/** Keys of the sound page: what the driver may ask, by its first letter. */
import type { SoundCommand } from '@racing-coach/contract';

const keys = new Map<string, SoundCommand>(
  Object.entries({
    m: 'toggle-mute',
    f: 'say-flags',
    u: 'say-fuel',
    l: 'say-lap-time',
  } as const),
);

/** What a key asks for; null for any other, and for one that is held or belongs to a shortcut. */
export function commandOfKey(
  event: Pick<KeyboardEvent, 'key' | 'repeat' | 'ctrlKey' | 'altKey' | 'metaKey'>,
): SoundCommand | null {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return null;
  return keys.get(event.key.toLowerCase()) ?? null;
}
