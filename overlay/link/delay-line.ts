/**
 * Holds everything that the hub says back by a fixed time, so that the page fits a stream that is delayed itself: snapshots, events and the connection's
 * own coming and going, all in their order. What comes out carries the time at which it was due, so that a page that draws late still counts right.
 *
 * Memory is bounded whatever comes in: snapshots are taken at most every 8 ms, and of other messages, which are few, the oldest comes out early rather
 * than lost when there are too many.
 */

/** Snapshots come every 16.7 ms; a fast replay sends more than anybody sees. */
const leastSpacingMs = 8;
/** A minute of the densest events is a few hundred. */
const mostOthers = 4000;

/** What passes through. */
export interface DelayedSink<Message, Link> {
  link(state: Link, dueMs: number): void;
  message(message: Message, dueMs: number): void;
  snapshot(bytes: ArrayBuffer, dueMs: number): void;
}

interface Held {
  dueMs: number;
  isSnapshot: boolean;
  give(dueMs: number): void;
}

export class DelayLine<Message, Link> {
  readonly #delayMs: number;
  readonly #sink: DelayedSink<Message, Link>;
  #held: Held[] = [];
  /** Those before it have come out. */
  #head = 0;
  #others = 0;
  #snapshotAtMs = Number.NEGATIVE_INFINITY;

  constructor(delayMs: number, sink: DelayedSink<Message, Link>) {
    this.#delayMs = delayMs;
    this.#sink = sink;
  }

  /** How many are held back. */
  get length(): number {
    return this.#held.length - this.#head;
  }

  link(state: Link, nowMs: number): void {
    this.#hold(nowMs, false, (dueMs) => this.#sink.link(state, dueMs));
  }

  message(message: Message, nowMs: number): void {
    this.#hold(nowMs, false, (dueMs) => this.#sink.message(message, dueMs));
  }

  snapshot(bytes: ArrayBuffer, nowMs: number): void {
    if (this.#delayMs > 0 && nowMs - this.#snapshotAtMs < leastSpacingMs) return;
    this.#snapshotAtMs = nowMs;
    this.#hold(nowMs, true, (dueMs) => this.#sink.snapshot(bytes, dueMs));
  }

  /** Lets out what is due. Called for every frame, and by itself whenever something comes in, so that a page that draws nothing keeps up. */
  play(nowMs: number): void {
    for (let next = this.#held[this.#head]; next !== undefined; next = this.#held[this.#head]) {
      if (next.dueMs > nowMs && this.#others <= mostOthers) break;
      this.#giveFirst(next);
    }
  }

  #hold(nowMs: number, isSnapshot: boolean, give: Held['give']): void {
    if (this.#delayMs === 0) give(nowMs);
    else {
      if (!isSnapshot) this.#others += 1;
      this.#held.push({ dueMs: nowMs + this.#delayMs, isSnapshot, give });
      this.play(nowMs);
    }
  }

  #giveFirst(first: Held): void {
    this.#head += 1;
    if (!first.isSnapshot) this.#others -= 1;
    // Shifting an array at every message would move thousands each time.
    if (this.#head > 512 && this.#head * 2 > this.#held.length) {
      this.#held = this.#held.slice(this.#head);
      this.#head = 0;
    }
    first.give(first.dueMs);
  }
}
