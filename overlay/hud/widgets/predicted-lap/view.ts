import { Container } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { PredictedLapModel } from './model.ts';

const { width, height } = places.predictedLap;
const middle = height / 2;
/** The time ends here; the gap has the cell to the right of the rule. */
const timeX = 204;
const dividerX = 216;
const gapBaseline = 24;
const labelBaseline = 40;

export class PredictedLapView implements View<PredictedLapModel> {
  readonly #root: Container;
  readonly #plate: Plate;
  readonly #group = new Container();
  readonly #content = new Container();
  readonly #cell = new Container();
  readonly #time: Figures;
  readonly #gap: Figures;
  readonly #colours: Record<PredictedLapModel['side'], number>;

  constructor(kit: Kit, root: Container) {
    const { colour, locale } = kit;
    const { compare } = kit.options.predictedLap;
    this.#colours = { faster: colour.gain, even: colour.ink, slower: colour.loss };
    this.#root = root;
    root.addChild(this.#group);
    this.#plate = kit.plate(this.#group, width, height);
    this.#group.addChild(this.#content);
    this.#content.addChild(this.#cell);
    const label = { fontSize: type.size.small, colour: colour.muted };
    kit.words(this.#content, {
      ...label,
      text: locale.text('predicted'),
      align: 0,
      x: space.pad,
      baseline: centredBaseline(middle, type.size.large),
    });
    this.#time = kit.figures(this.#content, {
      size: 'large',
      colour: colour.ink,
      align: 1,
      x: timeX,
      baseline: centredBaseline(middle, type.size.large),
    });
    kit.bar(this.#cell, colour.line, dividerX, space.pad, 1, height - 2 * space.pad);
    const right = { align: 1, x: width - space.pad };
    this.#gap = kit.figures(this.#cell, {
      ...right,
      size: 'title',
      colour: colour.ink,
      baseline: gapBaseline,
    });
    const words = locale.text(compare === 'best' ? 'toBest' : 'toReference');
    kit.words(this.#cell, { ...label, ...right, text: words, baseline: labelBaseline });
  }

  draw({ opacity, live, time, gap, side }: Readonly<PredictedLapModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#plate.rest = !live;
    this.#content.visible = live;
    this.#cell.visible = gap !== '';
    // Without a gap the plate ends behind the time.
    const shownWidth = live && gap === '' ? dividerX : width;
    this.#plate.width = shownWidth;
    this.#group.x = (width - shownWidth) / 2;
    this.#time.text = time;
    this.#gap.text = gap;
    this.#gap.colour = this.#colours[side];
  }
}
