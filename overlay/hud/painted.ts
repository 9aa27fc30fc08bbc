/**
 * A widget's model and view, and the rule between them: the view draws only when a value of the model differs from what
 * was drawn last. Models are flat, of numbers, texts and booleans that are already quantised to what can be seen.
 */
import type { HudFrame } from './frame.ts';

export type Flat = Record<string, number | string | boolean>;

/** Turns a moment into values to draw; keeps what it must remember (fades, held numbers, history) itself. */
export interface Presenter<M> {
  update(frame: HudFrame, into: M): void;
}
export interface View<M> {
  draw(model: Readonly<M>): void;
}

export class Painted<M extends object> {
  readonly #presenter: Presenter<M>;
  readonly #next: M;
  readonly #drawn: M;
  readonly #keys: (keyof M)[];
  #view: View<M> | null = null;

  constructor(presenter: Presenter<M>, blank: () => M) {
    this.#presenter = presenter;
    this.#next = blank();
    this.#drawn = blank();
    this.#keys = Object.keys(this.#drawn) as (keyof M)[];
  }

  /** A new view (at the start, and after a change of size) shows what the old one did. */
  show(view: View<M>): void {
    this.#view = view;
    view.draw(this.#drawn);
  }

  /** Whether anything visible changed. What changes while the widget is not there is drawn when it comes back. */
  update(frame: HudFrame): boolean {
    this.#presenter.update(frame, this.#next);
    if (isHidden(this.#next) && isHidden(this.#drawn)) return false;
    if (!this.#differs()) return false;
    for (const key of this.#keys) this.#drawn[key] = this.#next[key];
    this.#view?.draw(this.#drawn);
    return true;
  }

  #differs(): boolean {
    for (const key of this.#keys) if (this.#next[key] !== this.#drawn[key]) return true;
    return false;
  }
}

/** Models of widgets that come and go have an `opacity`. */
const isHidden = (model: { opacity?: unknown }) => model.opacity === 0;
