/**
 * The canvas: one renderer, the widgets' containers, and the rule that a frame is rendered only when a widget changed.
 * A change of the window's size or of the screen's pixel ratio makes the widgets' objects again, at the new resolution;
 * nothing else makes objects.
 */
import { Container, Ticker, WebGLRenderer } from 'pixi.js';
import { Kit } from './drawing/kit.ts';
import type { HudFrame } from './frame.ts';
import { cornerOf, layoutScale, places, type WidgetName } from './layout.ts';
import { type } from './tokens.ts';
import { createWidgets } from './widgets/table.ts';
import type { Widget } from './widgets/widget.ts';

export interface StageSize {
  width: number;
  height: number;
  devicePixelRatio: number;
}

/** Fonts must be there before the first glyph is drawn into a texture. */
export async function loadFonts(): Promise<void> {
  const weights = [type.label, type.figure];
  await Promise.all(weights.map((weight) => document.fonts.load(`${weight} 24px "${type.family}"`)));
  await document.fonts.ready;
}

export class Stage {
  readonly renderer: WebGLRenderer;
  readonly #root = new Container();
  readonly #widgets: Widget[];
  #kit: Kit | null = null;
  #changed = true;

  static async create(size: StageSize, only?: readonly WidgetName[]): Promise<Stage> {
    // The page has a loop of its own; Pixi's would wake the processor for nothing.
    Ticker.shared.autoStart = false;
    Ticker.shared.stop();
    Ticker.system.autoStart = false;
    Ticker.system.stop();
    const renderer = new WebGLRenderer();
    await renderer.init({
      width: size.width,
      height: size.height,
      resolution: size.devicePixelRatio,
      autoDensity: true,
      backgroundAlpha: 0,
      antialias: false,
      powerPreference: 'low-power',
    });
    return new Stage(renderer, size, only);
  }

  private constructor(renderer: WebGLRenderer, size: StageSize, only?: readonly WidgetName[]) {
    this.renderer = renderer;
    this.#widgets = createWidgets().filter(({ name }) => only?.includes(name) ?? true);
    this.#mount(size);
  }

  get canvas(): HTMLCanvasElement {
    return this.renderer.canvas as HTMLCanvasElement;
  }

  /** Whether the graphics driver still gives us a context; a HUD without one says so instead of standing still. */
  get alive(): boolean {
    return !this.renderer.gl.isContextLost();
  }

  resize(size: StageSize): void {
    this.renderer.resize(size.width, size.height, size.devicePixelRatio);
    this.#mount(size);
  }

  /** Takes a moment in; renders nothing yet. */
  update(frame: HudFrame): void {
    for (const widget of this.#widgets) this.#changed = widget.update(frame) || this.#changed;
  }

  /** Renders if a widget changed since the last time; returns whether it did. */
  render(): boolean {
    if (!this.#changed) return false;
    this.renderer.render(this.#root);
    this.#changed = false;
    return true;
  }

  #mount({ width, height, devicePixelRatio }: StageSize): void {
    const scale = layoutScale(width, height);
    for (const child of this.#root.removeChildren()) child.destroy({ children: true });
    this.#kit?.destroy();
    const kit = new Kit(scale * devicePixelRatio);
    for (const widget of this.#widgets) {
      const container = new Container();
      const corner = cornerOf(places[widget.name], width, height, devicePixelRatio);
      container.position.set(corner.x, corner.y);
      container.scale.set(scale);
      this.#root.addChild(container);
      widget.mount(kit, container);
    }
    this.#kit = kit;
    this.#changed = true;
  }
}
