import type * as addon from '@racing-coach/native';
import { expect, test } from 'vitest';
import { loadNative, type NativeAddon } from '../../engine/src/native.ts';

/** Does not compile when the addon's generated types and what the engine uses of it part ways. */
const fits = (built: typeof addon): NativeAddon => built;

test('the built addon has everything that the engine uses', async () => {
  const native: NativeAddon = fits((await loadNative()) as unknown as typeof addon);
  const functions = [
    'analyzeFile',
    'compareLaps',
    'convertFile',
    'describeFile',
    'extractLaps',
    'lapFileCorners',
    'nowMs',
    'simulate',
  ] as const;
  for (const name of functions) expect(native[name], name).toBeTypeOf('function');
  expect(native.Runner).toBeTypeOf('function');
  expect(native.ReferenceHandle.load).toBeTypeOf('function');
  expect(native.nowMs()).toBeLessThanOrEqual(native.nowMs());
});

test('what the native part refuses comes with a code and a finished sentence', async () => {
  const native = await loadNative();
  await expect(native.analyzeFile('none.ibt')).rejects.toMatchObject({
    code: 'file-not-found',
    message: expect.stringContaining('none.ibt'),
  });
  await expect(native.compareLaps('{')).rejects.toThrow();
});
