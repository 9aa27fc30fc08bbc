import { Container, type Sprite } from 'pixi.js';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { StatusForm, StatusModel } from './model.ts';

const { width, height } = places.status;
const folded = height;
const textWidth = width - folded - space.pad;

export class StatusView implements View<StatusModel> {
  readonly #group = new Container();
  readonly #plate: Plate;
  readonly #forms: Record<StatusForm, Sprite>;
  readonly #text: Words;

  constructor(kit: Kit, root: Container) {
    const { colour } = kit;
    root.addChild(this.#group);
    this.#plate = kit.plate(this.#group, folded, height);
    const form = (name: StatusForm, tint: number) =>
      kit.shape(this.#group, name, tint, height / 2, height / 2);
    this.#forms = {
      dot: form('dot', colour.muted),
      ring: form('ring', colour.attention),
      cross: form('cross', colour.muted),
    };
    this.#text = kit.words(this.#group, {
      fontSize: type.size.body,
      colour: colour.ink,
      align: 0,
      x: folded,
      baseline: centredBaseline(height / 2, type.size.body),
      maxWidth: textWidth,
    });
  }

  draw({ form, text }: Readonly<StatusModel>): void {
    for (const [name, sprite] of Object.entries(this.#forms)) sprite.visible = name === form;
    this.#text.text = text;
    const plateWidth = text === '' ? folded : Math.ceil(folded + this.#text.width + space.pad);
    this.#plate.width = plateWidth;
    // Folded: docked to the left of the delta bar. Unfolded: in its place, which is empty while the coach is silent.
    this.#group.x = text === '' ? 0 : Math.round((width - plateWidth) / 2);
  }
}
