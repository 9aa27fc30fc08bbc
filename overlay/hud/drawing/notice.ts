/** One line on a plate of its own, in place of a widget that has nothing to show yet. */
import { Container } from 'pixi.js';
import { space, type } from '../tokens.ts';
import type { Kit } from './kit.ts';
import { centredBaseline, type Words } from './words.ts';

export const noticeHeight = 32;

export class Notice {
  readonly #group = new Container();
  readonly #words: Words;

  /** @param y where it stands in the widget's box */
  constructor(kit: Kit, into: Container, width: number, y: number) {
    into.addChild(this.#group);
    this.#group.y = y;
    kit.plate(this.#group, width, noticeHeight);
    this.#words = kit.words(this.#group, {
      fontSize: type.size.small,
      colour: kit.colour.muted,
      align: 0,
      x: space.pad,
      baseline: centredBaseline(noticeHeight / 2, type.size.small),
      maxWidth: width - 2 * space.pad,
    });
  }

  /** Empty: there is nothing to say, and no plate. */
  set text(value: string) {
    this.#group.visible = value !== '';
    this.#words.text = value;
  }
}
