/**
 * One measurement of what overlays cost: a pure state machine over the seconds that the sim tells. Overlays are shown for a block of green seconds and
 * blank for the next, in pairs whose order alternates (shown, blank, blank, shown, …), so that a steady drift takes from one pair what it gives to the
 * other. Seconds that were not driven under green do not count and end nothing. After each switch the first seconds are left out: windows and the
 * sim's own smoothed figures take that long to follow.
 */
import type { CostResult, DrawingNote, MeasuredChange } from '@racing-coach/contract';
import { meanDifference, meanOf } from './paired-difference.ts';

export interface TrialPlan {
  /** Green seconds of a block. */
  blockS: number;
  /** Blocks in all; even. */
  blocks: number;
  level: CostResult['level'];
}

/** After this long without a green second nobody drives any more. */
export const longestWaitS = 600;
const longestSettleS = 3;

const channels = ['frameRateHz', 'cpuUsage', 'gpuUsage'] as const;
type Channel = (typeof channels)[number];
type Second = Record<Channel, number | null>;

interface Block {
  shown: boolean;
  seconds: Second[];
}

export class CostTrial {
  readonly plan: TrialPlan;
  readonly #blocks: Block[] = [{ shown: true, seconds: [] }];
  readonly #settleS: number;
  #settlingS: number;
  #waitingS = 0;
  #over = false;

  constructor(plan: TrialPlan) {
    this.plan = plan;
    this.#settleS = Math.max(1, Math.min(longestSettleS, Math.round(plan.blockS / 10)));
    this.#settlingS = this.#settleS;
  }

  get blank(): boolean {
    return !this.#over && !this.#now.shown;
  }

  /** All blocks were driven, or nobody drove for too long. */
  get over(): boolean {
    return this.#over;
  }

  get progress(): { block: number; second: number; waitingS: number } {
    return { block: this.#blocks.length, second: this.#now.seconds.length, waitingS: this.#waitingS };
  }

  get #now(): Block {
    return this.#blocks.at(-1) as Block;
  }

  /** Takes a second. */
  take({ green, frameRateHz, cpuUsage, gpuUsage }: DrawingNote): void {
    if (this.#over) return;
    if (!green || frameRateHz === null) {
      this.#waitingS += 1;
      this.#over = this.#waitingS >= longestWaitS;
      return;
    }
    this.#waitingS = 0;
    if (this.#settlingS > 0) {
      this.#settlingS -= 1;
      return;
    }
    this.#now.seconds.push({ frameRateHz, cpuUsage, gpuUsage });
    if (this.#now.seconds.length >= this.plan.blockS) this.#next();
  }

  /** The user has had enough. */
  stop(): void {
    this.#over = true;
  }

  #next(): void {
    const count = this.#blocks.length;
    if (count === this.plan.blocks) {
      this.#over = true;
      return;
    }
    const [before, shown] = [this.#now.shown, shownIn(count)];
    this.#blocks.push({ shown, seconds: [] });
    if (shown !== before) this.#settlingS = this.#settleS;
  }

  /** From the pairs that are whole; null before there is one. */
  result(at: Date): CostResult | null {
    const whole = this.#blocks.filter(({ seconds }) => seconds.length >= this.plan.blockS);
    const pairs = Math.floor(whole.length / 2);
    if (pairs === 0) return null;
    const change = (channel: Channel) => changeOf(whole.slice(0, 2 * pairs), channel);
    return {
      at: at.toISOString(),
      level: this.plan.level,
      pairs,
      blockS: this.plan.blockS,
      complete: 2 * pairs === this.plan.blocks,
      frameRateHz: change('frameRateHz'),
      cpuUsage: change('cpuUsage'),
      gpuUsage: change('gpuUsage'),
    };
  }
}

/** Of a block, counted from 0: shown, blank, blank, shown, shown, blank, … */
function shownIn(block: number): boolean {
  const first = block % 2 === 0;
  return (Math.floor(block / 2) % 2 === 0) === first;
}

function changeOf(blocks: readonly Block[], channel: Channel): MeasuredChange | null {
  const means = blocks.map(({ shown, seconds }) => ({
    shown,
    mean: meanOf(seconds.map((second) => second[channel] ?? Number.NaN)),
  }));
  const of = (wanted: boolean) => means.filter(({ shown }) => shown === wanted).map(({ mean }) => mean);
  const [shown, blank] = [of(true), of(false)];
  const found = meanDifference(shown.map((mean, pair) => mean - (blank[pair] ?? Number.NaN)));
  if (found === null || !Number.isFinite(found.mean)) return null;
  return { without: meanOf(blank), change: found.mean, plusMinus: found.plusMinus };
}
