/** Lap times over the session: laps that count joined within a stint, the others in another form, the best named. The table says the same in words. */
import type { SessionLap } from '@racing-coach/contract';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { beyond, heightOf, type PlotScale, plotScale } from '../numbers/plot-scale.ts';
import type { Summary } from '../numbers/summary.ts';
import { useLocale } from '../use-review.ts';
import { isPitLap, reasonWords } from './lap-words.ts';

const heightPx = 232;
const edge = { top: 24, right: 16, bottom: 44, left: 64 };
const plotHeightPx = heightPx - edge.top - edge.bottom;
/** Below the axis: laps without a time. */
const belowPx = heightPx - edge.bottom + 12;

interface LapPlotOptions {
  laps: SessionLap[];
  summary: Summary;
  lapId: string | null;
  choose(id: string): void;
}

export function LapPlot({ laps, summary, lapId, choose }: LapPlotOptions) {
  const locale = useLocale();
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const timed = laps.filter(({ lapTimeS }) => lapTimeS !== null);
  const counting = timed.filter(({ valid }) => valid);
  const scaled = counting.length > 0 ? counting : timed;
  const scale = plotScale(scaled.flatMap(({ lapTimeS }) => lapTimeS ?? []));
  const stepPx = (width - edge.left - edge.right) / Math.max(laps.length, 1);
  const places = laps.map((lap, at) => ({
    lap,
    x: edge.left + stepPx * (at + 0.5),
    y: lap.lapTimeS === null || scale === null ? belowPx : yOf(lap.lapTimeS, scale),
    beyond: lap.lapTimeS === null || scale === null ? (0 as const) : beyond(lap.lapTimeS, scale),
  }));
  const { best, medianS } = summary;
  const told = `Lap times of ${laps.length} laps${best?.lapTimeS == null ? '' : `, the best ${locale.lapTime(best.lapTimeS)} in lap ${best.lap}`}. The table below says the same.`;
  return (
    <figure class="plot" ref={box}>
      {width === 0 ? null : (
        <svg width={width} height={heightPx} role="img" aria-label={told}>
          {scale === null ? null : <Lines scale={scale} width={width} />}
          {medianS === null || scale === null ? null : (
            <Median medianS={medianS} scale={scale} width={width} />
          )}
          <Stints places={places} stepPx={stepPx} />
          <polyline
            class="axis"
            points={`${edge.left},${heightPx - edge.bottom} ${width - edge.right},${heightPx - edge.bottom}`}
          />
          {runsOf(places).map((run) => (
            <polyline
              key={run[0]?.lap.id}
              class="run"
              points={run.map(({ x, y }) => `${x},${y}`).join(' ')}
            />
          ))}
          {places.map((place) => (
            <Mark
              key={place.lap.id}
              place={place}
              stepPx={stepPx}
              isBest={place.lap.id === best?.id}
              chosen={place.lap.id === lapId}
              choose={choose}
            />
          ))}
        </svg>
      )}
      <figcaption>
        <span class="key counts">counts</span>
        <span class="key spoiled">does not count</span>
        <span class="key pit">pit lap</span>
      </figcaption>
    </figure>
  );
}

interface Place {
  lap: SessionLap;
  x: number;
  y: number;
  beyond: -1 | 0 | 1;
}

const yOf = (timeS: number, scale: PlotScale) => edge.top + (1 - heightOf(timeS, scale)) * plotHeightPx;

function Lines({ scale, width }: { scale: PlotScale; width: number }) {
  const locale = useLocale();
  const decimals = (scale.lines[1] ?? 1) - (scale.lines[0] ?? 0) < 0.95 ? 1 : 0;
  return (
    <>
      {scale.lines.map((timeS) => (
        <g key={timeS}>
          <line
            class="grid"
            x1={edge.left}
            x2={width - edge.right}
            y1={yOf(timeS, scale)}
            y2={yOf(timeS, scale)}
          />
          <text class="label" x={edge.left - 8} y={yOf(timeS, scale) + 4} text-anchor="end">
            {locale.lapTime(timeS, decimals)}
          </text>
        </g>
      ))}
    </>
  );
}

function Median({ medianS, scale, width }: { medianS: number; scale: PlotScale; width: number }) {
  const y = yOf(medianS, scale);
  return (
    <g>
      <line class="median" x1={edge.left} x2={width - edge.right} y1={y} y2={y} />
      <text class="label" x={width - edge.right} y={y - 6} text-anchor="end">
        median
      </text>
    </g>
  );
}

/** A line where a stint begins, and its number, where there is more than one. */
function Stints({ places, stepPx }: { places: Place[]; stepPx: number }) {
  const begins = places.filter(({ lap }, at) => lap.stint !== places[at - 1]?.lap.stint);
  if (begins.length < 2) return null;
  return (
    <>
      {begins.map(({ lap, x }) => (
        <g key={lap.stint}>
          <line
            class="stint"
            x1={x - stepPx / 2}
            x2={x - stepPx / 2}
            y1={edge.top - 8}
            y2={heightPx - edge.bottom}
          />
          <text class="label" x={x - stepPx / 2 + 6} y={edge.top - 8}>
            Stint {lap.stint + 1}
          </text>
        </g>
      ))}
    </>
  );
}

/** Laps that count and follow each other in one stint. */
function runsOf(places: Place[]): Place[][] {
  const runs: Place[][] = [];
  let last: Place | null = null;
  for (const place of places) {
    const counts = place.lap.valid && place.lap.lapTimeS !== null;
    if (counts && last !== null && last.lap.stint === place.lap.stint) runs.at(-1)?.push(place);
    else if (counts) runs.push([place]);
    last = counts ? place : null;
  }
  return runs.filter((run) => run.length > 1);
}

interface MarkOptions {
  place: Place;
  stepPx: number;
  isBest: boolean;
  chosen: boolean;
  choose(id: string): void;
}

function Mark({ place: { lap, x, y, beyond: away }, stepPx, isBest, chosen, choose }: MarkOptions) {
  const locale = useLocale();
  const form = isPitLap(lap) ? 'pit' : lap.valid ? 'counts' : 'spoiled';
  const time = lap.lapTimeS === null ? 'no time' : locale.lapTime(lap.lapTimeS);
  const reasons = reasonWords(lap, locale);
  // The whole column is the lap's: a dot is small to hit.
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table is the keyboard's way to the same
    <g
      class={`mark ${form}${isBest ? ' best' : ''}${chosen ? ' chosen' : ''}`}
      onClick={() => choose(lap.id)}
    >
      <title>{`Lap ${lap.lap}: ${time}${reasons === '' ? '' : `, ${reasons}`}`}</title>
      <rect class="column" x={x - stepPx / 2} y={edge.top} width={stepPx} height={heightPx - edge.top} />
      {away !== 0 ? (
        // An arrow to where it would be.
        <path d={`M${x - 5} ${y + 4 * away}h10l-5 ${-8 * away}z`} />
      ) : form === 'pit' ? (
        <rect x={x - 4} y={y - 4} width={8} height={8} />
      ) : (
        <circle cx={x} cy={y} r={isBest ? 5.5 : 4.5} />
      )}
      {stepPx > 22 || chosen ? (
        <text class="label lap" x={x} y={heightPx - 8} text-anchor="middle">
          {lap.lap}
        </text>
      ) : null}
    </g>
  );
}

/** In pixels; 0 before the first layout. */
function useWidth(box: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, [box]);
  return width;
}
