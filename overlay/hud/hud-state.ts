/**
 * What the page knows: the newest snapshot, the reference, the verdict, the engine's clock. Fed by the hub (or by a
 * scene), asked for a frame at a time. Knows no socket and no clock of its own.
 */
import {
  type CoachEvent,
  type HubMessage,
  readSnapshot,
  type Snapshot,
  snapshotBytes,
  snapshotFlags,
  statuses,
} from '@racing-coach/contract';
import { EngineClock } from '../link/engine-clock.ts';
import type { LinkState } from '../link/hub-link.ts';
import { PlaybackRate } from '../link/playback-rate.ts';
import { emptyBoard, isOfBoard, putOnBoard } from './board.ts';
import { drawnAgeS, extrapolate } from './extrapolation.ts';
import { emptyFrame, type HudFrame } from './frame.ts';
import { HealthMeter } from './health.ts';
import { type HudSetup, hudSetup, sameSetup } from './setup.ts';
import { tickWidthOf } from './trace-history.ts';
import { VerdictBoard } from './verdict-board.ts';

/** An engine that has sent nothing for this long has nothing to say about now. */
const staleAfterMs = 1000;
/** Nobody drives when the car has stood, or been in the pits, for so long: a spin that is caught hides nothing. */
const hidesAfterMs = 1000;

export class HudState {
  /** Engine stamps in the page's time. */
  readonly clock = new EngineClock();
  readonly #frame: HudFrame = emptyFrame();
  readonly #rate = new PlaybackRate();
  readonly #verdicts = new VerdictBoard();
  #receivedMs = Number.NEGATIVE_INFINITY;
  #received = false;
  #droveMs = Number.NEGATIVE_INFINITY;
  readonly #health = new HealthMeter();
  #autoHide = true;
  #systemReducesMotion = false;

  /** What the person asked the system for; the settings may say otherwise. */
  set reducedMotion(value: boolean) {
    this.#systemReducesMotion = value;
    this.#settleMotion();
  }

  /** A new object whenever the settings ask for another picture: then the stage is to be made again. */
  get setup(): HudSetup {
    return this.#frame.setup;
  }

  /** Lays down how the HUD looks; the hub's settings come the same way. */
  set setup(value: HudSetup) {
    if (sameSetup(value, this.#frame.setup)) return;
    this.#frame.setup = value;
    this.#frame.history.tickWidth = tickWidthOf(value.options.pedalTrace.seconds);
    this.#settleMotion();
  }

  #settleMotion(): void {
    const { motion } = this.#frame.setup.look;
    this.#frame.reducedMotion = motion === 'reduced' || (motion === 'system' && this.#systemReducesMotion);
  }

  setLink(link: LinkState): void {
    this.#frame.link = link;
    if (link === 'open') return;
    this.clock.reset();
    this.#verdicts.clear();
    this.#frame.history.clear();
    this.#receivedMs = Number.NEGATIVE_INFINITY;
    this.#received = false;
    this.#frame.cue = null;
    this.#frame.muted = false;
    this.#health.clear(this.#frame.health);
    Object.assign(this.#frame.board, emptyBoard());
  }

  /** A message that has been checked; see `hub-link.ts`. */
  take(message: HubMessage, nowMs: number): void {
    if (message.type === 'hello' || message.type === 'clock') this.clock.observe(message.nowMs, nowMs);
    if (message.type === 'hello') this.#frame.health.version = message.version;
    else if (message.type === 'reference') this.#frame.reference = message.reference;
    else if (message.type === 'sound-muted') this.#frame.muted = message.muted;
    else if (message.type === 'settings') {
      this.#autoHide = message.hud.autoHide;
      this.setup = hudSetup(message);
    } else if (message.type === 'event') this.#takeEvent(message.event, nowMs);
    else if (isOfBoard(message)) putOnBoard(this.#frame.board, message);
  }

  #takeEvent(event: CoachEvent, nowMs: number): void {
    if (event.type === 'corner') this.#verdicts.offer(event, this.#frame.reference, nowMs);
    else if (event.type === 'cue' && event.words !== '') this.#frame.cue = { cue: event, arrivedMs: nowMs };
  }

  /** A binary message; one of another size is not a snapshot and is left out. */
  takeSnapshot(bytes: ArrayBuffer, nowMs: number): void {
    if (bytes.byteLength !== snapshotBytes) return;
    const { snapshot } = this.#frame;
    const stint = snapshot.stint;
    readSnapshot(new DataView(bytes), snapshot);
    if (snapshot.stint !== stint) {
      this.#verdicts.clear();
      this.#frame.cue = null;
    }
    this.#health.arrived(nowMs, this.#frame.health);
    this.clock.observe(snapshot.readAtMs, nowMs);
    this.#rate.observe(snapshot.sessionTimeS, snapshot.readAtMs);
    this.#receivedMs = nowMs;
    this.#received = true;
    // Crossing the line wraps the distance, not the pedals; leaving the track for the pits ends the line.
    if ((snapshot.flags & snapshotFlags.driving) === 0) this.#frame.history.clear();
    else {
      this.#droveMs = nowMs;
      this.#frame.history.push(snapshot.sample, snapshot);
    }
  }

  get snapshot(): Readonly<Snapshot> {
    return this.#frame.snapshot;
  }

  /** Milliseconds of the page's clock since the newest sample was read; NaN before there is one. */
  sampleAgeMs(nowMs: number): number {
    return nowMs - this.clock.pageMs(this.#frame.snapshot.readAtMs);
  }

  /** The newest snapshot was drawn at this age. */
  noteDrawn(latencyMs: number): void {
    this.#health.drawn(latencyMs);
  }

  /** The moment to draw. The same object every time. */
  frameAt(nowMs: number): HudFrame {
    const frame = this.#frame;
    const { snapshot } = frame;
    frame.nowMs = nowMs;
    frame.fresh = frame.link === 'open' && nowMs - this.#receivedMs < staleAfterMs;
    const status = statuses[snapshot.status];
    // "The recording has ended" stays true when nothing more comes; "coaching" does not.
    const known = frame.fresh || (this.#received && status?.silent === true);
    frame.status = known && status ? status.code : 'no-source';
    frame.coaching = frame.fresh && status?.silent === false;
    frame.driven = frame.fresh && !(this.#autoHide && nowMs - this.#droveMs > hidesAfterMs);
    frame.awake = frame.coaching && frame.driven;
    extrapolate(frame, drawnAgeS(snapshot, this.sampleAgeMs(nowMs)), this.#rate.value);
    const onStraight = (snapshot.flags & snapshotFlags.onStraight) !== 0;
    frame.verdict = this.#verdicts.at(
      nowMs,
      frame.awake && onStraight,
      frame.setup.options.verdict.seconds * 1000,
    );
    return frame;
  }
}
