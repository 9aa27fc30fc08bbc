/** One car of the list: class stripe and name, position, number, driver, laps between us, gap; or how soon it is here. */
import { Container, type NineSliceSprite, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import { legible, worstGround } from '../../legible.ts';
import { places } from '../../places.ts';
import { type Palette, space, type } from '../../tokens.ts';
import type { RelativeRow } from './rows.ts';

export const rowHeight = 28;
const middle = rowHeight / 2;
const { width } = places.relative;
const stripe = { x: 12, width: 4, height: 18 };
const positionRight = 46;
const className = { x: 56, width: 52 };
const number = { x: 112, width: 42 };
const name = { x: 158, width: 104 };
/** Laps between us, or the seconds until a faster car is here. */
const tag = { centre: 290, width: 48, height: 20 };
const right = width - space.pad;

export class RowView {
  readonly #colour: Palette;
  readonly #ground: number;
  readonly #group = new Container();
  readonly #stripe: Sprite;
  readonly #position: Figures;
  readonly #class: Words;
  readonly #number: Words;
  readonly #name: Words;
  readonly #arrival: NineSliceSprite;
  readonly #arrow: Sprite;
  readonly #laps: Figures;
  readonly #gap: Figures;
  readonly #pit: Words;
  readonly #here: Sprite;

  constructor(kit: Kit, into: Container, y: number) {
    const { colour, alpha } = kit;
    this.#colour = colour;
    this.#ground = worstGround(colour.plate, alpha.plate);
    this.#group.y = y;
    into.addChild(this.#group);
    const group = this.#group;
    this.#stripe = kit.bar(
      group,
      colour.muted,
      stripe.x,
      middle - stripe.height / 2,
      stripe.width,
      stripe.height,
    );
    const figure = {
      size: 'body',
      colour: colour.ink,
      baseline: centredBaseline(middle, type.size.body),
    } as const;
    this.#position = kit.figures(group, { ...figure, align: 1, x: positionRight });
    this.#gap = kit.figures(group, { ...figure, align: 1, x: right });
    const small = {
      fontSize: type.size.small,
      colour: colour.muted,
      baseline: centredBaseline(middle, type.size.small),
    };
    this.#class = kit.words(group, { ...small, align: 0, x: className.x, maxWidth: className.width });
    this.#number = kit.words(group, { ...small, align: 0, x: number.x, maxWidth: number.width });
    this.#pit = kit.words(group, { ...small, align: 1, x: right });
    this.#name = kit.words(group, {
      fontSize: type.size.body,
      colour: colour.ink,
      align: 0,
      x: name.x,
      baseline: figure.baseline,
      maxWidth: name.width,
    });
    this.#arrival = kit.box(group, 'box', colour.attention, tag.width, tag.height);
    this.#arrival.position.set(tag.centre - tag.width / 2, middle - tag.height / 2);
    this.#arrow = kit.shape(group, 'arrow', colour.ink, tag.centre - 12, middle);
    this.#laps = kit.figures(group, { ...figure, align: 0.5, x: tag.centre + 6 });
    this.#here = kit.shape(group, 'dot', colour.ink, right - 5, middle);
  }

  draw(row: RelativeRow, pit: string): void {
    const isCar = row.kind === 'car';
    this.#group.visible = row.kind !== 'empty';
    const said = row.inPits ? this.#colour.muted : this.#colour.ink;
    this.#position.colour = said;
    this.#name.colour = said;
    const tint =
      row.classColour < 0 ? this.#colour.muted : legible(row.classColour, this.#ground, this.#colour.ink);
    this.#stripe.tint = tint;
    this.#position.text = row.position;
    this.#class.text = row.className;
    this.#class.colour = tint;
    this.#number.text = row.number;
    this.#name.text = row.name;
    this.#gap.text = row.inPits ? '' : row.gap;
    this.#pit.text = row.inPits ? pit : '';
    this.#here.visible = !isCar;
    this.#drawTag(row);
  }

  /** A car that will be here soon is worth more than how many laps it is ahead. */
  #drawTag({ arrivesInS, laps }: RelativeRow): void {
    const arrives = arrivesInS >= 0;
    this.#arrival.visible = arrives;
    this.#arrow.visible = arrives || laps !== 0;
    this.#laps.text = arrives ? String(arrivesInS) : laps === 0 ? '' : String(Math.abs(laps));
    // Up: it comes, or it is laps ahead; down: laps behind.
    this.#arrow.rotation = (arrives || laps > 0 ? -1 : 1) * (Math.PI / 2);
    const tint = arrives ? this.#colour.plate : laps > 0 ? this.#colour.loss : this.#colour.gain;
    this.#arrow.tint = tint;
    this.#laps.colour = tint;
  }
}
