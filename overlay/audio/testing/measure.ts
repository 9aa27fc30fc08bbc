/** What tests measure of sound: level at a frequency, onsets, loudness. */

/** A stretch under a Hann window, so that a tone that does not fit it does not leak into others. */
function windowed(samples: Float32Array): { values: Float64Array; weight: number } {
  const values = new Float64Array(samples.length);
  let weight = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / (samples.length - 1));
    values[at] = window * (samples[at] ?? 0);
    weight += window;
  }
  return { values, weight };
}

/** Goertzel's sum. */
function goertzel(values: Float64Array, turnsPerSample: number): number {
  const c = 2 * Math.cos(2 * Math.PI * turnsPerSample);
  let [s1, s2] = [0, 0];
  for (let at = 0; at < values.length; at += 1) {
    const s0 = (values[at] ?? 0) + c * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return Math.sqrt(Math.max(0, s1 * s1 + s2 * s2 - c * s1 * s2));
}

/** Amplitude of one frequency in a stretch of samples. */
export function amplitudeAt(samples: Float32Array, rateHz: number, frequencyHz: number): number {
  const { values, weight } = windowed(samples);
  return (2 * goertzel(values, frequencyHz / rateHz)) / weight;
}

/** The loudest of the frequencies from 50 Hz up, 5 Hz apart. */
export function dominantFrequencyHz(samples: Float32Array, rateHz: number, upToHz = 3500): number {
  const { values } = windowed(samples);
  let [best, most] = [0, 0];
  for (let frequencyHz = 50; frequencyHz <= upToHz; frequencyHz += 5) {
    const amount = goertzel(values, frequencyHz / rateHz);
    if (amount > most) [best, most] = [frequencyHz, amount];
  }
  return best;
}

/** Where sound begins, in seconds: the first sample above the threshold after `quietS` below it. A ramp of 2 ms is found within 0.5 ms. */
export function onsetsS(samples: Float32Array, rateHz: number, threshold = 0.002, quietS = 0.05): number[] {
  const onsets: number[] = [];
  let lastLoud = Number.NEGATIVE_INFINITY;
  for (const [at, sample] of samples.entries()) {
    if (Math.abs(sample) < threshold) continue;
    if (at - lastLoud > quietS * rateHz) onsets.push(at / rateHz);
    lastLoud = at;
  }
  return onsets;
}

/** Second-order section. */
function filtered(samples: Float64Array, b: readonly number[], a: readonly number[]): Float64Array {
  const [b0 = 0, b1 = 0, b2 = 0] = b;
  const [, a1 = 0, a2 = 0] = a;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

/** ITU-R BS.1770's K weighting; its filters are given for 48 kHz and worked out here for any rate. */
function kWeighted(samples: Float32Array, rateHz: number): Float64Array {
  const shelf = filterTerms(1681.9745, 0.7071752, rateHz);
  const high = 10 ** (4 / 20);
  const band = high ** 0.4996667741545416;
  const { k, q, a0, a } = shelf;
  const shelfB = [high + (band * k) / q + k * k, 2 * (k * k - high), high - (band * k) / q + k * k];
  const shelved = filtered(
    Float64Array.from(samples),
    shelfB.map((value) => value / a0),
    a,
  );
  return filtered(shelved, [1, -2, 1], filterTerms(38.1355, 0.500327, rateHz).a);
}

function filterTerms(cornerHz: number, q: number, rateHz: number) {
  const k = Math.tan((Math.PI * cornerHz) / rateHz);
  const a0 = 1 + k / q + k * k;
  return { k, q, a0, a: [1, (2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}

/** Integrated loudness in LUFS as BS.1770 has it, but in blocks of 100 ms: a word is shorter than its 400 ms. */
export function loudnessLufs(samples: Float32Array, rateHz: number): number {
  const weighted = kWeighted(samples, rateHz);
  const [block, hop] = [Math.round(rateHz / 10), Math.round(rateHz / 40)];
  const powers: number[] = [];
  for (let start = 0; start < samples.length; start += hop) {
    let sum = 0;
    for (let at = start; at < Math.min(start + block, weighted.length); at += 1)
      sum += (weighted[at] ?? 0) ** 2;
    powers.push(sum / block);
  }
  const heard = powers.filter((power) => power > 10 ** ((-70 + 0.691) / 10));
  const gate = mean(heard) / 10;
  return -0.691 + 10 * Math.log10(mean(heard.filter((power) => power > gate)));
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
