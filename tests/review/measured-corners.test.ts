/** The corners of a lap that was driven live are measured from its lap file: they are those that `analyze` prints for the recording. */
import { join } from 'node:path';
import type { FileAnalysis, LapCornersAnswer } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { trackFiles } from '../../engine/src/library/track-files.ts';
import { loadNative } from '../../engine/src/native.ts';
import { root } from '../engine/racing-coach.ts';

const recording = join(root, 'reference-laps', 'demo-session.ibt');

test('a lap file’s corners are those of its recording', async () => {
  const native = await loadNative();
  const { laps } = JSON.parse(await native.analyzeFile(recording, [...trackFiles])) as FileAnalysis;
  const extracted = await native.extractLaps(recording, [...trackFiles]);
  const best = laps
    .filter((lap) => lap.referenceGrade)
    .sort((a, b) => (a.lapTimeS ?? 0) - (b.lapTimeS ?? 0))[0];
  const bestFile = extracted[laps.findIndex((lap) => lap === best)]?.lapFile;
  if (bestFile == null) throw new Error('the session has no best lap');
  let compared = 0;
  for (const [at, { lapFile, summary }] of extracted.entries()) {
    expect(JSON.parse(summary).corners).toEqual(laps[at]?.corners);
    if (lapFile == null) continue;
    const request = JSON.stringify({ model: null, trackFiles });
    const measured = JSON.parse(
      await native.lapFileCorners(Buffer.from(lapFile), Buffer.from(bestFile), request),
    ) as LapCornersAnswer;
    expect(measured.corners).toEqual(laps[at]?.corners);
    compared += measured.corners.length;
  }
  expect(compared).toBe(33);
});

test('what is no lap file is refused with a code', async () => {
  const native = await loadNative();
  const request = JSON.stringify({ model: null, trackFiles: [] });
  await expect(
    native.lapFileCorners(Buffer.from('no lap'), Buffer.from('no lap'), request),
  ).rejects.toMatchObject({
    code: 'lapfile-damaged',
  });
});
