/**
 * What is said when. One voice at a time, never late: every item has a latest start, and one that is about a place also a time by which it must be
 * over. What cannot keep that is dropped with a reason, at the moment that is known. The spotter cuts everything short, danger cuts advice short,
 * and what was cut is never taken up again: half a sentence later is no use. Advice leaves room after the spotter and after other advice.
 *
 * A pure state machine: the caller brings the time, plays what it is told to start and stops what it is told to stop. Call `step` at every snapshot.
 */

/** From the least to the most urgent. */
export const ranks = ['coach', 'request', 'call', 'safety', 'spotter'] as const;
export type Rank = (typeof ranks)[number];

export interface SpeechItem {
  id: number;
  rank: Rank;
  /** Within a rank the higher goes first. */
  priority: number;
  durationMs: number;
  latestStartMs: number;
  /** It must be over by then; null: no such place. */
  endByMs: number | null;
}

export type DropReason = 'late' | 'cannot-end-in-time' | 'cut' | 'muted' | 'full' | 'outdated';

export type SpeechAction =
  | { does: 'start'; item: SpeechItem; atMs: number }
  | { does: 'stop'; item: SpeechItem; atMs: number }
  | { does: 'drop'; item: SpeechItem; reason: DropReason };

/** No advice from the start of a call, by spotter or flag, until this long after its end. */
export const quietAfterCallMs = 2000;
/** Between the end of one sentence and the next piece of advice. */
export const spacingMs = 1000;
/** More than anybody wants to hear in a row. */
const mostWaiting = 4;

export class SpeechQueue {
  #waiting: SpeechItem[] = [];
  #speaking: { item: SpeechItem; endMs: number } | null = null;
  #lastEndMs = Number.NEGATIVE_INFINITY;
  #callEndMs = Number.NEGATIVE_INFINITY;
  #muted = false;

  get speaking(): SpeechItem | null {
    return this.#speaking?.item ?? null;
  }

  /** Takes something to say; what happens at once because of it. */
  offer(item: SpeechItem, nowMs: number): SpeechAction[] {
    if (this.#muted) return [{ does: 'drop', item, reason: 'muted' }];
    const actions = this.#replaceOlderCalls(item);
    this.#waiting.push(item);
    this.#waiting.sort(mostUrgentFirst);
    for (const extra of this.#waiting.splice(mostWaiting))
      actions.push({ does: 'drop', item: extra, reason: 'full' });
    return [...actions, ...this.step(nowMs)];
  }

  /** A call is shown, whether or not it is said. */
  called(nowMs: number): void {
    this.#callEndMs = Math.max(this.#callEndMs, nowMs);
  }

  /** Whether a call leaves no room for coaching. */
  isQuiet(nowMs: number): boolean {
    return nowMs < this.#callEndMs + quietAfterCallMs;
  }

  /** Time goes on. */
  step(nowMs: number): SpeechAction[] {
    this.#finish(nowMs);
    const actions = this.#dropHopeless(nowMs);
    const next = this.#waiting.find((item) => this.#earliestMs(item, nowMs) <= nowMs);
    if (next === undefined) return actions;
    if (this.#speaking !== null) actions.push(...this.#cut(nowMs));
    this.#waiting.splice(this.#waiting.indexOf(next), 1);
    this.#begin(next, nowMs);
    return [...actions, { does: 'start', item: next, atMs: nowMs }];
  }

  /** Mute, and everything that makes what waits pointless: a pit stop, a reset, another page that sounds. */
  clear(nowMs: number, reason: DropReason = 'outdated'): SpeechAction[] {
    this.#finish(nowMs);
    const actions: SpeechAction[] = this.#waiting.splice(0).map((item) => ({ does: 'drop', item, reason }));
    return this.#speaking === null ? actions : [...this.#cut(nowMs, reason), ...actions];
  }

  /** Nothing of this rank is true any more. */
  clearRank(rank: Rank, nowMs: number): SpeechAction[] {
    this.#finish(nowMs);
    const gone = this.#waiting.filter((item) => item.rank === rank);
    this.#waiting = this.#waiting.filter((item) => item.rank !== rank);
    const cut = this.#speaking?.item.rank === rank ? this.#cut(nowMs, 'outdated') : [];
    return [...cut, ...gone.map((item): SpeechAction => ({ does: 'drop', item, reason: 'outdated' }))];
  }

  mute(muted: boolean, nowMs: number): SpeechAction[] {
    this.#muted = muted;
    return muted ? this.clear(nowMs, 'muted') : [];
  }

  /** Of the spotter only the newest call is true. */
  #replaceOlderCalls(item: SpeechItem): SpeechAction[] {
    if (item.rank !== 'spotter') return [];
    const old = this.#waiting.filter(({ rank }) => rank === 'spotter');
    this.#waiting = this.#waiting.filter(({ rank }) => rank !== 'spotter');
    return old.map((call) => ({ does: 'drop', item: call, reason: 'outdated' }));
  }

  #finish(nowMs: number): void {
    if (this.#speaking !== null && nowMs >= this.#speaking.endMs) this.#speaking = null;
  }

  #begin(item: SpeechItem, nowMs: number): void {
    const endMs = nowMs + item.durationMs;
    this.#speaking = { item, endMs };
    this.#lastEndMs = endMs;
    if (isCall(item)) this.#callEndMs = endMs;
  }

  #cut(nowMs: number, reason: DropReason = 'cut'): SpeechAction[] {
    const { item } = this.#speaking ?? {};
    if (item === undefined) return [];
    this.#speaking = null;
    this.#lastEndMs = nowMs;
    if (isCall(item)) this.#callEndMs = nowMs;
    return [
      { does: 'stop', item, atMs: nowMs },
      { does: 'drop', item, reason },
    ];
  }

  /** When an item could start if nothing more urgent came. */
  #earliestMs(item: SpeechItem, nowMs: number): number {
    const speaking = this.#speaking;
    const free = speaking === null || cuts(item, speaking.item) ? nowMs : speaking.endMs;
    if (item.rank !== 'coach') return free;
    return Math.max(free, this.#lastEndMs + spacingMs, this.#callEndMs + quietAfterCallMs);
  }

  #dropHopeless(nowMs: number): SpeechAction[] {
    const actions: SpeechAction[] = [];
    this.#waiting = this.#waiting.filter((item) => {
      const earliestMs = this.#earliestMs(item, nowMs);
      const late = earliestMs > item.latestStartMs;
      if (!late && earliestMs + item.durationMs <= (item.endByMs ?? Number.POSITIVE_INFINITY)) return true;
      actions.push({ does: 'drop', item, reason: late ? 'late' : 'cannot-end-in-time' });
      return false;
    });
    return actions;
  }
}

function mostUrgentFirst(a: SpeechItem, b: SpeechItem): number {
  return ranks.indexOf(b.rank) - ranks.indexOf(a.rank) || b.priority - a.priority || a.id - b.id;
}

/** The spotter cuts all, himself too: his newest call is the true one. Danger cuts what is less; a flag cuts advice. */
function cuts(item: SpeechItem, spoken: SpeechItem): boolean {
  if (item.rank === 'spotter') return true;
  if (item.rank === 'safety') return spoken.rank !== 'safety' && spoken.rank !== 'spotter';
  return item.rank === 'call' && spoken.rank === 'coach';
}

/** What is said about cars and flags, not about driving. */
export const isCall = ({ rank }: Pick<SpeechItem, 'rank'>) =>
  rank === 'call' || rank === 'safety' || rank === 'spotter';
