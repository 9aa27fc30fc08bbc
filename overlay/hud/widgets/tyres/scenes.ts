import type { PartialWidgetOptions, TyresMessage, TyreValues } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { tyres } from '../../scenes/synthetic-board.ts';

const scene = (
  name: string,
  change: Partial<TyresMessage>,
  options: PartialWidgetOptions['tyres'] = {},
): Scene => ({
  name,
  options: { tyres: options },
  play: (tape) => tape.connect().say(tyres(change)).drive(300, 0.5),
});
const unknown: TyreValues = {
  temperaturesC: [null, null, null],
  wear: [null, null, null],
  coldPressureKpa: null,
};

export const scenes: Scene[] = [
  scene('last-stop', {}),
  scene('handed-over', { stopLap: null }),
  scene('one-unknown', { rightRear: unknown }),
  scene('temperatures-alone', {}, { wear: false, pressure: false }),
  scene('tread-alone', {}, { temperature: false, pressure: false }),
  { ...scene('imperial-spanish', {}), look: { units: 'imperial', language: 'es' } },
  { name: 'nothing', play: (tape) => tape.connect().drive(300, 0.5) },
];
