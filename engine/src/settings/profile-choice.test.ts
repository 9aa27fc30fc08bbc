import {
  defaultSettings,
  type Profile,
  type ProfileRule,
  type ProfileSettings,
} from '@racing-coach/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseProfile, type Place, withSection } from './profile-choice.ts';

const profile = (id: string, overrides: Profile['overrides'] = {}): Profile => ({ id, name: id, overrides });
const rule = (id: string, place: Partial<Place>): ProfileRule => ({
  profile: id,
  sim: null,
  car: null,
  track: null,
  about: '',
  ...place,
});
const here: Place = { sim: 'iracing', car: 'gt3', track: 'spa' };
const settingsOf = (...rules: ProfileRule[]): ProfileSettings => ({
  list: [...new Set(rules.map(({ profile: id }) => id))].map((id) => profile(id)),
  rules,
});

describe('the most specific rule wins', () => {
  const rules = [
    rule('any', {}),
    rule('sim', { sim: 'iracing' }),
    rule('track', { track: 'spa' }),
    rule('car', { car: 'gt3' }),
    rule('both', { car: 'gt3', track: 'spa' }),
    rule('all', here),
    rule('other', { car: 'mx5', track: 'spa' }),
  ];
  test.each([
    [['any', 'sim'], 'sim'],
    [['sim', 'track'], 'track'],
    [['track', 'car'], 'car'],
    [['car', 'track', 'sim', 'both'], 'both'],
    [['both', 'all'], 'all'],
    [['any', 'other'], 'any'],
  ])('of %j it is %s', (ids, winner) => {
    const chosen = chooseProfile(settingsOf(...rules.filter(({ profile: id }) => ids.includes(id))), here);
    expect(chosen.profile?.id).toBe(winner);
    expect(chosen.why).toMatch(/^Its rule is for .+\.$/);
  });
  test('and says why, and why none', () => {
    expect(chooseProfile(settingsOf(...rules), here).why).toBe(
      'Its rule is for this car, track and sim, the most specific of 6 that fit.',
    );
    expect(chooseProfile(settingsOf(), here)).toEqual({ profile: null, why: 'No profile has a rule.' });
    expect(chooseProfile(settingsOf(rule('other', { car: 'mx5' })), here)).toEqual({
      profile: null,
      why: 'No rule fits this sim, car and track.',
    });
    expect(chooseProfile(settingsOf(rule('car', { car: 'gt3' })), null).why).toContain('No sim says yet');
    expect(chooseProfile(settingsOf(rule('any', {})), null).profile?.id).toBe('any');
  });
});

test('the order of the rules decides nothing, and what is chosen fits', () => {
  const word = fc.constantFrom('a', 'b', null);
  const places = fc.uniqueArray(fc.record({ sim: word, car: word, track: word }), {
    selector: (place) => JSON.stringify(place),
    maxLength: 27,
  });
  fc.assert(
    fc.property(
      places,
      fc.record({ sim: fc.constant('a'), car: fc.constant('b'), track: fc.constant('a') }),
      (given, place) => {
        const rules = given.map((one, at) => rule(`p${at}`, one as Partial<Place>));
        const chosen = chooseProfile(settingsOf(...rules), place);
        expect(chooseProfile(settingsOf(...rules.toReversed()), place).profile?.id).toBe(chosen.profile?.id);
        const mine = rules.find(({ profile: id }) => id === chosen.profile?.id);
        for (const kind of ['sim', 'car', 'track'] as const)
          expect([null, undefined, place[kind]]).toContain(mine?.[kind]);
      },
    ),
    { seed: 11 },
  );
});

describe('a change goes where the value came from', () => {
  const active = profile('mine', { look: { theme: 'light' } });
  const stored = { ...defaultSettings, profiles: { list: [active], rules: [] } };
  const look = { ...defaultSettings.look, theme: 'high-contrast' as const, units: 'imperial' as const };
  test('into the profile for what it sets, into the own settings for the rest', () => {
    const next = withSection(stored, active, 'look', look);
    expect(next.look).toEqual({ ...defaultSettings.look, units: 'imperial' });
    expect(next.profiles.list[0]?.overrides).toEqual({ look: { theme: 'high-contrast' } });
  });
  test('into the own settings without a profile, and for parts that no profile sets', () => {
    expect(withSection(stored, null, 'look', look).look).toEqual(look);
    expect(withSection(stored, active, 'hud', { autoHide: false }).hud.autoHide).toBe(false);
  });
});
