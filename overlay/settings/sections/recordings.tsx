/** Own recordings as references: those that fit now, and all others. */
import type { Offer } from '@racing-coach/contract';
import { useState } from 'preact/hooks';
import { Away } from '../../panes/engine-api.ts';
import { lapTimeText } from '../form/lap-time.ts';
import { describedBy, Row } from '../form/row.tsx';
import { Empty, Group, Problem, Section } from '../form/section.tsx';
import { useField } from '../form/use-field.ts';
import { useAnswer, usePage } from '../page.ts';
import { SharedLaps } from './shared-laps.tsx';

export function RecordingsSection() {
  const { api } = usePage();
  const fitting = useAnswer(() => api.offers());
  const all = useAnswer(() => api.recordings());
  const changed = () => {
    fitting.again();
    all.again();
  };
  const now = fitting.answer ?? [];
  const others = (all.answer ?? []).filter(({ id }) => !now.some((offer) => offer.id === id));
  return (
    <Section
      title="Recordings"
      lead="Your own laps are the best reference: the coach commands GO only at brake points that you have driven."
    >
      {now.length === 0 ? null : (
        <Group title="Of the track and car of now">
          <RecordingList offers={now} kind="use" changed={changed} />
        </Group>
      )}
      <SharedLaps />
      <Group title="All of your recordings">
        {all.problem === null ? null : <Problem text={all.problem} />}
        {others.length > 0 ? <RecordingList offers={others} kind="import" changed={changed} /> : null}
        {all.answer !== null && others.length === 0 ? (
          <Empty
            title="No recording waits to be used."
            todo="In iRacing, Alt + L in the car begins one. Without any, the coach learns from your laps as you drive."
          />
        ) : null}
      </Group>
      <Group title="Where they are">
        <FoldersField />
      </Group>
    </Section>
  );
}

interface ListProps {
  offers: Offer[];
  /** `use`: the coach works from it now; `import`: it goes into the library. */
  kind: 'use' | 'import';
  changed(): void;
}

export function RecordingList({ offers, kind, changed }: ListProps) {
  const { api, store } = usePage();
  const [busy, setBusy] = useState<string | null>(null);
  const take = async ({ id, file }: Offer) => {
    setBusy(id);
    try {
      if (kind === 'use') {
        const { label, lapTimeS } = await api.useOffer(id);
        store.say(`The coach works from ${label}, ${lapTimeText(lapTimeS)}.`);
      } else {
        const { completeLaps, referenceLapTimeS: best } = await api.importRecording(id);
        const brought =
          best === null ? 'none better than what you have' : `${lapTimeText(best)} is your reference there`;
        store.say(`${file}: ${completeLaps} complete laps; ${brought}.`);
      }
      changed();
    } catch (error) {
      const late =
        error instanceof Away ? `${file}: this takes longer than expected. Look again later.` : null;
      store.say(late ?? (error instanceof Error ? error.message : String(error)), true);
    } finally {
      setBusy(null);
    }
  };
  return (
    <ul class="list">
      {offers.map((offer) => (
        <li key={offer.id}>
          <span class="what">
            <strong>{[offer.track, offer.car].filter(Boolean).join(', ') || offer.file}</strong>
            <span class="help">
              {[offer.date.slice(0, 10), offer.file, `${Math.max(1, Math.round(offer.bytes / 1e6))} MB`].join(
                ' · ',
              )}
            </span>
          </span>
          <button
            type="button"
            disabled={busy !== null}
            aria-label={`Use ${offer.file} as a reference`}
            onClick={() => void take(offer)}
          >
            {busy === offer.id ? 'Reading…' : 'Use'}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** One folder a line. */
function FoldersField() {
  const field = useField('recordings.folders');
  const [typed, setTyped] = useState<string | null>(null);
  const kept = Array.isArray(field.value) ? field.value.join('\n') : '';
  const commit = () => {
    if (typed === null) return;
    const lines = typed.split('\n').map((line) => line.trim());
    const folders = lines.filter((line) => line !== '');
    setTyped(null);
    field.set(folders.length === 0 ? null : folders);
  };
  return (
    <Row
      field={field}
      label="Folders"
      help="One a line. Empty: Documents\iRacing\telemetry, where iRacing writes by itself."
    >
      <textarea
        id={field.id}
        rows={3}
        spellcheck={false}
        value={typed ?? kept}
        aria-invalid={field.error !== null}
        aria-describedby={describedBy(field)}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
      />
    </Row>
  );
}
