/** The sessions, newest first, and what to choose them by. More come as one scrolls. */
import type { SessionEntry } from '@racing-coach/contract';
import { useEffect, useRef } from 'preact/hooks';
import { hashOf } from '../client/place.ts';
import { useLocale, useReview, useStore } from '../use-review.ts';
import { arrowTo } from './arrows.ts';
import { whenText } from './dates.ts';

export function SessionList() {
  const { sessions, next, session } = useReview();
  const list = useRef<HTMLUListElement>(null);
  const chosen = session?.session.id;
  const listed = sessions?.some(({ id }) => id === chosen) ?? false;
  return (
    <nav class="sessions" aria-label="Sessions">
      <p class="brand">
        Racing Coach <span>review</span>
      </p>
      <Filter />
      {sessions?.length === 0 ? <p class="none">No session of this track and car.</p> : null}
      <ul ref={list} onKeyDown={(event) => arrowTo(event, list.current, 'a')}>
        {sessions?.map((entry, at) => (
          <li key={entry.id}>
            <Entry
              entry={entry}
              chosen={entry.id === chosen}
              isStop={listed ? entry.id === chosen : at === 0}
            />
          </li>
        ))}
      </ul>
      {next === null ? null : <More />}
    </nav>
  );
}

interface EntryOptions {
  entry: SessionEntry;
  chosen: boolean;
  /** Where Tab comes to: one stop for the whole list, arrows go on from there. */
  isStop: boolean;
}

function Entry({ entry, chosen, isStop }: EntryOptions) {
  const locale = useLocale();
  const { trackName, trackConfig, carName, laps, validLaps, bestLapTimeS } = entry;
  return (
    <a
      href={hashOf({ sessionId: entry.id, lapId: null })}
      aria-current={chosen ? 'page' : undefined}
      tabIndex={isStop ? 0 : -1}
    >
      <span class="track">{trackName}</span>
      <span class="time">{bestLapTimeS === null ? '' : locale.lapTime(bestLapTimeS)}</span>
      <span class="car">{trackConfig === '' ? carName : `${trackConfig}, ${carName}`}</span>
      <span class="count">
        {validLaps} of {laps} {laps === 1 ? 'lap' : 'laps'}
      </span>
      <span class="when">{whenText(entry)}</span>
    </a>
  );
}

function Filter() {
  const store = useStore();
  const { places, filter } = useReview();
  if (places.tracks.length < 2 && places.cars.length < 2) return null;
  return (
    <div class="filter">
      <Choice
        label="Track"
        all="All tracks"
        places={places.tracks}
        value={filter.trackKey}
        choose={(trackKey) => void store.filterBy({ ...filter, trackKey })}
      />
      <Choice
        label="Car"
        all="All cars"
        places={places.cars}
        value={filter.carKey}
        choose={(carKey) => void store.filterBy({ ...filter, carKey })}
      />
    </div>
  );
}

interface ChoiceOptions {
  label: string;
  all: string;
  places: { key: string; name: string }[];
  value: string | null;
  choose(key: string | null): void;
}

function Choice({ label, all, places, value, choose }: ChoiceOptions) {
  return (
    <select
      aria-label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => choose(currentTarget.value === '' ? null : currentTarget.value)}
    >
      <option value="">{all}</option>
      {places.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Loads the next page when it comes into view; a button for those who do not scroll. */
function More() {
  const store = useStore();
  const { loadingMore } = useReview();
  const end = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const button = end.current;
    if (button === null) return undefined;
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) void store.more();
    });
    seen.observe(button);
    return () => seen.disconnect();
  });
  return (
    <button type="button" ref={end} class="more" onClick={() => void store.more()}>
      {loadingMore ? 'Loading…' : 'Older sessions'}
    </button>
  );
}
