import type { Events, ServerEvent } from './events.ts';

/** Events of one process. A listener that throws stops nobody else. */
export class MemoryEvents implements Events {
  readonly #listeners = new Set<(event: ServerEvent) => void>();

  async publish(event: ServerEvent): Promise<void> {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch {
        // Whoever listens says himself what went wrong.
      }
    }
  }

  subscribe(listener: (event: ServerEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
