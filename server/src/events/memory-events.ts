import type { Events, ServerEvent } from './events.ts';
import { Subscribers } from './subscribers.ts';

/** For one server. */
export class MemoryEvents implements Events {
  readonly #subscribers = new Subscribers();

  async publish(event: ServerEvent): Promise<void> {
    this.#subscribers.event(event);
  }

  subscribe(listener: (event: ServerEvent) => void, resync: () => void): () => void {
    return this.#subscribers.add(listener, resync);
  }

  async close(): Promise<void> {
    this.#subscribers.clear();
  }
}
