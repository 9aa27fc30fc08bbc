/** Whether the driver drives, as far as the network is to be left to him: not in the pits, the garage, the menus, and not without a sim. */
import type { StatusCode } from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';

const pauses = new Set<string>([
  'no-source',
  'not-driving',
  'in-pits',
  'in-menus',
  'in-garage',
  'paused',
  'connection-lost',
  'loading',
  'replay',
  'session-over',
  'ended',
  'disqualified',
] satisfies StatusCode[]);

export class DrivingWatch {
  readonly #changed: () => void;
  #status = 'no-source';
  #isSending = false;

  /** @param changed called when a drive begins or ends */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get drives(): boolean {
    return this.#isSending && !pauses.has(this.#status);
  }

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('event', 'sync', ({ event }) => {
      if (event.type === 'status') this.#become(() => (this.#status = event.status));
    });
    bus.subscribe('note', 'sync', (note) => {
      if (note.type === 'presence') this.#become(() => (this.#isSending = note.presence === 'sending'));
    });
  }

  #become(change: () => void): void {
    const before = this.drives;
    change();
    if (before !== this.drives) this.#changed();
  }
}
