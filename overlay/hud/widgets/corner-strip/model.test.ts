import type { CornersMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { corners } from '../../scenes/synthetic-board.ts';
import { barSteps, blankCornerStrip, CornerStripPresenter } from './model.ts';

function moment(message: CornersMessage | null, change: Partial<HudFrame> = {}): HudFrame {
  return {
    ...emptyFrame(),
    driven: true,
    reducedMotion: true,
    board: { ...emptyFrame().board, corners: message },
    ...change,
  };
}

test('lost is positive, gained negative, even nothing, not driven a gap; small ones are still seen', () => {
  const presenter = new CornerStripPresenter();
  presenter.update(moment(corners(0.2, -0.1, 0.004, null, 0.012, -2)), blankCornerStrip());
  expect(presenter.bars).toEqual([barSteps, -barSteps / 2, 0, Number.NaN, 1, -barSteps]);
  expect(presenter.names).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('a message that says the same again changes nothing', () => {
  const presenter = new CornerStripPresenter();
  const model = blankCornerStrip();
  const revisions = [corners(0.3, null), corners(0.3, null), corners(0.3, 0.1)].map((message) => {
    presenter.update(moment(message), model);
    return model.revision;
  });
  expect(revisions).toEqual([1, 1, 2]);
});

test('nothing before the first message, without corners, and while nobody drives', () => {
  for (const frame of [moment(null), moment(corners()), moment(corners(0.1), { driven: false })]) {
    const model = blankCornerStrip();
    new CornerStripPresenter().update(frame, model);
    expect(model.opacity).toBe(0);
  }
});
