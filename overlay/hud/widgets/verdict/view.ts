import type { Container, NineSliceSprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import { places } from '../../layout.ts';
import type { View } from '../../painted.ts';
import { colour, space, type } from '../../tokens.ts';
import type { VerdictModel } from './model.ts';

const { width, height } = places.verdict;
const blockWidth = 124;
const namePad = 4 * space.unit;
const nameWidth = width - blockWidth - 2 * namePad;

export class VerdictView implements View<VerdictModel> {
  readonly #root: Container;
  readonly #block: NineSliceSprite;
  readonly #number: Figures[];
  readonly #names: Words[];

  constructor(kit: Kit, root: Container) {
    this.#root = root;
    kit.plate(root, width, height);
    this.#block = kit.box(root, 'box', colour.loss, blockWidth, height);
    const baseline = centredBaseline(height / 2, type.size.large);
    // One number for each side: gained on the left, lost on the right.
    this.#number = [blockWidth / 2, width - blockWidth / 2].map((x) =>
      kit.figures(root, { size: 'large', colour: colour.plate, align: 0.5, x, baseline }),
    );
    this.#names = [blockWidth + namePad, width - blockWidth - namePad].map((x, side) =>
      kit.words(root, {
        fontSize: type.size.title,
        weight: type.figure,
        colour: colour.ink,
        align: side,
        x,
        baseline: centredBaseline(height / 2, type.size.title),
        maxWidth: nameWidth,
      }),
    );
  }

  draw({ opacity, loss, text, cornerName }: Readonly<VerdictModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#block.tint = loss ? colour.loss : colour.gain;
    this.#block.x = loss ? width - blockWidth : 0;
    for (const [side, number] of this.#number.entries()) number.text = side === Number(loss) ? text : '';
    for (const [side, name] of this.#names.entries()) name.text = side === Number(loss) ? cornerName : '';
  }
}
