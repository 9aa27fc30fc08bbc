/** Edit mode while it lasts: the model, and the settings that it began with. */
import type { OverlaySettings } from '@racing-coach/contract';
import type { Display, Placements } from '../windows/placement.ts';
import type { EditAction } from './actions.ts';
import { editedPlacements } from './arrangement.ts';
import type { EditModel } from './model.ts';
import { beginEdit, edit, withDisplays } from './reducer.ts';

export interface EditSessionOptions {
  /** Null at its end. */
  onChange(model: EditModel | null): void;
}

export class EditSession {
  readonly #options: EditSessionOptions;
  #model: EditModel | null = null;
  #overlay: OverlaySettings | null = null;

  constructor(options: EditSessionOptions) {
    this.#options = options;
  }

  get model(): EditModel | null {
    return this.#model;
  }

  begin(overlay: OverlaySettings, displays: readonly Display[]): void {
    this.#overlay = overlay;
    this.#become(beginEdit(overlay, displays));
  }

  act(action: EditAction): void {
    if (this.#model !== null && this.#overlay !== null)
      this.#become(edit(this.#model, action, this.#overlay));
  }

  displaysChanged(displays: readonly Display[]): void {
    if (this.#model !== null && this.#overlay !== null)
      this.#become(withDisplays(this.#model, this.#overlay, displays));
  }

  /** What the settings are to hold; null when nothing was being edited. */
  end(): Placements | null {
    if (this.#model === null || this.#overlay === null) return null;
    const placements = editedPlacements(edit(this.#model, { kind: 'drop' }, this.#overlay), this.#overlay);
    this.#overlay = null;
    this.#become(null);
    return placements;
  }

  #become(model: EditModel | null): void {
    const changed = model !== this.#model;
    this.#model = model;
    if (changed) this.#options.onChange(model);
  }
}
