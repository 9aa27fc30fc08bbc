/** Laps that others share on the server, of the track and car of now, as references. */
import { useState } from 'preact/hooks';
import { lapTimeText } from '../form/lap-time.ts';
import { Group } from '../form/section.tsx';
import { useAnswer, usePage } from '../page.ts';

/** Nothing where no server is signed in to, or it has none: a server that does not answer is told in its own section. */
export function SharedLaps() {
  const { api, store } = usePage();
  const { answer, again } = useAnswer(() => api.sharedLaps());
  const [busy, setBusy] = useState<string | null>(null);
  if (answer === null || answer.length === 0) return null;
  const fetchLap = async (id: string) => {
    setBusy(id);
    try {
      const { label, lapTimeS } = await api.fetchSharedLap(id);
      store.say(`The coach works from ${label}, ${lapTimeText(lapTimeS)}.`);
      again();
    } catch (error) {
      store.say(error instanceof Error ? error.message : String(error), true);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Group
      title="Shared on your server"
      about="Of the track and car of now. A lap that you take stays your reference until you remove it."
    >
      <ul class="list">
        {answer.map(({ id, label, driver, lapTimeS, condition, fetched }) => (
          <li key={id}>
            <span class="what">
              <strong>
                {lapTimeText(lapTimeS)}, {driver}
              </strong>
              <span class="help">
                {label} · {condition}
              </span>
            </span>
            <button
              type="button"
              disabled={busy !== null || fetched}
              aria-label={`Use ${label} of ${driver} as a reference`}
              onClick={() => void fetchLap(id)}
            >
              {fetched ? 'Taken' : busy === id ? 'Fetching…' : 'Use'}
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}
