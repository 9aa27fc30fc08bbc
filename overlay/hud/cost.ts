/** What the HUD leaves out when the engine says that it costs the sim too much. */
import { type CostMessage, isKeptAt } from '@racing-coach/contract';
import type { WidgetName } from './places.ts';

export const isKept = (name: WidgetName, cost: CostMessage | null) => isKeptAt(cost?.level ?? 'full', name);

/** Between two frames where fewer are drawn: 30 a second, whatever the display does. */
const gapMs = 1000 / 30;
/** Frames of a display come a little early now and then; one that is nearly due would come a whole frame late. */
const earlyMs = 4;

/** Which of the display's frames are drawn: what leaves widgets out also draws less often. */
export class FramePace {
  #dueMs = Number.NEGATIVE_INFINITY;

  isDue(nowMs: number, cost: CostMessage | null): boolean {
    if (cost === null || cost.level === 'full') return true;
    if (nowMs < this.#dueMs - earlyMs) return false;
    // Kept in step, so that the mean is right; after a pause it begins anew.
    this.#dueMs = (nowMs - this.#dueMs > gapMs ? nowMs : this.#dueMs) + gapMs;
    return true;
  }
}
