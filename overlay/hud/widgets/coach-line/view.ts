import { Container, type Sprite } from 'pixi.js';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import type { CoachLineForm, CoachLineModel } from './model.ts';

const { width, height } = places.coachLine;
const middle = height / 2;
const formX = 26;
const textX = 48;
const pad = 4 * space.unit;

/** As wide as the words need, centred under the marker. */
export class CoachLineView implements View<CoachLineModel> {
  readonly #root: Container;
  readonly #group = new Container();
  readonly #plate: Plate;
  readonly #forms: Record<CoachLineForm, Sprite>;
  readonly #text: Words;
  readonly #colour: Palette;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#colour = colour;
    this.#root = root;
    root.addChild(this.#group);
    this.#plate = kit.plate(this.#group, width, height);
    this.#forms = {
      danger: kit.shape(this.#group, 'warning', colour.plate, formX, middle),
      advice: kit.shape(this.#group, 'chevron', colour.ink, formX, middle),
      note: kit.shape(this.#group, 'dot', colour.muted, formX, middle),
    };
    this.#text = kit.words(this.#group, {
      fontSize: type.size.title,
      weight: type.figure,
      colour: colour.ink,
      align: 0,
      x: textX,
      baseline: centredBaseline(middle, type.size.title),
      maxWidth: width - textX - pad,
      smaller: [type.size.body],
    });
  }

  draw({ opacity, form, text }: Readonly<CoachLineModel>): void {
    const danger = form === 'danger';
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#text.text = text;
    this.#text.colour = danger ? this.#colour.plate : this.#colour.ink;
    const shownWidth = Math.ceil(textX + this.#text.width + pad);
    this.#plate.width = shownWidth;
    this.#plate.rest = false;
    this.#plate.block = danger ? this.#colour.attention : null;
    this.#group.x = Math.round((width - shownWidth) / 2);
    for (const [name, sprite] of Object.entries(this.#forms)) sprite.visible = name === form;
  }
}
