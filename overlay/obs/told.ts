/**
 * Which widgets have something to show: viewers need not read that no lap is finished yet. It is also how fuel and tyres come on stream where the driver
 * allows it: the hub sends their messages only then.
 */
import type { HubMessage, OverlayWidgetName } from '@racing-coach/contract';

/** Those that show nothing before the hub told something. */
const waiting: ReadonlySet<OverlayWidgetName> = new Set([
  'trackMap',
  'lapList',
  'consistency',
  'relative',
  'fuel',
  'tyres',
  'cornerStrip',
]);

function filledBy(message: HubMessage): OverlayWidgetName[] {
  switch (message.type) {
    case 'map':
      return message.map === null ? [] : ['trackMap'];
    case 'laps':
      return [
        ...(message.laps.length > 0 ? (['lapList'] as const) : []),
        ...(message.consistency === null ? [] : (['consistency'] as const)),
      ];
    case 'relative':
      return message.cars.length > 0 ? ['relative'] : [];
    case 'corners':
      return message.corners.length > 0 ? ['cornerStrip'] : [];
    case 'fuel':
      return message.levelL === null ? [] : ['fuel'];
    case 'tyres':
      return ['tyres'];
    default:
      return [];
  }
}

export class Told {
  readonly #filled = new Set<OverlayWidgetName>();

  /** Whether a widget has something to show for the first time. */
  take(message: HubMessage): boolean {
    const fresh = filledBy(message).filter((name) => !this.#filled.has(name));
    for (const name of fresh) this.#filled.add(name);
    return fresh.length > 0;
  }

  /** The engine is gone, and with it what it told. */
  forget(): void {
    this.#filled.clear();
  }

  has(name: OverlayWidgetName): boolean {
    return !waiting.has(name) || this.#filled.has(name);
  }
}
