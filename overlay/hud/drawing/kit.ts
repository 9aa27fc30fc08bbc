/**
 * What views are built from: plates, bars, lines, shapes, figures and words at one resolution, in one theme, language and set of options. A kit's
 * textures and buffers are made once and given up with it, when the window's size or the settings ask for another kit.
 */
import type { WidgetOptions } from '@racing-coach/contract';
import { type Container, NineSliceSprite, Sprite, Texture } from 'pixi.js';
import type { Locale } from '../locale.ts';
import type { HudSetup } from '../setup.ts';
import { type Alphas, alphas, type Palette, palettes, space } from '../tokens.ts';
import { Area, type AreaOptions } from './area.ts';
import { type FigureOptions, Figures, installFigures, uninstallFigures } from './figures.ts';
import { Loop, type LoopOptions } from './loop.ts';
import { canvasTexture, type ShapeName, shapes, shapeTexture } from './shapes.ts';
import { Strip, type StripOptions } from './strip.ts';
import { type WordOptions, Words } from './words.ts';

let kits = 0;

export class Kit {
  readonly resolution: number;
  readonly colour: Palette;
  readonly alpha: Alphas;
  readonly locale: Locale;
  readonly options: WidgetOptions;
  readonly #name: string;
  readonly #lines: (Strip | Area | Loop)[] = [];
  readonly #circles: Texture[] = [];
  readonly #textures: Record<ShapeName, Texture>;

  /** @param resolution device pixels for a layout pixel */
  constructor(resolution: number, { look, locale, options }: HudSetup) {
    this.resolution = resolution;
    this.colour = palettes[look.theme];
    this.alpha = alphas[look.theme];
    this.locale = locale;
    this.options = options;
    kits += 1;
    this.#name = String(kits);
    installFigures(this.#name, resolution);
    const names = Object.keys(shapes) as ShapeName[];
    this.#textures = Object.fromEntries(
      names.map((name) => [name, shapeTexture(shapes[name], resolution)]),
    ) as Record<ShapeName, Texture>;
  }

  /**
   * A rectangle that is moved and scaled, never redrawn. It begins on whole device pixels: on a small window a hairline
   * between two of them would not be drawn at all.
   */
  bar(into: Container, tint: number, x: number, y: number, width: number, height: number): Sprite {
    const sprite = new Sprite(Texture.WHITE);
    const whole = (value: number) => Math.round(value * this.resolution) / this.resolution;
    sprite.tint = tint;
    sprite.position.set(whole(x), whole(y));
    sprite.setSize(whole(width) || 1 / this.resolution, whole(height) || 1 / this.resolution);
    into.addChild(sprite);
    return sprite;
  }

  shape(into: Container, name: ShapeName, tint: number, centreX: number, centreY: number): Sprite {
    const sprite = new Sprite({ texture: this.#textures[name], anchor: 0.5 });
    sprite.tint = tint;
    sprite.position.set(centreX, centreY);
    into.addChild(sprite);
    return sprite;
  }

  /** A circle's line with a texture of its own; for the few of a widget that are larger than shapes. A line as wide as twice its radius fills it. */
  circle(
    into: Container,
    tint: number,
    centreX: number,
    centreY: number,
    radius: number,
    line: number,
  ): Sprite {
    const size = 2 * radius + line;
    const texture = canvasTexture(size, size, this.resolution, (context) => {
      context.strokeStyle = '#fff';
      context.lineWidth = line;
      context.beginPath();
      context.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
      context.stroke();
    });
    this.#circles.push(texture);
    const sprite = new Sprite({ texture, anchor: 0.5 });
    sprite.tint = tint;
    sprite.position.set(centreX, centreY);
    into.addChild(sprite);
    return sprite;
  }

  /** A box with rounded corners. */
  box(
    into: Container,
    name: 'box' | 'boxOutline',
    tint: number,
    width: number,
    height: number,
  ): NineSliceSprite {
    const r = space.radius;
    const sprite = new NineSliceSprite({
      texture: this.#textures[name],
      leftWidth: r,
      rightWidth: r,
      topHeight: r,
      bottomHeight: r,
      width,
      height,
    });
    sprite.tint = tint;
    into.addChild(sprite);
    return sprite;
  }

  plate(into: Container, width: number, height: number): Plate {
    return new Plate(this, into, width, height);
  }

  figures(into: Container, options: Omit<FigureOptions, 'kit'>): Figures {
    return new Figures(into, { ...options, kit: this.#name });
  }

  words(into: Container, options: Omit<WordOptions, 'resolution'>): Words {
    return new Words(into, { ...options, resolution: this.resolution });
  }

  strip(into: Container, options: Omit<StripOptions, 'resolution'>): Strip {
    const strip = new Strip(into, { ...options, resolution: this.resolution });
    this.#lines.push(strip);
    return strip;
  }

  loop(into: Container, options: Omit<LoopOptions, 'resolution'>): Loop {
    const loop = new Loop(into, { ...options, resolution: this.resolution });
    this.#lines.push(loop);
    return loop;
  }

  area(into: Container, options: AreaOptions): Area {
    const area = new Area(into, options);
    this.#lines.push(area);
    return area;
  }

  /** After the containers that its things were put into. */
  destroy(): void {
    for (const line of this.#lines) line.destroy();
    for (const texture of [...Object.values(this.#textures), ...this.#circles]) texture.destroy(true);
    uninstallFigures(this.#name);
  }
}

/** What everything stands on. At rest it thins to a dim outline of itself. */
export class Plate {
  readonly #fill: NineSliceSprite;
  readonly #outline: NineSliceSprite;
  readonly #kit: Kit;

  constructor(kit: Kit, into: Container, width: number, height: number) {
    this.#kit = kit;
    this.#fill = kit.box(into, 'box', kit.colour.plate, width, height);
    this.#outline = kit.box(into, 'boxOutline', kit.colour.ink, width, height);
    this.rest = false;
  }

  set rest(value: boolean) {
    const { alpha } = this.#kit;
    this.#fill.alpha = value ? alpha.restPlate : alpha.plate;
    this.#outline.alpha = value ? alpha.restLine : alpha.plateLine;
  }

  set width(value: number) {
    this.#fill.width = value;
    this.#outline.width = value;
  }

  set height(value: number) {
    this.#fill.height = value;
    this.#outline.height = value;
  }

  /** A solid block of one colour instead of the plate's; null for the plate. */
  set block(value: number | null) {
    this.#fill.tint = value ?? this.#kit.colour.plate;
    if (value !== null) this.#fill.alpha = 1;
  }
}
