/**
 * Says what the queue lets through: joins the clips, keeps what plays so that it can be stopped, and makes room. Speech of the coach steps back while a
 * tone sounds, tones step back while the spotter speaks. Only our own sounds can make room: the sim's volume is the sim's.
 */
import { type AudioPort, type Playing, quantumS } from '../player/audio-port.ts';
import { isCall, type SpeechAction, type SpeechItem, SpeechQueue } from '../queue/speech-queue.ts';
import type { SoundNote } from '../sound-log.ts';
import type { ClipPlan } from './clip-plan.ts';
import type { Saying } from './coach-words.ts';
import type { Voice } from './voice.ts';

/** 8 dB: there, but behind. */
const duckedGain = 0.4;
const duckTimeConstantS = 0.01;
/** Begun this long before a tone, so that the tone's onset stands in the clear. */
const duckBeforeS = 0.03;

interface Spoken {
  saying: Saying;
  text: string;
  plan: ClipPlan;
  offeredMs: number;
  /** Its caption was shown when it was offered. */
  shown: boolean;
}

export class SpeechDesk {
  voice: Voice | null = null;
  voiceVolume = 1;
  toneVolume = 1;
  readonly #port: AudioPort;
  readonly #note: (note: SoundNote) => void;
  readonly #onCaption: (text: string) => void;
  readonly #queue = new SpeechQueue();
  readonly #offered = new Map<number, Spoken>();
  #playing: Playing[] = [];
  #ids = 0;

  constructor(port: AudioPort, note: (note: SoundNote) => void, onCaption: (text: string) => void) {
    this.#port = port;
    this.#note = note;
    this.#onCaption = onCaption;
  }

  /** Whether a call leaves no room for coaching: while it is said, and for two seconds after. */
  isQuiet(nowMs: number): boolean {
    return this.#queue.isQuiet(nowMs);
  }

  /**
   * Shows it; and says it when a voice is there that can say all of it. Advice so soon after a call is shown only if it is still said, so that it never
   * takes the place of the call's own caption.
   */
  say(saying: Saying, nowMs: number): void {
    if (isCall(saying)) this.#queue.called(nowMs);
    const shown = saying.rank !== 'coach' || !this.isQuiet(nowMs);
    if (shown) this.#onCaption(saying.caption);
    const found = this.#firstPlan(saying);
    if (found === null) return;
    const item: SpeechItem = {
      id: this.#ids++,
      rank: saying.rank,
      priority: saying.priority,
      durationMs: found.plan.durationS * 1000,
      latestStartMs: nowMs + saying.patienceMs,
      endByMs: saying.endInMs === null ? null : nowMs + saying.endInMs,
    };
    this.#offered.set(item.id, { saying, ...found, offeredMs: nowMs, shown });
    this.#carryOut(this.#queue.offer(item, nowMs), nowMs);
  }

  step(nowMs: number): void {
    this.#carryOut(this.#queue.step(nowMs), nowMs);
  }

  clear(nowMs: number): void {
    this.#carryOut(this.#queue.clear(nowMs), nowMs);
  }

  /** The rules forbid advice from now on. */
  clearAdvice(nowMs: number): void {
    this.#carryOut(this.#queue.clearRank('coach', nowMs), nowMs);
  }

  silence(silent: boolean, nowMs: number): void {
    this.#carryOut(this.#queue.mute(silent, nowMs), nowMs);
  }

  /** A tone sounds from then to then: what the coach says makes room. */
  makeRoom(startS: number, endS: number): void {
    const speaking = this.#queue.speaking;
    if (speaking === null || speaking.rank === 'spotter') return;
    this.#port.level('voice', this.voiceVolume * duckedGain, startS - duckBeforeS, duckTimeConstantS);
    this.#port.level('voice', this.voiceVolume, endS, duckTimeConstantS);
  }

  applyLevels(): void {
    const nowS = this.#port.nowS();
    this.#port.level('voice', this.voiceVolume, nowS, duckTimeConstantS);
    this.#port.level('tones', this.toneVolume, nowS, duckTimeConstantS);
  }

  #firstPlan({ speech }: Saying): { text: string; plan: ClipPlan } | null {
    for (const text of speech) {
      const plan = this.voice?.plan(text) ?? null;
      if (plan !== null) return { text, plan };
    }
    return null;
  }

  #carryOut(actions: SpeechAction[], nowMs: number): void {
    for (const action of actions) {
      const spoken = this.#offered.get(action.item.id);
      if (action.does === 'stop') this.#stop();
      else if (spoken === undefined) continue;
      else if (action.does === 'start') this.#start(action.item, spoken, nowMs);
      else this.#drop(action.item, spoken, action.reason, nowMs);
    }
  }

  /** One quantum from now: what was stopped just before has faded by then. */
  #start(item: SpeechItem, { saying, text, plan, offeredMs, shown }: Spoken, nowMs: number): void {
    if (!shown) this.#onCaption(saying.caption);
    const startS = this.#port.nowS() + quantumS(this.#port);
    this.#playing = plan.clips.flatMap(({ clip, startS: afterS }) => {
      const samples = this.voice?.samples(clip.file);
      return samples === undefined ? [] : [this.#port.play(samples, startS + afterS, 'voice')];
    });
    if (item.rank === 'spotter') this.#tonesStepBack(startS, startS + plan.durationS);
    this.#offered.delete(item.id);
    this.#note({ what: text, does: 'speech', scheduledMs: nowMs, causeMs: offeredMs, startS });
  }

  #tonesStepBack(startS: number, endS: number): void {
    this.#port.level('voice', this.voiceVolume, startS, duckTimeConstantS);
    this.#port.level('tones', this.toneVolume * duckedGain, startS, duckTimeConstantS);
    this.#port.level('tones', this.toneVolume, endS, duckTimeConstantS);
  }

  #stop(): void {
    const nowS = this.#port.nowS();
    for (const playing of this.#playing) playing.stop(nowS);
    this.#playing = [];
  }

  #drop(item: SpeechItem, { text, offeredMs }: Spoken, reason: string, nowMs: number): void {
    this.#offered.delete(item.id);
    this.#note({
      what: text,
      does: 'drop',
      scheduledMs: nowMs,
      causeMs: offeredMs,
      startS: Number.NaN,
      reason,
    });
  }
}
