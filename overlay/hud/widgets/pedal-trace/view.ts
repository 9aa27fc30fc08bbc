import type { Container } from 'pixi.js';
import type { Kit } from '../../drawing/kit.ts';
import { Strip } from '../../drawing/strip.ts';
import { places } from '../../layout.ts';
import type { View } from '../../painted.ts';
import { alpha, colour } from '../../tokens.ts';
import { pastTicks, type TraceHistory, type TraceName } from './history.ts';
import type { PedalTraceModel } from './model.ts';
import { aheadTicks, type ReferenceAhead } from './reference-ahead.ts';

const { width, height } = places.pedalTrace;
/** One pixel a tick: the line moves by whole pixels and stays sharp. */
const left = (width - pastTicks - aheadTicks) / 2;
const nowX = left + pastTicks;
const topY = 14;
const bottomY = height - topY;

interface Traces {
  history: TraceHistory;
  ahead: ReferenceAhead;
}

export class PedalTraceView implements View<PedalTraceModel> {
  readonly #root: Container;
  readonly #traces: Traces;
  readonly #past: [TraceName, Strip][];
  readonly #ahead: ['throttle' | 'brake', Strip][];

  constructor(kit: Kit, root: Container, traces: Traces) {
    this.#root = root;
    this.#traces = traces;
    kit.plate(root, width, height);
    for (const y of [topY, bottomY]) kit.bar(root, colour.line, left, y, pastTicks + aheadTicks, 1);
    const strip = (tint: number, dashed: boolean, ahead: boolean) =>
      new Strip(root, {
        points: ahead ? aheadTicks : pastTicks,
        stepX: 1,
        x: ahead ? nowX : left,
        bottomY,
        topY,
        thickness: dashed ? 2 : 3,
        tint,
        opacity: dashed ? (ahead ? alpha.ahead : alpha.reference) : 1,
        dashed,
        resolution: kit.resolution,
      });
    this.#ahead = [
      ['throttle', strip(colour.throttle, true, true)],
      ['brake', strip(colour.brake, true, true)],
    ];
    this.#past = [
      ['referenceThrottle', strip(colour.throttle, true, false)],
      ['referenceBrake', strip(colour.brake, true, false)],
      ['throttle', strip(colour.throttle, false, false)],
      ['brake', strip(colour.brake, false, false)],
    ];
    kit.bar(root, colour.ink, nowX, 8, 1, height - 16);
  }

  draw({ opacity }: Readonly<PedalTraceModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    if (opacity === 0) return;
    const { history, ahead } = this.#traces;
    for (const [name, strip] of this.#past) strip.draw(history.traces[name], history.tick - pastTicks + 1e6);
    for (const [name, strip] of this.#ahead) strip.draw(ahead[name], history.tick + 1e6);
  }
}
