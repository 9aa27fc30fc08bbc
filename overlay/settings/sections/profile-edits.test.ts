import { defaultSettings, type ProfileSettings, profileFile, profileSettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import {
  cloned,
  created,
  deleted,
  overridesFrom,
  renamed,
  ruleText,
  withoutPart,
  withoutRule,
  withRule,
} from './profile-edits.ts';

const none: ProfileSettings = { list: [], rules: [] };
const spa = created(
  none,
  ' Spa ',
  overridesFrom(defaultSettings, ['look', 'widgets', 'overlay', 'sound', 'rules']),
);
const [first] = spa.list;
if (first === undefined) throw new Error('there is one');
const rule = { profile: first.id, sim: null, car: 'gt3', track: 'spa', about: 'Our GT3\nSpa' };

test('what holds now becomes a profile that the engine takes, and that can be given away', () => {
  expect(first).toMatchObject({ id: 'spa', name: 'Spa' });
  expect(profileSettings.parse(spa)).toEqual(spa);
  const file = { format: 'racing-coach-profile', version: 1, name: first.name, overrides: first.overrides };
  expect(profileFile.parse(file)).toEqual(file);
});

test('a clone has another name and no rules; renaming keeps the rules, deleting takes them along', () => {
  const withOne = withRule(spa, rule);
  const two = cloned(withOne, first);
  expect(two.list.map(({ id, name }) => [id, name])).toEqual([
    ['spa', 'Spa'],
    ['spa-2', 'Spa (2)'],
  ]);
  expect(two.rules).toEqual([rule]);
  expect(profileSettings.parse(renamed(two, 'spa', ' Wet ')).list[0]?.name).toBe('Wet');
  expect(deleted(two, 'spa')).toEqual({ list: [two.list[1]], rules: [] });
});

test('a place belongs to one profile', () => {
  const two = withRule(cloned(withRule(spa, rule), first), { ...rule, profile: 'spa-2' });
  expect(two.rules.map(({ profile }) => profile)).toEqual(['spa-2']);
  expect(withoutRule(two, two.rules[0] ?? rule).rules).toEqual([]);
  expect(profileSettings.parse(two)).toEqual(two);
});

test('a part that is taken out is the driver’s own again', () => {
  expect(Object.keys(withoutPart(spa, 'spa', 'look').list[0]?.overrides ?? {})).toEqual([
    'widgets',
    'overlay',
    'sound',
    'rules',
  ]);
});

test('rules are said with the sim’s names, and with its keys where those are not known', () => {
  expect(ruleText(rule)).toBe('Our GT3 at Spa');
  expect(ruleText({ ...rule, about: '' })).toBe('gt3 at spa');
  expect(ruleText({ ...rule, car: null, track: null, sim: 'iracing' })).toBe('in iracing');
  expect(ruleText({ ...rule, car: null, track: null })).toBe('Everywhere');
});
