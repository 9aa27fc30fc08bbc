import type { Container, Sprite } from 'pixi.js';
import type { Area } from '../../drawing/area.ts';
import type { Kit } from '../../drawing/kit.ts';
import type { Strip } from '../../drawing/strip.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { pastTicks, pastWidth, plotHeight, type TraceHistory, tickWidthOf } from '../../trace-history.ts';
import type { PedalTraceModel } from './model.ts';
import { aheadTicks, type ReferenceAhead } from './reference-ahead.ts';

const { width, height } = places.pedalTrace;
/** Of the four seconds that it shows by itself a tick is one pixel: the line moves by whole pixels and stays sharp. */
const aheadWidth = 108;
const left = (width - pastWidth - aheadWidth) / 2;
const nowX = left + pastWidth;
const topY = (height - plotHeight) / 2;
const bottomY = topY + plotHeight;

interface Traces {
  readonly history: TraceHistory;
  readonly ahead: ReferenceAhead;
}

type Pedal = 'throttle' | 'brake';
const referenceOf = { throttle: 'referenceThrottle', brake: 'referenceBrake' } as const;
/** Brake and throttle differ in weight and in the area below, not by red and green alone. */
const weights: Record<Pedal, number> = { throttle: 2, brake: 3.5 };

/** The last values of a trace that the plot has room for. */
const shownPart = (trace: Float32Array, points: number) => trace.subarray(pastTicks - points);

/** One pedal: what was done, what the reference did, what it will do. */
class PedalLines {
  readonly pedal: Pedal;
  readonly #points: number;
  readonly #past: Strip;
  readonly #reference: Strip | null;
  readonly #ahead: Strip | null;
  readonly #now: Sprite;

  constructor(kit: Kit, root: Container, pedal: Pedal) {
    const { alpha, colour } = kit;
    const { seconds, reference, ahead } = kit.options.pedalTrace;
    const stepX = tickWidthOf(seconds);
    this.pedal = pedal;
    this.#points = pastWidth / stepX;
    const line = { stepX, bottomY, topY, tint: colour[pedal] };
    const past = { ...line, points: this.#points, x: left };
    const dashed = { dashed: true, thickness: 2 };
    this.#reference = reference ? kit.strip(root, { ...past, ...dashed, opacity: alpha.reference }) : null;
    this.#ahead = ahead
      ? kit.strip(root, {
          ...line,
          ...dashed,
          points: Math.min(aheadTicks, Math.floor(aheadWidth / stepX)),
          x: nowX,
          opacity: alpha.ahead,
        })
      : null;
    this.#past = kit.strip(root, { ...past, thickness: weights[pedal], opacity: 1, dashed: false });
    this.#now = kit.shape(root, 'dot', colour[pedal], nowX, bottomY);
  }

  draw({ history, ahead }: Traces, ghost: boolean): void {
    this.#past.draw(shownPart(history.traces[this.pedal], this.#points));
    if (this.#reference) this.#reference.visible = ghost;
    if (this.#ahead) this.#ahead.visible = ghost;
    if (ghost) this.#drawGhost(history, ahead);
    const value = history.traces[this.pedal][pastTicks - 1] ?? Number.NaN;
    this.#now.visible = Number.isFinite(value);
    this.#now.y = Number.isFinite(value) ? bottomY - value * plotHeight : bottomY;
  }

  #drawGhost(history: TraceHistory, ahead: ReferenceAhead): void {
    const reference = referenceOf[this.pedal];
    const length = history.lengths[reference];
    this.#reference?.draw(shownPart(history.traces[reference], this.#points), length, 'last');
    this.#ahead?.draw(ahead[this.pedal], length);
  }
}

export class PedalTraceView implements View<PedalTraceModel> {
  readonly #root: Container;
  readonly #traces: Traces;
  readonly #points: number;
  readonly #brakeArea: Area | null;
  readonly #lines: PedalLines[];

  constructor(kit: Kit, root: Container, traces: Traces) {
    const { alpha, colour } = kit;
    const { seconds, throttle, brake } = kit.options.pedalTrace;
    const stepX = tickWidthOf(seconds);
    this.#root = root;
    this.#traces = traces;
    this.#points = pastWidth / stepX;
    kit.plate(root, width, height);
    for (const y of [topY, bottomY]) kit.bar(root, colour.line, left, y, pastWidth + aheadWidth, 1);
    const area = { points: this.#points, stepX, x: left, bottomY, topY, tint: colour.brake };
    this.#brakeArea = brake ? kit.area(root, { ...area, opacity: alpha.area }) : null;
    kit.bar(root, colour.muted, nowX, 8, 1, height - 16);
    const shown = { throttle, brake };
    const pedals = (['throttle', 'brake'] as const).filter((pedal) => shown[pedal]);
    this.#lines = pedals.map((pedal) => new PedalLines(kit, root, pedal));
  }

  draw({ opacity, throttleGhost, brakeGhost }: Readonly<PedalTraceModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    if (opacity === 0) return;
    this.#brakeArea?.draw(shownPart(this.#traces.history.traces.brake, this.#points));
    const ghosts = { throttle: throttleGhost, brake: brakeGhost };
    for (const lines of this.#lines) lines.draw(this.#traces, ghosts[lines.pedal]);
  }
}
