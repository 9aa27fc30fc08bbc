/** Every lap with its time, what it is off the best one, and why it does not count where it does not. */
import type { SessionLap } from '@racing-coach/contract';
import { useRef } from 'preact/hooks';
import { useLocale } from '../use-review.ts';
import { arrowTo } from './arrows.ts';
import { gradeWords, reasonWords } from './lap-words.ts';

interface LapTableOptions {
  laps: SessionLap[];
  best: SessionLap | null;
  lapId: string | null;
  choose(id: string): void;
}

export function LapTable({ laps, best, lapId, choose }: LapTableOptions) {
  const body = useRef<HTMLTableSectionElement>(null);
  const stints = new Set(laps.map(({ stint }) => stint)).size;
  const arrows = (event: KeyboardEvent) => {
    const id = arrowTo(event, body.current, 'button')?.dataset['lap'];
    if (id !== undefined) choose(id);
  };
  return (
    <section aria-labelledby="laps-title">
      <h2 id="laps-title">Laps</h2>
      <div class="scroll">
        <table class="laps">
          <thead>
            <tr>
              {stints > 1 ? <th scope="col">Stint</th> : null}
              <th scope="col">Lap</th>
              <th scope="col" class="number">
                Time
              </th>
              <th scope="col" class="number">
                To best
              </th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={arrows}>
            {laps.map((lap, at) => (
              <LapRow
                key={lap.id}
                lap={lap}
                best={best}
                stints={stints}
                chosen={lap.id === lapId}
                isStop={lapId === null ? at === 0 : lap.id === lapId}
                choose={choose}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface LapRowOptions {
  lap: SessionLap;
  best: SessionLap | null;
  stints: number;
  chosen: boolean;
  /** Where Tab comes to; arrows go on from there. */
  isStop: boolean;
  choose(id: string): void;
}

function LapRow({ lap, best, stints, chosen, isStop, choose }: LapRowOptions) {
  const locale = useLocale();
  const reasons = reasonWords(lap, locale);
  const isBest = lap.id === best?.id;
  const choosing = () => choose(lap.id);
  return (
    // The button in it is for the keyboard; the row is a larger place for the same.
    <tr class={lap.valid ? '' : 'spoiled'} data-chosen={chosen} onClick={choosing}>
      {stints > 1 ? <td class="number">{lap.stint + 1}</td> : null}
      <td class="number">
        <button type="button" aria-pressed={chosen} data-lap={lap.id} tabIndex={isStop ? 0 : -1}>
          <span class="hidden">Lap </span>
          {lap.lap}
        </button>
      </td>
      <td class="number time">{lap.lapTimeS === null ? '–' : locale.lapTime(lap.lapTimeS)}</td>
      <td class="number">{isBest ? 'best' : toBest(lap, best, locale)}</td>
      <td class="what">
        {gradeWords(lap)}
        {reasons === '' ? null : <span>: {reasons}</span>}
      </td>
    </tr>
  );
}

function toBest(lap: SessionLap, best: SessionLap | null, locale: ReturnType<typeof useLocale>): string {
  if (lap.lapTimeS === null || best?.lapTimeS == null) return '';
  return locale.delta(Math.round((lap.lapTimeS - best.lapTimeS) * 100));
}
