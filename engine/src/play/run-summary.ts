/**
 * What is worth knowing after a run: the laps, where the time went, and why the coach was silent. Gathered from events alone; every number
 * is the coach's, this only counts and takes means.
 */
import type { CornerEvent, HubReference, LapEvent } from '@racing-coach/contract';
import { deltaText, lapTimeText, table } from '../cli/format.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import type { RunnerStatistics } from '../native.ts';

export interface CornerSummary {
  cornerId: string;
  name: string | null;
  /** Passes that the coach counts as usable. */
  passes: number;
  /** Mean loss against the reference from the section's start to the corner's exit; positive is slower. */
  meanDeltaS: number;
}

export interface RunSummary {
  laps: LapEvent[];
  bestLapTimeS: number | null;
  cues: number;
  corners: CornerSummary[];
  /** Every status in the order in which it was first reached, with its words. */
  statuses: { status: string; silent: boolean; text: string }[];
  statistics: RunnerStatistics | null;
}

export class SummaryGatherer {
  readonly #laps: LapEvent[] = [];
  readonly #passes = new Map<string, { count: number; sumS: number }>();
  readonly #statuses = new Map<string, RunSummary['statuses'][number]>();
  #cues = 0;

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('event', 'summary', ({ event }) => {
      if (event.type === 'lap' && event.settled) this.#laps.push(event);
      if (event.type === 'corner') this.#pass(event);
      if (event.type === 'cue') this.#cues += 1;
      if (event.type === 'status' && !this.#statuses.has(event.status))
        this.#statuses.set(event.status, { status: event.status, silent: event.silent, text: event.text });
    });
  }

  #pass({ cornerId, deltaS, usable }: CornerEvent): void {
    if (!usable) return;
    const { count, sumS } = this.#passes.get(cornerId) ?? { count: 0, sumS: 0 };
    this.#passes.set(cornerId, { count: count + 1, sumS: sumS + deltaS });
  }

  summary(reference: HubReference | null, statistics: RunnerStatistics | null): RunSummary {
    const times = this.#laps
      .filter((lap) => lap.valid)
      .map((lap) => lap.lapTimeS ?? Number.POSITIVE_INFINITY);
    const best = Math.min(...times);
    return {
      laps: this.#laps,
      bestLapTimeS: Number.isFinite(best) ? best : null,
      cues: this.#cues,
      corners: [...this.#passes].map(([cornerId, { count, sumS }]) => ({
        cornerId,
        name: reference?.corners.find((corner) => corner.id === cornerId)?.name ?? null,
        passes: count,
        meanDeltaS: sumS / count,
      })),
      statuses: [...this.#statuses.values()],
      statistics,
    };
  }
}

/** As many corners as a driver can work on. */
const shownCorners = 5;

/** The summary for a person. */
export function summaryLines(summary: RunSummary): string[] {
  return [...lapLines(summary), ...cornerLines(summary), ...silenceLines(summary), ...rateLines(summary)];
}

function lapLines({ laps }: RunSummary): string[] {
  if (laps.length === 0) return ['No laps.'];
  const rows = laps.map((lap) => [
    lap.stint === 0 ? String(lap.lap) : `${lap.stint}:${lap.lap}`,
    `${lap.complete && lap.timeSource === 'interpolated' ? '~' : ''}${lapTimeText(lap.lapTimeS)}`,
    lap.reasons.join(', '),
  ]);
  return table(['>lap', '>time', 'remarks'], rows);
}

function cornerLines({ corners }: RunSummary): string[] {
  const losses = corners
    .filter((corner) => corner.meanDeltaS > 0)
    .sort((a, b) => b.meanDeltaS - a.meanDeltaS)
    .slice(0, shownCorners);
  if (losses.length === 0) return [];
  const rows = losses.map((corner) => [
    corner.name ?? corner.cornerId,
    deltaText(corner.meanDeltaS),
    String(corner.passes),
  ]);
  return [
    '',
    'Where the time went (mean against the reference):',
    ...table(['corner', '>s', '>passes'], rows),
  ];
}

/** Only when the coach never spoke: then the reasons are the answer. */
function silenceLines({ statuses }: RunSummary): string[] {
  if (statuses.length === 0 || statuses.some((row) => !row.silent)) return [];
  return ['', 'The coach was silent:', ...statuses.map((row) => `  ${row.text}`)];
}

function rateLines({ statistics }: RunSummary): string[] {
  if (statistics === null || statistics.ticks === 0) return [];
  return [
    '',
    `${statistics.ticks} samples at ${statistics.rateHz.toFixed(1)} Hz; coach step p99 ${statistics.stepP99Us.toFixed(0)} µs, late p99 ${statistics.latenessP99Ms.toFixed(2)} ms.`,
  ];
}
