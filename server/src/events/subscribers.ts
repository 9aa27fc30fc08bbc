/** Those who listen on this server. */
import type { ServerEvent } from './events.ts';

interface Subscriber {
  listener: (event: ServerEvent) => void;
  resync: () => void;
}

export class Subscribers {
  readonly #all = new Set<Subscriber>();

  add(listener: Subscriber['listener'], resync: Subscriber['resync']): () => void {
    const subscriber = { listener, resync };
    this.#all.add(subscriber);
    return () => void this.#all.delete(subscriber);
  }

  event(event: ServerEvent): void {
    for (const { listener } of this.#all) listener(event);
  }

  resync(): void {
    for (const { resync } of this.#all) resync();
  }

  clear(): void {
    this.#all.clear();
  }
}
