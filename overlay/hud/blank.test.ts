import { expect, test } from 'vitest';
import { Blank } from './blank.ts';

test('blank while the hub says so, and never without it', () => {
  const body = { dataset: {} as DOMStringMap };
  const blank = new Blank(body);
  expect(blank.on).toBe(false);
  blank.take({ type: 'blank', blank: true });
  blank.take({ type: 'clock', nowMs: 1 });
  expect([blank.on, body.dataset['blank']]).toEqual([true, 'true']);
  blank.linked('open');
  expect(blank.on).toBe(true);
  blank.linked('closed');
  expect([blank.on, body.dataset['blank']]).toEqual([false, 'false']);
});
