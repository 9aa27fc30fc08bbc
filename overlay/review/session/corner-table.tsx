/** The corners of a lap as they were measured, and what each took more or less than in the session's best lap. */
import type { LapCornersAnswer, SessionLap } from '@racing-coach/contract';
import { type CornerRow, cornerRows } from '../numbers/summary.ts';
import { useLocale } from '../use-review.ts';

type Corners = LapCornersAnswer['corners'];

interface CornerTableOptions {
  lap: SessionLap;
  /** undefined: on their way; null: they cannot be had. */
  corners: Corners | null | undefined;
  best: SessionLap | null;
  bestCorners: Corners | null;
}

export function CornerTable({ lap, corners, best, bestCorners }: CornerTableOptions) {
  const isBest = lap.id === best?.id;
  const rows = corners == null ? null : cornerRows(corners, isBest ? null : bestCorners);
  return (
    <section aria-labelledby="corners-title">
      <h2 id="corners-title">
        Corners of lap {lap.lap}
        {best === null || isBest ? null : <small> against the best, lap {best.lap}</small>}
      </h2>
      {corners === null ? (
        <p class="none">The corners of this lap cannot be read.</p>
      ) : rows === null ? (
        <p class="none" role="status">
          Loading…
        </p>
      ) : rows.length === 0 ? (
        <p class="none">Corners are measured on whole laps only.</p>
      ) : (
        <Table rows={rows} isBest={isBest} />
      )}
    </section>
  );
}

function Table({ rows, isBest }: { rows: CornerRow[]; isBest: boolean }) {
  const locale = useLocale();
  const [speed, distance] = [locale.unit('speed'), locale.unit('distance')];
  return (
    // Wide tables are scrolled, by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <div class="scroll" tabIndex={0}>
      <table class="corners">
        <thead>
          <tr>
            <th scope="col">Corner</th>
            <Head name="Time" unit="s" />
            {isBest ? null : <Head name="To best" unit="s" />}
            <Head name="Brake" unit={`at ${distance}`} />
            <Head name="Entry" unit={speed} />
            <Head name="Slowest" unit={speed} />
            <Head name="Exit" unit={speed} />
            <Head name="Full throttle" unit={`at ${distance}`} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} isBest={isBest} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ name, unit }: { name: string; unit: string }) {
  return (
    <th scope="col" class="number">
      {name} <small>{unit}</small>
    </th>
  );
}

/** Less than this is no difference that a driver made. */
const equalS = 0.005;

function Row({ row, isBest }: { row: CornerRow; isBest: boolean }) {
  const locale = useLocale();
  const { toBestS } = row;
  const side = toBestS === null || Math.abs(toBestS) < equalS ? '' : toBestS > 0 ? 'loss' : 'gain';
  const place = (m: number | null) => (m === null ? '–' : locale.quantity('distance', m));
  const speed = (mps: number) => locale.quantity('speed', mps);
  return (
    <tr>
      <th scope="row">{locale.corner(row)}</th>
      <td class="number">{locale.fixed(row.timeS, 3)}</td>
      {isBest ? null : (
        <td class={`number ${side}`}>{toBestS === null ? '–' : locale.delta(Math.round(toBestS * 100))}</td>
      )}
      <td class="number">{place(row.brakeOnsetM)}</td>
      <td class="number">{speed(row.entrySpeedMps)}</td>
      <td class="number">{speed(row.minSpeedMps)}</td>
      <td class="number">{speed(row.exitSpeedMps)}</td>
      <td class="number">{place(row.fullThrottleM)}</td>
    </tr>
  );
}
