/** The page as a whole: first run, or one section at a time with the way to the others, and at the foot how things stand. */
import { useEffect, useState } from 'preact/hooks';
import { useTheme } from '../panes/use-theme.ts';
import { useHotkeys } from './form/hotkeys.ts';
import { usePage, useSettings, useStore } from './page.ts';
import { AboutSection } from './sections/about.tsx';
import { DesktopSection } from './sections/desktop.tsx';
import { Finished } from './sections/finished.tsx';
import { FirstRun } from './sections/first-run.tsx';
import { LookSection } from './sections/look.tsx';
import { ProfilesSection } from './sections/profiles.tsx';
import { RecordingsSection } from './sections/recordings.tsx';
import { RulesSection } from './sections/rules.tsx';
import { ServerSection } from './sections/server.tsx';
import { SoundSection } from './sections/sound.tsx';
import { StreamingSection } from './sections/streaming.tsx';
import { WidgetsSection } from './sections/widgets.tsx';

const sections = [
  { id: 'look', label: 'Look', view: LookSection },
  { id: 'widgets', label: 'Widgets', view: WidgetsSection },
  { id: 'overlay', label: 'Overlay', view: DesktopSection },
  { id: 'sound', label: 'Sound and spotter', view: SoundSection },
  { id: 'profiles', label: 'Profiles', view: ProfilesSection },
  { id: 'streaming', label: 'Streaming', view: StreamingSection },
  { id: 'recordings', label: 'Recordings', view: RecordingsSection },
  { id: 'server', label: 'Server', view: ServerSection },
  { id: 'rules', label: 'Rules', view: RulesSection },
  { id: 'about', label: 'About and doctor', view: AboutSection },
] as const;

export function App() {
  const { server, away } = useStore();
  if (server === null)
    return (
      <main class="waiting" aria-busy="true">
        <p role="status">
          {away ? 'The engine does not answer. Start Racing Coach; this page goes on by itself.' : 'Loading…'}
        </p>
      </main>
    );
  return <Ready />;
}

function Ready() {
  const settings = useSettings();
  const [again, setAgain] = useState(false);
  const [place, go] = useHash();
  useTheme(settings.look);
  useHotkeys();
  if (!settings.firstRun.done || again)
    return (
      <main class="plain" id="main">
        <Notices />
        <FirstRun
          done={() => {
            setAgain(false);
            go('ready');
          }}
        />
        <Foot />
      </main>
    );
  return (
    <div class="frame">
      <Nav place={place} firstRun={() => setAgain(true)} />
      <main id="main">
        <Notices />
        {place === 'ready' ? <Finished /> : <Chosen id={place} />}
      </main>
      <Foot />
    </div>
  );
}

function Chosen({ id }: { id: string }) {
  const section = sections.find((one) => one.id === id) ?? sections[0];
  const View = section.view;
  useEffect(() => {
    document.title = `${section.label}: Racing Coach settings`;
  }, [section.label]);
  return <View key={section.id} />;
}

function Nav({ place, firstRun }: { place: string; firstRun(): void }) {
  return (
    <nav class="nav" aria-label="Settings">
      <p class="brand">
        Racing Coach <span>settings</span>
      </p>
      <ul>
        {sections.map(({ id, label }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={place === id ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" class="link" onClick={firstRun}>
        First run again
      </button>
    </nav>
  );
}

/** What the engine has to say about the file; until it is mended. */
function Notices() {
  const { server, away } = useStore();
  return (
    <>
      {server?.notice ? (
        <p class="notice bad" role="alert">
          The settings file was damaged. It was kept aside, and the settings begin anew.
        </p>
      ) : null}
      {server?.readOnly ? (
        <p class="notice bad" role="alert">
          Nothing can be saved: {server.readOnly}.
        </p>
      ) : null}
      {away ? (
        <p class="notice bad" role="alert">
          The engine does not answer. What you change is kept here and saved when it is back.
        </p>
      ) : null}
    </>
  );
}

function Foot() {
  const { store } = usePage();
  const { server, said, saving, away, drafts } = useStore();
  const waiting = Object.values(drafts).some(({ refused }) => refused === null);
  const words = waiting && away ? 'Not saved yet.' : saving ? 'Saving…' : said.text;
  return (
    <footer class="foot">
      <p class={said.bad ? 'said bad' : 'said'} role="status">
        {words}
      </p>
      {server?.undo ? (
        <button type="button" onClick={() => void store.undo()} title="Ctrl + Z">
          Undo: {server.undo}
        </button>
      ) : null}
    </footer>
  );
}

/** The section in the address, so that it survives a reload and can be linked to. A new one is announced by its heading. */
function useHash(): [string, (place: string) => void] {
  const read = () => location.hash.slice(1) || 'look';
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const changed = () => {
      setPlace(read());
      scrollTo(0, 0);
      requestAnimationFrame(() => document.getElementById('section-title')?.focus());
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return [
    place,
    (next) => {
      location.hash = next;
    },
  ];
}
