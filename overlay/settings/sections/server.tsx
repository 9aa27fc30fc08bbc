/** The server: how the laps get there, what it refused and why, and how to sign in. */
import type { RefusedLap, SyncState } from '@racing-coach/contract';
import { useEffect } from 'preact/hooks';
import { Empty, Fields, Group, Problem, Section } from '../form/section.tsx';
import { useAnswer, usePage } from '../page.ts';

/** Laps leave one after the other: often enough to watch them go. */
const askAgainMs = 3000;

export function ServerSection() {
  const { api, store } = usePage();
  const { answer, problem, again } = useAnswer(() => api.sync());
  useEffect(() => {
    const timer = setInterval(again, askAgainMs);
    return () => clearInterval(timer);
  }, []);
  const act = (ask: () => Promise<SyncState>) =>
    ask().then(again, (error: unknown) =>
      store.say(error instanceof Error ? error.message : String(error), true),
    );
  return (
    <Section
      title="Server"
      lead="Finished laps go to your server by themselves, whenever you do not drive. None is lost: what cannot be sent waits on this machine."
    >
      <Group title="How it stands">
        {problem === null ? null : <Problem text={problem} />}
        {answer === null ? null : <Stands sync={answer} send={() => act(api.syncNow)} />}
      </Group>
      {answer === null || answer.refused === 0 ? null : (
        <Group
          title="Refused"
          about="The server will not take these laps. They stay on this machine and in your own statistics."
        >
          <RefusedList laps={answer.refusedLaps} all={answer.refused} again={() => act(api.syncAgain)} />
        </Group>
      )}
      <Group title="When">
        <Fields paths={['sync.whileDriving']} />
      </Group>
    </Section>
  );
}

function Stands({ sync, send }: { sync: SyncState; send(): void }) {
  if (sync.state === 'off')
    return (
      <Empty
        title="No server is set up."
        todo="In a terminal: racing-coach login, and the server’s address after it. A code appears; type it on the server’s page."
      />
    );
  const { state, text, server, user, waiting, lastSuccess, nextAttempt } = sync;
  const needsSomebody = state === 'signed-out' || state === 'trouble';
  return (
    <div class="measured">
      <div role="status">
        <p class={needsSomebody ? 'notice bad' : 'notice'}>{text}</p>
        <p class="help">
          {[
            `${server} as ${user}`,
            lastSuccess === null ? null : `last at ${clock(lastSuccess)}`,
            nextAttempt === null ? null : `next attempt at ${clock(nextAttempt)}`,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </div>
      {waiting === 0 || state === 'signed-out' ? null : (
        <div class="buttons">
          <button type="button" disabled={state === 'sending'} onClick={send}>
            {state === 'sending' ? 'Sending…' : 'Send now'}
          </button>
        </div>
      )}
    </div>
  );
}

function RefusedList({ laps, all, again }: { laps: RefusedLap[]; all: number; again(): void }) {
  return (
    <>
      <ul class="list">
        {laps.map((lap) => (
          <li key={lap.lapId}>
            <span class="what">
              <strong>
                {lap.track}, lap {lap.lap}
              </strong>
              <span class="help">
                {lap.date.slice(0, 10)} · {lap.car} · {lap.text}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {all > laps.length ? <p class="help">And {all - laps.length} more.</p> : null}
      <div class="buttons">
        <button type="button" onClick={again}>
          Try them again
        </button>
      </div>
    </>
  );
}

const clock = (iso: string) => new Date(iso).toLocaleString([], { dateStyle: 'short', timeStyle: 'short' });
