/** What a lap is, in a word or two. */
import type { ReasonCode, SessionLap } from '@racing-coach/contract';
import type { Locale } from '../../hud/locale.ts';
import { reasonTexts } from '../../hud/texts/table.ts';

const pitReasons: readonly string[] = ['out-lap', 'in-lap', 'pit-lane'];

export const isPitLap = ({ reasons }: SessionLap): boolean =>
  reasons.some((reason) => pitReasons.includes(reason));

const isKnown = (reason: string): reason is ReasonCode => Object.hasOwn(reasonTexts.en, reason);

/** Why it does not count, or what is to be known of it; a reason that this version does not know stands as it is. */
export function reasonWords({ reasons }: SessionLap, locale: Locale): string {
  return reasons.map((reason) => (isKnown(reason) ? locale.reason(reason) : reason)).join(', ');
}

export function gradeWords({ state, valid, referenceGrade }: SessionLap): string {
  if (state === 'open') return 'time to come';
  if (referenceGrade) return 'counts';
  return valid ? 'counts, no reference' : 'does not count';
}
