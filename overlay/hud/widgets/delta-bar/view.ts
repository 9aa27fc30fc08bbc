import type { Container, Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { barSteps, type DeltaBarModel, type Trend } from './model.ts';

const { width, height } = places.deltaBar;
const centre = width / 2;
const middle = height / 2;
/** The number's room; the bars begin at its edges. */
const cellHalf = 56;
const barLength = centre - cellHalf - 2 * space.unit;
const barHeight = 12;
const arrowX = 46;
/** From the number's cell to the word that says that the reference is rough. */
const roughX = centre - cellHalf - barLength;

const sides = [-1, 1] as const;

/** The line that a bar grows along, with its half and its end. */
function scaleOf(kit: Kit, root: Container, side: -1 | 1): Sprite[] {
  const { colour } = kit;
  const lineX = side < 0 ? centre - cellHalf - barLength : centre + cellHalf;
  return [
    kit.bar(root, colour.line, lineX, middle - 1, barLength, 2),
    ...[0.5, 1].map((part) => {
      const x = centre + side * (cellHalf + barLength * part);
      return kit.bar(root, colour.line, side < 0 ? x : x - 2, middle - 6, 2, 12);
    }),
  ];
}

export class DeltaBarView implements View<DeltaBarModel> {
  readonly #root: Container;
  readonly #colours: Record<Trend, number>;
  readonly #plate: Plate;
  /** Of the left and of the right side. */
  readonly #scale: [Sprite[], Sprite[]];
  readonly #bar: Sprite;
  readonly #gaining: Sprite;
  readonly #losing: Sprite;
  readonly #number: Figures;
  readonly #rough: [Words, Words];

  constructor(kit: Kit, root: Container) {
    const { colour, locale } = kit;
    this.#colours = { gaining: colour.gain, steady: colour.muted, losing: colour.loss };
    this.#root = root;
    this.#plate = kit.plate(root, width, height);
    this.#scale = [scaleOf(kit, root, -1), scaleOf(kit, root, 1)];
    this.#rough = [0, 1].map((side) =>
      kit.words(root, {
        text: locale.text('rough'),
        fontSize: type.size.small,
        colour: colour.attention,
        align: side,
        x: side === 0 ? roughX : width - roughX,
        baseline: centredBaseline(middle, type.size.small),
      }),
    ) as [Words, Words];
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

  draw({ opacity, live, bar, trend, text, rough }: Readonly<DeltaBarModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#plate.rest = !live;
    for (const [index, side] of sides.entries()) {
      for (const part of this.#scale[index] ?? []) part.visible = live && rough !== side;
      const word = this.#rough[index];
      if (word) word.opacity = rough === side ? 1 : 0;
    }
    const length = (barLength * Math.abs(bar)) / barSteps;
    this.#bar.visible = live && length > 0;
    this.#bar.setSize(length, barHeight);
    this.#bar.x = bar < 0 ? centre - cellHalf - length : centre + cellHalf;
    this.#bar.tint = this.#colours[trend];
    this.#gaining.visible = trend === 'gaining';
    this.#losing.visible = trend === 'losing';
    this.#number.text = text;
  }
}
