/** What the engine answers about the cost of overlays: see the contract's `cost.ts`. */
import { CodedError, type CostState } from '@racing-coach/contract';

export interface CostGate {
  state(): CostState;
  /** Throws a coded error when there is nothing to measure. */
  start(plan: { blockS: number; blocks: number }): CostState;
  renew(): CostState;
  stop(): CostState;
  reset(): CostState;
}

/** What plays a recording has no sim that draws. */
const gateOf = ({ cost }: { cost?: CostGate }): CostGate => {
  if (cost === undefined) throw new CodedError('cost-no-frame-rate');
  return cost;
};

type CostRoute = (api: { cost?: CostGate }, words: string[]) => CostState;

export const costRoutes: { method: 'GET' | 'POST'; path: RegExp; answer: CostRoute }[] = [
  { method: 'GET', path: /^\/api\/cost$/, answer: (api) => gateOf(api).state() },
  {
    method: 'POST',
    path: /^\/api\/cost\/start\/([1-9]\d{0,2})\/([1-9]\d?)$/,
    answer: (api, [blockS, pairs]) =>
      gateOf(api).start({ blockS: Number(blockS), blocks: 2 * Number(pairs) }),
  },
  { method: 'POST', path: /^\/api\/cost\/renew$/, answer: (api) => gateOf(api).renew() },
  { method: 'POST', path: /^\/api\/cost\/stop$/, answer: (api) => gateOf(api).stop() },
  { method: 'POST', path: /^\/api\/cost\/full$/, answer: (api) => gateOf(api).reset() },
];
