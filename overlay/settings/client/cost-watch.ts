/**
 * A measurement of what overlays cost, which somebody asked for on this page. Overlays come back when nobody renews it for some seconds, and timers of a
 * page behind the sim are throttled to one a minute: so it goes on with each word of the hub, which comes every second.
 */
import type { CostState } from '@racing-coach/contract';
import { Refusal } from '../../panes/engine-api.ts';

export interface CostApi {
  cost(): Promise<CostState>;
  startCost(blockS: number, pairs: number): Promise<CostState>;
  renewCost(): Promise<CostState>;
  stopCost(): Promise<CostState>;
  drawAll(): Promise<CostState>;
}

/** Twelve minutes, as `doctor --cost` takes by itself. */
export const costPlan = { blockS: 60, pairs: 6 } as const;

export interface CostView {
  /** null before the engine told. */
  state: CostState | null;
  /** It begins by itself once somebody drives under green. */
  waits: boolean;
  problem: string | null;
}

export class CostWatch {
  readonly #api: CostApi;
  readonly #listeners = new Set<() => void>();
  #view: CostView = { state: null, waits: false, problem: null };
  #asking = false;

  constructor(api: CostApi) {
    this.#api = api;
  }

  get view(): CostView {
    return this.#view;
  }

  /** Returns how to end it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly look = () => this.#ask(() => this.#api.cost());

  readonly start = async (): Promise<void> => {
    this.#become({ waits: true, problem: null });
    await this.#begin();
  };

  readonly stop = async (): Promise<void> => {
    const { waits } = this.#view;
    this.#become({ waits: false, problem: null });
    if (!waits) await this.#ask(() => this.#api.stopCost());
  };

  readonly drawAll = () => this.#ask(() => this.#api.drawAll());

  /** The hub said something. */
  readonly beat = async (): Promise<void> => {
    if (this.#asking) return;
    if (this.#view.waits) await this.#begin();
    else if (this.#view.state?.running === true) await this.#ask(() => this.#api.renewCost());
  };

  /** Nobody drives, or not under green: that comes. Everything else is a problem. */
  async #begin(): Promise<void> {
    await this.#ask(async () => {
      try {
        const state = await this.#api.startCost(costPlan.blockS, costPlan.pairs);
        this.#become({ waits: false });
        return state;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'cost-nobody-drives') return this.#api.cost();
        this.#become({ waits: false });
        throw error;
      }
    });
  }

  async #ask(call: () => Promise<CostState>): Promise<void> {
    this.#asking = true;
    try {
      this.#become({ state: await call(), problem: null });
    } catch (error) {
      this.#become({ problem: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#asking = false;
    }
  }

  #become(change: Partial<CostView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
