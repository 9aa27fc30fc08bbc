import { expect, test } from 'vitest';
import { RowFields } from './flat-rows.ts';

const rows = new RowFields({ name: '', gap: 0 }, [0, 1] as const);

test('rows lie in the model under numbered names, and come back as they were', () => {
  const model = rows.blank();
  expect(model).toEqual({ name0: '', gap0: 0, name1: '', gap1: 0 });
  rows.write(model, 1, { name: 'Ada', gap: -12 });
  expect(model).toEqual({ name0: '', gap0: 0, name1: 'Ada', gap1: -12 });
  expect(rows.read(model, 1)).toEqual({ name: 'Ada', gap: -12 });
  rows.write(model, 1, null);
  expect(model).toEqual(rows.blank());
});
