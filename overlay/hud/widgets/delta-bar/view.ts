import type { Container, Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline } from '../../drawing/words.ts';
import { places } from '../../layout.ts';
import type { View } from '../../painted.ts';
import { colour, space, type } from '../../tokens.ts';
import { barSteps, type DeltaBarModel, type Trend } from './model.ts';

const { width, height } = places.deltaBar;
const centre = width / 2;
const middle = height / 2;
/** The number's room; the bars begin at its edges. */
const cellHalf = 56;
const barLength = centre - cellHalf - 2 * space.unit;
const barHeight = 12;
const arrowX = 46;

const trendColour: Record<Trend, number> = {
  gaining: colour.gain,
  steady: colour.muted,
  losing: colour.loss,
};

export class DeltaBarView implements View<DeltaBarModel> {
  readonly #root: Container;
  readonly #plate: Plate;
  readonly #scale: Sprite[];
  readonly #bar: Sprite;
  readonly #gaining: Sprite;
  readonly #losing: Sprite;
  readonly #number: Figures;

  constructor(kit: Kit, root: Container) {
    this.#root = root;
    this.#plate = kit.plate(root, width, height);
    this.#scale = [-1, 1].flatMap((side) => [
      kit.bar(
        root,
        colour.line,
        side < 0 ? centre - cellHalf - barLength : centre + cellHalf,
        middle - 1,
        barLength,
        2,
      ),
      ...[0.5, 1].map((part) => {
        const x = centre + side * (cellHalf + barLength * part);
        return kit.bar(root, colour.line, side < 0 ? x : x - 2, middle - 6, 2, 12);
      }),
    ]);
    this.#bar = kit.bar(root, colour.muted, 0, middle - barHeight / 2, 1, barHeight);
    this.#gaining = kit.shape(root, 'arrow', colour.gain, centre - arrowX, middle);
    this.#gaining.rotation = Math.PI;
    this.#losing = kit.shape(root, 'arrow', colour.loss, centre + arrowX, middle);
    this.#number = kit.figures(root, {
      size: 'title',
      colour: colour.ink,
      align: 0.5,
      x: centre,
      baseline: centredBaseline(middle, type.size.title),
    });
  }

  draw({ opacity, live, bar, trend, text }: Readonly<DeltaBarModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#plate.rest = !live;
    for (const part of this.#scale) part.visible = live;
    const length = (barLength * Math.abs(bar)) / barSteps;
    this.#bar.visible = live && length > 0;
    this.#bar.setSize(length, barHeight);
    this.#bar.x = bar < 0 ? centre - cellHalf - length : centre + cellHalf;
    this.#bar.tint = trendColour[trend];
    this.#gaining.visible = trend === 'gaining';
    this.#losing.visible = trend === 'losing';
    this.#number.text = text;
  }
}
