/** What views are built from: plates, bars, shapes, figures and words at one resolution. Textures are made once. */
import { type Container, NineSliceSprite, Sprite, Texture } from 'pixi.js';
import { alpha, colour, space } from '../tokens.ts';
import { type FigureOptions, Figures, installFigures, uninstallFigures } from './figures.ts';
import { type ShapeName, shapes, shapeTexture } from './shapes.ts';
import { type WordOptions, Words } from './words.ts';

export class Kit {
  readonly resolution: number;
  readonly #textures: Record<ShapeName, Texture>;

  /** @param resolution device pixels for a layout pixel */
  constructor(resolution: number) {
    this.resolution = resolution;
    installFigures(resolution);
    const names = Object.keys(shapes) as ShapeName[];
    this.#textures = Object.fromEntries(
      names.map((name) => [name, shapeTexture(shapes[name], resolution)]),
    ) as Record<ShapeName, Texture>;
  }

  /** A rectangle that is moved and scaled, never redrawn. */
  bar(into: Container, tint: number, x: number, y: number, width: number, height: number): Sprite {
    const sprite = new Sprite(Texture.WHITE);
    sprite.tint = tint;
    sprite.position.set(x, y);
    sprite.setSize(width, height);
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

  figures(into: Container, options: Omit<FigureOptions, 'resolution'>): Figures {
    return new Figures(into, { ...options, resolution: this.resolution });
  }

  words(into: Container, options: Omit<WordOptions, 'resolution'>): Words {
    return new Words(into, { ...options, resolution: this.resolution });
  }

  destroy(): void {
    for (const texture of Object.values(this.#textures)) texture.destroy(true);
    uninstallFigures(this.resolution);
  }
}

/** What everything stands on. At rest it thins to a dim outline of itself. */
export class Plate {
  readonly #fill: NineSliceSprite;
  readonly #outline: NineSliceSprite;

  constructor(kit: Kit, into: Container, width: number, height: number) {
    this.#fill = kit.box(into, 'box', colour.plate, width, height);
    this.#outline = kit.box(into, 'boxOutline', colour.ink, width, height);
    this.rest = false;
  }

  set rest(value: boolean) {
    this.#fill.alpha = value ? alpha.restPlate : alpha.plate;
    this.#outline.alpha = value ? alpha.restLine : 0;
  }

  set width(value: number) {
    this.#fill.width = value;
    this.#outline.width = value;
  }

  /** A solid block of one colour instead of the dark plate; null for the plate. */
  set block(value: number | null) {
    this.#fill.tint = value ?? colour.plate;
    if (value !== null) this.#fill.alpha = 1;
  }
}
