/** The port onto WebAudio: a gain for each bus, one for all, and a buffer source for each sound. */
import { type AudioPort, type Bus, type Playing, quantumS } from './audio-port.ts';

/** An AudioContext, or an OfflineAudioContext in tests. */
type Context = BaseAudioContext & { outputLatency?: number; baseLatency?: number };

export class WebAudioPort implements AudioPort {
  readonly sampleRateHz: number;
  readonly #context: Context;
  readonly #gains: Record<Bus | 'master', GainNode>;
  /** The same samples are played again and again; each is copied into a buffer once. */
  readonly #buffers = new WeakMap<Float32Array, AudioBuffer>();

  constructor(context: Context) {
    this.#context = context;
    this.sampleRateHz = context.sampleRate;
    const master = context.createGain();
    master.connect(context.destination);
    this.#gains = { master, tones: this.#gainInto(master), voice: this.#gainInto(master) };
  }

  nowS(): number {
    return this.#context.currentTime;
  }

  latencyS(): number {
    const { outputLatency = 0, baseLatency = 0 } = this.#context;
    return Math.max(outputLatency, baseLatency);
  }

  play(samples: Float32Array<ArrayBuffer>, atS: number, bus: Bus): Playing {
    const fade = this.#gainInto(this.#gains[bus]);
    const source = this.#context.createBufferSource();
    source.buffer = this.#buffer(samples);
    source.connect(fade);
    source.onended = () => fade.disconnect();
    source.start(Math.max(atS, 0));
    return {
      stop: (stopS) => {
        const fromS = Math.max(stopS, this.nowS());
        const toS = fromS + quantumS(this);
        fade.gain.setValueAtTime(1, fromS);
        fade.gain.linearRampToValueAtTime(0, toS);
        source.stop(toS);
      },
    };
  }

  level(bus: Bus | 'master', gain: number, atS: number, timeConstantS: number): void {
    this.#gains[bus].gain.setTargetAtTime(gain, Math.max(atS, this.nowS()), timeConstantS);
  }

  #gainInto(target: AudioNode): GainNode {
    const gain = this.#context.createGain();
    gain.connect(target);
    return gain;
  }

  #buffer(samples: Float32Array<ArrayBuffer>): AudioBuffer {
    const known = this.#buffers.get(samples);
    if (known !== undefined) return known;
    const buffer = this.#context.createBuffer(1, samples.length, this.sampleRateHz);
    buffer.copyToChannel(samples, 0);
    this.#buffers.set(samples, buffer);
    return buffer;
  }
}
