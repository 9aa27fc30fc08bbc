/**
 * Numbers out of glyphs that are drawn once for each size. Barlow Condensed's figures differ in width, so every figure and sign gets the widest
 * one's advance, on whole device pixels: numbers keep their width and stay sharp.
 *
 * Each glyph is a sprite of its own: another number is other textures of the same atlas, which the renderer takes over in its buffer. Pixi's `BitmapText` lays
 * out anew and has the renderer build the whole panel's instructions again, ten times a second for each number.
 */
import { type AbstractBitmapFont, BitmapFontManager, Container, Sprite } from 'pixi.js';
import { minus } from '../number-text.ts';
import { type } from '../tokens.ts';

const tabular = [...'0123456789', '+', minus];
const characters = [...tabular, '.', ',', ':', ' '];

export type FigureSize = 'small' | 'body' | 'title' | 'large' | 'huge';

const sizes: readonly FigureSize[] = ['small', 'body', 'title', 'large', 'huge'];
/** What a number's container is labelled with, before the number. */
export const figuresLabel = 'figures ';
const fontName = (kit: string, size: FigureSize) => `figures ${kit} ${size}`;

interface FigureFont {
  font: AbstractBitmapFont<object>;
  /** From the top of a glyph's sprite to the line on which figures stand, in the font's units. */
  baseline: number;
}

/** Of the kits that there are. */
const fonts = new Map<string, FigureFont>();

/** @param kit names the fonts of one kit, so that the next one's can be made before these are given up */
export function installFigures(kit: string, resolution: number): void {
  for (const size of sizes) {
    const fontSize = type.size[size];
    const font = BitmapFontManager.install({
      name: fontName(kit, size),
      style: { fontFamily: type.family, fontWeight: type.figure, fontSize, fill: 0xffffff },
      chars: characters,
      resolution,
      skipKerning: true,
      dynamicFill: true,
    });
    alignFigures(font, fontSize, resolution);
    fonts.set(fontName(kit, size), { font, baseline: baselineOf(font) });
  }
}

export function uninstallFigures(kit: string): void {
  for (const size of sizes) {
    BitmapFontManager.uninstall(fontName(kit, size));
    fonts.delete(fontName(kit, size));
  }
}

function alignFigures(font: AbstractBitmapFont<object>, fontSize: number, resolution: number): void {
  // Bitmap fonts count in hundredths of their size, whatever the size they were drawn at.
  const unitsPerPixel = font.baseMeasurementFontSize / (fontSize * resolution);
  const whole = (units: number, round = Math.round) => round(units / unitsPerPixel) * unitsPerPixel;
  const figures = tabular.flatMap((character) => font.chars[character] ?? []);
  const advance = whole(Math.max(...figures.map(({ xAdvance }) => xAdvance)));
  for (const figure of figures) {
    // Down: a 1, the narrowest, has its weight on the right.
    figure.xOffset += whole((advance - figure.xAdvance) / 2, Math.floor);
    figure.xAdvance = advance;
  }
}

/**
 * From a number's top to the line on which its figures stand, in the font's units: seen in the texture itself, because what a font says of its ascent is rounded otherwise
 * at every size, by up to a pixel and a half. The foot of a 1 is flat.
 */
function baselineOf({ chars, fontMetrics }: AbstractBitmapFont<object>): number {
  const one = chars['1'];
  if (!one?.texture) return fontMetrics.ascent;
  const { frame, source } = one.texture;
  const pixels = (units: number) => Math.round(units * source.resolution);
  const [width, height] = [pixels(frame.width), pixels(frame.height)];
  // A copy of its own: what is read back from the atlas itself the browser would take off the graphics card.
  const copy = Object.assign(document.createElement('canvas'), { width, height });
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (context === null) return fontMetrics.ascent;
  context.drawImage(source.resource as HTMLCanvasElement, -pixels(frame.x), -pixels(frame.y));
  const foot = footOf(context.getImageData(0, 0, width, height).data, width);
  return Math.round(one.yOffset) + foot / source.resolution;
}

/** The lowest edge of what is drawn, in whole pixels from the top, so that figures stay sharp; a row that is less than half covered does not count. */
function footOf(rgba: Uint8ClampedArray, width: number): number {
  for (let row = rgba.length / 4 / width - 1; row >= 0; row -= 1) {
    let most = 0;
    for (let at = row * width; at < (row + 1) * width; at += 1) most = Math.max(most, rgba[at * 4 + 3] ?? 0);
    if (most > 127) return row + 1;
  }
  return 0;
}

export interface FigureOptions {
  size: FigureSize;
  colour: number;
  /** 0 left, 0.5 centre, 1 right. */
  align: number;
  x: number;
  baseline: number;
  /** The kit whose fonts to use. */
  kit: string;
}

export class Figures {
  readonly #group = new Container();
  readonly #font: AbstractBitmapFont<object>;
  readonly #align: number;
  readonly #ascent: number;
  /** As many as the longest number had so far; those that a shorter one leaves over are clear. */
  readonly #glyphs: Sprite[] = [];
  #text = '';
  /** In the font's units. */
  #advance = 0;

  constructor(into: Container, { size, colour, align, x, baseline, kit }: FigureOptions) {
    const fontSize = type.size[size];
    const { font, baseline: foot } = fonts.get(fontName(kit, size)) ?? missing(size);
    this.#font = font;
    this.#align = align;
    this.#group.scale.set(fontSize / this.#font.baseMeasurementFontSize);
    this.#group.tint = colour;
    this.#ascent = foot * this.#group.scale.y;
    this.#group.position.set(x, baseline - this.#ascent);
    into.addChild(this.#group);
  }

  /** Of figures, signs, points, commas, colons and spaces; anything else is left out. */
  set text(value: string) {
    if (value === this.#text) return;
    this.#text = value;
    this.#group.label = figuresLabel + value;
    const { chars } = this.#font;
    this.#advance = 0;
    for (const character of value) this.#advance += chars[character]?.xAdvance ?? 0;
    let penX = 0;
    let used = 0;
    for (const character of value) {
      const glyph = chars[character];
      if (glyph === undefined) continue;
      if (glyph.texture) {
        const sprite = this.#glyphs[used] ?? this.#addGlyph();
        sprite.texture = glyph.texture;
        sprite.alpha = 1;
        // Whole units of the font, a hundredth of the size.
        const left = Math.round(penX + glyph.xOffset);
        sprite.position.set(left - this.#align * this.#advance, Math.round(glyph.yOffset));
        used += 1;
      }
      penX += glyph.xAdvance;
    }
    for (; used < this.#glyphs.length; used += 1) {
      const left = this.#glyphs[used];
      if (left) left.alpha = 0;
    }
  }

  set colour(value: number) {
    this.#group.tint = value;
  }

  set opacity(value: number) {
    this.#group.alpha = value;
  }

  set x(value: number) {
    this.#group.x = value;
  }

  get width(): number {
    return this.#advance * this.#group.scale.x;
  }

  set baseline(value: number) {
    this.#group.y = value - this.#ascent;
  }

  #addGlyph(): Sprite {
    const sprite = new Sprite({ roundPixels: true });
    this.#glyphs.push(sprite);
    this.#group.addChild(sprite);
    return sprite;
  }
}

function missing(size: FigureSize): never {
  throw new Error(`Figures of the size ${size} were made before their kit.`);
}
