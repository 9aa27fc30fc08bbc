/** Options of the widgets that show what changes slowly: laps, fuel, tyres, cars around, the map. */
import { choice, number, onOff, type WidgetDescription } from './option.ts';

export const boardWidgets = {
  trackMap: {
    label: 'Track map',
    about: 'Where am I on the lap?',
    options: {
      rotationDeg: number('Turned by', 'How far the map is turned clockwise from north up.', {
        unit: '°',
        min: 0,
        max: 345,
        step: 15,
        default: 0,
      }),
      corners: choice(
        'Corners',
        'How corners are marked.',
        { none: 'Not', numbers: 'With numbers', names: 'With names' },
        'numbers',
      ),
      deltaColours: onOff('Gain and loss', 'Each corner of this lap is drawn as gained or lost.'),
    },
  },
  lapList: {
    label: 'Lap list',
    about: 'How were the last laps?',
    options: {
      rows: number('Laps', 'How many laps are listed, the newest on top.', {
        unit: '',
        min: 3,
        max: 6,
        step: 1,
        default: 6,
      }),
      gap: onOff('Gap to the best', 'Each lap’s gap to the best one of this session.'),
      reasons: onOff('Why not', 'Why a lap does not count stands in its place.'),
    },
  },
  consistency: {
    label: 'Consistency',
    about: 'How evenly do I drive?',
    options: {
      loosest: onOff('Loosest corner', 'The corner in which the time varies most.'),
    },
  },
  fuel: {
    label: 'Fuel',
    about: 'Does it last to the flag?',
    options: {
      bar: onOff('Bar', 'How full the tank is, as a bar.'),
      perLap: onOff('Use per lap', 'The mean of the last laps.'),
      toFlag: onOff('To the flag', 'Laps to go, and what the tank has to spare or lacks.'),
      warnLaps: number('Warn below', 'The laps in the tank below which it asks for attention.', {
        unit: 'laps',
        min: 0,
        max: 5,
        step: 0.5,
        default: 2,
      }),
    },
  },
  tyres: {
    label: 'Tyres',
    about: 'How were the tyres at the last stop?',
    options: {
      temperature: onOff('Temperature', 'Across the tread, at the last stop.'),
      wear: onOff('Tread', 'How much tread is left, at the last stop.'),
      pressure: onOff('Cold pressure', 'Each tyre’s cold pressure.'),
    },
  },
  relative: {
    label: 'Relative',
    about: 'Who is around me?',
    options: {
      ahead: number('Cars ahead', 'How many cars ahead are listed.', {
        unit: '',
        min: 1,
        max: 3,
        step: 1,
        default: 3,
      }),
      behind: number('Cars behind', 'How many cars behind are listed.', {
        unit: '',
        min: 1,
        max: 3,
        step: 1,
        default: 3,
      }),
      names: onOff('Names', 'Drivers’ names beside their numbers.'),
      arrivals: onOff('Arrivals', 'When a faster class from behind will be here.'),
      pits: onOff('Cars in the pits', 'Cars in the pits are listed too.', false),
    },
  },
} as const satisfies Record<string, WidgetDescription>;
