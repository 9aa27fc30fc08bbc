import { widgetOptions } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame } from '../../frame.ts';
import { hudSetup } from '../../setup.ts';
import { blankVerdict, VerdictPresenter } from './model.ts';

test('sign, side and name; the words stay while it fades', () => {
  const presenter = new VerdictPresenter();
  const model = blankVerdict();
  const show = (nowMs: number, deltaS: number | null) =>
    presenter.update(
      {
        ...emptyFrame(),
        nowMs,
        verdict: deltaS === null ? null : { deltaS, corner: { id: 't7', name: 'Gate' } },
      },
      model,
    );
  show(0, 0.184);
  show(200, 0.184);
  expect(model).toEqual({ opacity: 1, loss: true, text: '+0.18', cornerName: 'Gate' });
  show(210, null);
  show(240, null);
  expect(model.text).toBe('+0.18');
  expect(model.opacity).toBeLessThan(1);
  show(400, null);
  expect(model.opacity).toBe(0);
  show(500, -0.07);
  show(700, -0.07);
  expect(model).toEqual({ opacity: 1, loss: false, text: '\u22120.07', cornerName: 'Gate' });
});

test('the name is left out where it is not wanted', () => {
  const setup = hudSetup({ widgets: widgetOptions.parse({ verdict: { cornerName: false } }) });
  const model = blankVerdict();
  const verdict = { deltaS: 0.184, corner: { id: 't7', name: 'Gate' } };
  new VerdictPresenter().update({ ...emptyFrame(), setup, verdict }, model);
  expect(model).toMatchObject({ text: '+0.18', cornerName: '' });
});
