/**
 * A tone as samples. A pure function of the table and the rate: the page puts the result into an AudioBuffer, the offline renderer mixes it, so
 * what a test measures is what a driver hears. Every partial begins at phase 0 under a ramp and ends under one: no click, no offset.
 */
import { type Partial, type Tone, type ToneName, tones } from './tone-table.ts';

export function toneSamples(name: ToneName, sampleRateHz: number): Float32Array<ArrayBuffer> {
  const tone: Tone = tones[name];
  const samples = new Float32Array(Math.round(tone.lengthS * sampleRateHz));
  for (const partial of tone.partials) {
    addPartial(samples, sampleRateHz, partial, tone);
    if (tone.knock !== null && partial.startS === 0) addKnock(samples, sampleRateHz, partial, tone);
  }
  return scaledToPeak(samples, 10 ** (tone.peakDbfs / 20));
}

function addPartial(samples: Float32Array, rateHz: number, partial: Partial, tone: Tone): void {
  const start = Math.round(partial.startS * rateHz);
  const count = Math.min(samples.length - start, Math.round(partial.lengthS * rateHz));
  const step = (2 * Math.PI * partial.frequencyHz) / rateHz;
  for (let at = 0; at < count; at += 1) {
    const level = envelope(at / rateHz, (count - 1 - at) / rateHz, tone);
    samples[start + at] = (samples[start + at] ?? 0) + partial.amplitude * level * Math.sin(step * at);
  }
}

/** Rise and fall are raised cosines; between them the sound dies away as a struck bar does. */
function envelope(sinceStartS: number, toEndS: number, tone: Tone): number {
  const rise = raisedCosine(sinceStartS / tone.attackS);
  const fall = raisedCosine(toEndS / tone.releaseS);
  const decay = Math.exp(-Math.max(0, sinceStartS - tone.attackS) / tone.decayS);
  return rise * fall * decay;
}

const raisedCosine = (part: number) => (part >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * part));

function addKnock(samples: Float32Array, rateHz: number, partial: Partial, { knock, attackS }: Tone): void {
  if (knock === null) return;
  const step = (2 * Math.PI * partial.frequencyHz * knock.ratio) / rateHz;
  const count = Math.min(samples.length, Math.round(8 * knock.decayS * rateHz));
  for (let at = 0; at < count; at += 1) {
    const sinceS = at / rateHz;
    const level = raisedCosine((2 * sinceS) / attackS) * Math.exp(-sinceS / knock.decayS);
    samples[at] = (samples[at] ?? 0) + knock.amplitude * level * Math.sin(step * at);
  }
}

function scaledToPeak(samples: Float32Array<ArrayBuffer>, peak: number): Float32Array<ArrayBuffer> {
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return samples.map((sample) => (sample * peak) / loudest);
}
