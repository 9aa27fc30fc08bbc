/** Which profile holds for a sim, car and track, and why; and where a change goes while one holds. Pure. */
import {
  type Profile,
  type ProfileOverrides,
  type ProfileRule,
  type ProfileSettings,
  profileParts,
  type Settings,
  type SettingsSection,
} from '@racing-coach/contract';

/** The sim's keys of what is driven now. */
export interface Place {
  sim: string;
  car: string;
  track: string;
}

export interface ProfileChoice {
  /** null: none holds. */
  profile: Profile | null;
  /** In words, for people. */
  why: string;
}

/** More named things are more specific; of equally many the car says more than the track, the track more than the sim. */
const weights = { car: 12, track: 11, sim: 10 } as const;
const kinds = ['car', 'track', 'sim'] as const;

const named = (rule: ProfileRule) => kinds.filter((kind) => rule[kind] !== null);
const weightOf = (rule: ProfileRule) => named(rule).reduce((sum, kind) => sum + weights[kind], 0);

function fits(rule: ProfileRule, place: Place): boolean {
  return named(rule).every((kind) => rule[kind] === place[kind]);
}

/** The most specific rule that fits wins. */
export function chooseProfile({ list, rules }: ProfileSettings, place: Place | null): ProfileChoice {
  if (rules.length === 0) return { profile: null, why: 'No profile has a rule.' };
  if (place === null && !rules.some((rule) => named(rule).length === 0))
    return { profile: null, why: 'No sim says yet what you drive.' };
  const fitting = rules
    .filter((rule) => fits(rule, place ?? { sim: '', car: '', track: '' }))
    .sort((a, b) => weightOf(b) - weightOf(a));
  const [rule] = fitting;
  const profile = list.find(({ id }) => id === rule?.profile);
  if (rule === undefined || profile === undefined)
    return { profile: null, why: 'No rule fits this sim, car and track.' };
  return { profile, why: reason(rule, fitting.length) };
}

function reason(rule: ProfileRule, fitting: number): string {
  const names = named(rule);
  const what = names.length === 0 ? 'everything' : `this ${list(names)}`;
  return fitting === 1
    ? `Its rule is for ${what}.`
    : `Its rule is for ${what}, the most specific of ${fitting} that fit.`;
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

type Fields = Record<string, unknown>;
type PartName = keyof ProfileOverrides;
const partNames: readonly string[] = profileParts.map(({ name }) => name);
const isPart = (section: SettingsSection): section is PartName & SettingsSection =>
  partNames.includes(section);

const fieldsOf = (overrides: ProfileOverrides, part: PartName): Fields => ({ ...overrides[part] });

/** `section.field` of everything that a profile sets. */
export function overriddenFields(profile: Profile | null): string[] {
  const overrides = profile?.overrides ?? {};
  return (Object.keys(overrides) as PartName[]).flatMap((part) =>
    Object.keys(fieldsOf(overrides, part)).map((field) => `${part}.${field}`),
  );
}

/**
 * The settings with one section as it is to hold. A field that the profile sets is changed in the profile, any other in the driver's own settings: a change
 * goes where the value that it replaces came from.
 */
export function withSection<Section extends SettingsSection>(
  stored: Settings,
  active: Profile | null,
  section: Section,
  value: Settings[Section],
): Settings {
  if (active === null || !isPart(section)) return { ...stored, [section]: value };
  const overridden = Object.keys(fieldsOf(active.overrides, section));
  const next: Fields = { ...value };
  const own: Fields = { ...next };
  const set: Fields = {};
  for (const field of overridden) {
    set[field] = next[field];
    own[field] = (stored[section] as Fields)[field];
  }
  const overrides = { ...active.overrides, ...(overridden.length > 0 ? { [section]: set } : {}) };
  const list = stored.profiles.list.map((one) => (one.id === active.id ? { ...one, overrides } : one));
  return { ...stored, [section]: own, profiles: { ...stored.profiles, list } };
}
