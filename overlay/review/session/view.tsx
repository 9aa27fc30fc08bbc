/** One session: what it was, its laps on a plot and in a table, and the corners of the chosen lap. */
import type { SessionAnswer, SessionEntry } from '@racing-coach/contract';
import { hashOf } from '../client/place.ts';
import { bestLap, type Summary, summaryOf } from '../numbers/summary.ts';
import { useLocale, useReview } from '../use-review.ts';
import { CornerTable } from './corner-table.tsx';
import { whenText } from './dates.ts';
import { LapPlot } from './lap-plot.tsx';
import { LapTable } from './lap-table.tsx';

export function SessionView() {
  const { session, sessions, problem, away } = useReview();
  if (session !== null) return <Session answer={session} />;
  if (problem !== null || away || sessions?.length === 0) return null;
  return (
    <p class="loading" role="status">
      Loading…
    </p>
  );
}

function Session({ answer: { session, laps } }: { answer: SessionAnswer }) {
  const { place, corners } = useReview();
  const summary = summaryOf(laps);
  const lapId = laps.some(({ id }) => id === place.lapId) ? place.lapId : (bestLap(laps)?.id ?? null);
  const choose = (id: string) => history.replaceState(null, '', hashOf({ sessionId: session.id, lapId: id }));
  const chosen = (id: string) => {
    choose(id);
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  const lap = laps.find(({ id }) => id === lapId) ?? null;
  return (
    <>
      <Head session={session} />
      <Figures summary={summary} />
      {laps.length === 0 ? (
        <p class="none">No lap of this session has been finished yet.</p>
      ) : (
        <>
          <LapPlot laps={laps} summary={summary} lapId={lapId} choose={chosen} />
          <div class="tables">
            <LapTable laps={laps} best={summary.best} lapId={lapId} choose={chosen} />
            {lap === null ? null : (
              <CornerTable
                lap={lap}
                corners={corners[lap.id]}
                best={summary.best}
                bestCorners={summary.best === null ? null : (corners[summary.best.id] ?? null)}
              />
            )}
          </div>
        </>
      )}
    </>
  );
}

function Head({ session }: { session: SessionEntry }) {
  const { trackName, trackConfig, carName, source, sourceName } = session;
  const from = source === 'live' ? sourceName : `from ${sourceName}`;
  return (
    <header class="head">
      <h1>
        {trackName}
        {trackConfig === '' ? null : <span>, {trackConfig}</span>}
      </h1>
      <p>
        {carName}, {whenText(session)}, {from}
      </p>
    </header>
  );
}

function Figures({ summary }: { summary: Summary }) {
  const locale = useLocale();
  const { best, medianS, spreadS, laps, validLaps } = summary;
  const time = (value: number | null | undefined) => (value == null ? '–' : locale.lapTime(value));
  return (
    <dl class="figures">
      <Figure name="Best" value={time(best?.lapTimeS)} note={best === null ? '' : `lap ${best.lap}`} />
      <Figure name="Median" value={time(medianS)} note="of laps that count" />
      <Figure
        name="Spread"
        value={spreadS === null ? '–' : `${locale.fixed(spreadS, 2)} s`}
        note={spreadS === null ? 'needs three laps that count' : 'standard deviation'}
      />
      <Figure name="Laps" value={String(validLaps)} note={`of ${laps} count`} />
    </dl>
  );
}

function Figure({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <small>{note}</small>
      </dd>
    </div>
  );
}
