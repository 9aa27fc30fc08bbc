/**
 * A small canvas with a renderer of its own for widgets that stand together. One canvas over the whole screen would cost
 * the graphics card, and the game, its full area at every change of a digit (measured with software rendering: 8 frames
 * a second instead of 50), and at 4K some 100 MB.
 */
import { Container, WebGLRenderer } from 'pixi.js';
import type { Kit } from './drawing/kit.ts';
import type { HudFrame } from './frame.ts';
import { placed, type StageSize, unionOf } from './layout.ts';
import type { Widget } from './widgets/widget.ts';

export class Panel {
  readonly #renderer: WebGLRenderer;
  readonly #root = new Container();
  readonly #widgets: readonly Widget[];
  #changed = true;

  static async create(widgets: readonly Widget[], resolution: number): Promise<Panel> {
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
    return new Panel(renderer, widgets);
  }

  private constructor(renderer: WebGLRenderer, widgets: readonly Widget[]) {
    this.#renderer = renderer;
    this.#widgets = widgets;
    this.canvas.className = 'panel';
    // The driver restarted: Pixi uploads everything again, but a panel at rest would stay empty until its next change.
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.#changed = true;
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.#renderer.canvas as HTMLCanvasElement;
  }

  /** False once the graphics driver has taken the context away. */
  get alive(): boolean {
    return !this.#renderer.gl.isContextLost();
  }

  /** Makes the widgets' objects for this size, in place of those before. */
  mount(kit: Kit, size: StageSize): void {
    for (const child of this.#root.removeChildren()) child.destroy({ children: true });
    const spots = this.#widgets.map((widget) => ({ widget, ...placed(widget.name, size) }));
    const box = unionOf(spots.map((spot) => spot.box));
    this.#renderer.resize(box.width, box.height, size.devicePixelRatio);
    this.canvas.style.left = `${box.x}px`;
    this.canvas.style.top = `${box.y}px`;
    for (const { widget, box: own, scale } of spots) {
      const container = new Container();
      container.position.set(own.x - box.x, own.y - box.y);
      container.scale.set(scale);
      this.#root.addChild(container);
      widget.mount(kit, container);
    }
    this.#changed = true;
  }

  /** Takes a moment in; renders nothing yet. */
  update(frame: HudFrame): void {
    for (const widget of this.#widgets) this.#changed = widget.update(frame) || this.#changed;
  }

  /** Renders if a widget changed since the last time; returns whether it did. */
  render(): boolean {
    if (!this.#changed) return false;
    this.#renderer.render(this.#root);
    this.#changed = false;
    return true;
  }

  destroy(): void {
    this.#root.destroy({ children: true });
    this.#renderer.destroy({ removeView: true });
  }
}
