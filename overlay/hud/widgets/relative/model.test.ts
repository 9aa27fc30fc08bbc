import { defaultLook, type RelativeCar, type RelativeMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { blankRelative, RelativePresenter } from './model.ts';

const car: RelativeCar = {
  index: 3,
  number: '7',
  name: 'Ada Lane',
  className: 'LMP2',
  classColour: 0x33ceff,
  classPosition: 2,
  gapS: -4.25,
  lapsAhead: 1,
  inPits: false,
  arrivesInS: 5.1,
};
const message: RelativeMessage = {
  type: 'relative',
  own: { number: '12', className: 'GT3', classColour: 0xff5888, classPosition: 9 },
  cars: [car],
};

function drawn(relative: RelativeMessage | null, setup = defaultSetup) {
  const frame: HudFrame = { ...emptyFrame(), driven: true, setup };
  frame.board.relative = relative;
  const model = blankRelative();
  new RelativePresenter().update(frame, model);
  return model;
}

test('a faster class behind: class, laps ahead, gap and the seconds until it is here', () => {
  expect(drawn(message)).toMatchObject({
    live: true,
    kind3: 'own',
    kind4: 'car',
    position4: '2',
    className4: 'LMP2',
    classColour4: 0x33ceff,
    laps4: 1,
    gap4: '\u22124.3',
    arrivesInS4: 6,
    name4: 'Ada Lane',
  });
});

test('says that nothing is told of other cars', () => {
  expect(drawn(null)).toMatchObject({ live: false, kind3: 'empty', words: 'Cars around: nothing told yet.' });
});

test('options and language take effect', () => {
  const relative = { ahead: 1, behind: 2, names: false, arrivals: true, pits: false };
  const options = { ...defaultSetup.options, relative };
  expect(drawn(message, { ...defaultSetup, options })).toMatchObject({ ahead: 1, name4: '' });
  const german = hudSetup({ look: { ...defaultLook, language: 'de' } });
  expect(drawn(message, german)).toMatchObject({ gap4: '\u22124,3', pit: 'BOX' });
});
