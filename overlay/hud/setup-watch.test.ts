import { defaultLook } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { defaultSetup, type HudSetup, hudSetup, sameSetup } from './setup.ts';
import { SetupWatch } from './setup-watch.ts';

const light = hudSetup({ look: { ...defaultLook, theme: 'light' } });
const german = hudSetup({ look: { ...defaultLook, language: 'de' } });

test('one change at a time, and the newest settings after it', async () => {
  const changes: [HudSetup, () => void][] = [];
  const watch = new SetupWatch(defaultSetup, (setup) => new Promise((done) => changes.push([setup, done])));
  watch.look(defaultSetup);
  watch.look(light);
  watch.look(german);
  expect(changes.map(([setup]) => setup)).toEqual([light]);
  changes[0]?.[1]();
  await new Promise(setImmediate);
  watch.look(german);
  watch.look(german);
  expect(changes.map(([setup]) => setup)).toEqual([light, german]);
});

test('settings that draw the same are the same', () => {
  expect(sameSetup(defaultSetup, hudSetup({}))).toBe(true);
  expect(sameSetup(light, defaultSetup)).toBe(false);
  expect(sameSetup(defaultSetup, hudSetup({ shown: ['status'] }))).toBe(false);
});
