import type { LapsMessage, PartialWidgetOptions } from '@racing-coach/contract';
import type { Scene } from '../../scenes/scene-tape.ts';
import { laps, sessionLaps } from '../../scenes/synthetic-board.ts';

const scene = (
  name: string,
  change: Partial<LapsMessage>,
  options: PartialWidgetOptions['lapList'] = {},
): Scene => ({
  name,
  options: { lapList: options },
  play: (tape) => tape.connect().say(laps(change)).drive(300, 0.5),
});
const later = sessionLaps.map((one) => ({ ...one, lap: one.lap + 9, best: false }));

export const scenes: Scene[] = [
  scene('session', {}),
  scene('just-begun', { laps: sessionLaps.slice(0, 2) }),
  scene('best-long-ago', { laps: [...sessionLaps, ...later] }),
  scene('three-rows', {}, { rows: 3 }),
  scene('times-alone', {}, { gap: false, reasons: false }),
  { ...scene('french', {}), look: { language: 'fr' } },
  { ...scene('german', {}), look: { language: 'de' } },
  scene('no-lap', { laps: [] }),
];
