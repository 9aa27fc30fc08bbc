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
  /** Longer words end in an ellipsis, after the smaller sizes were tried. */
  maxWidth?: number;
  /** Sizes to try for words that are too long, the largest first. */
  smaller?: readonly number[];
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
  readonly #sizes: readonly number[];
  readonly #weight: string;
  #baseline: number;
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
    this.#sizes = [fontSize, ...(options.smaller ?? [])];
    this.#weight = weight;
    this.#baseline = baseline;
    this.#text.position.set(x, baseline - ascentOf(fontSize, weight));
    this.#maxWidth = options.maxWidth ?? Number.POSITIVE_INFINITY;
    this.text = options.text ?? '';
    into.addChild(this.#text);
  }

  set text(value: string) {
    if (value === this.#value) return;
    this.#value = value;
    this.#text.text = value;
    if (this.#sizes.length > 1) this.#fit();
    for (let kept = value.length - 1; this.#text.width > this.#maxWidth && kept > 0; kept -= 1)
      this.#text.text = `${value.slice(0, kept).trimEnd()}\u2026`;
  }

  /** The largest size in which the words fit; a smaller one stays centred on the same line. */
  #fit(): void {
    const [largest = 0] = this.#sizes;
    for (const size of this.#sizes) {
      this.#text.style.fontSize = size;
      const raised = Math.round(0.35 * (largest - size));
      this.#text.y = this.#baseline - raised - ascentOf(size, this.#weight);
      if (this.#text.width <= this.#maxWidth) return;
    }
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
    this.#baseline = value;
    this.#text.y = value - ascentOf(this.#text.style.fontSize, this.#weight);
  }

  get width(): number {
    return this.#text.width;
  }
}
