/**
 * The layouts of the OBS page, one row each. Fuel and tyres have their places on a full screen, which stay empty unless the driver lets viewers know: see
 * `told.ts`.
 */
import { type ObsLayout, type OverlayWidgetName, overlayWidgets } from '@racing-coach/contract';
import type { ObsTable, ScreenPlace, Stack } from './arrangement.ts';

/** Where the driver's own screen has them. */
function asDriven(names: readonly OverlayWidgetName[]): ScreenPlace[] {
  return overlayWidgets
    .filter(({ name }) => names.includes(name))
    .map(({ name, left, top }) => ({ name, left, top }));
}

/** A little larger than on the driver's screen: a stream is looked at small. */
const zoom = 1.2;

const coachOnScreen: ScreenPlace[] = [
  { name: 'deltaBar', left: 708, top: 28, zoom },
  { name: 'status', left: 670, top: 28, zoom },
  { name: 'predictedLap', left: 768, top: 70, zoom },
  { name: 'cornerStrip', left: 576, top: 136, zoom },
  { name: 'verdict', left: 708, top: 812, zoom },
  { name: 'brakeMarker', left: 576, top: 878, zoom },
  { name: 'coachLine', left: 576, top: 954, zoom },
  { name: 'cornerCard', left: 40, top: 882, zoom },
  { name: 'pedalTrace', left: 1448, top: 896, zoom },
];

/** For a box, for a column and for a band. */
const coachStacks: Stack[] = [
  { width: 640, rows: [['status'], ['verdict'], ['brakeMarker'], ['cornerCard', 'pedalTrace']] },
  {
    width: 484,
    rows: [
      ['status'],
      ['predictedLap'],
      ['verdict'],
      ['brakeMarker'],
      ['coachLine'],
      ['cornerCard'],
      ['pedalTrace'],
    ],
  },
  {
    width: 1120,
    rows: [
      ['status', 'brakeMarker'],
      ['cornerCard', 'verdict', 'pedalTrace'],
    ],
  },
];

export const obsTables: Record<ObsLayout, ObsTable> = {
  minimal: {
    screen: [
      { name: 'deltaBar', left: 708, top: 28, zoom },
      { name: 'status', left: 670, top: 28, zoom },
      { name: 'predictedLap', left: 768, top: 70, zoom },
    ],
    stacks: [
      { width: 452, rows: [['status'], ['predictedLap']] },
      { width: 780, rows: [['status', 'predictedLap']] },
    ],
    mostScale: 2,
  },
  coach: { screen: coachOnScreen, stacks: coachStacks, mostScale: 1.5 },
  full: {
    screen: asDriven([
      'trackMap',
      'lapList',
      'consistency',
      'relative',
      'fuel',
      'tyres',
      'gForce',
      'speedGear',
      'pedalTrace',
      'cornerCard',
      'cornerStrip',
      'predictedLap',
      'deltaBar',
      'status',
      'coachLine',
      'verdict',
      'brakeMarker',
    ]),
    stacks: [
      {
        width: 640,
        rows: [
          ['status', 'predictedLap'],
          ['verdict', 'speedGear'],
          ['brakeMarker'],
          ['cornerCard', 'pedalTrace', 'gForce'],
        ],
      },
      {
        width: 484,
        rows: [
          ['status'],
          ['predictedLap'],
          ['verdict'],
          ['brakeMarker'],
          ['coachLine'],
          ['cornerStrip'],
          ['cornerCard', 'gForce'],
          ['pedalTrace'],
          ['trackMap', 'lapList'],
        ],
      },
      ...coachStacks,
    ],
    mostScale: 1.5,
  },
  input: { screen: [], stacks: [{ width: 360, rows: [['pedalTrace']] }], mostScale: 3 },
};
