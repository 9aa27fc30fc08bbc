/** The first minute: is the sim there, how much is to be shown, and the driver's own laps. One press is enough. */
import {
  type DoctorAnswer,
  defaultPreset,
  type EngineState,
  type PresetName,
  presets,
} from '@racing-coach/contract';
import { useEffect, useState } from 'preact/hooks';
import { useAnswer, usePage, useStore } from '../page.ts';
import { Findings } from './about.tsx';
import { RecordingList } from './recordings.tsx';

/** How often the sim is looked for while this is open. */
const lookEveryMs = 2000;
/** More is a list to read, and this is no time to read. */
const shownRecordings = 3;

/** The doctor's looks that decide whether the coach hears the sim and is seen. */
const simChecks = ['iRacing settings', 'memory telemetry', 'disk telemetry', 'full screen', 'sim'];

const isFound = (state: EngineState | null) => state?.presence === 'sending' || state?.presence === 'paused';

export function FirstRun({ done }: { done(): void }) {
  const { store } = usePage();
  const [preset, setPreset] = useState<PresetName>(defaultPreset);
  const { saving } = useStore();
  const finish = async () => {
    if (await store.firstRun(preset)) done();
  };
  return (
    <form
      class="first-run"
      onSubmit={(event) => {
        event.preventDefault();
        void finish();
      }}
    >
      <h1 id="section-title" tabIndex={-1}>
        Ready in a minute
      </h1>
      <p class="lead">Choose how much you want to see. Everything can be changed later.</p>
      <Presets preset={preset} choose={setPreset} />
      <Sim />
      <OwnRecordings />
      <div class="buttons finish">
        <button type="submit" class="primary large" disabled={saving}>
          Start with {presets.find(({ name }) => name === preset)?.label}
        </button>
      </div>
    </form>
  );
}

function Presets({ preset, choose }: { preset: PresetName; choose(name: PresetName): void }) {
  return (
    <fieldset class="presets">
      <legend class="hidden">How much you want to see and hear</legend>
      {presets.map(({ name, label, about, gives }) => (
        <label key={name} class="preset">
          <PresetPicture name={name} />
          <span class="name">
            {label}
            <input
              type="radio"
              name="preset"
              value={name}
              checked={preset === name}
              onChange={() => choose(name)}
            />
          </span>
          <span class="help">{about}</span>
          <ul>
            {gives.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </label>
      ))}
    </fieldset>
  );
}

/** Where things sit on the screen: delta, marker, card, trace. */
function PresetPicture({ name }: { name: PresetName }) {
  const rest = name !== 'quiet';
  return (
    <svg class="picture" viewBox="0 0 192 108" aria-hidden="true">
      <path class="road" d="M0 78 L76 52 L116 52 L192 78 L192 108 L0 108 Z" />
      <rect class="plate" x="75" y="6" width="42" height="4" rx="1" />
      <rect class="gain" x="82" y="6" width="14" height="4" rx="1" />
      <circle class="gain" cx="71" cy="8" r="1.6" />
      {name === 'streamer' ? null : <path class="marker" d="M64 80h22v5h-22z M106 80h22v5h-22z" />}
      {name === 'coach' ? <rect class="plate" x="4" y="90" width="28" height="13" rx="1.5" /> : null}
      {rest ? <rect class="plate" x="152" y="91" width="36" height="12" rx="1.5" /> : null}
      {rest ? <path class="trace" d="M154 101 l8-7 6 0 5 7 6-4 7-2" /> : null}
      {rest ? <rect class="loss" x="84" y="70" width="24" height="5" rx="1" /> : null}
    </svg>
  );
}

function Sim() {
  const { api } = usePage();
  const state = useAnswer(() => api.state());
  const findings = useAnswer(() => api.doctor());
  const { again } = state;
  // Deliberately not every dependency: `again` only asks anew, whichever of them it is.
  useEffect(() => {
    const timer = setInterval(() => again(), lookEveryMs);
    return () => clearInterval(timer);
  }, []);
  // What was found needs no help to be read, but may hide us.
  const checks = isFound(state.answer) ? ['full screen'] : simChecks;
  const amiss = (findings.answer ?? []).filter(
    ({ name, state: how }) => checks.includes(name) && how !== 'good',
  );
  return (
    <section class="card block" aria-labelledby="sim-title">
      <h2 id="sim-title">Your sim</h2>
      <SimState state={state.answer} />
      <Hints findings={amiss} />
    </section>
  );
}

function SimState({ state }: { state: EngineState | null }) {
  if (state === null) return <p class="help">Looking for it…</p>;
  const found = isFound(state);
  return (
    <p class={found ? 'sim found' : 'sim'} role="status">
      <span class="mark" aria-hidden="true">
        {found ? '✓' : '○'}
      </span>
      {found
        ? simWords(state)
        : `Not running yet: start ${state.source} whenever you like. It is found by itself.`}
    </p>
  );
}

function simWords({ source, session }: EngineState): string {
  const where = session === null ? '' : `: ${[session.car, session.track].filter(Boolean).join(' at ')}`;
  return `Found ${source}${where}.`;
}

/** Only what is to be changed: nobody reads a list of what works. */
function Hints({ findings }: { findings: DoctorAnswer['findings'] }) {
  return findings.length === 0 ? null : <Findings findings={findings} />;
}

function OwnRecordings() {
  const { api } = usePage();
  const recordings = useAnswer(() => api.recordings());
  const found = recordings.answer ?? [];
  if (found.length === 0) return null;
  const more = found.length - shownRecordings;
  return (
    <section class="card block" aria-labelledby="recordings-title">
      <h2 id="recordings-title">Your own laps</h2>
      <p class="help">
        {found.length === 1
          ? 'A recording of yours was found.'
          : `${found.length} recordings of yours were found.`}{' '}
        Use one, and the coach knows your brake points there from the first corner on.
      </p>
      <RecordingList offers={found.slice(0, shownRecordings)} kind="import" changed={recordings.again} />
      {more > 0 ? <p class="help">{more} more stand under Recordings.</p> : null}
    </section>
  );
}
