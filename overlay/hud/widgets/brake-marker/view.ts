import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import { type BrakeMarkerModel, fillSteps } from './model.ts';

const { width, height } = places.brakeMarker;
const middle = height / 2;
/** Room for the metres between the two bars. */
const wellWidth = 128;
const trackStart = 2 * space.unit;
const trackLength = (width - wellWidth) / 2 - trackStart;
/** Before the beats, then one for each beat: the bar grows in height as well as in brightness. */
const barHeights = [10, 20, 30, 40] as const;
const barOpacities = [0.75, 0.8, 0.9, 1] as const;
const beatsS = [1.5, 1, 0.5] as const;
const edgeWidth = 4;
const hollowHeight = 20;
const hollowLine = 2;
/** Words need a plate behind them; one no larger than they are leaves the road in sight. */
const tag = { pad: 18, height: 32 };

/** One side's bar; the right one is the left one mirrored. */
class Side {
  readonly #bar: Sprite;
  readonly #hollow: Sprite;
  readonly #edge: Sprite;
  readonly #track: Container;
  readonly #colour: Palette;

  constructor(kit: Kit, root: Container, mirrored: boolean) {
    const { colour } = kit;
    const { approachS } = kit.options.brakeMarker;
    this.#colour = colour;
    this.#track = new Container();
    this.#track.position.set(mirrored ? width - trackStart : trackStart, middle);
    this.#track.scale.x = mirrored ? -1 : 1;
    root.addChild(this.#track);
    kit.bar(this.#track, colour.line, 0, -1, trackLength, 2);
    for (const beatS of beatsS)
      kit.bar(this.#track, colour.line, Math.round(trackLength * (1 - beatS / approachS)), -8, 2, 16);
    this.#bar = kit.bar(this.#track, colour.attention, 0, 0, 1, 1);
    this.#hollow = kit.bar(this.#track, colour.plate, 0, 0, 1, 1);
    this.#edge = kit.bar(this.#track, colour.ink, 0, 0, edgeWidth, 1);
  }

  draw({ mode, fill, step }: Readonly<BrakeMarkerModel>): void {
    this.#track.visible = mode === 'shown' || mode === 'commanded';
    const length = (trackLength * fill) / fillSteps;
    const barHeight = mode === 'shown' ? hollowHeight : (barHeights[step] ?? 0);
    this.#bar.position.y = -barHeight / 2;
    this.#bar.setSize(length, barHeight);
    this.#bar.alpha = barOpacities[step] ?? 1;
    this.#bar.tint = step > 0 ? this.#colour.attention : this.#colour.muted;
    this.#hollow.visible = mode === 'shown' && length > 2 * hollowLine;
    this.#hollow.position.set(hollowLine, hollowLine - barHeight / 2);
    this.#hollow.setSize(Math.max(0, length - 2 * hollowLine), barHeight - 2 * hollowLine);
    this.#edge.visible = mode === 'commanded' && length > edgeWidth;
    this.#edge.position.set(length - edgeWidth, -barHeight / 2);
    this.#edge.setSize(edgeWidth, barHeight);
  }
}

export class BrakeMarkerView implements View<BrakeMarkerModel> {
  readonly #root: Container;
  readonly #colour: Palette;
  readonly #plate: Plate;
  readonly #sides: Side[];
  readonly #count: Figures;
  readonly #unit: Words;
  readonly #command: Words;
  readonly #learning: Words;
  readonly #learningTag = new Container();
  readonly #learningPlate: Plate;

  constructor(kit: Kit, root: Container) {
    const { colour, locale } = kit;
    this.#colour = colour;
    this.#root = root;
    this.#plate = kit.plate(root, width, height);
    this.#sides = [new Side(kit, root, false), new Side(kit, root, true)];
    const baseline = centredBaseline(middle, type.size.large);
    const unitX = width / 2 + 30;
    this.#count = kit.figures(root, {
      size: 'large',
      colour: colour.ink,
      align: 1,
      x: unitX - space.unit,
      baseline,
    });
    this.#unit = kit.words(root, {
      text: kit.options.brakeMarker.countdown === 'seconds' ? 's' : locale.unit('distance'),
      fontSize: type.size.body,
      colour: colour.muted,
      align: 0,
      x: unitX,
      baseline,
    });
    this.#command = kit.words(root, {
      text: locale.text('brake'),
      fontSize: type.size.large,
      weight: type.figure,
      colour: colour.plate,
      align: 0.5,
      x: width / 2,
      baseline,
    });
    root.addChild(this.#learningTag);
    this.#learningTag.y = (height - tag.height) / 2;
    this.#learningPlate = kit.plate(this.#learningTag, width, tag.height);
    this.#learning = kit.words(this.#learningTag, {
      fontSize: type.size.body,
      colour: colour.ink,
      align: 0,
      x: tag.pad,
      baseline: centredBaseline(tag.height / 2, type.size.body),
    });
  }

  draw(model: Readonly<BrakeMarkerModel>): void {
    this.#learning.text = model.learning;
    this.#learningTag.visible = model.learning !== '';
    const tagWidth = 2 * Math.ceil(this.#learning.width / 2) + 2 * tag.pad;
    this.#learningPlate.width = tagWidth;
    this.#learningTag.x = (width - tagWidth) / 2;
    const go = model.mode === 'go';
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#plate.rest = model.mode === 'rest';
    this.#plate.block = go ? (model.flash ? this.#colour.ink : this.#colour.brake) : null;
    for (const side of this.#sides) side.draw(model);
    this.#count.text = model.count;
    this.#unit.opacity = model.count === '' ? 0 : 1;
    this.#command.opacity = go ? 1 : 0;
  }
}
