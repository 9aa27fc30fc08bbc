/**
 * Sound has one owner: of the pages that want to sound, the one that claimed last. The driver opened it last, so it is the one he means; when
 * it releases or leaves, the one that claimed before it sounds again. Whether sound is muted is the owner's word, and ends with its turn.
 */
import type { HubMessage, SoundCommand } from '@racing-coach/contract';

export interface SoundPage {
  text(message: string): void;
}

export class SoundOwner {
  /** In the order of their claims; the last one sounds. */
  readonly #claims: SoundPage[] = [];
  readonly #onMuted: (muted: boolean) => void;
  #muted = false;

  /** @param onMuted only when it changed */
  constructor(onMuted: (muted: boolean) => void = () => {}) {
    this.#onMuted = onMuted;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** A page says so of itself; only the owner's word counts. */
  say(page: SoundPage, muted: boolean): void {
    if (page === this.#owner) this.#become(muted);
  }

  claim(page: SoundPage): void {
    const before = this.#owner;
    this.#forget(page);
    this.#claims.push(page);
    this.#tellChange(before);
    // A page that claims again has forgotten the answer.
    if (before === page) tell(page, { type: 'sound-owner', owner: true });
  }

  /** Also for a page that has left: it is told nothing. */
  release(page: SoundPage, left = false): void {
    const before = this.#owner;
    if (!this.#forget(page)) return;
    if (before === page && !left) tell(page, { type: 'sound-owner', owner: false });
    this.#tellChange(before === page ? undefined : before);
  }

  /** To the page that sounds; false: without one nobody can do it. */
  command(command: SoundCommand): boolean {
    const owner = this.#owner;
    if (owner !== undefined) tell(owner, { type: 'sound-command', command });
    return owner !== undefined;
  }

  get #owner(): SoundPage | undefined {
    return this.#claims.at(-1);
  }

  #forget(page: SoundPage): boolean {
    const at = this.#claims.indexOf(page);
    if (at >= 0) this.#claims.splice(at, 1);
    return at >= 0;
  }

  #become(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#onMuted(muted);
  }

  /** The old owner is silenced before the new one begins. */
  #tellChange(before: SoundPage | undefined): void {
    const owner = this.#owner;
    if (owner === before) return;
    this.#become(false);
    if (before !== undefined) tell(before, { type: 'sound-owner', owner: false });
    if (owner !== undefined) tell(owner, { type: 'sound-owner', owner: true });
  }
}

function tell(page: SoundPage, message: HubMessage): void {
  page.text(JSON.stringify(message));
}
