import { expect, test } from 'vitest';
import { newId } from './new-id.ts';

test('ids are of version 7 and grow, within one millisecond and when the clock goes back', () => {
  const ids = Array.from({ length: 10_000 }, (_, index) => newId(new Date(1_800_000_000_000 - (index % 3))));
  for (const id of ids.slice(0, 20))
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
