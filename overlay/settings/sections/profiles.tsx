/** Profiles: which one holds and why, making, taking in and giving away. */
import { type ProfilePart, profileParts } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import { Empty, Group, Section } from '../form/section.tsx';
import { usePage, useSettings } from '../page.ts';
import { ProfileCard } from './profile-card.tsx';
import { created, overridesFrom } from './profile-edits.ts';

export function ProfilesSection() {
  const { profiles } = useSettings();
  return (
    <Section
      title="Profiles"
      lead="Other settings for a sim, a car or a track. The most specific rule that fits holds."
    >
      <Holding />
      {profiles.list.length === 0 ? (
        <Empty
          title="There is no profile yet."
          todo="Set things up as you want them for one car or track, then keep them as a profile below."
        />
      ) : (
        profiles.list.map((profile) => <ProfileCard key={profile.id} profile={profile} />)
      )}
      <NewProfile />
      <ImportProfile />
    </Section>
  );
}

function Holding() {
  const { store } = usePage();
  const { server } = store.state;
  if (server === null) return null;
  const { id, name, why, byHand } = server.profile;
  return (
    <Group title="Holding now">
      <div class="row">
        <div class="words">
          <strong>{id === null ? 'Your own settings' : name}</strong>
          <p class="help">{why}</p>
        </div>
        <div class="control buttons">
          {byHand ? (
            <button
              type="button"
              onClick={() => void store.useProfile('automatic', 'The rules decide again.')}
            >
              Let the rules decide
            </button>
          ) : null}
          {id === null ? null : (
            <button type="button" onClick={() => void store.useProfile(null, 'No profile holds now.')}>
              Drive without it
            </button>
          )}
        </div>
      </div>
    </Group>
  );
}

function NewProfile() {
  const { store } = usePage();
  const settings = useSettings();
  const [name, setName] = useState('');
  const [parts, setParts] = useState<ProfilePart[]>(['overlay', 'widgets']);
  const [problem, setProblem] = useState<string | null>(null);
  const toggle = (part: ProfilePart) =>
    setParts(parts.includes(part) ? parts.filter((one) => one !== part) : [...parts, part]);
  const make = async (event: Event) => {
    event.preventDefault();
    if (name.trim() === '') return setProblem('Give it a name.');
    if (parts.length === 0) return setProblem('Choose what it sets.');
    setProblem(null);
    const next = created(settings.profiles, name, overridesFrom(settings, parts));
    if (await store.replace('profiles', next)) setName('');
  };
  return (
    <Group title="Keep what holds now as a profile">
      <form onSubmit={(event) => void make(event)} noValidate>
        <div class="row">
          <div class="words">
            <label class="label" for="new-profile">
              Name
            </label>
            <p class="help">For example the car or the track that it is for.</p>
          </div>
          <div class="control">
            <input
              id="new-profile"
              type="text"
              maxLength={60}
              autocomplete="off"
              value={name}
              aria-invalid={problem !== null}
              aria-describedby="new-profile-problem"
              onInput={(event) => setName(event.currentTarget.value)}
            />
            <p class="error" id="new-profile-problem" role="alert">
              {problem}
            </p>
          </div>
        </div>
        <fieldset class="checks">
          <legend>It sets</legend>
          {profileParts.map(({ name: part, label, about }) => (
            <label key={part} class="check">
              <input type="checkbox" checked={parts.includes(part)} onChange={() => toggle(part)} />
              <span>
                {label} <span class="help">{about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="primary">
          Make the profile
        </button>
      </form>
    </Group>
  );
}

function ImportProfile() {
  const { api, store } = usePage();
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file === undefined) return;
    try {
      const { name } = await api.importProfile(readJson(await file.text()));
      setProblem(null);
      await store.refresh();
      store.say(`“${name}” is there. It holds where you give it a rule.`);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    input.value = '';
  };
  return (
    <Group
      title="Take in a profile"
      about="From a file that somebody gave you. It is added beside yours and replaces none."
    >
      <div class="row">
        <div class="words">
          <label class="label" for="import-profile">
            File
          </label>
        </div>
        <div class="control">
          <input
            id="import-profile"
            type="file"
            accept=".json,application/json"
            aria-describedby="import-profile-problem"
            onChange={(event) => void take(event.currentTarget)}
          />
          <p class="error" id="import-profile-problem" role="alert">
            {problem}
          </p>
        </div>
      </div>
    </Group>
  );
}

/** What is no JSON is sent as the text that it is: the engine says what is wrong with it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(0, 100);
  }
}
