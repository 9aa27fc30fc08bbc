/**
 * When the tones of a countdown are to be started. A cue says that its beat is now; a sound that is started then is heard only after the device's
 * latency, and GO that is 50 ms late is 3 m late. The coach spreads the beats evenly over the time to the point, so
 * after one the next is known: it is started ahead by the latency, and heard on time. The first beat cannot be known ahead and is heard late by the latency; so that the rhythm stays even, that lateness
 * is spread: a third less at each beat, none at GO.
 *
 * Without latency to make up for (0 ms) nothing is started ahead: each cue starts its own tone. A tone that can no longer start near its plan is
 * left out: a late beat misleads. A countdown that the coach calls off (`alive(false)`) starts nothing more.
 */
import type { CueCode } from '@racing-coach/contract';
import type { ToneName } from './tone-table.ts';

const beatS = 0.5;
/** Beats are stretched or pressed as the speed changes, but not out of a rhythm. */
const [shortestBeatS, longestBeatS] = [0.35, 0.7];
/** Nearer than this to its beat, a cue has no personal lead before the point. */
const noLeadS = 0.05;
/** Tones are committed this long before their start: two rows of 60 Hz and some jitter. */
const commitAheadMs = 40;
/** A tone later than this against its plan is left out. */
const mostLateMs = 40;

const beatsToGo: Partial<Record<string, number>> = {
  'brake-beat-3': 3,
  'brake-beat-2': 2,
  'brake-beat-1': 1,
  'brake-go': 0,
} satisfies Partial<Record<CueCode, number>>;
const names: readonly ToneName[] = ['go', 'beat-1', 'beat-2', 'beat-3'];

export interface PlannedTone {
  name: ToneName;
  /** When the device is to begin, in the page's time. */
  startMs: number;
  /** When the cue came or is expected. */
  cueMs: number;
}

export interface CountdownCue {
  code: string;
  /** When its row was read, in the page's time. */
  atMs: number;
  /** The cue's own seconds to the point, from its evidence; NaN when it does not say. It is exact, while cues stand on rows. */
  toPointS: number;
  /** 1 live; a replay's speed. */
  rate: number;
}

export class CountdownPlan {
  /** From command to ear. */
  latencyMs = 0;
  /** What a cue takes to get here at most: with it every first tone is equally late, and none unevenly. */
  leadMs: number;
  #expected: { toGo: number; atMs: number } | null = null;
  #committed: number | null = null;
  /** GO is this long before the point. */
  #goLeadS = 0;

  constructor(leadMs = 6) {
    this.leadMs = leadMs;
  }

  /** Takes a cue; the tone to start for it, unless it has none or was started ahead. */
  cue({ code, atMs, toPointS, rate }: CountdownCue, nowMs: number): PlannedTone | null {
    const toGo = beatsToGo[code];
    if (toGo === undefined) return null;
    const known = this.#committed === toGo;
    if (this.#committed === null) this.#goLeadS = goLeadS(toPointS - toGo * beatS);
    this.#committed = toGo === 0 ? null : toGo;
    const nextMs = atMs + (1000 * nextBeatS(toPointS - this.#goLeadS, toGo)) / rate;
    this.#expected = toGo === 0 ? null : { toGo: toGo - 1, atMs: nextMs };
    return known ? null : this.#inTime(toGo, atMs, nowMs);
  }

  /** What the snapshot says: whether a countdown runs. */
  alive(running: boolean): void {
    if (running) return;
    this.#expected = null;
    this.#committed = null;
  }

  /** Asked at every snapshot: the tone that is to be started ahead now. */
  due(nowMs: number): PlannedTone | null {
    const next = this.#expected;
    if (next === null || this.latencyMs === 0) return null;
    if (this.#startMs(next.toGo, next.atMs) - nowMs > commitAheadMs) return null;
    this.#expected = null;
    const tone = this.#inTime(next.toGo, next.atMs, nowMs);
    // One that was left out was expected too early, by a source that stood still: its own cue starts it.
    if (tone !== null) this.#committed = next.toGo;
    return tone;
  }

  #startMs(toGo: number, cueMs: number): number {
    if (this.latencyMs === 0) return cueMs + this.leadMs;
    const unknown = toGo / 3;
    return cueMs + unknown * this.leadMs - (1 - unknown) * this.latencyMs;
  }

  #inTime(toGo: number, cueMs: number, nowMs: number): PlannedTone | null {
    const startMs = this.#startMs(toGo, cueMs);
    const name = names[toGo];
    // The device's latency cannot be made up for in a tone that was not expected: against the cue it is in time.
    const late = nowMs - Math.max(startMs, cueMs);
    return name === undefined || late > mostLateMs
      ? null
      : { name, startMs: Math.max(startMs, nowMs), cueMs };
  }
}

function goLeadS(residualS: number): number {
  return residualS > noLeadS ? residualS : 0;
}

/** The time that is left, shared evenly by the beats that are left. */
function nextBeatS(toGoS: number, beats: number): number {
  const shareS = toGoS / beats;
  return shareS >= shortestBeatS && shareS <= longestBeatS ? shareS : beatS;
}
