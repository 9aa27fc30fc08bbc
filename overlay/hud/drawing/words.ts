/** Words: corner names, units, reasons. They change a few times a lap, so plain text is cheap enough, and it shapes any script. */
import { CanvasTextMetrics, type Container, Text, TextStyle } from 'pixi.js';
import { type } from '../tokens.ts';

export interface WordOptions {
  text?: string;
  /** A size of `type.size`, in layout pixels. */
  fontSize: number;
  colour: number;
  /** 0 left, 0.5 centre, 1 right. */
  align: number;
  x: number;
  baseline: number;
  resolution: number;
  weight?: typeof type.label | typeof type.figure;
  /** Longer words end in an ellipsis. */
  maxWidth?: number;
}

/** From the top of a line of text to its baseline. */
export function ascentOf(fontSize: number, weight: string): number {
  return CanvasTextMetrics.measureFont(`${weight} ${fontSize}px "${type.family}"`).ascent;
}

/** Baseline that centres capitals and figures on a line; capitals are 0.7 of the type's size here. */
export const centredBaseline = (centreY: number, fontSize: number) => Math.round(centreY + 0.35 * fontSize);

export class Words {
  readonly #text: Text;
  readonly #maxWidth: number;
  readonly #ascent: number;
  #value = '';

  constructor(into: Container, options: WordOptions) {
    const { fontSize, colour, align, x, baseline, resolution, weight = type.label } = options;
    this.#text = new Text({
      text: '',
      style: new TextStyle({ fontFamily: type.family, fontWeight: weight, fontSize, fill: 0xffffff }),
      anchor: { x: align, y: 0 },
      resolution,
      roundPixels: true,
    });
    this.#text.tint = colour;
    this.#ascent = ascentOf(fontSize, weight);
    this.#text.position.set(x, baseline - this.#ascent);
    this.#maxWidth = options.maxWidth ?? Number.POSITIVE_INFINITY;
    this.text = options.text ?? '';
    into.addChild(this.#text);
  }

  set text(value: string) {
    if (value === this.#value) return;
    this.#value = value;
    this.#text.text = value;
    for (let kept = value.length - 1; this.#text.width > this.#maxWidth && kept > 0; kept -= 1)
      this.#text.text = `${value.slice(0, kept).trimEnd()}\u2026`;
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

  set baseline(value: number) {
    this.#text.y = value - this.#ascent;
  }

  get width(): number {
    return this.#text.width;
  }
}
