/**
 * Everything that sounds, in one place: hub messages and snapshots in, tones and speech out through a port, captions beside. It knows no browser and no
 * clock: each call brings the page's time. Snapshots drive it, 60 times a second, because timers of a hidden page are throttled and messages are not.
 *
 * A board that does not own the sound follows what happens and is silent; so is one that is muted. Captions come all the same.
 *
 * Within two seconds of a call by spotter or flag nothing of the coach is said, shown or sounded, with one exception: a countdown that runs goes on, 8 dB
 * lower while the call is spoken. Beats and GO take no words' place, and a GO that fails to come after three beats is read as "not yet".
 */
import {
  type CueEvent,
  emptySnapshot,
  type HubMessage,
  type HubReference,
  readSnapshot,
  type SoundCommand,
  type SoundSettings,
  snapshotBytes,
  snapshotFlags,
  soundSettings,
  statuses,
} from '@racing-coach/contract';
import { PlaybackRate } from '../link/playback-rate.ts';
import { FlagCaller } from './flags/flag-caller.ts';
import type { AudioPort } from './player/audio-port.ts';
import { SoundLog, type SoundNote } from './sound-log.ts';
import { sayingOf } from './speech/coach-words.ts';
import { DriverFactBook } from './speech/driver-facts.ts';
import { answer } from './speech/requests.ts';
import { SpeechDesk } from './speech/speech-desk.ts';
import type { Voice } from './speech/voice.ts';
import { PaceWatch } from './spotter/pace-watch.ts';
import { Spotter, spotterText } from './spotter/spotter.ts';
import { RowClock } from './time/row-clock.ts';
import { ToneDesk } from './tones/tone-desk.ts';

const muteTimeConstantS = 0.005;
/** A flag stands for longer than that, and who hears of it later has seen it. */
const flagPatienceMs = 1500;

export interface SoundBoardOptions {
  port: AudioPort;
  /** A line for those who read. */
  onCaption(text: string): void;
}

export class SoundBoard {
  readonly log = new SoundLog();
  readonly #port: AudioPort;
  readonly #tones: ToneDesk;
  readonly #speech: SpeechDesk;
  readonly #spotter = new Spotter();
  readonly #pace = new PaceWatch();
  readonly #flags = new FlagCaller();
  readonly #facts = new DriverFactBook();
  readonly #rows = new RowClock();
  readonly #rate = new PlaybackRate();
  readonly #snapshot = emptySnapshot();
  #reference: HubReference | null = null;
  #raceLegal = false;
  #settings: SoundSettings = soundSettings.parse({});
  #owner = false;
  #muted = false;

  constructor({ port, onCaption }: SoundBoardOptions) {
    this.#port = port;
    const note = (entry: SoundNote) => this.log.add(entry);
    this.#tones = new ToneDesk(port, note);
    this.#speech = new SpeechDesk(port, note, onCaption);
    this.#tones.onTone = (startS, endS) => this.#speech.makeRoom(startS, endS);
    this.#applyLevels();
  }

  get settings(): SoundSettings {
    return this.#settings;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get owner(): boolean {
    return this.#owner;
  }

  setVoice(voice: Voice | null): void {
    this.#speech.voice = voice;
  }

  /** Also said by the hub: see `sound-owner`. */
  setOwner(owner: boolean, nowMs: number): void {
    this.#owner = owner;
    this.#silence(nowMs);
  }

  /** The hub is gone, and with it the right to sound. */
  disconnected(nowMs: number): void {
    this.setOwner(false, nowMs);
    this.#rows.reset();
    this.#spotter.forget();
    this.#pace.forget();
    this.#flags.forget();
    this.#facts.forget();
    this.#tones.callOff();
    this.#speech.clear(nowMs);
  }

  /** Its clock began anew. */
  deviceChanged(): void {
    this.#tones.deviceChanged();
  }

  take(message: HubMessage, nowMs: number): void {
    this.#look(nowMs);
    this.#facts.take(message);
    if (message.type === 'hello' || message.type === 'clock') this.#rows.engine.observe(message.nowMs, nowMs);
    else if (message.type === 'reference') this.#reference = message.reference;
    else if (message.type === 'sound-owner') this.setOwner(message.owner, nowMs);
    else if (message.type === 'sound-settings') this.#setSettings(message.settings, nowMs);
    else if (message.type === 'sound-command') this.#command(message.command, nowMs);
    else if (message.type === 'rules') this.#setRules(message.raceLegal, nowMs);
    else if (message.type === 'event' && message.event.type === 'cue') this.#cue(message.event, nowMs);
    this.#step(nowMs);
  }

  /** A binary message; one of another size is not a snapshot and is left out. */
  takeSnapshot(bytes: ArrayBuffer, nowMs: number): void {
    if (bytes.byteLength !== snapshotBytes) return;
    this.#look(nowMs);
    const snapshot = readSnapshot(new DataView(bytes), this.#snapshot);
    this.#rows.snapshot(snapshot, nowMs);
    this.#rate.observe(snapshot.sessionTimeS, snapshot.readAtMs);
    this.#facts.flags(snapshot.sessionFlags, nowMs);
    if (snapshot.beat === 0) this.#tones.callOff();
    this.#spot(nowMs);
    this.#callFlags(nowMs);
    this.#step(nowMs);
  }

  #look(nowMs: number): void {
    this.#tones.look(nowMs, this.#settings.latencyMs);
  }

  #step(nowMs: number): void {
    this.#tones.step(nowMs);
    this.#speech.step(nowMs);
  }

  /** The engine sends no instruction where the rules forbid it; what was sent before is not said any more. */
  #setRules(raceLegal: boolean, nowMs: number): void {
    this.#raceLegal = raceLegal;
    if (!raceLegal) return;
    this.#tones.callOff();
    this.#speech.clearAdvice(nowMs);
  }

  #cue(cue: CueEvent, nowMs: number): void {
    if (this.#raceLegal && cue.kind !== 'safety') return;
    if (cue.kind === 'safety') this.#tones.alarm(nowMs);
    if (cue.code === 'corner-verdict' && this.#speech.isQuiet(nowMs)) this.#leaveOut(cue.code, nowMs);
    else this.#tones.cue(cue, this.#rows.pageMs(cue.sample, nowMs), this.#rate.value || 1, nowMs);
    const saying = sayingOf(cue, { reference: this.#reference, ...this.#surroundings() });
    if (saying === null) return;
    const isSpoken = saying.rank !== 'coach' || this.#settings.advice;
    this.#speech.say(isSpoken ? saying : { ...saying, speech: [] }, nowMs);
  }

  #leaveOut(what: string, nowMs: number): void {
    const times = { scheduledMs: nowMs, causeMs: nowMs, startS: Number.NaN };
    this.log.add({ what, does: 'drop', ...times, reason: 'after-call' });
  }

  #surroundings() {
    return { brakeInS: this.#snapshot.brakeInS, speedMps: this.#snapshot.speedMps };
  }

  #spot(nowMs: number): void {
    const { carLeftRight, flags, sessionFlags, status } = this.#snapshot;
    const paced = this.#pace.step(statuses[status]?.code ?? null, sessionFlags);
    // Pits, menus and replays are told by the flag.
    const racing = (flags & snapshotFlags.driving) !== 0 && !paced;
    const call = this.#spotter.step(carLeftRight, racing, nowMs);
    if (call === null || !this.#settings.spotter) return;
    const text = spotterText(call, this.#settings.ovalInside);
    const caption = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
    this.#speech.say(
      { caption, speech: [text], rank: 'spotter', priority: 0, patienceMs: 150, endInMs: null },
      nowMs,
    );
  }

  #callFlags(nowMs: number): void {
    const { sessionFlags, flags } = this.#snapshot;
    const driving = (flags & snapshotFlags.driving) !== 0;
    const call = this.#flags.step(sessionFlags, driving, nowMs);
    if (call === null || !this.#settings.flags) return;
    if (call.danger) this.#tones.alarm(nowMs);
    const caption = `${call.words.charAt(0).toUpperCase()}${call.words.slice(1)}`;
    const rank = call.danger ? 'safety' : 'call';
    this.#speech.say(
      { caption, speech: [call.words], rank, priority: 0, patienceMs: flagPatienceMs, endInMs: null },
      nowMs,
    );
  }

  #command(command: SoundCommand, nowMs: number): void {
    if (command === 'mute' || command === 'unmute' || command === 'toggle-mute') {
      this.#muted = command === 'toggle-mute' ? !this.#muted : command === 'mute';
      this.#silence(nowMs);
    } else this.#speech.say(answer(command, this.#facts.now(nowMs)), nowMs);
  }

  /** They come with every change of any setting: what the mute key did stands until the setting itself is changed. */
  #setSettings(settings: SoundSettings, nowMs: number): void {
    if (settings.muted !== this.#settings.muted) this.#muted = settings.muted;
    this.#settings = settings;
    this.#silence(nowMs);
  }

  /** Muting and losing the sound end at once what is being said, and start nothing until they are over. */
  #silence(nowMs: number): void {
    const silent = this.#muted || !this.#owner;
    this.#tones.silent = silent || this.#settings.toneVolume === null;
    this.#speech.silence(silent, nowMs);
    this.#applyLevels();
  }

  #applyLevels(): void {
    const { volume, toneVolume, voiceVolume } = this.#settings;
    const nowS = this.#port.nowS();
    const master = this.#muted || !this.#owner ? 0 : volume;
    this.#port.level('master', master, nowS, muteTimeConstantS);
    this.#speech.voiceVolume = voiceVolume;
    this.#speech.toneVolume = toneVolume ?? 0;
    this.#speech.applyLevels();
  }
}
