import type { FuelMessage, PartialWidgetOptions } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { fuel } from '../../scenes/synthetic-board.ts';

const scene = (
  name: string,
  change: Partial<FuelMessage>,
  options: PartialWidgetOptions['fuel'] = {},
): Scene => ({
  name,
  options: { fuel: options },
  play: (tape) => tape.connect().say(fuel(change)).drive(300, 0.5),
});
const unknown = { lapsLeft: null, perLapL: null, lapsCounted: 0, lapsToFlag: null, marginLaps: null };

export const scenes: Scene[] = [
  scene('enough', {}),
  scene('tight', { lapsLeft: 11.2, marginLaps: 0.6 }),
  scene('short', { lapsLeft: 8.9, marginLaps: -1.7 }),
  scene('low', { lapsLeft: 1.4, levelL: 3.9, lapsToFlag: 7.2, marginLaps: -5.8 }),
  scene('flag-unknown', { lapsToFlag: null, marginLaps: null }),
  scene('learning', unknown),
  scene('plain', {}, { bar: false, perLap: false }),
  {
    ...scene('imperial-german', { lapsLeft: 8.9, marginLaps: -1.7 }),
    look: { units: 'imperial', language: 'de' },
  },
  { name: 'nothing', play: (tape) => tape.connect().drive(300, 0.5) },
];
