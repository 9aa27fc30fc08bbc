import { Container, type Sprite } from 'pixi.js';
import type { Kit } from '../../drawing/kit.ts';
import type { Loop } from '../../drawing/loop.ts';
import { Notice } from '../../drawing/notice.ts';
import type { Words } from '../../drawing/words.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space, type } from '../../tokens.ts';
import { type FittedTrack, pieces, rightOf } from './geometry.ts';
import type { Label } from './labels.ts';
import { carSteps, labelSize, type TrackMapModel } from './model.ts';

const { width, height } = places.trackMap;
const lineWidth = 3;
/** A gained stretch is hollow: it differs from a lost one by form as well. */
const hollowWidth = 3;
const mostLabels = 32;
/** The line's tick reaches so far to each side; the arrow beside it says which way round. */
const arrowOutPx = 12;
const arrowAlong = 6;

interface Shared {
  readonly track: FittedTrack | null;
  readonly labels: readonly Label[];
  readonly loss: Float32Array;
  readonly gain: Float32Array;
}

export class TrackMapView implements View<TrackMapModel> {
  readonly #root: Container;
  readonly #shared: Shared;
  readonly #content = new Container();
  readonly #notice: Notice;
  readonly #line: Loop;
  readonly #loss: Loop;
  readonly #gain: Loop;
  readonly #hollow: Loop;
  readonly #lineWidths = new Float32Array(pieces + 1).fill(lineWidth);
  readonly #hollowWidths = new Float32Array(pieces + 1);
  readonly #start: Sprite;
  readonly #direction: Sprite;
  readonly #labels: Words[];
  readonly #car = new Container();
  readonly #words: Words;
  #revision = -1;
  #sections: string | null = null;

  constructor(kit: Kit, root: Container, shared: Shared) {
    const { colour } = kit;
    this.#root = root;
    this.#shared = shared;
    root.addChild(this.#content);
    const into = this.#content;
    kit.plate(into, width, height);
    const loop = (tint: number) => kit.loop(into, { points: pieces + 1, tint, opacity: 1 });
    this.#line = loop(colour.muted);
    this.#loss = loop(colour.loss);
    this.#gain = loop(colour.gain);
    this.#hollow = loop(colour.plate);
    this.#start = kit.shape(into, 'tick', colour.ink, 0, 0);
    this.#direction = kit.shape(into, 'arrow', colour.ink, 0, 0);
    this.#direction.scale.set(0.75);
    const words = { fontSize: labelSize.fontSize, align: 0, x: 0, baseline: 0 };
    this.#labels = Array.from({ length: mostLabels }, () =>
      kit.words(into, { ...words, colour: colour.ink }),
    );
    into.addChild(this.#car);
    kit.shape(this.#car, 'disc', colour.plate, 0, 0);
    kit.shape(this.#car, 'disc', colour.ink, 0, 0).scale.set(0.65);
    this.#words = kit.words(into, {
      fontSize: type.size.micro,
      colour: colour.muted,
      align: 0,
      x: space.pad,
      baseline: height - 8,
    });
    this.#notice = new Notice(kit, root, width, 0);
  }

  draw(model: Readonly<TrackMapModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#content.visible = model.live;
    this.#notice.text = model.live ? '' : model.words;
    this.#words.text = model.words;
    this.#car.visible = model.carX >= 0;
    this.#car.position.set(model.carX / carSteps, model.carY / carSteps);
    const { track } = this.#shared;
    const laid = model.revision !== this.#revision;
    if (track === null || (!laid && model.sections === this.#sections)) return;
    if (laid) this.#lay(track);
    this.#revision = model.revision;
    this.#sections = model.sections;
    this.#colour(track);
  }

  #lay(track: FittedTrack): void {
    this.#line.draw(track.xs, track.ys, this.#lineWidths);
    const [x = 0, y = 0] = [track.xs[0], track.ys[0]];
    const right = rightOf(track, 0);
    // The tick stands across the line: turned as the direction of travel is.
    const heading = Math.atan2(-right.x, right.y);
    this.#start.position.set(x, y);
    this.#start.rotation = heading;
    this.#direction.rotation = heading;
    this.#direction.position.set(
      x + right.x * arrowOutPx + right.y * arrowAlong,
      y + right.y * arrowOutPx - right.x * arrowAlong,
    );
    for (const [index, words] of this.#labels.entries()) {
      const label = this.#shared.labels[index];
      words.text = label?.text ?? '';
      if (label === undefined) continue;
      words.x = label.x + 1;
      words.baseline = label.y + label.height - 3;
    }
  }

  #colour({ xs, ys }: FittedTrack): void {
    const { loss, gain } = this.#shared;
    this.#loss.draw(xs, ys, loss);
    this.#gain.draw(xs, ys, gain);
    for (let index = 0; index <= pieces; index += 1)
      this.#hollowWidths[index] = Math.max(0, (gain[index] ?? 0) - hollowWidth);
    this.#hollow.draw(xs, ys, this.#hollowWidths);
  }
}
