/**
 * `--events`: the coach's events as JSON lines, exactly as the coach wrote them and in its order. A lap stands there once, when its time is
 * settled: the announcement at the line is for pages, and which of the two a file held would depend on when it was cut.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileError } from '../data/whole-file.ts';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';

type EngineEvent = EngineTopics['event'];

/** Whether an event belongs into the file. */
export function isKept({ event }: EngineEvent): boolean {
  return event.type !== 'lap' || event.settled;
}

export class EventFile {
  readonly #path: string;
  readonly #fd: number;
  #error: unknown = null;

  /** Opened before the run begins, so that a place that cannot be written is known at once. */
  constructor(path: string) {
    this.#path = path;
    try {
      this.#fd = openSync(path, 'w');
    } catch (cause) {
      throw fileError(path, cause);
    }
  }

  /**
   * Written at once: events are few (some twenty a lap), the coach's thread does not wait for this one, and whoever watches the file sees
   * each when it happens. After a failure nothing more is written, so that no line is missing in the middle.
   */
  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('event', 'event file', (event) => {
      if (this.#error !== null || !isKept(event)) return;
      try {
        const line = Buffer.from(`${event.text}\n`);
        for (let at = 0; at < line.length; ) at += writeSync(this.#fd, line, at);
      } catch (error) {
        this.#error = error;
      }
    });
  }

  /** Throws what went wrong while writing. */
  close(): void {
    closeSync(this.#fd);
    if (this.#error !== null) throw fileError(this.#path, this.#error);
  }
}
