import { expect, test } from 'vitest';
import { SizeWatch } from './size-watch.ts';

const size = (width: number, devicePixelRatio = 1) => ({ width, height: 1080, devicePixelRatio });

test('reports a drag once, when it is over', () => {
  const watch = new SizeWatch(size(1920));
  const reported = [0, 16, 33, 50, 100, 199, 200, 300].map((nowMs) =>
    watch.settled(size(nowMs < 50 ? 1920 - nowMs : 1600), nowMs),
  );
  expect(reported.filter((one) => one !== null)).toEqual([size(1600)]);
  expect(reported[6]).toEqual(size(1600));
});

test('a change that is taken back is none; another screen is one', () => {
  const watch = new SizeWatch(size(1920));
  expect(watch.settled(size(1900), 0)).toBeNull();
  expect(watch.settled(size(1920), 100)).toBeNull();
  expect(watch.settled(size(1920), 900)).toBeNull();
  expect(watch.settled(size(1920, 2), 1000)).toBeNull();
  expect(watch.settled(size(1920, 2), 1200)).toEqual(size(1920, 2));
});
