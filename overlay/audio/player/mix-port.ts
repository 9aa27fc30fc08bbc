/** The port onto plain samples: everything that is played is noted and mixed at the end. Its clock stands where the caller puts it. */
import { type AudioPort, type Bus, type Playing, quantumFrames } from './audio-port.ts';

interface Played {
  samples: Float32Array;
  startFrame: number;
  bus: Bus;
  /** The fade begins here; infinite for a sound that plays out. */
  stopFrame: number;
}

interface LevelChange {
  frame: number;
  gain: number;
  timeConstantS: number;
}

export class MixPort implements AudioPort {
  readonly sampleRateHz: number;
  clockS = 0;
  readonly #played: Played[] = [];
  readonly #levels: Record<Bus | 'master', LevelChange[]> = { master: [], tones: [], voice: [] };
  readonly #latencyS: number;

  constructor(sampleRateHz: number, latencyS = 0) {
    this.sampleRateHz = sampleRateHz;
    this.#latencyS = latencyS;
  }

  nowS(): number {
    return this.clockS;
  }

  latencyS(): number {
    return this.#latencyS;
  }

  play(samples: Float32Array<ArrayBuffer>, atS: number, bus: Bus): Playing {
    const played = { samples, startFrame: this.#frame(atS), bus, stopFrame: Number.POSITIVE_INFINITY };
    this.#played.push(played);
    return {
      stop: (stopS) => {
        played.stopFrame = this.#frame(stopS);
      },
    };
  }

  level(bus: Bus | 'master', gain: number, atS: number, timeConstantS: number): void {
    this.#levels[bus].push({ frame: this.#frame(atS), gain, timeConstantS });
  }

  /** Everything from 0 to `lengthS`, or one bus of it. */
  render(lengthS: number, only?: Bus): Float32Array<ArrayBuffer> {
    const mix = new Float32Array(Math.ceil(lengthS * this.sampleRateHz));
    const buses: Bus[] = only === undefined ? ['tones', 'voice'] : [only];
    for (const bus of buses) {
      const part = new Float32Array(mix.length);
      for (const played of this.#played) if (played.bus === bus) addPlayed(part, played);
      this.#applyLevel(part, bus);
      for (let at = 0; at < mix.length; at += 1) mix[at] = (mix[at] ?? 0) + (part[at] ?? 0);
    }
    this.#applyLevel(mix, 'master');
    return mix;
  }

  #frame(atS: number): number {
    return Math.round(Math.max(atS, this.clockS) * this.sampleRateHz);
  }

  /** As WebAudio's `setTargetAtTime`: from wherever the level is. */
  #applyLevel(samples: Float32Array, bus: Bus | 'master'): void {
    const changes = this.#levels[bus].toSorted((a, b) => a.frame - b.frame);
    let [level, target, keep, next] = [1, 1, 1, 0];
    for (let at = 0; at < samples.length; at += 1) {
      for (let change = changes[next]; change !== undefined && change.frame <= at; change = changes[next]) {
        target = change.gain;
        keep = Math.exp(-1 / (change.timeConstantS * this.sampleRateHz));
        next += 1;
      }
      samples[at] = (samples[at] ?? 0) * level;
      level = target + (level - target) * keep;
    }
  }
}

function addPlayed(into: Float32Array, { samples, startFrame, stopFrame }: Played): void {
  const count = Math.min(samples.length, stopFrame + quantumFrames - startFrame, into.length - startFrame);
  for (let at = 0; at < count; at += 1) {
    const fade = Math.min(1, 1 - (startFrame + at - stopFrame) / quantumFrames);
    into[startFrame + at] = (into[startFrame + at] ?? 0) + fade * (samples[at] ?? 0);
  }
}
