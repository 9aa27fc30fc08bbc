/**
 * Numbers as bitmap text: the glyphs are drawn once for each size, changing a number only moves them. Barlow Condensed's
 * figures differ in width, so every figure and sign gets the widest one's advance, on whole device pixels: numbers keep
 * their width and stay sharp.
 */
import { type AbstractBitmapFont, BitmapFontManager, BitmapText, type Container } from 'pixi.js';
import { minus } from '../number-text.ts';
import { type } from '../tokens.ts';
import { ascentOf } from './words.ts';

const tabular = [...'0123456789', '+', minus];
const characters = [...tabular, '.', ',', ':', ' '];

export type FigureSize = 'small' | 'body' | 'title' | 'large' | 'huge';

const sizes: readonly FigureSize[] = ['small', 'body', 'title', 'large', 'huge'];
const fontName = (kit: string, size: FigureSize) => `figures ${kit} ${size}`;

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
  }
}

export function uninstallFigures(kit: string): void {
  for (const size of sizes) BitmapFontManager.uninstall(fontName(kit, size));
}

function alignFigures(font: AbstractBitmapFont<object>, fontSize: number, resolution: number): void {
  // Bitmap fonts count in hundredths of their size, whatever the size they were drawn at.
  const unitsPerPixel = font.baseMeasurementFontSize / (fontSize * resolution);
  const whole = (units: number) => Math.round(units / unitsPerPixel) * unitsPerPixel;
  const figures = tabular.flatMap((character) => font.chars[character] ?? []);
  const advance = whole(Math.max(...figures.map(({ xAdvance }) => xAdvance)));
  for (const figure of figures) {
    figure.xOffset += whole((advance - figure.xAdvance) / 2);
    figure.xAdvance = advance;
  }
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
  readonly #text: BitmapText;
  readonly #ascent: number;

  constructor(into: Container, { size, colour, align, x, baseline, kit }: FigureOptions) {
    const fontSize = type.size[size];
    this.#text = new BitmapText({
      text: '',
      style: { fontFamily: fontName(kit, size), fontSize, fill: 0xffffff },
      anchor: { x: align, y: 0 },
      roundPixels: true,
    });
    this.#text.tint = colour;
    this.#ascent = ascentOf(fontSize, type.figure);
    this.#text.position.set(x, baseline - this.#ascent);
    into.addChild(this.#text);
  }

  set text(value: string) {
    if (value !== this.#text.text) this.#text.text = value;
  }

  set colour(value: number) {
    this.#text.tint = value;
  }

  set opacity(value: number) {
    this.#text.alpha = value;
  }

  set x(value: number) {
    this.#text.x = value;
  }

  get width(): number {
    return this.#text.width;
  }

  set baseline(value: number) {
    this.#text.y = value - this.#ascent;
  }
}
