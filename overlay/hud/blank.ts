/** The page draws nothing while the engine measures what overlays cost; without the hub nobody measures. */
import type { HubMessage } from '@racing-coach/contract';
import type { LinkState } from '../link/hub-link.ts';

export class Blank {
  readonly #body: { dataset: DOMStringMap };
  #on = false;

  constructor(body: { dataset: DOMStringMap }) {
    this.#body = body;
  }

  /** Then a frame is not to be made at all. */
  get on(): boolean {
    return this.#on;
  }

  take(message: HubMessage): void {
    if (message.type === 'blank') this.#set(message.blank);
  }

  linked(link: LinkState): void {
    if (link !== 'open') this.#set(false);
  }

  /** The style sheet takes everything away, so that the compositor has nothing to draw either. */
  #set(on: boolean): void {
    this.#on = on;
    this.#body.dataset['blank'] = String(on);
  }
}
