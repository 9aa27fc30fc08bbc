/** Puts board, hub and device together; any page that is to sound can hold one. */
import type { HubMessage, SoundCommand, SoundSettings } from '@racing-coach/contract';
import { DelayLine } from '../link/delay-line.ts';
import { HubLink, hubUrl, type Socket } from '../link/hub-link.ts';
import { keepAwake, openDevice, useDevice } from './player/device.ts';
import { WebAudioPort } from './player/web-audio-port.ts';
import { SoundBoard } from './sound-board.ts';
import { loadVoice } from './speech/voice.ts';
import { voiceFolder } from './voice-folder.ts';

/** Often enough that nobody hears a step. */
const playEveryMs = 20;

export interface SoundPageOptions {
  page: URL;
  pageName: string;
  /** The hub's address; absent: that of the page. */
  hub?: string;
  /** Sounds beside the one page that owns the sound, and on the browser's device: what it says goes on stream. */
  forViewers?: boolean;
  /** Holds everything back, to match a delayed stream. */
  delayMs?: number;
  onCaption(text: string): void;
  /** How things stand, in a sentence for people; not running means that the browser waits for a click. */
  onState(text: string, running: boolean): void;
}

export class SoundPage {
  readonly context = openDevice();
  readonly board: SoundBoard;
  readonly #options: SoundPageOptions;
  readonly #link: HubLink;
  #voice = '';
  /** What the hub was told of being muted; null: nothing, or it has forgotten. */
  #toldMuted: boolean | null = null;
  #device: string | null = null;
  #deviceProblem: string | null = null;
  #voiceProblem: string | null = null;

  constructor(options: SoundPageOptions) {
    this.#options = options;
    this.board = new SoundBoard({ port: new WebAudioPort(this.context), onCaption: options.onCaption });
    keepAwake(this.context);
    this.context.onstatechange = () => {
      this.board.deviceChanged();
      this.#tell();
    };
    const line = this.#delayLine(options.delayMs ?? 0);
    this.#link = new HubLink({
      pageName: options.pageName,
      open: () => new WebSocket(options.hub ?? hubUrl(options.page)) as unknown as Socket,
      later: (ms, run) => setTimeout(run, ms),
      onLink: (link) => line.link(link === 'open', performance.now()),
      onMessage: (message) => line.message(message, performance.now()),
      onSnapshot: (bytes) => line.snapshot(bytes, performance.now()),
    });
  }

  #delayLine(delayMs: number): DelayLine<HubMessage, boolean> {
    const line = new DelayLine<HubMessage, boolean>(delayMs, {
      link: (open, dueMs) => this.#linked(open, dueMs),
      message: (message, dueMs) => this.#take(message, dueMs),
      snapshot: (bytes, dueMs) => this.board.takeSnapshot(bytes, dueMs),
    });
    // What comes in plays what is due; when nothing more comes, this does.
    if (delayMs > 0) setInterval(() => line.play(performance.now()), playEveryMs);
    return line;
  }

  /** Browsers want a click before a page may sound. */
  resume(): Promise<void> {
    return this.context.resume();
  }

  /** Through the hub, so that the page that sounds does it. */
  command(command: SoundCommand): void {
    this.#link.send({ type: 'sound-command', command });
  }

  #linked(open: boolean, nowMs: number): void {
    if (open && this.#options.forViewers) this.board.setOwner(true, nowMs);
    else if (open) this.#link.send({ type: 'sound-claim', claim: true });
    else this.board.disconnected(nowMs);
    this.#toldMuted = null;
    this.#tell(open ? null : 'The engine is not there: waiting for it.');
  }

  #take(message: HubMessage, nowMs: number): void {
    this.board.take(message, nowMs);
    if (message.type === 'sound-settings') void this.#follow(message.settings);
    if (message.type === 'sound-owner') this.#tell();
    this.#tellMuted();
  }

  /** For tray and HUD: who hears nothing should see why. A page for viewers owns no sound, and only listens. */
  #tellMuted(): void {
    const muted = this.board.owner && !this.#options.forViewers ? this.board.muted : null;
    if (muted === this.#toldMuted) return;
    this.#toldMuted = muted;
    this.#tell();
    if (muted !== null) this.#link.send({ type: 'sound-muted', muted });
  }

  async #follow({ voice, voiceSpeed, device }: SoundSettings): Promise<void> {
    if (device !== this.#device) {
      this.#device = device;
      this.#deviceProblem = await useDevice(this.context, device);
      this.board.deviceChanged();
    }
    const wanted = voice === null ? '' : `${voice} ${voiceSpeed}`;
    if (wanted !== this.#voice) {
      this.#voice = wanted;
      await this.#load(voice, voiceSpeed, wanted);
    }
    this.#tell();
  }

  /** Until a voice is there, and when it is broken, there are captions alone. */
  async #load(voice: string | null, speed: number, wanted: string): Promise<void> {
    this.board.setVoice(null);
    this.#voiceProblem = null;
    if (voice === null) return;
    try {
      const { page } = this.#options;
      const source = voiceFolder({ page, voice, context: this.context, fetch: (url) => fetch(url) });
      const loaded = await loadVoice(source, speed);
      if (wanted === this.#voice) this.board.setVoice(loaded);
    } catch (error) {
      this.#voiceProblem = `The voice ${voice} is not used: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #tell(text: string | null = null): void {
    const running = this.context.state === 'running';
    const standing = running ? this.#ownership() : 'Press “Start sound”: browsers ask for that.';
    const parts = [text ?? standing, this.#deviceProblem, this.#voiceProblem].filter((part) => part !== null);
    this.#options.onState(parts.join(' '), running);
  }

  #ownership(): string {
    if (!this.board.owner) return 'Silent: another page sounds.';
    return this.board.muted ? 'Muted: press M to hear it again.' : 'This page sounds.';
  }
}
