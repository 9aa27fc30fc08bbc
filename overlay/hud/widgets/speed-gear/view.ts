import { Container } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import type { Words } from '../../drawing/words.ts';
import { minus } from '../../number-text.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { SpeedGearModel } from './model.ts';

const { width, height } = places.speedGear;
/** The target's row, below the rule. */
const footHeight = 40;
const headHeight = height - footHeight;
const speedBaseline = 60;
const targetBaseline = headHeight + 28;
const dividerX = 148;
const speedRight = 104;
const gearCentre = (dividerX + width) / 2;

export class SpeedGearView implements View<SpeedGearModel> {
  readonly #root: Container;
  readonly #plate: Plate;
  readonly #head = new Container();
  readonly #foot = new Container();
  readonly #speed: Figures;
  readonly #gear: Words | null;
  readonly #targetSpeed: Figures;
  readonly #targetGear: Words | null;
  readonly #withTarget: boolean;

  constructor(kit: Kit, root: Container) {
    const { colour, locale } = kit;
    const { gear, target } = kit.options.speedGear;
    this.#root = root;
    this.#withTarget = target;
    root.addChild(this.#head, this.#foot);
    const shownWidth = gear ? width : dividerX;
    this.#plate = kit.plate(this.#head, shownWidth, height);
    this.#speed = kit.figures(this.#head, {
      size: 'huge',
      colour: colour.ink,
      align: 1,
      x: speedRight,
      baseline: speedBaseline,
    });
    const unit = { fontSize: type.size.body, colour: colour.muted, align: 0 };
    kit.words(this.#head, {
      ...unit,
      text: locale.unit('speed'),
      x: speedRight + space.unit,
      baseline: speedBaseline,
    });
    this.#gear = gear ? gearWords(kit, this.#head, type.size.huge, speedBaseline) : null;
    if (gear) kit.bar(this.#head, colour.line, dividerX, space.pad, 1, headHeight - 2 * space.pad);
    kit.bar(this.#foot, colour.line, space.pad, headHeight, shownWidth - 2 * space.pad, 1);
    kit.words(this.#foot, { ...unit, text: locale.text('target'), x: space.pad, baseline: targetBaseline });
    this.#targetSpeed = kit.figures(this.#foot, {
      size: 'title',
      colour: colour.ink,
      align: 1,
      x: speedRight,
      baseline: targetBaseline,
    });
    this.#targetGear = gear ? gearWords(kit, this.#foot, type.size.title, targetBaseline) : null;
  }

  draw(model: Readonly<SpeedGearModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    const target = this.#withTarget && model.targetSpeed !== '';
    this.#plate.height = target ? height : headHeight;
    // Without a target the speed stands on the lower edge, in a row with its neighbours.
    this.#head.y = target ? 0 : footHeight;
    this.#foot.visible = target;
    this.#speed.text = model.speed || minus;
    this.#targetSpeed.text = model.targetSpeed;
    if (this.#gear) this.#gear.text = model.gear;
    if (this.#targetGear) this.#targetGear.text = model.targetGear;
  }
}

/** Words, because N and R are no figures; they change a few times a corner. */
const gearWords = (kit: Kit, into: Container, fontSize: number, baseline: number) =>
  kit.words(into, {
    fontSize,
    weight: type.figure,
    colour: kit.colour.ink,
    align: 0.5,
    x: gearCentre,
    baseline,
  });
