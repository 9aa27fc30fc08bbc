/** A sound board on plain samples, with a hub that is played to it: time, snapshots and events come from the test. */
import {
  type CoachEvent,
  type CueEvent,
  emptySnapshot,
  type HubMessage,
  type Snapshot,
  type SoundSettings,
  snapshotBytes,
  snapshotFlags,
  soundSettings,
  statuses,
  writeSnapshot,
} from '@racing-coach/contract';
import { MixPort } from '../player/mix-port.ts';
import { SoundBoard } from '../sound-board.ts';
import type { Voice } from '../speech/voice.ts';

export const benchRateHz = 48_000;
/** The page's clock when the device's is 0. */
const pageStartMs = 1000;
const engineBehindMs = 777;
const rowMs = 1000 / 60;

export interface BenchOptions {
  settings?: Partial<SoundSettings>;
  voice?: Voice | null;
  latencyS?: number;
  /** From engine to page. */
  transitMs?: number;
}

export class BoardBench {
  readonly port: MixPort;
  readonly board: SoundBoard;
  readonly captions: string[] = [];
  readonly snapshot: Snapshot = emptySnapshot();
  #row = 0;
  readonly #transitMs: number;

  constructor({ settings = {}, voice = null, latencyS = 0, transitMs = 1 }: BenchOptions = {}) {
    this.port = new MixPort(benchRateHz, latencyS);
    this.#transitMs = transitMs;
    this.board = new SoundBoard({ port: this.port, onCaption: (text) => this.captions.push(text) });
    this.board.setVoice(voice);
    this.hear({ type: 'sound-settings', settings: soundSettings.parse(settings) });
    this.hear({ type: 'sound-owner', owner: true });
    this.snapshot.flags = snapshotFlags.driving | snapshotFlags.connected;
    this.snapshot.status = statuses.findIndex(({ code }) => code === 'coaching');
    this.snapshot.carLeftRight = 1;
  }

  get row(): number {
    return this.#row;
  }

  /** The device's time of a row that is heard the moment it is read. */
  rowS(row: number): number {
    return (row * rowMs) / 1000;
  }

  hear(message: HubMessage): void {
    this.board.take(message, this.#arrive());
  }

  /** An event of the row that comes next, just before its snapshot, as the engine sends it. */
  event(event: CoachEvent): void {
    this.hear({ type: 'event', event: { ...event, sample: this.#row } });
  }

  cue(code: string, more: Partial<CueEvent> = {}): void {
    this.event({
      type: 'cue',
      sample: 0,
      sessionTimeS: null,
      lap: 1,
      stint: 0,
      lapDistanceM: null,
      kind: 'action',
      code,
      cornerId: 'T1',
      priority: 50,
      words: '',
      targetM: null,
      leadM: null,
      evidence: {},
      ...more,
    });
  }

  /** Rows go by; `change` sets what each snapshot says. */
  drive(rows: number, change: (snapshot: Snapshot, row: number) => void = () => {}): void {
    for (const end = this.#row + rows; this.#row < end; this.#row += 1) {
      change(this.snapshot, this.#row);
      this.snapshot.sample = this.#row;
      this.snapshot.sessionTimeS = this.#row / 60;
      this.snapshot.readAtMs = pageStartMs - engineBehindMs + this.#row * rowMs;
      const bytes = new ArrayBuffer(snapshotBytes);
      writeSnapshot(new DataView(bytes), this.snapshot);
      this.board.takeSnapshot(bytes, this.#arrive());
    }
  }

  /** So many rows' time goes by and none comes. */
  wait(rows: number): void {
    this.#row += rows;
  }

  /** The page's clock when what the present row brings arrives; the device's clock follows. */
  #arrive(): number {
    const sinceMs = this.#row * rowMs + this.#transitMs;
    this.port.clockS = sinceMs / 1000;
    return pageStartMs + sinceMs;
  }
}
