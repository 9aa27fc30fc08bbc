/**
 * Values that are being made: who asks meanwhile gets the same one. A value whose tag is invalidated while it is made is given to those who wait and not kept:
 * it may have been made from what was there before.
 */
interface Making {
  value: Promise<unknown>;
  tags: string[];
  stale: boolean;
}

export class OnceAtATime {
  readonly #making = new Map<string, Making>();

  /** @param keep is given the value as JSON when it may be kept; what it throws is ignored */
  async run<Value>(
    key: string,
    tags: string[],
    make: () => Promise<Value>,
    keep: (json: string) => void | Promise<void>,
  ): Promise<Value> {
    const running = this.#making.get(key);
    if (running !== undefined && !running.stale) return (await running.value) as Value;
    const value = make();
    const making: Making = { value, tags, stale: false };
    this.#making.set(key, making);
    try {
      const made = await value;
      if (!making.stale) await keep(JSON.stringify(made));
      return made;
    } finally {
      if (this.#making.get(key) === making) this.#making.delete(key);
    }
  }

  invalidate(tags: string[]): void {
    for (const making of this.#making.values())
      if (making.tags.some((tag) => tags.includes(tag))) making.stale = true;
  }
}
