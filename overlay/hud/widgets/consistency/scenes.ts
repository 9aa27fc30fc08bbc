import type { LapsMessage, PartialWidgetOptions } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { laps } from '../../scenes/synthetic-board.ts';

const scene = (
  name: string,
  consistency: LapsMessage['consistency'],
  options: PartialWidgetOptions['consistency'] = {},
): Scene => ({
  name,
  options: { consistency: options },
  play: (tape) => tape.connect().say(laps({ consistency })).drive(300, 0.5),
});
const even = { laps: 8, spreadS: 0.09, meanToBestS: 0.14, loosest: { cornerId: 't6', spreadS: 0.05 } };
const loose = { laps: 5, spreadS: 0.74, meanToBestS: 1.26, loosest: { cornerId: 't4', spreadS: 0.41 } };

export const scenes: Scene[] = [
  scene('even', even),
  scene('loose', loose),
  scene('no-corner', { ...even, loosest: null }),
  scene('corner-not-wanted', loose, { loosest: false }),
  { ...scene('french', loose), look: { language: 'fr' } },
  { ...scene('german', loose), look: { language: 'de' } },
  { ...scene('spanish', even), look: { language: 'es' } },
  scene('too-few-laps', null),
];
