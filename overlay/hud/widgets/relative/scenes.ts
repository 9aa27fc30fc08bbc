import type { PartialWidgetOptions, RelativeMessage } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { relative, relativeCar } from '../../scenes/synthetic-board.ts';

const scene = (
  name: string,
  change: Partial<RelativeMessage>,
  options: PartialWidgetOptions['relative'] = {},
): Scene => ({
  name,
  options: { relative: options },
  play: (tape) => tape.connect().say(relative(change)).drive(300, 0.5),
});
const pits = [
  relativeCar('31', 'Lucía Ferrán', 2.1, { inPits: true }),
  relativeCar('5', 'Noor de Graaf', -0.6, { classColour: null, classPosition: null }),
  relativeCar('90', 'Marek Ilg', -1.9, { className: 'Cup', classColour: 0x1010c0 }),
];

export const scenes: Scene[] = [
  scene('traffic', {}),
  scene('no-names', {}, { names: false }),
  scene('one-each-side', {}, { ahead: 1, behind: 1 }),
  scene('in-pits', { cars: pits }, { pits: true }),
  scene('arrivals-not-wanted', {}, { arrivals: false }),
  scene('alone', { cars: [] }),
  { ...scene('german', { cars: pits }, { pits: true, names: false }), look: { language: 'de' } },
  { name: 'nothing', play: (tape) => tape.connect().drive(300, 0.5) },
];
