/**
 * The HUD on a page: its panels, and the textures and fonts that they share. A change of the window's size, of the
 * screen's pixel ratio or of the settings makes the widgets' objects again; nothing else makes objects.
 */
import { Ticker } from 'pixi.js';
import { Kit } from './drawing/kit.ts';
import type { HudFrame } from './frame.ts';
import { largestScale, panelsOf, type StageSize } from './layout.ts';
import { Panel } from './panel.ts';
import type { WidgetName } from './places.ts';
import type { HudSetup } from './setup.ts';
import { type } from './tokens.ts';
import { createWidgets } from './widgets/table.ts';
import type { Widget } from './widgets/widget.ts';

/** Fonts must be there before the first glyph is drawn into a texture. */
export async function loadFonts(): Promise<void> {
  const weights = [type.label, type.figure];
  await Promise.all(weights.map((weight) => document.fonts.load(`${weight} 24px "${type.family}"`)));
  await document.fonts.ready;
}

/** Panels stay while their widgets change: a page has only so many graphics contexts, and making one takes its time. */
export class Stage {
  readonly #into: HTMLElement;
  #panels: Panel[] = [];
  #groups: Widget[][] = [];
  readonly #outdated: Kit[] = [];
  #kit: Kit | null = null;
  #size: StageSize;
  #setup: HudSetup;

  /**
   * @param into where the canvases go
   * @param names the widgets, whatever the setup says is shown
   */
  static async create(
    into: HTMLElement,
    size: StageSize,
    setup: HudSetup,
    names: readonly WidgetName[],
  ): Promise<Stage> {
    // The page has a loop of its own; Pixi's would wake the processor for nothing.
    for (const ticker of [Ticker.shared, Ticker.system]) {
      ticker.autoStart = false;
      ticker.stop();
    }
    const stage = new Stage(into, size, setup);
    await stage.change(setup, names);
    return stage;
  }

  private constructor(into: HTMLElement, size: StageSize, setup: HudSetup) {
    this.#into = into;
    this.#size = size;
    this.#setup = setup;
  }

  /** Whether the graphics driver still gives us every context; a HUD without one says so instead of standing still. */
  get alive(): boolean {
    return this.#panels.every((panel) => panel.alive);
  }

  /**
   * Other settings: every widget begins anew, and its first picture comes with the next frame.
   * @param size where that changed as well
   */
  async change(setup: HudSetup, names: readonly WidgetName[], size = this.#size): Promise<void> {
    this.#size = size;
    const needed = panelsOf(names, this.#size).length;
    const more: Panel[] = [];
    while (this.#panels.length + more.length < needed)
      more.push(await Panel.create(this.#size.devicePixelRatio));
    this.#setup = setup;
    this.#into.append(...more.map((panel) => panel.canvas));
    this.#panels.push(...more);
    const widgets = createWidgets(names);
    this.#groups = panelsOf(
      widgets.map(({ name }) => name),
      this.#size,
    ).map((group) => widgets.filter(({ name }) => group.includes(name)));
    for (const panel of this.#panels.splice(this.#groups.length)) panel.destroy();
    this.#mount();
  }

  resize(size: StageSize): void {
    this.#size = size;
    this.#mount();
  }

  update(frame: HudFrame): void {
    for (const panel of this.#panels) panel.update(frame);
  }

  /** Renders the panels that changed; returns how many there were. */
  render(): number {
    const rendered = this.#panels.filter((panel) => panel.render()).length;
    // Only now has the renderer let go of the old kit's textures.
    for (const kit of this.#outdated.splice(0)) kit.destroy();
    return rendered;
  }

  /** For the playground, which looks at what they hold. */
  get panels(): readonly Panel[] {
    return this.#panels;
  }

  /** For the playground, which shows one stage after the other; a HUD's stage lives as long as its page. */
  destroy(): void {
    for (const panel of this.#panels) panel.destroy();
    this.#kit?.destroy();
  }

  #mount(): void {
    if (this.#kit !== null) this.#outdated.push(this.#kit);
    this.#kit = new Kit(largestScale(this.#size) * this.#size.devicePixelRatio, this.#setup);
    for (const [index, panel] of this.#panels.entries())
      panel.mount(this.#groups[index] ?? [], this.#kit, this.#size, this.#setup.look.opacity);
  }
}
