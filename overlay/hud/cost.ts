/** What the HUD leaves out when the engine says that it costs the sim too much. */
import type { CostMessage } from '@racing-coach/contract';
import type { WidgetName } from './places.ts';

type Level = CostMessage['level'];

const few: readonly WidgetName[] = ['brakeMarker', 'deltaBar', 'status'];
const kept: Record<Level, readonly WidgetName[] | 'all'> = {
  full: 'all',
  'half-rate': 'all',
  'few-widgets': few,
  // The status says why nothing else is there.
  'audio-only': ['status'],
};

export function isKept(name: WidgetName, cost: CostMessage | null): boolean {
  const names = kept[cost?.level ?? 'full'];
  return names === 'all' || names.includes(name);
}

/** Every how many of the display's frames one is drawn: what leaves widgets out also draws half as often. */
export const frameStep = (cost: CostMessage | null) => (cost === null || cost.level === 'full' ? 1 : 2);
