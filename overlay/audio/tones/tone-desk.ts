/** Plays the tones: countdowns by their plan, verdicts when they come. Speech makes room for a tone while it sounds. */
import type { CueEvent } from '@racing-coach/contract';
import { type AudioPort, quantumS } from '../player/audio-port.ts';
import type { SoundNote } from '../sound-log.ts';
import { OutputClock } from '../time/output-clock.ts';
import { CountdownPlan, type PlannedTone } from './countdown-plan.ts';
import { toneSamples } from './tone-samples.ts';
import { type ToneName, toneNames, tones } from './tone-table.ts';

export class ToneDesk {
  /** Nothing is started. */
  silent = true;
  /** Called with the device's times of each tone, so that speech can make room. */
  onTone: ((startS: number, endS: number) => void) | null = null;
  readonly #plan: CountdownPlan;
  readonly #output = new OutputClock();
  readonly #port: AudioPort;
  readonly #note: (note: SoundNote) => void;
  readonly #samples: Map<ToneName, Float32Array<ArrayBuffer>>;

  constructor(port: AudioPort, note: (note: SoundNote) => void, leadMs?: number) {
    this.#port = port;
    this.#note = note;
    this.#plan = new CountdownPlan(leadMs);
    this.#samples = new Map(toneNames.map((name) => [name, toneSamples(name, port.sampleRateHz)]));
  }

  /** Compares the clocks: to be called often. `latencyMs` is the driver's own calibration; null for what the device says. */
  look(nowMs: number, latencyMs: number | null): void {
    this.#output.observe(this.#port.nowS(), nowMs);
    this.#plan.latencyMs = latencyMs ?? this.#port.latencyS() * 1000;
  }

  /** @param atMs when the cue's row was read, in the page's time */
  cue(cue: CueEvent, atMs: number, rate: number, nowMs: number): void {
    const deltaS = cue.evidence['deltaS'];
    if (cue.code === 'corner-verdict' && typeof deltaS === 'number') {
      const name = deltaS > 0 ? 'verdict-loss' : 'verdict-gain';
      this.#play({ name, startMs: nowMs, cueMs: atMs }, nowMs);
    }
    const toPointS = cue.evidence['timeToPointS'] ?? Number.NaN;
    this.#play(this.#plan.cue({ code: cue.code, atMs, toPointS, rate }, nowMs), nowMs);
  }

  /** Danger. */
  alarm(nowMs: number): void {
    this.#play({ name: 'alarm', startMs: nowMs, cueMs: nowMs }, nowMs);
  }

  step(nowMs: number): void {
    this.#play(this.#plan.due(nowMs), nowMs);
  }

  /** The device was changed or stood still: what its clock said before is of no use. */
  deviceChanged(): void {
    this.#output.reset();
  }

  /** The coach has ended the countdown. */
  callOff(): void {
    this.#plan.alive(false);
  }

  #play(tone: PlannedTone | null, nowMs: number): void {
    const samples = tone === null ? undefined : this.#samples.get(tone.name);
    if (tone === null || samples === undefined || this.silent) return;
    // What is to begin now begins with the next quantum; before it the device would cut its start.
    const soonestS = this.#port.nowS() + quantumS(this.#port);
    const startS = Math.max(soonestS, this.#output.audioS(tone.startMs) || 0);
    this.#port.play(samples, startS, 'tones');
    this.onTone?.(startS, startS + tones[tone.name].lengthS);
    this.#note({ what: tone.name, does: 'tone', scheduledMs: nowMs, causeMs: tone.cueMs, startS });
  }
}
