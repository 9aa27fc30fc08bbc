/**
 * Maps the engine's monotonic clock on the page's. Every stamp that arrives gives "received minus stamped": the clocks'
 * difference plus that message's delay. The smallest of the last seconds has the least delay in it, so it is the
 * difference (Cristian's method, one way). What stays unknown is the fastest delay itself, a fraction of a millisecond
 * on loopback. Two buckets of one second let the estimate follow slow drift and a suspended machine.
 */
const bucketMs = 1000;

export class EngineClock {
  #bucketStartMs = Number.NEGATIVE_INFINITY;
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;

  /** @param stampMs the engine's clock in the message; @param receivedMs the page's clock on arrival */
  observe(stampMs: number, receivedMs: number): void {
    if (!Number.isFinite(stampMs)) return;
    if (receivedMs - this.#bucketStartMs >= bucketMs) {
      this.#previous = this.#current;
      this.#current = Number.POSITIVE_INFINITY;
      this.#bucketStartMs = receivedMs;
    }
    this.#current = Math.min(this.#current, receivedMs - stampMs);
  }

  /** Page time of a stamp; NaN before the first message. */
  pageMs(stampMs: number): number {
    const offset = Math.min(this.#current, this.#previous);
    return Number.isFinite(offset) ? stampMs + offset : Number.NaN;
  }

  /** The stamp of a page time: the other way round. */
  stampMs(pageMs: number): number {
    return pageMs - this.pageMs(0);
  }

  /** Another engine, another clock. */
  reset(): void {
    this.#bucketStartMs = Number.NEGATIVE_INFINITY;
    this.#current = Number.POSITIVE_INFINITY;
    this.#previous = Number.POSITIVE_INFINITY;
  }
}
