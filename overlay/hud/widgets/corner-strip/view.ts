import { Container, type Sprite } from 'pixi.js';
import type { Kit } from '../../drawing/kit.ts';
import type { Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { barSteps, type CornerStripModel, type CornerStripPresenter } from './model.ts';

const { width, height } = places.cornerStrip;
const room = width - 2 * space.pad;
/** With numbers below them the bars are a little shorter. */
const halfHeight = (numbered: boolean) => (numbered ? 13 : 17);
const widestSlot = 64;
/** Numbers of narrower slots would touch. */
const narrowestNumbered = 16;

type Content = Pick<CornerStripPresenter, 'bars' | 'names'>;

/** One corner. */
class Slot {
  readonly #bar: Sprite;
  readonly #tick: Sprite;
  readonly #now: Sprite;
  readonly #name: Words | null;
  readonly #kit: Kit;
  readonly #baseY: number;
  readonly #half: number;
  readonly #barWidth: number;

  /** @param name null where there is no room for it, or it is not wanted */
  constructor(kit: Kit, into: Container, centreX: number, slotWidth: number, name: string | null) {
    const { colour } = kit;
    this.#kit = kit;
    this.#half = halfHeight(name !== null);
    this.#baseY = space.unit + this.#half;
    this.#barWidth = Math.max(3, Math.round(slotWidth * 0.6));
    const x = Math.round(centreX - this.#barWidth / 2);
    this.#now = kit.bar(into, colour.ink, x - 2, height - 3, this.#barWidth + 4, 2);
    this.#tick = kit.bar(into, colour.line, x, this.#baseY - 1, this.#barWidth, 2);
    this.#bar = kit.bar(into, colour.loss, x, this.#baseY, this.#barWidth, 1);
    this.#name = name
      ? kit.words(into, {
          text: name,
          fontSize: type.size.micro,
          colour: colour.muted,
          align: 0.5,
          x: Math.round(centreX),
          baseline: height - 5,
        })
      : null;
  }

  draw(bar: number, current: boolean): void {
    const { colour } = this.#kit;
    const known = Number.isFinite(bar);
    const length = (this.#half * Math.abs(bar)) / barSteps;
    this.#tick.tint = known ? colour.ink : colour.line;
    this.#tick.visible = !(length > 0);
    this.#bar.visible = length > 0;
    if (this.#bar.visible) {
      this.#bar.tint = bar > 0 ? colour.loss : colour.gain;
      this.#bar.y = bar > 0 ? this.#baseY : this.#baseY - length;
      this.#bar.setSize(this.#barWidth, length);
    }
    this.#now.visible = current;
    if (this.#name) this.#name.colour = current ? colour.ink : colour.muted;
  }
}

/** Slots are made when the corners are known, and again when another reference has others. */
export class CornerStripView implements View<CornerStripModel> {
  readonly #root: Container;
  readonly #kit: Kit;
  readonly #content: Content;
  #names: readonly string[] = [];
  #holder = new Container();
  #slots: Slot[] = [];

  constructor(kit: Kit, root: Container, content: Content) {
    this.#kit = kit;
    this.#root = root;
    this.#content = content;
    kit.plate(root, width, height);
    root.addChild(this.#holder);
  }

  draw({ opacity, current }: Readonly<CornerStripModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    const { bars, names } = this.#content;
    if (names.join() !== this.#names.join()) this.#make(names);
    for (const [index, slot] of this.#slots.entries())
      slot.draw(bars[index] ?? Number.NaN, index === current);
  }

  #make(names: readonly string[]): void {
    this.#names = names;
    this.#holder.destroy({ children: true });
    this.#holder = new Container();
    this.#root.addChild(this.#holder);
    const slotWidth = Math.min(widestSlot, room / names.length);
    const left = (width - slotWidth * names.length) / 2;
    const { colour } = this.#kit;
    const numbered = this.#kit.options.cornerStrip.numbers && slotWidth >= narrowestNumbered;
    const lineY = space.unit + halfHeight(numbered);
    this.#kit.bar(this.#holder, colour.line, left, lineY, slotWidth * names.length, 1);
    this.#slots = names.map((name, index) => {
      const centreX = left + slotWidth * (index + 0.5);
      return new Slot(this.#kit, this.#holder, centreX, slotWidth, numbered ? name : null);
    });
  }
}
