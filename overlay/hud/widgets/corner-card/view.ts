import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import type { Words } from '../../drawing/words.ts';
import { minus } from '../../number-text.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { CornerCardModel } from './model.ts';

const { width, height } = places.cornerCard;
const headHeight = 52;
const nameX = 56;
const nameBaseline = 34;
const figureBaseline = 112;
/** Two cells: figures begin at the left of a cell, units end at its right. */
const dividerX = 172;
const speedX = 4 * space.unit;
const gearX = dividerX + 4 * space.unit;
const unitPad = space.pad;
const kindWidth = 52;

export class CornerCardView implements View<CornerCardModel> {
  readonly #root: Container;
  readonly #plate: Plate;
  readonly #content = new Container();
  readonly #bend: Sprite;
  readonly #name: Words;
  readonly #kind: Words;
  readonly #kinds: Record<CornerCardModel['kind'], string>;
  readonly #speed: Figures;
  readonly #gear: Figures;
  /** In the corner the rule under its name is bright. */
  readonly #inside: Sprite;

  constructor(kit: Kit, root: Container) {
    const { colour, locale } = kit;
    const { speed, gear } = kit.options.cornerCard;
    this.#root = root;
    this.#plate = kit.plate(root, width, height);
    root.addChild(this.#content);
    const into = this.#content;
    kit.bar(into, colour.line, space.pad, headHeight, width - 2 * space.pad, 1);
    this.#inside = kit.bar(into, colour.ink, space.pad, headHeight, width - 2 * space.pad, 2);
    if (speed && gear)
      kit.bar(into, colour.line, dividerX, headHeight + space.pad, 1, height - headHeight - 2 * space.pad);
    this.#bend = kit.shape(into, 'bend', colour.ink, 30, headHeight / 2);
    this.#name = kit.words(into, {
      fontSize: type.size.title,
      weight: type.figure,
      colour: colour.ink,
      align: 0,
      x: nameX,
      baseline: nameBaseline,
      maxWidth: width - nameX - space.pad - kindWidth,
      smaller: [type.size.body],
    });
    const label = { fontSize: type.size.body, colour: colour.muted };
    this.#kind = kit.words(into, { ...label, align: 1, x: width - space.pad, baseline: nameBaseline });
    const figure = { size: 'huge', colour: colour.ink, align: 0, baseline: figureBaseline } as const;
    this.#speed = kit.figures(into, { ...figure, x: speedX });
    this.#gear = kit.figures(into, { ...figure, x: gearX });
    const unit = { ...label, align: 1, baseline: figureBaseline };
    this.#speed.opacity = speed ? 1 : 0;
    this.#gear.opacity = gear ? 1 : 0;
    if (speed) kit.words(into, { ...unit, text: locale.unit('speed'), x: dividerX - unitPad });
    if (gear) kit.words(into, { ...unit, text: locale.text('gear'), x: width - unitPad });
    this.#kinds = { brake: '', lift: locale.text('lift'), flat: locale.text('flat') };
  }

  draw(model: Readonly<CornerCardModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#plate.rest = !model.live;
    this.#content.visible = model.live;
    this.#bend.scale.x = (model.direction === 'left' ? -1 : 1) * Math.abs(this.#bend.scale.x);
    this.#name.text = model.name;
    this.#kind.text = this.#kinds[model.kind];
    this.#speed.text = model.speed || minus;
    this.#gear.text = model.gear || minus;
    this.#inside.visible = model.inside;
  }
}
