/**
 * A small canvas with a renderer of its own for widgets that stand together. One canvas over the whole screen would cost
 * the graphics card, and the game, its full area at every change of a digit (measured with software rendering: 8 frames
 * a second instead of 50), and at 4K some 100 MB.
 */
import { CLEAR, Container, WebGLRenderer } from 'pixi.js';
import { isKept } from './cost.ts';
import type { Kit } from './drawing/kit.ts';
import type { HudFrame } from './frame.ts';
import { placed, type StageSize, unionOf } from './layout.ts';
import type { Widget } from './widgets/widget.ts';

/** A widget with the container that shows or hides it whatever its view does. */
interface Mounted {
  widget: Widget;
  holder: Container;
}

export class Panel {
  readonly #renderer: WebGLRenderer;
  readonly #root = new Container();
  #mounted: Mounted[] = [];
  #changed = true;

  static async create(resolution: number): Promise<Panel> {
    const renderer = new WebGLRenderer();
    await renderer.init({
      width: 1,
      height: 1,
      resolution,
      autoDensity: true,
      backgroundAlpha: 0,
      // Every edge is drawn into a texture with its own antialiasing.
      antialias: false,
      powerPreference: 'low-power',
    });
    return new Panel(renderer);
  }

  private constructor(renderer: WebGLRenderer) {
    this.#renderer = renderer;
    this.canvas.className = 'panel';
    // The driver restarted: Pixi uploads everything again, but a panel at rest would stay empty until its next change.
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.#changed = true;
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.#renderer.canvas as HTMLCanvasElement;
  }

  /** For the playground, which looks at what is drawn. */
  get content(): Container {
    return this.#root;
  }

  /** Renders whether or not a widget changed. */
  redraw(): void {
    this.#changed = true;
    this.render();
  }

  /** False once the graphics driver has taken the context away. */
  get alive(): boolean {
    return !this.#renderer.gl.isContextLost();
  }

  /**
   * Makes the widgets' objects for this size, in place of those before.
   * @param opacity of the whole, on top of what the widgets do
   */
  mount(widgets: readonly Widget[], kit: Kit, size: StageSize, opacity: number): void {
    for (const child of this.#root.removeChildren()) child.destroy({ children: true });
    const spots = widgets.map((widget) => ({ widget, ...placed(widget.name, size) }));
    const box = unionOf(spots.map((spot) => spot.box));
    this.#renderer.resize(box.width, box.height, size.devicePixelRatio);
    Object.assign(this.canvas.style, { left: `${box.x}px`, top: `${box.y}px`, opacity: String(opacity) });
    this.#mounted = spots.map(({ widget, box: own, scale }) => {
      const holder = new Container();
      const container = new Container();
      holder.position.set(own.x - box.x, own.y - box.y);
      holder.scale.set(scale);
      holder.addChild(container);
      this.#root.addChild(holder);
      widget.mount(kit, container);
      return { widget, holder };
    });
    this.#changed = true;
  }

  /** Takes a moment in; renders nothing yet. */
  update(frame: HudFrame): void {
    for (const { widget, holder } of this.#mounted) {
      const kept = isKept(widget.name, frame.board.cost);
      if (kept !== holder.visible) {
        holder.visible = kept;
        this.#changed = true;
      }
      if (kept) this.#changed = widget.update(frame) || this.#changed;
    }
  }

  /** Renders if a widget changed since the last time; returns whether it did. */
  render(): boolean {
    if (!this.#changed) return false;
    // Nothing here has a depth or a mask: clearing those too would double the cost of a clear.
    this.#renderer.render({ container: this.#root, clear: CLEAR.COLOR });
    this.#changed = false;
    return true;
  }

  destroy(): void {
    this.#root.destroy({ children: true });
    this.#renderer.destroy({ removeView: true });
  }
}
