/** What overlays were found to cost, in words. */
import { type CostState, leastCostPairs, type MeasuredChange } from '@racing-coach/contract';

const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

export function changeText(
  { change, plusMinus }: MeasuredChange,
  unit: string,
  scale: number,
  digits: number,
): string {
  return `${signed(scale * change, digits)} ${unit}, ±${(scale * plusMinus).toFixed(digits)}`;
}

/** What was found, in lines. */
export function costLines({ result, level, why }: Pick<CostState, 'result' | 'level' | 'why'>): string[] {
  if (result === null || result.frameRateHz === null)
    return ['Too little was driven to say anything: two pairs of blocks at least are needed.'];
  const { pairs, blockS, complete } = result;
  const basis = `From ${pairs} pairs of blocks of ${blockS} s${complete ? '' : ', before it was ended'}; intervals are 95 %.`;
  const few = pairs < leastCostPairs ? ['Fewer than four pairs: nothing is changed because of it.'] : [];
  const shares = [
    ...shareLine('Processor (CpuUsageFG)', result.cpuUsage),
    ...shareLine('Graphics card (GpuUsage)', result.gpuUsage),
  ];
  return [verdict(result.frameRateHz), ...shares, basis, ...few, ...(level === 'full' ? [] : [why])];
}

function verdict({ without, change, plusMinus }: MeasuredChange): string {
  const interval = `±${plusMinus.toFixed(1)}`;
  const share = `${((-100 * change) / without).toFixed(1)} % of ${without.toFixed(1)}`;
  if (Math.abs(change) <= plusMinus)
    return `Racing Coach costs you nothing that could be told from chance: ${signed(change, 1)} fps, ${interval} (of ${without.toFixed(1)}).`;
  return change < 0
    ? `Racing Coach costs you ${(-change).toFixed(1)} fps, ${interval} (${share}).`
    : `With overlays the sim drew ${change.toFixed(1)} fps more, ${interval}: something else changed with them.`;
}

function shareLine(name: string, change: MeasuredChange | null): string[] {
  return change === null
    ? []
    : [`${name}: ${changeText(change, 'points', 100, 1)} (of ${(100 * change.without).toFixed(0)} %)`];
}
