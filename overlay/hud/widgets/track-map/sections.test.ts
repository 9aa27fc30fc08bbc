import type { CornersMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { fitTrack, pieces } from './geometry.ts';
import { sectionLetters, sectionWidths } from './sections.ts';

const reference = syntheticReference();
const message = (...deltas: (number | null)[]): CornersMessage => ({
  type: 'corners',
  lap: 3,
  corners: deltas.map((deltaS, index) => ({ cornerId: `t${index + 1}`, deltaS })),
});

test('a letter for each corner; what is within the noise says nothing', () => {
  expect(sectionLetters(message(0.2, 0.08, 0.049, null, -0.02, -0.06, -0.3), reference)).toBe('Ll...gG');
  expect(sectionLetters(message(0.2), reference)).toBe('L......');
  expect(sectionLetters(null, reference)).toBe('.......');
  expect(sectionLetters(message(0.2), null)).toBe('');
});

test('lost and gained lie on lines of their own, along their corner only', () => {
  const map = { origin: 'positions', stepM: 810, eastM: [0, 0, 100, 100], northM: [0, 100, 100, 0] } as const;
  const track = fitTrack({ ...map, eastM: [...map.eastM], northM: [...map.northM] }, reference.lengthM, {
    x: 0,
    y: 0,
    width: 100,
    height: 100,
  });
  if (track === null) throw new Error('no track');
  const loss = new Float32Array(pieces + 1);
  const gain = new Float32Array(pieces + 1);
  const at = (distanceM: number) => Math.round((distanceM / reference.lengthM) * pieces);
  sectionWidths('L.....g', reference, track, loss, gain);
  expect([loss[at(640)], loss[at(500)], loss[at(800)], gain[at(640)]]).toEqual([9, 0, 0, 0]);
  expect([gain[at(2930)], loss[at(2930)], gain[at(2800)]]).toEqual([6, 0, 0]);

  const [first, ...others] = reference.corners;
  if (first === undefined) throw new Error('no corner');
  const across = { ...reference, corners: [{ ...first, startM: 3200, endM: 60 }, ...others] };
  sectionWidths('G......', across, track, loss, gain);
  expect([gain[0], gain[pieces], gain[at(3220)], gain[at(40)], gain[at(1600)]]).toEqual([9, 9, 9, 9, 0]);
});
