import { Container, type NineSliceSprite, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { Notice, noticeHeight } from '../../drawing/notice.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import { minus } from '../../number-text.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import type { FuelModel } from './model.ts';
import { barSteps } from './values.ts';

const { width, height } = places.fuel;
const left = space.pad;
const right = width - space.pad;
const lapsBaseline = 40;
/** Height of the widget where the flag is not known: the upper part alone. */
const upperHeight = 52;
/** What is saved without the bar. */
const barRoom = 14;
const lowHeight = 36;
const lowPad = 6;
const barY = 56;
const barHeight = 8;
const marginMiddle = 80;
const marginBlock = { width: 52, height: 22 };

export class FuelView implements View<FuelModel> {
  readonly #root: Container;
  readonly #colour: Palette;
  readonly #content = new Container();
  readonly #lower = new Container();
  readonly #bars = new Container();
  readonly #notice: Notice;
  readonly #plate: Plate;
  readonly #low: NineSliceSprite;
  readonly #laps: Figures;
  readonly #lapsUnit: Words;
  readonly #level: Figures;
  readonly #levelUnit: Words;
  readonly #perLap: Words;
  readonly #tank: Sprite;
  /** Sets the flag off from the tank's bar. */
  readonly #gap: Sprite;
  readonly #flag: Sprite;
  readonly #short: NineSliceSprite;
  readonly #tight: NineSliceSprite;
  readonly #margin: Figures;
  readonly #words: Words;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#colour = colour;
    this.#root = root;
    root.addChild(this.#content);
    const into = this.#content;
    this.#plate = kit.plate(into, width, height);
    this.#low = kit.box(into, 'box', colour.attention, 2 * lowPad, lowHeight);
    this.#low.position.set(left - lowPad, 8);
    this.#laps = kit.figures(into, {
      size: 'large',
      colour: colour.ink,
      align: 0,
      x: left,
      baseline: lapsBaseline,
    });
    const small = { fontSize: type.size.small, colour: colour.muted };
    this.#lapsUnit = kit.words(into, {
      ...small,
      align: 0,
      x: left,
      baseline: lapsBaseline,
    });
    this.#level = kit.figures(into, {
      size: 'body',
      colour: colour.ink,
      align: 1,
      x: right - 24,
      baseline: 22,
    });
    this.#levelUnit = kit.words(into, { ...small, align: 1, x: right, baseline: 22 });
    this.#perLap = kit.words(into, { ...small, align: 1, x: right, baseline: lapsBaseline + 2 });
    into.addChild(this.#lower);
    this.#lower.addChild(this.#bars);
    kit.bar(this.#bars, colour.line, left, barY + barHeight / 2 - 1, right - left, 2);
    this.#tank = kit.bar(this.#bars, colour.muted, left, barY, 1, barHeight);
    this.#gap = kit.bar(this.#bars, colour.plate, left, barY, 6, barHeight);
    this.#flag = kit.shape(this.#bars, 'flag', colour.ink, left, barY + barHeight / 2 - 2);
    this.#flag.anchor.set(0, 0.5);
    this.#short = this.#block(kit, 'box', colour.loss);
    this.#tight = this.#block(kit, 'boxOutline', colour.attention);
    this.#margin = kit.figures(this.#lower, {
      size: 'body',
      colour: colour.ink,
      align: 0.5,
      x: left + marginBlock.width / 2,
      baseline: centredBaseline(marginMiddle, type.size.body),
    });
    this.#words = kit.words(this.#lower, {
      ...small,
      align: 0,
      x: left,
      baseline: centredBaseline(marginMiddle, type.size.small),
      maxWidth: right - left,
    });
    this.#notice = new Notice(kit, root, width, height - noticeHeight);
  }

  draw(model: Readonly<FuelModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#content.visible = model.live;
    this.#notice.text = model.live ? '' : model.words;
    this.#low.visible = model.low;
    this.#laps.text = model.laps || minus;
    const lapsWidth = Math.ceil(this.#laps.width);
    this.#low.width = lapsWidth + 2 * lowPad;
    this.#lapsUnit.x = left + lapsWidth + lowPad + 2 * space.unit;
    this.#laps.colour = model.low ? this.#colour.plate : this.#colour.ink;
    this.#lapsUnit.text = model.lapsUnit;
    this.#level.text = model.level;
    this.#levelUnit.text = model.levelUnit;
    this.#perLap.text = model.perLap;
    this.#drawFlag(model);
  }

  #drawFlag(model: Readonly<FuelModel>): void {
    const hasBar = model.tank >= 0;
    const hasLower = hasBar || model.words !== '';
    this.#lower.visible = hasLower;
    const shownHeight = hasBar ? height : hasLower ? height - barRoom : upperHeight;
    this.#plate.height = shownHeight;
    this.#content.y = height - shownHeight;
    this.#lower.y = hasBar ? 0 : -barRoom;
    this.#bars.visible = hasBar;
    const length = right - left;
    this.#tank.setSize(Math.max(1, (model.tank / barSteps) * length), barHeight);
    this.#tank.tint = model.margin === 'short' ? this.#colour.loss : this.#colour.muted;
    this.#flag.x = left + Math.min(length - 2, (model.flag / barSteps) * length);
    this.#gap.x = this.#flag.x - 2;
    this.#short.visible = model.margin === 'short' && model.marginLaps !== '';
    this.#tight.visible = model.margin === 'tight' && model.marginLaps !== '';
    this.#margin.text = model.marginLaps;
    this.#margin.colour = this.#short.visible ? this.#colour.plate : this.#colour.ink;
    this.#words.text = model.words;
    this.#words.x = model.marginLaps === '' ? left : left + marginBlock.width + 2 * space.unit;
  }

  #block(kit: Kit, form: 'box' | 'boxOutline', tint: number): NineSliceSprite {
    const block = kit.box(this.#lower, form, tint, marginBlock.width, marginBlock.height);
    block.position.set(left, marginMiddle - marginBlock.height / 2);
    return block;
  }
}
