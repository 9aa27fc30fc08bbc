import { expect, test } from 'vitest';
import { commandOfKey } from './keys.ts';

const plain = { repeat: false, ctrlKey: false, altKey: false, metaKey: false };

test('each key asks for one thing; shortcuts of the browser and held keys ask for nothing', () => {
  const asked = ['m', 'F', 'u', 'l', 'x', 'constructor'].map((key) => commandOfKey({ ...plain, key }));
  expect(asked).toEqual(['toggle-mute', 'say-flags', 'say-fuel', 'say-lap-time', null, null]);
  expect(commandOfKey({ ...plain, key: 'f', ctrlKey: true })).toBeNull();
  expect(commandOfKey({ ...plain, key: 'm', repeat: true })).toBeNull();
});
