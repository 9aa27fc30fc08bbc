/**
 * From fragments to clips with start times. What makes joined speech sound like speech: a fragment inside a sentence is said with the voice up
 * (`mid`), the last one with it falling (`end`); words of one phrase follow closely, the parts of a number closer still, and a comma is a breath.
 */
import type { VoiceClip } from '@racing-coach/contract';
import type { Fragment } from './fragments.ts';

/** Silence between clips, in seconds, on top of the few milliseconds that each clip's own ends have. */
export const gaps = { word: 0.02, number: 0, comma: 0.14 } as const;

export interface PlacedClip {
  clip: VoiceClip;
  startS: number;
}

export interface ClipPlan {
  clips: PlacedClip[];
  durationS: number;
}

/** Clips of a pack by text and form. */
export class ClipTable {
  readonly #clips = new Map<string, VoiceClip>();

  constructor(clips: readonly VoiceClip[]) {
    for (const clip of clips) this.#clips.set(`${clip.form} ${clip.text}`, clip);
  }

  readonly has = (text: string): boolean => this.find(text, 'end') !== undefined;

  /** The other form is better than none. */
  find(text: string, form: VoiceClip['form']): VoiceClip | undefined {
    const other = form === 'end' ? 'mid' : 'end';
    return this.#clips.get(`${form} ${text}`) ?? this.#clips.get(`${other} ${text}`);
  }
}

/** Null when a clip is missing. `speed` shortens clips and gaps alike. */
export function planClips(fragments: readonly Fragment[], table: ClipTable, speed = 1): ClipPlan | null {
  const clips: PlacedClip[] = [];
  let endS = 0;
  for (const [at, fragment] of fragments.entries()) {
    const clip = table.find(fragment.text, at === fragments.length - 1 ? 'end' : 'mid');
    if (clip === undefined) return null;
    const before = clips.at(-1)?.clip;
    const gapS = before === undefined ? 0 : gapBefore(fragment, clip, before);
    const startS = endS + gapS / speed;
    clips.push({ clip, startS });
    endS = startS + clip.durationS / speed;
  }
  return clips.length === 0 ? null : { clips, durationS: endS };
}

function gapBefore(fragment: Fragment, clip: VoiceClip, before: VoiceClip): number {
  if (fragment.afterComma) return gaps.comma;
  const usual = fragment.continuesNumber ? gaps.number : gaps.word;
  return Math.max(clip.leadS ?? usual, before.tailS ?? usual);
}
