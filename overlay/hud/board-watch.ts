/** Notices that something which a widget's texts are made of was replaced: texts are made then, and not with every frame. */
import type { Board } from './board.ts';
import type { HudFrame } from './frame.ts';
import type { HudSetup } from './setup.ts';

/** Compares by identity: the hub's messages, the setup and the reference are replaced as a whole. */
export class BoardWatch<T extends keyof Board> {
  readonly #name: T;
  #message: Board[T] | undefined;
  #setup: HudSetup | undefined;
  #reference: HudFrame['reference'] = null;

  constructor(name: T) {
    this.#name = name;
  }

  /** True at the first frame, and whenever the message, the setup or the reference is another one than before. */
  changed({ board, setup, reference }: HudFrame): boolean {
    const message = board[this.#name];
    if (message === this.#message && setup === this.#setup && reference === this.#reference) return false;
    this.#message = message;
    this.#setup = setup;
    this.#reference = reference;
    return true;
  }
}
