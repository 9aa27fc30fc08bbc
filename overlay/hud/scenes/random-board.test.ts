import { hubMessage } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { randomBoardMessage, seeded } from './random-board.ts';

test('every random message (seed 5) is one that the hub may send, and all kinds come', () => {
  const random = seeded(5);
  const types = new Set<string>();
  for (let count = 0; count < 300; count += 1) {
    const message = randomBoardMessage(random);
    expect(hubMessage.parse(message)).toEqual(message);
    types.add(message.type);
  }
  expect([...types].sort()).toEqual(['corners', 'fuel', 'laps', 'map', 'relative', 'tyres']);
});

test('the same seed gives the same messages', () => {
  const [one, other] = [seeded(9), seeded(9)];
  for (let count = 0; count < 20; count += 1)
    expect(randomBoardMessage(one)).toEqual(randomBoardMessage(other));
});
