import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit } from '../../drawing/kit.ts';
import { Notice } from '../../drawing/notice.ts';
import type { Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { bandSteps, type ConsistencyModel } from './model.ts';

const { width, height } = places.consistency;
const left = space.pad;
const right = width - space.pad;
const centre = width / 2;
const bandY = 53;
const bandHeight = 6;
const firstBaseline = 22;
const secondBaseline = 42;
/** The large number ends here; its label begins behind it. */
const spreadRight = 96;
const labelWidth = 64;
const figureRoom = 52;

/** A name and its number on one line at the right. */
class Line {
  readonly #name: Words;
  readonly #number: Figures;

  constructor(kit: Kit, into: Container, baseline: number) {
    this.#number = kit.figures(into, { size: 'body', colour: kit.colour.ink, align: 1, x: right, baseline });
    this.#name = kit.words(into, {
      fontSize: type.size.small,
      colour: kit.colour.muted,
      align: 1,
      x: right - figureRoom,
      baseline,
      maxWidth: right - figureRoom - spreadRight - labelWidth,
    });
  }

  draw(name: string, number: string): void {
    this.#name.text = name;
    this.#number.text = number;
  }
}

export class ConsistencyView implements View<ConsistencyModel> {
  readonly #root: Container;
  readonly #content = new Container();
  readonly #notice: Notice;
  readonly #spread: Figures;
  readonly #label: Words;
  readonly #band: Sprite;
  readonly #mean: Line;
  readonly #corner: Line;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#root = root;
    root.addChild(this.#content);
    const into = this.#content;
    kit.plate(into, width, height);
    kit.words(into, {
      text: '\u00b1',
      fontSize: type.size.title,
      colour: colour.muted,
      align: 0,
      x: left,
      baseline: secondBaseline - 4,
    });
    this.#spread = kit.figures(into, {
      size: 'large',
      colour: colour.ink,
      align: 1,
      x: spreadRight,
      baseline: secondBaseline,
    });
    this.#label = kit.words(into, {
      fontSize: type.size.small,
      colour: colour.muted,
      align: 0,
      x: spreadRight + 6,
      baseline: secondBaseline,
      maxWidth: labelWidth - space.unit,
    });
    kit.bar(into, colour.line, left, bandY + bandHeight / 2 - 1, right - left, 1);
    this.#band = kit.bar(into, colour.ink, left, bandY, 1, bandHeight);
    kit.bar(into, colour.line, centre - 1, bandY - 2, 2, bandHeight + 4);
    this.#mean = new Line(kit, into, firstBaseline);
    this.#corner = new Line(kit, into, secondBaseline);
    this.#notice = new Notice(kit, root, width, 0);
  }

  draw(model: Readonly<ConsistencyModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#content.visible = model.live;
    this.#notice.text = model.words;
    this.#spread.text = model.spread;
    this.#label.text = model.spreadLabel;
    const half = Math.max(1, (model.band / bandSteps) * (centre - left));
    this.#band.x = centre - half;
    this.#band.setSize(2 * half, bandHeight);
    this.#mean.draw(model.meanLabel, model.mean);
    this.#corner.draw(model.corner === '' ? '' : `${model.corner} \u00b1`, model.cornerSpread);
  }
}
