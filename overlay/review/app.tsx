/** The page as a whole: the sessions, and the chosen one beside them. Where there is no room for both, one at a time. */
import { useEffect, useMemo } from 'preact/hooks';
import { Locale } from '../hud/locale.ts';
import { useTheme } from '../panes/use-theme.ts';
import { hashOf } from './client/place.ts';
import { SessionList } from './session/list.tsx';
import { SessionView } from './session/view.tsx';
import { LocaleContext, useReview, useStore } from './use-review.ts';

export function App() {
  const { look, sessions, place, filter } = useReview();
  useTheme(look ?? { theme: 'dark', motion: 'system' });
  useTitle();
  const units = look?.units ?? 'metric';
  const locale = useMemo(() => new Locale({ language: 'en', units }), [units]);
  if (sessions === null && look === null) return <Waiting />;
  const filtered = filter.trackKey !== null || filter.carKey !== null;
  if (sessions?.length === 0 && !filtered && place.sessionId === null)
    return (
      <main class="empty" id="main">
        <Notices />
        <Nothing />
      </main>
    );
  return (
    <LocaleContext.Provider value={locale}>
      <div class="frame" data-view={place.sessionId === null ? 'list' : 'session'}>
        <SessionList />
        <main id="main">
          <a class="back" href={hashOf({ sessionId: null, lapId: null })}>
            All sessions
          </a>
          <Notices />
          <SessionView />
        </main>
      </div>
    </LocaleContext.Provider>
  );
}

function Waiting() {
  const { away, problem } = useReview();
  const words = away
    ? 'The engine does not answer. Start Racing Coach; this page goes on by itself.'
    : (problem ?? 'Loading…');
  return (
    <main class="waiting" aria-busy={problem === null}>
      <div>
        <p role="status">{words}</p>
        {problem === null ? null : <Again />}
      </div>
    </main>
  );
}

function Notices() {
  const { away, problem } = useReview();
  if (away)
    return (
      <p class="notice bad" role="alert">
        The engine does not answer. What you see is how it was; the page goes on by itself.
      </p>
    );
  if (problem === null) return null;
  return (
    <div class="notice bad" role="alert">
      <p>{problem}</p>
      <Again />
    </div>
  );
}

function Again() {
  const store = useStore();
  return (
    <button type="button" onClick={() => void store.refresh()}>
      Try again
    </button>
  );
}

/** Before the first lap: what will be here, and what to do for it. */
function Nothing() {
  return (
    <section class="nothing">
      <svg viewBox="0 0 240 96" role="presentation" aria-hidden="true">
        <path class="axis" d="M16 84H228" />
        <path class="line" d="M28 30 68 56 108 44 148 62 188 58 220 66" />
        {[
          [28, 30],
          [68, 56],
          [108, 44],
          [148, 62],
          [188, 58],
          [220, 66],
        ].map(([x, y]) => (
          <circle key={x} cx={x} cy={y} r={x === 220 ? 5 : 3.5} class={x === 220 ? 'dot best' : 'dot'} />
        ))}
      </svg>
      <h1>No session yet</h1>
      <p>
        Drive with Racing Coach running: each lap is here as soon as it is finished. Recordings of the sim can
        be taken in too: in the settings under Recordings, or with <code>racing-coach import</code>.
      </p>
    </section>
  );
}

function useTitle(): void {
  const { session } = useReview();
  const name = session?.session.trackName;
  useEffect(() => {
    document.title = name === undefined ? 'Racing Coach review' : `${name}: Racing Coach review`;
  }, [name]);
}
