import { Container, type Sprite } from 'pixi.js';
import type { Kit } from '../../drawing/kit.ts';
import { centredBaseline, type Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import type { RadarModel } from './model.ts';

const { width, height } = places.radar;
const wingWidth = 160;
/** Two cars: two blocks with this between them. */
const split = 2 * space.unit;
const halfWidth = (wingWidth - split) / 2;
/** Of plate around a block: a white one would be lost in a white scene. */
const rim = 3;
/** Of the arrow, where words stand beside it. */
const chevronX = 22;

/** One side. White, because the marker below it closes in yellow: two things that are seen from the corner of the eye must not look alike. */
class Wing {
  readonly #clear = new Container();
  readonly #whole: Container;
  readonly #halves: Container[];
  readonly #arrows: Sprite[];
  readonly #words: Words | null;
  readonly #names: readonly string[];
  readonly #showsClear: boolean;
  readonly #right: boolean;

  constructor(kit: Kit, root: Container, side: 'left' | 'right') {
    const { colour, locale } = kit;
    this.#showsClear = !kit.options.radar.onlyAlongside;
    const wing = new Container();
    const right = side === 'right';
    this.#right = right;
    wing.x = right ? width - wingWidth : 0;
    root.addChild(wing);
    const mirrored = (x: number, own = 0) => (right ? wingWidth - x - own : x);
    wing.addChild(this.#clear);
    kit.plate(this.#clear, wingWidth, height).rest = true;
    const block = (x: number, blockWidth: number) => {
      const group = new Container();
      group.x = mirrored(x, blockWidth);
      wing.addChild(group);
      kit.plate(group, blockWidth, height);
      const box = kit.box(group, 'box', colour.ink, blockWidth - 2 * rim, height - 2 * rim);
      box.position.set(rim, rim);
      return group;
    };
    this.#whole = block(0, wingWidth);
    this.#halves = [block(0, halfWidth), block(halfWidth + split, halfWidth)];
    this.#arrows = [0, 1].map(() => {
      const arrow = kit.shape(wing, 'chevron', colour.plate, 0, height / 2);
      arrow.rotation = right ? 0 : Math.PI;
      return arrow;
    });
    this.#names = right
      ? ['', locale.text('carRight'), locale.text('twoRight')]
      : ['', locale.text('carLeft'), locale.text('twoLeft')];
    this.#words = kit.options.radar.words
      ? kit.words(wing, {
          fontSize: type.size.body,
          weight: type.figure,
          colour: colour.plate,
          align: right ? 1 : 0,
          x: mirrored(2 * chevronX - space.unit),
          baseline: centredBaseline(height / 2, type.size.body),
          maxWidth: wingWidth - 2 * chevronX,
        })
      : null;
  }

  draw(cars: 0 | 1 | 2): void {
    this.#clear.visible = cars === 0 && this.#showsClear;
    // With words two cars are one block: the words have no gap between them.
    const halves = cars === 2 && this.#words === null;
    this.#whole.visible = cars > 0 && !halves;
    for (const half of this.#halves) half.visible = halves;
    const at = arrowsX(cars, this.#words !== null);
    for (const [index, arrow] of this.#arrows.entries()) {
      const x = at[index];
      arrow.visible = x !== undefined;
      if (x !== undefined) arrow.x = this.#right ? wingWidth - x : x;
    }
    if (this.#words) this.#words.text = this.#names[cars] ?? '';
  }
}

/** In the middle of each block; at its outer end where words follow. */
function arrowsX(cars: 0 | 1 | 2, withWords: boolean): readonly number[] {
  if (cars === 0) return [];
  if (withWords) return [chevronX];
  return cars === 1 ? [wingWidth / 2] : [halfWidth / 2, halfWidth + split + halfWidth / 2];
}

export class RadarView implements View<RadarModel> {
  readonly #root: Container;
  readonly #left: Wing;
  readonly #right: Wing;

  constructor(kit: Kit, root: Container) {
    this.#root = root;
    this.#left = new Wing(kit, root, 'left');
    this.#right = new Wing(kit, root, 'right');
  }

  draw({ opacity, left, right }: Readonly<RadarModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    this.#left.draw(left);
    this.#right.draw(right);
  }
}
