/**
 * From taps on a beat to the way from command to ear. A person who taps along taps with what he hears, not with what was sent; most tap some
 * 20 to 50 ms early (negative mean asynchrony: Aschersleben 2002, Brain and Cognition 48), which is added back. The median forgives single bad taps.
 */

/** Early by this much, on average, when tapping to a metronome. */
const anticipationMs = 30;
/** The first beats are there to fall into step. */
const warmUp = 4;
const fewestTaps = 6;
/** Taps that scatter more than this measured a person, not a device. */
const mostSpreadMs = 45;
const mostLatencyMs = 500;

export type TapResult = { ok: true; latencyMs: number; spreadMs: number } | { ok: false; why: string };

/**
 * @param beatsMs when each beat was sent, ms, ascending
 * @param tapsMs when each tap came, same clock
 */
export function latencyFromTaps(beatsMs: readonly number[], tapsMs: readonly number[]): TapResult {
  const intervalMs = ((beatsMs.at(-1) ?? 0) - (beatsMs[0] ?? 0)) / Math.max(1, beatsMs.length - 1);
  const offsets = beatsMs
    .slice(warmUp)
    .map((beat) => nearest(tapsMs, beat, intervalMs))
    .filter((offset) => offset !== null);
  if (offsets.length < fewestTaps)
    return { ok: false, why: 'Too few taps fell on a beat. Tap with every one of them.' };
  const middle = median(offsets);
  const spreadMs = Math.round(median(offsets.map((offset) => Math.abs(offset - middle))));
  if (spreadMs > mostSpreadMs)
    return { ok: false, why: 'The taps were too uneven to measure anything. Try once more.' };
  const latencyMs = Math.round(Math.min(mostLatencyMs, Math.max(0, middle + anticipationMs)));
  return { ok: true, latencyMs, spreadMs };
}

/** Of the tap that belongs to a beat: from a little before it until well behind it, for devices are late and never early. Null without one. */
function nearest(tapsMs: readonly number[], beatMs: number, intervalMs: number): number | null {
  const offsets = tapsMs
    .map((tap) => tap - beatMs)
    .filter((offset) => offset > -0.25 * intervalMs && offset < 0.75 * intervalMs);
  return offsets.length === 0
    ? null
    : offsets.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
}
