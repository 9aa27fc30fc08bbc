import { Container, type Sprite } from 'pixi.js';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { StatusForm, StatusModel } from './model.ts';

const { width, height } = places.status;
const folded = height;
const middle = height / 2;

/** The badge of a session with rules: a shield, and its name where there is room for it. */
class Badge {
  readonly root = new Container();
  readonly #plate: Plate;
  readonly #name: Words;

  constructor(kit: Kit, into: Container) {
    into.addChild(this.root);
    this.#plate = kit.plate(this.root, folded, height);
    kit.shape(this.root, 'shield', kit.colour.ink, folded / 2, middle);
    this.#name = kit.words(this.root, {
      text: kit.locale.text('raceLegal'),
      fontSize: type.size.body,
      weight: type.figure,
      colour: kit.colour.ink,
      align: 0,
      x: folded,
      baseline: centredBaseline(middle, type.size.body),
    });
  }

  get nameWidth(): number {
    return Math.ceil(this.#name.width + space.pad);
  }

  /** Returns how wide it is. */
  draw(named: boolean): number {
    const shownWidth = named ? folded + this.nameWidth : folded;
    this.#plate.width = shownWidth;
    this.#name.opacity = named ? 1 : 0;
    return shownWidth;
  }
}

export class StatusView implements View<StatusModel> {
  readonly #group = new Container();
  readonly #plate: Plate;
  readonly #forms: Record<StatusForm, Sprite>;
  readonly #muted: Sprite;
  readonly #text: Words;
  readonly #badge: Badge;
  readonly #plateColour: number;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    this.#plateColour = colour.plate;
    root.addChild(this.#group);
    this.#plate = kit.plate(this.#group, folded, height);
    const form = (name: 'dot' | 'muted' | 'halfDot' | 'ring' | 'cross', tint: number) =>
      kit.shape(this.#group, name, tint, folded / 2, middle);
    this.#forms = {
      dot: form('dot', colour.muted),
      half: form('halfDot', colour.attention),
      ring: form('ring', colour.attention),
      cross: form('cross', colour.muted),
    };
    this.#muted = form('muted', colour.ink);
    this.#text = kit.words(this.#group, {
      fontSize: type.size.body,
      colour: colour.ink,
      align: 0,
      x: folded,
      baseline: centredBaseline(middle, type.size.body),
      maxWidth: width - folded - space.pad,
      smaller: [type.size.small, type.size.micro],
    });
    this.#badge = new Badge(kit, root);
  }

  draw({ form, muted, text, raceLegal, covers, coversRow }: Readonly<StatusModel>): void {
    this.#text.text = text;
    const lead = this.#drawForm(form, muted, text);
    this.#text.x = lead;
    const unfolded = text !== '';
    const words = unfolded ? Math.ceil(lead + this.#text.width + space.pad) : lead;
    const row = raceLegal ? width - space.unit - folded : width;
    const plateWidth = coversRow ? Math.max(words, row) : words;
    this.#plate.width = plateWidth;
    this.#plate.rest = false;
    this.#plate.block = covers ? this.#plateColour : null;
    this.#badge.root.visible = raceLegal;
    const free = width - plateWidth - space.unit;
    const badgeWidth = raceLegal ? this.#badge.draw(unfolded && free >= folded + this.#badge.nameWidth) : 0;
    // Where even the shield finds no room the words go first.
    if (free < badgeWidth) this.#badge.root.visible = false;
    // Folded: docked to both ends of the delta bar. Unfolded: in its place, which is empty while the coach is silent.
    const both = plateWidth + (this.#badge.root.visible ? space.unit + badgeWidth : 0);
    this.#group.x = unfolded ? Math.round((width - both) / 2) : 0;
    this.#badge.root.x = unfolded ? this.#group.x + plateWidth + space.unit : width - folded;
  }

  /** A loudspeaker struck through stands in the dot's place, else beside the form; where the words leave no room for it they go first. Returns where they begin. */
  #drawForm(form: StatusForm, muted: boolean, text: string): number {
    const instead = muted && form === 'dot';
    const fits = text === '' || 2 * folded + this.#text.width + space.pad <= width;
    const beside = muted && !instead && fits;
    for (const [name, sprite] of Object.entries(this.#forms)) sprite.visible = name === form && !instead;
    this.#muted.visible = instead || beside;
    this.#muted.x = beside ? folded * 1.5 : folded / 2;
    return beside ? 2 * folded : folded;
  }
}
