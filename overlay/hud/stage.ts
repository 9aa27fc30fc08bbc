/**
 * The HUD on a page: its panels, and the textures and fonts that they share. A change of the window's size or of the
 * screen's pixel ratio makes the widgets' objects again, at the new resolution; nothing else makes objects.
 */
import { Ticker } from 'pixi.js';
import { Kit } from './drawing/kit.ts';
import type { HudFrame } from './frame.ts';
import { largestScale, panels, type StageSize, type WidgetName } from './layout.ts';
import { Panel } from './panel.ts';
import { type } from './tokens.ts';
import { createWidgets } from './widgets/table.ts';

/** Fonts must be there before the first glyph is drawn into a texture. */
export async function loadFonts(): Promise<void> {
  const weights = [type.label, type.figure];
  await Promise.all(weights.map((weight) => document.fonts.load(`${weight} 24px "${type.family}"`)));
  await document.fonts.ready;
}

export class Stage {
  readonly #panels: readonly Panel[];
  readonly #outdated: Kit[] = [];
  #kit: Kit;

  static async create(size: StageSize, only?: readonly WidgetName[]): Promise<Stage> {
    // The page has a loop of its own; Pixi's would wake the processor for nothing.
    for (const ticker of [Ticker.shared, Ticker.system]) {
      ticker.autoStart = false;
      ticker.stop();
    }
    const widgets = createWidgets().filter(({ name }) => only?.includes(name) ?? true);
    const made: Panel[] = [];
    for (const names of panels) {
      const own = widgets.filter(({ name }) => names.includes(name));
      if (own.length > 0) made.push(await Panel.create(own, size.devicePixelRatio));
    }
    return new Stage(made, size);
  }

  private constructor(made: readonly Panel[], size: StageSize) {
    this.#panels = made;
    this.#kit = this.#mounted(size);
  }

  get canvases(): HTMLCanvasElement[] {
    return this.#panels.map((panel) => panel.canvas);
  }

  /** Whether the graphics driver still gives us every context; a HUD without one says so instead of standing still. */
  get alive(): boolean {
    return this.#panels.every((panel) => panel.alive);
  }

  resize(size: StageSize): void {
    this.#outdated.push(this.#kit);
    this.#kit = this.#mounted(size);
  }

  update(frame: HudFrame): void {
    for (const panel of this.#panels) panel.update(frame);
  }

  /** Renders the panels that changed; returns whether there were any. */
  render(): boolean {
    let rendered = false;
    for (const panel of this.#panels) rendered = panel.render() || rendered;
    // Only now has the renderer let go of the old kit's textures.
    for (const kit of this.#outdated.splice(0)) kit.destroy();
    return rendered;
  }

  /** For the playground, which shows one stage after the other; a HUD's stage lives as long as its page. */
  destroy(): void {
    for (const panel of this.#panels) panel.destroy();
    this.#kit.destroy();
  }

  #mounted(size: StageSize): Kit {
    const kit = new Kit(largestScale(size) * size.devicePixelRatio);
    for (const panel of this.#panels) panel.mount(kit, size);
    return kit;
  }
}
