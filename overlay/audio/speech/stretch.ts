/**
 * Speaks faster or slower at the same pitch: playing a clip at another rate would make a child or a giant of the voice. Overlapping pieces are laid
 * at another distance, each shifted by up to a pitch period to where it fits the one before best (waveform-similarity overlap-add). Done once
 * for each clip, when a pack is loaded.
 */

/** Two pitch periods of a low voice. */
const pieceS = 0.024;
/** A period at 80 Hz. */
const searchS = 0.0125;

export function stretched(samples: Float32Array<ArrayBuffer>, speed: number, rateHz: number) {
  if (speed === 1) return samples;
  const piece = 2 * Math.round((pieceS * rateHz) / 2);
  const hop = piece / 2;
  const search = Math.round(searchS * rateHz);
  const out = new Float32Array(Math.round(samples.length / speed));
  let from = 0;
  for (let to = 0; to < out.length; to += hop) {
    if (to > 0) from = bestFit(samples, from + hop, Math.round(to * speed), search, hop);
    overlapAdd(out, to, samples, from, piece, to === 0);
  }
  return out;
}

/** Where near `wanted` the signal is most like what would have come next. */
function bestFit(
  samples: Float32Array,
  next: number,
  wanted: number,
  search: number,
  length: number,
): number {
  let [best, most] = [wanted, Number.NEGATIVE_INFINITY];
  const first = Math.max(0, wanted - search);
  for (let at = first; at <= wanted + search; at += 2) {
    let [dot, power] = [0, 1e-9];
    for (let i = 0; i < length; i += 2) {
      const value = samples[at + i] ?? 0;
      dot += value * (samples[next + i] ?? 0);
      power += value * value;
    }
    const likeness = dot / Math.sqrt(power);
    if (likeness > most) [best, most] = [at, likeness];
  }
  return best;
}

/** Under a Hann window, whose halves add up to one; the first piece keeps its start. */
function overlapAdd(
  out: Float32Array,
  to: number,
  samples: Float32Array,
  from: number,
  piece: number,
  isFirst: boolean,
): void {
  for (let i = 0; i < piece && to + i < out.length; i += 1) {
    const rising = isFirst && i < piece / 2 ? 1 : 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / piece);
    out[to + i] = (out[to + i] ?? 0) + rising * (samples[from + i] ?? 0);
  }
}
