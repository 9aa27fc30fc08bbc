/** Options of the widgets that show what the coach says about this moment. */
import { choice, number, onOff, type WidgetDescription } from './option.ts';

export const coachWidgets = {
  brakeMarker: {
    label: 'Brake marker',
    about: 'Brake in how many metres? Two bars close on the middle.',
    options: {
      countdown: choice(
        'Between the bars',
        'What counts down between the two bars.',
        { metres: 'Distance', seconds: 'Seconds', none: 'Nothing' },
        'metres',
      ),
      approachS: number('Bars begin', 'How long before the point the bars begin to close.', {
        unit: 's',
        min: 2,
        max: 5,
        step: 0.5,
        default: 3,
      }),
      learning: onOff('Learning progress', 'Says how many clean passes of the next corner are known.'),
      flash: onOff('Flash at GO', 'The plate flashes once at the brake point.'),
    },
  },
  verdict: {
    label: 'Corner verdict',
    about: 'What did that corner cost?',
    options: {
      seconds: number('Stays for', 'How long a verdict stays on the straight behind the corner.', {
        unit: 's',
        min: 1.5,
        max: 5,
        step: 0.5,
        default: 2.5,
      }),
      cornerName: onOff('Corner name', 'The corner’s name stands beside the number.'),
    },
  },
  deltaBar: {
    label: 'Delta bar',
    about: 'Am I gaining or losing?',
    options: {
      rangeS: number('Full bar', 'The delta at which a side of the bar is full.', {
        unit: 's',
        min: 0.2,
        max: 5,
        step: 0.1,
        default: 1,
      }),
      number: onOff('Number', 'The delta in hundredths stands in the middle.'),
      colourBy: choice(
        'Colour shows',
        'Whether the bar is coloured by what the last metres did to the delta, or by which side it is on.',
        { trend: 'Gaining or losing now', side: 'Ahead or behind' },
        'trend',
      ),
    },
  },
  status: {
    label: 'Status',
    about: 'Why is it silent?',
    options: {
      raceLegal: onOff(
        'Race-legal badge',
        'Says when live instruction is off because of the session’s rules.',
      ),
      selfTest: onOff('Self-test', 'Shows version, connection, sample rate and latency in words.', false),
    },
  },
  cornerCard: {
    label: 'Corner card',
    about: 'Which corner is next, how fast, in which gear?',
    options: {
      speed: onOff('Speed', 'The reference’s slowest speed in the corner.'),
      gear: onOff('Gear', 'The reference’s gear there.'),
    },
  },
  pedalTrace: {
    label: 'Pedal trace',
    about: 'Do my pedals follow the reference?',
    options: {
      seconds: number('Seconds shown', 'How much of the past the trace shows.', {
        unit: 's',
        min: 2,
        max: 6,
        step: 1,
        default: 4,
      }),
      throttle: onOff('Throttle', 'The throttle’s line.'),
      brake: onOff('Brake', 'The brake’s line.'),
      reference: onOff('Reference', 'The reference’s pedals, dashed, beside your own.'),
      ahead: onOff('Ahead', 'What the reference’s pedals do next.'),
    },
  },
  predictedLap: {
    label: 'Predicted lap',
    about: 'What will this lap be, if the rest goes like the reference?',
    options: {
      compare: choice(
        'Compared with',
        'What the small number beside the time is measured against.',
        { reference: 'The reference', best: 'This session’s best', none: 'Nothing' },
        'reference',
      ),
      decimals: number('Decimals', 'Of the predicted time.', {
        unit: '',
        min: 1,
        max: 3,
        step: 1,
        default: 2,
      }),
    },
  },
  speedGear: {
    label: 'Speed and target',
    about: 'How fast am I, and how fast should the next corner be?',
    options: {
      gear: onOff('Gear', 'The own gear, and the target’s.'),
      target: onOff('Target', 'The slowest speed that the next corner wants.'),
    },
  },
  coachLine: {
    label: 'Coach line',
    about: 'What does the coach say?',
    options: {
      seconds: number('Stays for', 'How long the newest words stay.', {
        unit: 's',
        min: 2,
        max: 8,
        step: 0.5,
        default: 4,
      }),
      show: choice(
        'Shows',
        'Which words: everything, only what to do, or only dangers.',
        { all: 'Everything', advice: 'Advice and dangers', safety: 'Dangers alone' },
        'all',
      ),
    },
  },
  radar: {
    label: 'Left and right',
    about: 'Is a car beside me?',
    options: {
      onlyAlongside: onOff('Only when alongside', 'Nothing is drawn while no car is beside you.'),
      words: onOff('Words', 'The side in words beside its arrows.', false),
    },
  },
  gForce: {
    label: 'G circle',
    about: 'How much of the grip am I using, and where to?',
    options: {
      rangeG: number('Outer circle', 'The acceleration at the outer circle.', {
        unit: 'g',
        min: 1,
        max: 6,
        step: 0.5,
        default: 2,
      }),
      trailS: number('Trail', 'How long the way of the dot stays in sight.', {
        unit: 's',
        min: 0,
        max: 4,
        step: 0.5,
        default: 1.5,
      }),
      number: onOff('Number', 'The size of the acceleration in g.'),
    },
  },
  cornerStrip: {
    label: 'Corner strip',
    about: 'Which corners of this lap gained, which lost?',
    options: {
      rangeS: number('Full bar', 'The gain or loss at which a corner’s bar is full.', {
        unit: 's',
        min: 0.1,
        max: 1,
        step: 0.1,
        default: 0.2,
      }),
      numbers: onOff('Corner numbers', 'Each corner’s number stands below its bar.'),
    },
  },
} as const satisfies Record<string, WidgetDescription>;
