import type { Container, Sprite } from 'pixi.js';
import type { Area } from '../../drawing/area.ts';
import type { Kit } from '../../drawing/kit.ts';
import type { Strip } from '../../drawing/strip.ts';
import { places } from '../../layout.ts';
import type { View } from '../../painted.ts';
import { alpha, colour } from '../../tokens.ts';
import { pastTicks, type TraceHistory, valueTicks } from '../../trace-history.ts';
import type { PedalTraceModel } from './model.ts';
import { aheadTicks, type ReferenceAhead } from './reference-ahead.ts';

const { width, height } = places.pedalTrace;
/** One pixel a tick: the line moves by whole pixels and stays sharp. */
const left = (width - pastTicks - aheadTicks) / 2;
const nowX = left + pastTicks;
const topY = (height - valueTicks) / 2;
const bottomY = topY + valueTicks;

interface Traces {
  readonly history: TraceHistory;
  readonly ahead: ReferenceAhead;
}

type Pedal = 'throttle' | 'brake';
const referenceOf = { throttle: 'referenceThrottle', brake: 'referenceBrake' } as const;
/** Brake and throttle differ in weight and in the area below, not by red and green alone. */
const weights: Record<Pedal, number> = { throttle: 2, brake: 3.5 };

/** One pedal: what was done, what the reference did, what it will do. */
class PedalLines {
  readonly #pedal: Pedal;
  readonly #past: Strip;
  readonly #reference: Strip;
  readonly #ahead: Strip;
  readonly #now: Sprite;

  constructor(kit: Kit, root: Container, pedal: Pedal) {
    this.#pedal = pedal;
    const line = { stepX: 1, bottomY, topY, tint: colour[pedal] };
    const past = { ...line, points: pastTicks, x: left };
    const dashed = { dashed: true, thickness: 2 };
    this.#reference = kit.strip(root, { ...past, ...dashed, opacity: alpha.reference });
    this.#ahead = kit.strip(root, {
      ...line,
      ...dashed,
      points: aheadTicks,
      x: nowX,
      opacity: alpha.ahead,
    });
    this.#past = kit.strip(root, { ...past, thickness: weights[pedal], opacity: 1, dashed: false });
    this.#now = kit.shape(root, 'dot', colour[pedal], nowX, bottomY);
  }

  draw({ history, ahead }: Traces): void {
    const reference = referenceOf[this.#pedal];
    const length = history.lengths[reference];
    this.#past.draw(history.traces[this.#pedal]);
    this.#reference.draw(history.traces[reference], length, 'last');
    this.#ahead.draw(ahead[this.#pedal], length);
    const value = history.traces[this.#pedal][pastTicks - 1] ?? Number.NaN;
    this.#now.visible = Number.isFinite(value);
    this.#now.y = Number.isFinite(value) ? bottomY - value * valueTicks : bottomY;
  }
}

export class PedalTraceView implements View<PedalTraceModel> {
  readonly #root: Container;
  readonly #traces: Traces;
  readonly #brakeArea: Area;
  readonly #lines: PedalLines[];

  constructor(kit: Kit, root: Container, traces: Traces) {
    this.#root = root;
    this.#traces = traces;
    kit.plate(root, width, height);
    for (const y of [topY, bottomY]) kit.bar(root, colour.line, left, y, pastTicks + aheadTicks, 1);
    this.#brakeArea = kit.area(root, {
      points: pastTicks,
      stepX: 1,
      x: left,
      bottomY,
      topY,
      tint: colour.brake,
      opacity: alpha.area,
    });
    kit.bar(root, colour.muted, nowX, 8, 1, height - 16);
    this.#lines = [new PedalLines(kit, root, 'throttle'), new PedalLines(kit, root, 'brake')];
  }

  draw({ opacity }: Readonly<PedalTraceModel>): void {
    this.#root.alpha = opacity;
    this.#root.visible = opacity > 0;
    if (opacity === 0) return;
    this.#brakeArea.draw(this.#traces.history.traces.brake);
    for (const lines of this.#lines) lines.draw(this.#traces);
  }
}
