import { statuses } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { emptyFrame, type HudFrame } from '../../frame.ts';
import { blankStatus, StatusPresenter } from './model.ts';

function drawn(change: Partial<HudFrame>) {
  const model = blankStatus();
  new StatusPresenter().update({ ...emptyFrame(), ...change }, model);
  return model;
}

test('is a dot while the coach works', () => {
  expect(drawn({ link: 'open', fresh: true, coaching: true, status: 'coaching' })).toEqual({
    form: 'dot',
    text: '',
  });
});

test.each(statuses.filter(({ silent }) => silent).map(({ code, text }) => [code, text] as const))(
  'says why it is silent: %s',
  (status, text) => {
    expect(drawn({ link: 'open', fresh: true, status })).toEqual({ form: 'ring', text });
  },
);

test('says that there is no engine, or another one', () => {
  expect(drawn({ link: 'closed' })).toMatchObject({
    form: 'cross',
    text: expect.stringContaining('trying again'),
  });
  expect(drawn({ link: 'differs' })).toMatchObject({
    form: 'cross',
    text: expect.stringContaining('reload'),
  });
});
