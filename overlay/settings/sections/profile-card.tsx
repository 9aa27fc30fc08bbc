/** One profile: its name, what it sets, where it holds, and what can be done with it. */
import { type Profile, type ProfileRule, profileParts } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import { usePage, useSettings } from '../page.ts';
import { cloned, deleted, renamed, ruleText, withoutPart, withoutRule, withRule } from './profile-edits.ts';
import { useProfileExport } from './profile-export.ts';

export function ProfileCard({ profile }: { profile: Profile }) {
  const { store } = usePage();
  const { profiles } = useSettings();
  const holds = store.state.server?.profile.id === profile.id;
  const title = `profile-${profile.id}`;
  const save = (next: typeof profiles) => store.replace('profiles', next);
  return (
    <article class="group" aria-labelledby={title}>
      <div class="card">
        <div class="row head">
          <div class="words">
            <h2 id={title}>{profile.name}</h2>
            {holds ? <span class="tag on">Holds now</span> : null}
          </div>
          <div class="control">
            <NameField profile={profile} rename={(name) => save(renamed(profiles, profile.id, name))} />
          </div>
        </div>
        <Parts profile={profile} remove={(part) => save(withoutPart(profiles, profile.id, part))} />
        <Rules profile={profile} />
        <Actions profile={profile} />
      </div>
    </article>
  );
}

function NameField({ profile, rename }: { profile: Profile; rename(name: string): Promise<boolean> }) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = async () => {
    if (typed === null || typed.trim() === '' || typed.trim() === profile.name) return setTyped(null);
    if (await rename(typed)) setTyped(null);
  };
  return (
    <input
      type="text"
      maxLength={60}
      aria-label={`Name of ${profile.name}`}
      value={typed ?? profile.name}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={(event) => event.key === 'Enter' && void commit()}
    />
  );
}

function Parts({ profile, remove }: { profile: Profile; remove(part: keyof Profile['overrides']): void }) {
  const set = profileParts.filter(({ name }) => profile.overrides[name] !== undefined);
  return (
    <div class="row">
      <div class="words">
        <span class="label">Sets</span>
        <p class="help">While it holds, changes to these go into the profile.</p>
      </div>
      <ul class="control chips" aria-label={`What ${profile.name} sets`}>
        {set.length === 0 ? <li class="help">Nothing</li> : null}
        {set.map(({ name, label }) => (
          <li key={name} class="chip">
            {label}
            <button
              type="button"
              aria-label={`${profile.name} no longer sets ${label}`}
              onClick={() => remove(name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Rules are made from what is driven now: nobody types a sim's keys. */
function Rules({ profile }: { profile: Profile }) {
  const { store } = usePage();
  const { profiles } = useSettings();
  const { server } = store.state;
  const place = server?.place ?? null;
  const rules = profiles.rules.filter((rule) => rule.profile === profile.id);
  const [car = '', track = ''] = (place?.about ?? '').split(' at ');
  const about = `${car}\n${track}`;
  const none = { profile: profile.id, sim: null, car: null, track: null, about };
  const offered: [string, ProfileRule][] =
    place === null
      ? []
      : [
          ['this car', { ...none, car: place.car }],
          ['this track', { ...none, track: place.track }],
          ['this car here', { ...none, car: place.car, track: place.track }],
          ['this sim', { ...none, sim: place.sim }],
        ];
  const add = (rule: ProfileRule) => void store.replace('profiles', withRule(profiles, rule));
  return (
    <div class="row">
      <div class="words">
        <span class="label">Holds for</span>
        <p class="help">
          {place === null ? 'Drive somewhere, then give it that car or track.' : `You drive ${place.about}.`}
        </p>
      </div>
      <div class="control">
        <ul class="chips" aria-label={`Where ${profile.name} holds`}>
          {rules.length === 0 ? <li class="help">Nowhere by itself</li> : null}
          {rules.map((rule) => (
            <li key={JSON.stringify(rule)} class="chip">
              {ruleText(rule)}
              <button
                type="button"
                aria-label={`${profile.name} no longer holds for ${ruleText(rule)}`}
                onClick={() => void store.replace('profiles', withoutRule(profiles, rule))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
        <div class="buttons">
          {offered.map(([words, rule]) => (
            <button key={words} type="button" class="small" onClick={() => add(rule)}>
              + {words}
            </button>
          ))}
          <button type="button" class="small" onClick={() => add({ ...none, about: '' })}>
            + everywhere
          </button>
        </div>
      </div>
    </div>
  );
}

function Actions({ profile }: { profile: Profile }) {
  const { store } = usePage();
  const { profiles } = useSettings();
  const [sure, setSure] = useState(false);
  const give = useProfileExport(profile);
  return (
    <div class="buttons end">
      <button type="button" onClick={() => void store.useProfile(profile.id, `“${profile.name}” holds now.`)}>
        Use now
      </button>
      <button type="button" onClick={() => void store.replace('profiles', cloned(profiles, profile))}>
        Clone
      </button>
      <button type="button" onClick={() => void give()}>
        Export
      </button>
      <button
        type="button"
        class="danger"
        onClick={() => (sure ? void store.replace('profiles', deleted(profiles, profile.id)) : setSure(true))}
        onBlur={() => setSure(false)}
      >
        {sure ? 'Really delete?' : 'Delete'}
      </button>
    </div>
  );
}
