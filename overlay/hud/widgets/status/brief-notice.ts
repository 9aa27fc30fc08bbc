/** Sentences that lie over something that the driver needs: each for some seconds, and once until they are forgotten. */

/** Read at a glance or two; the longest sentence has some 90 letters. */
export const noticeMs = 5000;

export class BriefNotice {
  readonly #told = new Set<string>();
  #key = '';
  #sinceMs = Number.NEGATIVE_INFINITY;

  /** Whether the sentence of this key is to be seen now. Another one takes its place. */
  shows(key: string, nowMs: number): boolean {
    if (key !== this.#key) {
      this.#key = key;
      this.#sinceMs = this.#told.has(key) ? Number.NEGATIVE_INFINITY : nowMs;
      this.#told.add(key);
    }
    return nowMs - this.#sinceMs < noticeMs;
  }

  /** They may be said again; the one of now goes on. */
  forget(): void {
    this.#told.clear();
  }
}
