/** What the spotter needs to be heard. Pure. */
import { presets, type SoundSettings } from '@racing-coach/contract';
import type { FieldPath } from '../client/drafts.ts';

/** The voice that comes with us and that the preset with a voice has. */
const ownVoice = presets.flatMap(({ overrides }) => overrides.sound.voice ?? [])[0];

/**
 * What turning the spotter on or off changes. Whoever has no voice gets one with it; the coach, which was silent until then, stays so.
 *
 * @param voices those that there are; empty while that is not known
 */
export function spotterChanges(
  on: boolean,
  { voice }: SoundSettings,
  voices: readonly { id: string }[],
): [path: FieldPath, value: unknown][] {
  const spotter: [FieldPath, unknown] = ['sound.spotter', on];
  const chosen = voices.find(({ id }) => id === ownVoice) ?? voices[0];
  if (!on || voice !== null || chosen === undefined) return [spotter];
  return [spotter, ['sound.voice', chosen.id], ['sound.advice', false]];
}

/** What is wrong with a spotter or flags that nobody hears; null when all is well. */
export function missingVoice({ spotter, flags, voice }: SoundSettings): string | null {
  if (voice !== null) return null;
  if (spotter) return 'The spotter has no voice and cannot be heard. Choose one under Voice.';
  return flags ? 'Flags are said aloud once a voice is chosen under Voice.' : null;
}
