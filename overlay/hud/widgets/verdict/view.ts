import { Container, type NineSliceSprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import type { VerdictModel } from './model.ts';

const { width, height } = places.verdict;
const blockWidth = 124;
const namePad = 4 * space.unit;
const nameWidth = width - blockWidth - 2 * namePad;

/** As wide as the name needs, centred; lost time on the right of the name, gained on the left, as in the delta bar. */
export class VerdictView implements View<VerdictModel> {
  readonly #root: Container;
  readonly #colour: Palette;
  readonly #group = new Container();
  readonly #plate: Plate;
  readonly #block: NineSliceSprite;
  readonly #number: Figures;
  readonly #name: Words;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#colour = colour;
    this.#root = root;
    root.addChild(this.#group);
    this.#plate = kit.plate(this.#group, width, height);
    this.#block = kit.box(this.#group, 'box', colour.loss, blockWidth, height);
    this.#number = kit.figures(this.#group, {
      size: 'large',
      colour: colour.plate,
      align: 0.5,
      x: 0,
      baseline: centredBaseline(height / 2, type.size.large),
    });
    this.#name = kit.words(this.#group, {
      fontSize: type.size.title,
      weight: type.figure,
      colour: colour.ink,
      align: 0,
      x: 0,
      baseline: centredBaseline(height / 2, type.size.title),
      maxWidth: nameWidth,
    });
  }

  draw({ opacity, loss, text, cornerName }: Readonly<VerdictModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#number.text = text;
    this.#name.text = cornerName;
    const nameRoom = cornerName === '' ? 0 : Math.ceil(this.#name.width) + 2 * namePad;
    const shownWidth = nameRoom + blockWidth;
    const blockX = loss ? shownWidth - blockWidth : 0;
    this.#group.x = Math.round((width - shownWidth) / 2);
    this.#plate.width = shownWidth;
    this.#block.tint = loss ? this.#colour.loss : this.#colour.gain;
    this.#block.x = blockX;
    this.#number.x = blockX + blockWidth / 2;
    this.#name.x = loss ? namePad : blockWidth + namePad;
  }
}
