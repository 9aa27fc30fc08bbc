/** What each corner of this lap cost, as the map shows it: one letter a corner, in the order of the reference's corners. */
import type { CornersMessage, HubReference } from '@racing-coach/contract';
import { type FittedTrack, pieceAt, pieces } from './geometry.ts';

/** `L` and `l` lost time, `G` and `g` gained it, `.` neither, or is not known yet. */
export type SectionLetter = 'L' | 'l' | '.' | 'g' | 'G';

/** A driver's own time in a corner varies by 0.05 to 0.16 s from lap to lap (measured): less says nothing, more says a lot. */
const noticeS = 0.05;
const largeS = 0.15;

export function sectionLetters(message: CornersMessage | null, reference: HubReference | null): string {
  if (reference === null) return '';
  const deltas = new Map(message?.corners.map(({ cornerId, deltaS }) => [cornerId, deltaS]));
  return reference.corners.map(({ id }) => letterOf(deltas.get(id) ?? null)).join('');
}

function letterOf(deltaS: number | null): SectionLetter {
  if (deltaS === null || Math.abs(deltaS) < noticeS) return '.';
  if (deltaS > 0) return deltaS >= largeS ? 'L' : 'l';
  return deltaS <= -largeS ? 'G' : 'g';
}

/** Width of the line in layout pixels where time was lost or gained. */
const widths: Record<string, number> = { L: 9, l: 6, g: 6, G: 9 };

/** Fills the widths of the two coloured lines at each of the drawn line's points. */
export function sectionWidths(
  letters: string,
  reference: HubReference | null,
  track: FittedTrack,
  loss: Float32Array,
  gain: Float32Array,
): void {
  loss.fill(0);
  gain.fill(0);
  reference?.corners.forEach(({ startM, endM }, index) => {
    const letter = letters[index] ?? '.';
    const width = widths[letter] ?? 0;
    if (width === 0) return;
    const into = letter === 'L' || letter === 'l' ? loss : gain;
    const from = Math.floor(pieceAt(track, startM));
    const to = Math.ceil(pieceAt(track, endM));
    // One whose end is smaller than its start runs across the line.
    const count = (to - from + pieces) % pieces;
    for (let step = 0; step <= count; step += 1) into[(from + step) % pieces] = width;
  });
  // The last point is the first one.
  loss[pieces] = loss[0] ?? 0;
  gain[pieces] = gain[0] ?? 0;
}
