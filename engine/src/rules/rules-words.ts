/** The session's rules in words, as the badge explains them. */
import type { RulesMessage, SessionRules } from '@racing-coach/contract';

const stays = 'Delta, spotter, flags and fuel stay.';

const because = (rules: SessionRules): string => {
  const series = rules.seriesName || `series ${rules.seriesId}`;
  const words = {
    race: 'This is a race: no live instruction.',
    series: rules.raceLegal
      ? `Your setting for ${series}: no live instruction.`
      : `Your setting for ${series} allows live instruction.`,
    setting: rules.raceLegal
      ? 'Your setting: no live instruction.'
      : 'Your settings allow live instruction in races.',
    unknown: 'The sim has not said yet whether this is a race: no live instruction.',
    'no-race': 'No race: live instruction is on.',
  };
  return words[rules.reason];
};

const later = ({ next }: SessionRules): string => {
  if (next === null) return '';
  return next
    ? 'The rules are fixed while a session runs: from the next one on there is none.'
    : 'The rules are fixed while a session runs: from the next one on there is instruction.';
};

export function rulesMessage(rules: SessionRules): RulesMessage {
  const why = [because(rules), rules.raceLegal ? stays : '', later(rules)].filter((part) => part !== '');
  return { type: 'rules', raceLegal: rules.raceLegal, why: why.join(' ') };
}
