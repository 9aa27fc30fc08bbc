/** Frames and guides in the page. Elements are made once for each widget and moved afterwards. */
import { type OverlayWidgetName, overlayWidgetNames, widgetOptionSchemas } from '@racing-coach/contract';
import type { EditModel } from '../shell/edit/model.ts';

const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

export class EditView {
  readonly stage: HTMLElement;
  readonly #displayId: string;
  readonly #frames = new Map<OverlayWidgetName, HTMLElement>();
  readonly #guides: Record<'x' | 'y', HTMLElement>;

  constructor(page: Document, displayId: string) {
    this.#displayId = displayId;
    this.stage = page.getElementById('stage') ?? page.body;
    this.#guides = { x: this.#added('guide x'), y: this.#added('guide y') };
    for (const name of overlayWidgetNames) this.#frames.set(name, this.#frame(name));
    this.show(null);
  }

  widgetAt(target: Element | null): OverlayWidgetName | null {
    const frame = target?.closest('.widget') ?? null;
    return [...this.#frames].find(([, element]) => element === frame)?.[0] ?? null;
  }

  show(model: EditModel | null): void {
    for (const [name, element] of this.#frames) {
      const widget = model?.widgets.find((row) => row.name === name && row.displayId === this.#displayId);
      element.hidden = widget === undefined;
      element.style.display = widget === undefined ? 'none' : '';
      element.classList.toggle('selected', model?.selected === name);
      if (widget === undefined) continue;
      const { x, y, width, height } = widget.box;
      // Of two that overlap the smaller one must be in reach, and what is selected always.
      element.style.zIndex =
        model?.selected === name ? '1000000' : String(Math.round(1e8 / (width * height)));
      Object.assign(element.style, {
        left: `${x}px`,
        top: `${y}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
    }
    for (const axis of ['x', 'y'] as const) {
      const guide = model?.guides.find((line) => line.axis === axis && line.displayId === this.#displayId);
      const element = this.#guides[axis];
      element.style.display = guide === undefined ? 'none' : '';
      element.style[axis === 'x' ? 'left' : 'top'] = `${guide?.at ?? 0}px`;
    }
  }

  #frame(name: OverlayWidgetName): HTMLElement {
    const element = this.#added('widget');
    element.textContent = widgetOptionSchemas[name].label;
    for (const corner of corners) {
      const handle = this.stage.ownerDocument.createElement('span');
      handle.className = `corner ${corner}`;
      handle.dataset['corner'] = corner;
      element.append(handle);
    }
    return element;
  }

  #added(className: string): HTMLElement {
    const element = this.stage.ownerDocument.createElement('div');
    element.className = className;
    this.stage.append(element);
    return element;
  }
}
