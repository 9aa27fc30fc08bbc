/**
 * Whether anybody sees the page: OBS tells the page itself by an event when its source is hidden, and where it does not, the browser's own visibility
 * says so. A source that is hidden draws nothing.
 */
export interface Watched {
  readonly document: Pick<Document, 'visibilityState' | 'addEventListener'>;
  readonly window: Pick<Window, 'addEventListener'>;
}

export class Visibility {
  #shownByObs = true;
  #visible: boolean;

  /** @param onChange only when it changed */
  constructor({ document, window }: Watched, onChange: (visible: boolean) => void) {
    const look = () => {
      const visible = this.#shownByObs && document.visibilityState === 'visible';
      if (visible === this.#visible) return;
      this.#visible = visible;
      onChange(visible);
    };
    this.#visible = document.visibilityState === 'visible';
    document.addEventListener('visibilitychange', look);
    window.addEventListener('obsSourceVisibleChanged', (event) => {
      this.#shownByObs = saysVisible(event);
      look();
    });
  }

  get visible(): boolean {
    return this.#visible;
  }
}

/** An event of another form hides nothing. */
function saysVisible(event: Event): boolean {
  const detail: unknown = 'detail' in event ? event.detail : null;
  const given = typeof detail === 'object' && detail !== null && 'visible' in detail ? detail.visible : true;
  return given !== false;
}
