/** What a streamer needs: addresses for OBS, a new token when one was seen, what viewers may know, and what is asked of OBS. */
import { mostObsDelayMs, type ObsLayout, obsLayouts, obsSourceUrl } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import { leaveWords } from '../client/left-words.ts';
import { FieldView } from '../form/controls.tsx';
import { CopyLine } from '../form/copy.tsx';
import { describeField } from '../form/describe.ts';
import { Fields, Group, Problem, Section } from '../form/section.tsx';
import { useAnswer, usePage } from '../page.ts';
import { SoundInObs } from './sound-in-obs.tsx';

const layouts: Record<ObsLayout, { label: string; about: string }> = {
  minimal: { label: 'Minimal', about: 'Delta, predicted lap and status, at the top of your picture.' },
  coach: { label: 'Coach view', about: 'What the coach says, explained for viewers.' },
  full: { label: 'Full', about: 'Everything, for a whole screen of 1920 × 1080.' },
  input: { label: 'Input trace', about: 'Throttle and brake alone.' },
};

export function StreamingSection() {
  const { api } = usePage();
  const urls = useAnswer(() => api.urls());
  const [delayMs, setDelayMs] = useState(0);
  const [audio, setAudio] = useState(false);
  const given = urls.answer?.['obs/full'];
  return (
    <Section
      title="Streaming"
      lead="Paste one address into OBS as a browser source. It shows nothing of your tactics or of other drivers unless you say so."
    >
      <Group
        title="Addresses for OBS"
        about="Add a browser source of 1920 × 1080 and paste one of these as its URL."
      >
        {urls.problem === null ? null : <Problem text={urls.problem} />}
        {given === undefined
          ? null
          : obsLayouts.map((layout) => (
              <CopyLine
                key={layout}
                id={`obs-${layout}`}
                {...layouts[layout]}
                text={obsSourceUrl(given, { layout, delayMs, audio })}
                source={{ layout, delayMs, audio }}
              />
            ))}
        <div class="row">
          <div class="words">
            <label class="label" for="obs-delay">
              Delay
            </label>
            <p class="help" id="obs-delay-help">
              As your camera is delayed, in ms. It becomes part of the addresses above.
            </p>
          </div>
          <div class="control">
            <input
              id="obs-delay"
              type="number"
              min={0}
              max={mostObsDelayMs}
              step={100}
              value={delayMs}
              aria-describedby="obs-delay-help"
              onChange={({ currentTarget }) => setDelayMs(clamped(currentTarget.valueAsNumber))}
            />
          </div>
        </div>
        <SoundInObs on={audio} set={setAudio} />
      </Group>
      <RenewToken renewed={urls.again} />
      <Group title="Viewers may see">
        <Fields paths={['obs.viewers.fuel', 'obs.viewers.setup', 'obs.viewers.names']} />
      </Group>
      <ObsGroup />
    </Section>
  );
}

const clamped = (value: number) =>
  Number.isFinite(value) ? Math.min(mostObsDelayMs, Math.max(0, Math.round(value))) : 0;

function RenewToken({ renewed }: { renewed(): void }) {
  const { api, store, shell, address } = usePage();
  const [sure, setSure] = useState(false);
  const renew = async () => {
    if (!sure) return setSure(true);
    setSure(false);
    try {
      const { settings } = await api.renewToken();
      const words = 'Every address is new. Paste the new one into OBS.';
      if (shell === null) {
        // This page's own address is an old one now.
        leaveWords(words);
        location.replace(`${settings}${location.hash || address.hash}`);
        return;
      }
      renewed();
      store.say(words);
    } catch (error) {
      store.say(error instanceof Error ? error.message : String(error), true);
    }
  };
  return (
    <Group title="An address was seen on stream?">
      <div class="row">
        <div class="words">
          <span class="label">New addresses</span>
          <p class="help" id="renew-help">
            The old ones stop working at once. Paste the new one into OBS afterwards.
          </p>
        </div>
        <div class="control">
          <button
            type="button"
            aria-describedby="renew-help"
            onClick={() => void renew()}
            onBlur={() => setSure(false)}
          >
            {sure ? 'Really renew?' : 'Renew the addresses'}
          </button>
        </div>
      </div>
    </Group>
  );
}

function ObsGroup() {
  const { api, store } = usePage();
  const health = useAnswer(() => api.health());
  const [password, setPassword] = useState('');
  const keep = async (event: Event) => {
    event.preventDefault();
    try {
      await api.obsPassword(password);
      setPassword('');
      store.say(password === '' ? 'The password is taken away.' : 'The password is kept.');
      health.again();
    } catch (error) {
      store.say(error instanceof Error ? error.message : String(error), true);
    }
  };
  const incident = describeField('obs.incidentScene');
  const obs = health.answer?.obs;
  return (
    <Group
      title="Let the coach help in OBS"
      about="Over OBS’ own WebSocket server: Tools, WebSocket Server Settings."
    >
      <Fields paths={['obs.enabled', 'obs.address']} />
      <form class="row" onSubmit={(event) => void keep(event)}>
        <div class="words">
          <label class="label" for="obs-password">
            Password
          </label>
          <p class="help" id="obs-password-help">
            As OBS shows it. It is kept on this machine and never shown again; empty takes it away.
          </p>
        </div>
        <div class="control copy">
          <input
            id="obs-password"
            type="password"
            autocomplete="off"
            value={password}
            aria-describedby="obs-password-help"
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <button type="submit">Keep</button>
        </div>
      </form>
      <Fields paths={['obs.saveBestLaps', 'obs.chapters']} />
      <FieldView field={incident} />
      <Fields paths={['obs.incidentSeconds']} />
      {obs === undefined || obs.state === 'off' ? null : (
        <p class={obs.state === 'trouble' ? 'notice bad' : 'notice'} role="status">
          {[obs.text, ...obs.warnings].join(' ')}
        </p>
      )}
    </Group>
  );
}
