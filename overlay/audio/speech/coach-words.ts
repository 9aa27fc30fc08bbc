/**
 * From the coach's events to what is shown as a caption and said. The words of a cue are the coach's own; a verdict is said as people say it. A corner's
 * name is said where the voice has it, else its number. Beats and GO are tones, never words.
 */
import type { CueEvent, HubReference } from '@racing-coach/contract';
import type { Rank } from '../queue/speech-queue.ts';

export interface Saying {
  caption: string;
  /** Ways to say it, the best first; empty for a caption alone. */
  speech: string[];
  rank: Rank;
  priority: number;
  /** How long it stays true. */
  patienceMs: number;
  /** It must be over in so many ms; null: no matter. */
  endInMs: number | null;
}

/** A verdict is about the corner just left; two seconds later the next one is near. */
const verdictPatienceMs = 2000;
const advicePatienceMs = 1500;
/** Speech is over before the countdown begins, which takes 1.5 s. */
const beforePointMs = 1600;
/** Advice about a place ends this long before it. */
const beforePlaceMs = 200;

export interface CueSurroundings {
  reference: HubReference | null;
  /** Seconds to the next brake point; NaN when none is near. */
  brakeInS: number;
  speedMps: number;
}

export function sayingOf(cue: CueEvent, around: CueSurroundings): Saying | null {
  if (cue.kind === 'action' || cue.words === '') return null;
  const brakeInMs = around.brakeInS * 1000 - beforePointMs;
  const endInMs = Number.isFinite(brakeInMs) ? brakeInMs : null;
  if (cue.code === 'corner-verdict') return verdict(cue, around.reference, endInMs);
  const rank = cue.kind === 'safety' ? 'safety' : 'coach';
  return {
    caption: cue.words,
    speech: [cue.words],
    rank,
    priority: cue.priority,
    patienceMs: advicePatienceMs,
    endInMs: placeInMs(cue, around.speedMps) ?? endInMs,
  };
}

function placeInMs({ leadM }: CueEvent, speedMps: number): number | null {
  if (leadM === null || leadM <= 0 || !(speedMps > 0)) return null;
  return (leadM / speedMps) * 1000 - beforePlaceMs;
}

function verdict(cue: CueEvent, reference: HubReference | null, endInMs: number | null): Saying | null {
  const deltaS = cue.evidence['deltaS'] ?? null;
  if (deltaS === null) return null;
  const outcome = `${spokenTime(Math.abs(deltaS))} ${deltaS > 0 ? 'lost' : 'gained'}`;
  const speech = cornerNames(cue.cornerId, reference).map((name) => `${name}, ${outcome}`);
  return {
    caption: cue.words,
    speech,
    rank: 'coach',
    priority: cue.priority,
    patienceMs: verdictPatienceMs,
    endInMs,
  };
}

/** Tenths are what a driver can use; a verdict below one is not given. */
function spokenTime(seconds: number): string {
  const tenths = Math.max(1, Math.round(seconds * 10));
  if (tenths === 1) return '1 tenth';
  return tenths < 10 ? `${tenths} tenths` : `${(tenths / 10).toFixed(1)} seconds`;
}

function cornerNames(cornerId: string | null, reference: HubReference | null): string[] {
  const name = reference?.corners.find(({ id }) => id === cornerId)?.name ?? null;
  const number = /^T(\d+)/.exec(cornerId ?? '')?.[1];
  return [name, number === undefined ? null : `turn ${Number(number)}`].filter((text) => text !== null);
}
