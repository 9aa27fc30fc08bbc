/**
 * What the sound board needs of an audio device. Two ports keep one behaviour: `web-audio-port.ts` in the page, `mix-port.ts` for rendering without a
 * browser; `testing/port-suite.ts` is the suite that both pass.
 */

/** Speech and tones are set apart, so that one can make room for the other. */
export type Bus = 'tones' | 'voice';

/** What sounds until it ends by itself. */
export interface Playing {
  /** Fades out from then on, within a quantum: never a click. */
  stop(atS: number): void;
}

export interface AudioPort {
  readonly sampleRateHz: number;
  /** The device's clock, in seconds: what is started now begins no earlier. */
  nowS(): number;
  /** From the device's clock to the ear, as far as the device knows; 0 when it does not. */
  latencyS(): number;
  /** Starts samples of the port's own rate at a time; one that has passed means now. */
  play(samples: Float32Array<ArrayBuffer>, atS: number, bus: Bus): Playing;
  /** Moves a level towards `gain` from then on, by 63 % each `timeConstantS`. */
  level(bus: Bus | 'master', gain: number, atS: number, timeConstantS: number): void;
}

/** WebAudio renders this many frames at once: nothing can change sooner. */
export const quantumFrames = 128;
export const quantumS = (port: Pick<AudioPort, 'sampleRateHz'>) => quantumFrames / port.sampleRateHz;
