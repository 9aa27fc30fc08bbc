import { Container, type Sprite } from 'pixi.js';
import type { Figures } from '../../drawing/figures.ts';
import type { Kit, Plate } from '../../drawing/kit.ts';
import type { Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { type GForceModel, type GForcePresenter, radiusSteps } from './model.ts';
import { stepMs } from './trail.ts';

const { width, height } = places.gForce;
const centreX = width / 2;
const centreY = height / 2;
const radius = 66;
/** At the dot. */
const trailOpacity = 0.6;
const trailWidth = 2;
const dotRadius = 6;

export class GForceView implements View<GForceModel> {
  readonly #root: Container;
  readonly #plate: Plate;
  readonly #content = new Container();
  readonly #trail: Sprite[];
  readonly #dot: Sprite;
  readonly #beyond: Sprite;
  readonly #number: Figures;
  readonly #unit: Words;
  readonly #presenter: Pick<GForcePresenter, 'trail'>;
  /** Of the trail that is drawn. */
  #revision = -1;

  constructor(kit: Kit, root: Container, presenter: Pick<GForcePresenter, 'trail'>) {
    const { colour } = kit;
    const { trailS } = kit.options.gForce;
    this.#root = root;
    this.#presenter = presenter;
    this.#plate = kit.plate(root, width, height);
    root.addChild(this.#content);
    const into = this.#content;
    kit.circle(into, colour.line, centreX, centreY, radius, 1.5);
    kit.circle(into, colour.line, centreX, centreY, radius / 2, 1);
    kit.bar(into, colour.line, centreX - radius, centreY - 0.5, 2 * radius, 1);
    kit.bar(into, colour.line, centreX - 0.5, centreY - radius, 1, 2 * radius);
    const points = Math.round((trailS * 1000) / stepMs);
    this.#trail = Array.from({ length: points }, () => {
      const part = kit.bar(into, colour.ink, centreX, centreY, 1, trailWidth);
      part.anchor.set(0, 0.5);
      part.alpha = 0;
      return part;
    });
    this.#beyond = kit.circle(into, colour.attention, centreX, centreY, dotRadius + 3, 2);
    this.#dot = kit.circle(into, colour.ink, centreX, centreY, dotRadius / 2, dotRadius);
    const baseline = height - space.unit - 4;
    const right = width - space.unit * 2;
    this.#unit = kit.words(into, {
      text: 'g',
      fontSize: type.size.small,
      colour: colour.muted,
      align: 1,
      x: right,
      baseline,
    });
    this.#number = kit.figures(into, { size: 'body', colour: colour.ink, align: 1, x: right - 8, baseline });
  }

  draw(model: Readonly<GForceModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#plate.rest = !model.live;
    this.#content.visible = model.live;
    if (model.opacity === 0 || !model.live) return;
    for (const sprite of [this.#dot, this.#beyond]) sprite.position.set(pixelX(model.x), pixelY(model.y));
    this.#beyond.visible = model.beyond;
    this.#number.text = model.text;
    this.#unit.opacity = model.text === '' ? 0 : 1;
    this.#drawTrail(model);
  }

  /** Each part reaches from its place to the next, the last one to the dot: the dot moves with every frame, the others with every place that is added. */
  #drawTrail(model: Readonly<GForceModel>): void {
    const last = this.#trail.length - 1;
    const first = model.trail === this.#revision ? Math.max(0, last) : 0;
    this.#revision = model.trail;
    for (let index = first; index <= last; index += 1) this.#drawPart(index, model);
  }

  #drawPart(index: number, model: Readonly<GForceModel>): void {
    const part = this.#trail[index];
    const { trail } = this.#presenter;
    if (part === undefined) return;
    const x = pixelX(trail?.x[index] ?? Number.NaN);
    const y = pixelY(trail?.y[index] ?? Number.NaN);
    const toX = pixelX(trail?.x[index + 1] ?? model.x) - x;
    const toY = pixelY(trail?.y[index + 1] ?? model.y) - y;
    const length = Math.sqrt(toX * toX + toY * toY);
    // Clear instead of away: what goes away or comes back has the renderer build the panel anew.
    part.alpha = length > 0 ? this.#opacityOf(index) : 0;
    if (!(length > 0)) return;
    part.position.set(x, y);
    part.setSize(length, trailWidth);
    part.rotation = Math.atan2(toY, toX);
  }

  /** Fainter towards the trail's end. */
  #opacityOf(index: number): number {
    return (trailOpacity * (index + 1)) / this.#trail.length;
  }
}

const pixelX = (steps: number) => centreX + (steps * radius) / radiusSteps;
const pixelY = (steps: number) => centreY - (steps * radius) / radiusSteps;
