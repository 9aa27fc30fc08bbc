import { type CornersMessage, defaultLook } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { syntheticReference } from '../../scenes/synthetic-lap.ts';
import { syntheticMap } from '../../scenes/synthetic-map.ts';
import { trackLengthM } from '../../scenes/synthetic-track.ts';
import { defaultSetup, hudSetup } from '../../setup.ts';
import { blankTrackMap, TrackMapPresenter } from './model.ts';

const reference = syntheticReference();
const corners: CornersMessage = { type: 'corners', lap: 2, corners: [{ cornerId: 't1', deltaS: 0.3 }] };

function moment(change: Partial<HudFrame> = {}): HudFrame {
  const frame: HudFrame = { ...emptyFrame(), driven: true, reference, lapDistanceM: 640, ...change };
  frame.snapshot.lapLengthM = trackLengthM;
  frame.board.map = { type: 'map', map: syntheticMap() };
  frame.board.corners = corners;
  return frame;
}
const withOptions = (change: object) => {
  const trackMap = { ...defaultSetup.options.trackMap, ...change };
  return { ...defaultSetup, options: { ...defaultSetup.options, trackMap } };
};
function drawn(frame: HudFrame, presenter = new TrackMapPresenter()) {
  const model = blankTrackMap();
  presenter.update(frame, model);
  return { model, presenter };
}

test('the car moves along the line in half pixels; nothing else changes with it', () => {
  const presenter = new TrackMapPresenter();
  const frame = moment();
  const [here, same, farther] = [640, 640.3, 660].map((lapDistanceM) => {
    frame.lapDistanceM = lapDistanceM;
    return drawn(frame, presenter).model;
  });
  expect(here).toMatchObject({ live: true, sections: 'L......', words: '' });
  expect([same?.carX, same?.carY]).toEqual([here?.carX, here?.carY]);
  expect([farther?.carX, farther?.carY]).not.toEqual([here?.carX, here?.carY]);
});

test('the line is laid again for another map, reference or setup, and not for every frame', () => {
  const presenter = new TrackMapPresenter();
  const model = blankTrackMap();
  const frame = moment();
  const revisions = [
    () => {},
    () => {},
    () => {
      frame.board.map = { type: 'map', map: syntheticMap() };
    },
    () => {
      frame.setup = withOptions({ rotationDeg: 90 });
    },
    () => {
      frame.reference = null;
    },
  ].map((change) => {
    change();
    presenter.update(frame, model);
    return model.revision;
  });
  expect(revisions).toEqual([1, 1, 2, 3, 4]);
  expect(presenter.labels).toEqual([]);
});

test('without a map it says so; a reckoned line is called one', () => {
  const frame = moment();
  frame.board.map = null;
  expect(drawn(frame).model).toMatchObject({
    live: false,
    carX: -1,
    sections: '',
    words: 'No map of this track yet.',
  });
  frame.board.map = { type: 'map', map: { ...syntheticMap(), origin: 'dead-reckoning' } };
  expect(drawn(frame).model).toMatchObject({ live: true, words: 'reckoned' });
  const french = hudSetup({ look: { ...defaultLook, language: 'fr' } });
  expect(drawn({ ...frame, setup: french }).model.words).toBe('estimé');
});

test('a car of unknown place is not drawn', () => {
  expect(drawn(moment({ lapDistanceM: Number.NaN })).model).toMatchObject({ live: true, carX: -1, carY: -1 });
});

test('options take effect', () => {
  const plain = drawn(moment({ setup: withOptions({ corners: 'none', deltaColours: false }) }));
  expect(plain.presenter.labels).toEqual([]);
  expect(plain.model.sections).toBe('');
  expect(Math.max(...plain.presenter.loss)).toBe(0);
  const texts = (setup: HudFrame['setup']) =>
    drawn(moment({ setup })).presenter.labels.map(({ text }) => text);
  expect(texts(withOptions({ corners: 'names' }))).toEqual(expect.arrayContaining(['Quarry', 'Gate']));
  expect(texts(withOptions({ corners: 'numbers' })).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
});
