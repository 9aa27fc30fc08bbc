/** What a person does to his profiles, as values. The engine checks the result once more. */
import {
  freeProfileId,
  freeProfileName,
  type Profile,
  type ProfileOverrides,
  type ProfilePart,
  type ProfileRule,
  type ProfileSettings,
  type Settings,
} from '@racing-coach/contract';

/** What holds now, of the parts that were chosen. */
export function overridesFrom(
  { look, widgets, overlay, sound, rules }: Settings,
  parts: readonly ProfilePart[],
): ProfileOverrides {
  const layout = { widgets: overlay.widgets, placements: overlay.placements, scale: overlay.scale };
  const all: Required<ProfileOverrides> = {
    look,
    widgets,
    overlay: layout,
    sound,
    rules: { always: rules.always, races: rules.races },
  };
  return Object.fromEntries(parts.map((part) => [part, all[part]]));
}

export function created(
  profiles: ProfileSettings,
  name: string,
  overrides: ProfileOverrides,
): ProfileSettings {
  const free = freeProfileName(name.trim(), profiles);
  const made: Profile = { id: freeProfileId(free, profiles), name: free, overrides };
  return { ...profiles, list: [...profiles.list, made] };
}

/** Without its rules: two profiles for one place would be one too many. */
export const cloned = (profiles: ProfileSettings, { name, overrides }: Profile): ProfileSettings =>
  created(profiles, name, structuredClone(overrides));

export const renamed = (profiles: ProfileSettings, id: string, name: string): ProfileSettings =>
  changed(profiles, id, (one) => ({ ...one, name: name.trim() }));

export function withoutPart(profiles: ProfileSettings, id: string, part: ProfilePart): ProfileSettings {
  return changed(profiles, id, (one) => {
    const { [part]: _gone, ...overrides } = one.overrides;
    return { ...one, overrides };
  });
}

export const deleted = ({ list, rules }: ProfileSettings, id: string): ProfileSettings => ({
  list: list.filter((one) => one.id !== id),
  rules: rules.filter(({ profile }) => profile !== id),
});

/** A place belongs to one profile: the rule of another for the same place goes. */
export function withRule({ list, rules }: ProfileSettings, rule: ProfileRule): ProfileSettings {
  const same = (one: ProfileRule) => one.sim === rule.sim && one.car === rule.car && one.track === rule.track;
  return { list, rules: [...rules.filter((one) => !same(one)), rule] };
}

export const withoutRule = ({ list, rules }: ProfileSettings, rule: ProfileRule): ProfileSettings => ({
  list,
  rules: rules.filter((one) => one !== rule),
});

function changed(profiles: ProfileSettings, id: string, change: (one: Profile) => Profile): ProfileSettings {
  return { ...profiles, list: profiles.list.map((one) => (one.id === id ? change(one) : one)) };
}

/** A rule in words. `about` names car and track as the sim does, where they were known. */
export function ruleText({ sim, car, track, about }: ProfileRule): string {
  const [carName, trackName] = about.split('\n');
  const parts = [
    car === null ? null : carName || car,
    track === null ? null : `at ${trackName || track}`,
    sim === null ? null : `in ${sim}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'Everywhere' : parts.join(' ');
}
