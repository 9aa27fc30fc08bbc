/**
 * The spotter: from the sim's word on cars beside the driver to calls. A car that comes is called at once; "clear" only after 0.4 s of it, because the
 * sim's word flickers while two cars draw level, and a wrong "clear" costs more than a late one. A car that stays is called again every 4 s.
 *
 * A pure state machine over (value, time): -1 (unknown) and 0 (off) are not "clear" and say nothing. In the pits, behind the pace car and outside
 * the car there is no call, and what was is forgotten; so it is after half a second without a word from the sim.
 */

/** As the sim says it: see the snapshot's `carLeftRight`. */
const words = ['off', 'clear', 'left', 'right', 'both', 'two-left', 'two-right'] as const;
export type Beside = (typeof words)[number];

export type SpotterCall =
  | 'car-left'
  | 'car-right'
  | 'two-left'
  | 'two-right'
  | 'three-wide'
  | 'still-there'
  | 'clear';

/** "Clear" must last this long. */
export const clearAfterMs = 400;
/** The same for less: of two cars one has left, or of both sides one. */
const fewerAfterMs = clearAfterMs;
export const stillThereEveryMs = 4000;
/** Without a word for this long nothing is known any more. */
const forgetAfterMs = 500;

const callFor: Partial<Record<Beside, SpotterCall>> = {
  left: 'car-left',
  right: 'car-right',
  both: 'three-wide',
  'two-left': 'two-left',
  'two-right': 'two-right',
};

/** Cars left and right of the driver. */
const cars: Record<Beside, readonly [number, number]> = {
  off: [0, 0],
  clear: [0, 0],
  left: [1, 0],
  right: [0, 1],
  both: [1, 1],
  'two-left': [2, 0],
  'two-right': [0, 2],
};

export class Spotter {
  /** What the driver was last told is there. */
  #told: Beside = 'off';
  #toldMs = Number.NEGATIVE_INFINITY;
  #seen: Beside = 'off';
  #seenSinceMs = Number.NEGATIVE_INFINITY;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param value the snapshot's `carLeftRight`; @param racing on the track, not in pits, not paced */
  step(value: number, racing: boolean, nowMs: number): SpotterCall | null {
    if (nowMs - this.#lastMs > forgetAfterMs || !racing) this.forget();
    this.#lastMs = nowMs;
    const now = racing ? (words[value] ?? 'off') : 'off';
    if (now !== this.#seen) {
      this.#seen = now;
      this.#seenSinceMs = nowMs;
    }
    if (now === 'off') {
      this.#told = 'off';
      return null;
    }
    return this.#call(now, nowMs);
  }

  forget(): void {
    this.#told = 'off';
    this.#seen = 'off';
    this.#seenSinceMs = Number.NEGATIVE_INFINITY;
  }

  #call(now: Beside, nowMs: number): SpotterCall | null {
    if (now === this.#told) return this.#stillThere(now, nowMs);
    if (now === 'clear' && this.#told === 'off') {
      this.#told = 'clear';
      return null;
    }
    const waitMs = now === 'clear' ? clearAfterMs : comesCloser(this.#told, now) ? 0 : fewerAfterMs;
    if (nowMs - this.#seenSinceMs < waitMs) return null;
    return this.#tell(now, callFor[now] ?? 'clear', nowMs);
  }

  #stillThere(now: Beside, nowMs: number): SpotterCall | null {
    if (now === 'clear' || nowMs - this.#toldMs < stillThereEveryMs) return null;
    return this.#tell(now, 'still-there', nowMs);
  }

  #tell(now: Beside, call: SpotterCall, nowMs: number): SpotterCall {
    this.#told = now;
    this.#toldMs = nowMs;
    return call;
  }
}

/** On one side at least there is more than the driver knows of. */
function comesCloser(told: Beside, now: Beside): boolean {
  return cars[now][0] > cars[told][0] || cars[now][1] > cars[told][1];
}

/** What the voice says. On an oval sides have names, where the driver wants that. */
export function spotterText(call: SpotterCall, ovalInside: 'left' | 'right' | null): string {
  const side = (name: 'left' | 'right') =>
    ovalInside === null ? name : name === ovalInside ? 'inside' : 'outside';
  switch (call) {
    case 'car-left':
    case 'car-right':
      return `car ${side(call === 'car-left' ? 'left' : 'right')}`;
    case 'two-left':
    case 'two-right':
      return `two ${side(call === 'two-left' ? 'left' : 'right')}`;
    case 'three-wide':
      return 'three wide';
    case 'still-there':
      return 'still there';
    case 'clear':
      return 'clear';
  }
}
