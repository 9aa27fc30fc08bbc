/**
 * What overlays cost, while the engine runs: a measurement that somebody asks for, and the level that follows from it. Overlays are blank on a lease: who
 * measures renews it, and when nobody does, because he was closed or crashed, they are shown again within seconds.
 */
import {
  type BoardMessage,
  CodedError,
  type CostResult,
  type CostState,
  type DrawingNote,
} from '@racing-coach/contract';
import type { EventBus } from '../loop/event-bus.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { afterMeasurement, atNextSession, type CostRecord, costMessage, noCostRecord } from './cost-level.ts';
import { CostTrial, type TrialPlan } from './cost-trial.ts';
import { costLines } from './cost-words.ts';

/** Who measures asks twice a second. */
export const leaseMs = 5000;
const lookEveryMs = 500;
/** A second of the sim that is older says nothing about now. */
const freshMs = 3000;

export interface CostParts {
  /** What was kept, and keeping it. */
  record: CostRecord;
  save(record: CostRecord): void;
  publish(message: BoardMessage): void;
  /** Overlays that are connected. */
  overlays(): number;
  tell(line: string): void;
  nowMs(): number;
  date(): Date;
  /** Calls again and again; returns how to end that. */
  every(ms: number, run: () => void): () => void;
}

export class CostDesk {
  readonly #parts: CostParts;
  #record: CostRecord;
  #trial: CostTrial | null = null;
  #result: CostResult | null = null;
  #newest: { note: DrawingNote; atMs: number } | null = null;
  #renewedMs = 0;
  #blank = false;
  #session = 0;
  #endLooking: (() => void) | null = null;

  constructor(parts: CostParts) {
    this.#parts = parts;
    this.#record = parts.record;
  }

  listen(bus: EventBus<EngineTopics>): void {
    bus.subscribe('note', 'cost', (note) => {
      if (note.type === 'drawing') this.#second(note);
      if (note.type === 'session') this.#begins(note.number);
    });
  }

  /** Pages are there, or will be. */
  publishLevel(): void {
    this.#parts.publish(costMessage(this.#record));
  }

  /** Throws a coded error when there is nothing to measure. */
  start(wanted: Omit<TrialPlan, 'level'>): CostState {
    if (this.#trial !== null) throw new CodedError('cost-running');
    // Told before anybody drives for it: at this level the windows stay closed. A HUD that is open in a browser can be measured.
    if (this.#record.level === 'audio-only' && this.#parts.overlays() === 0)
      throw new CodedError('cost-audio-only');
    const { note, atMs } = this.#newest ?? { note: null, atMs: 0 };
    if (note === null || this.#parts.nowMs() - atMs > freshMs) throw new CodedError('cost-nobody-drives');
    if (note.frameRateHz === null) throw new CodedError('cost-no-frame-rate');
    if (!note.green) throw new CodedError('cost-nobody-drives');
    if (this.#parts.overlays() === 0) throw new CodedError('cost-no-overlay');
    this.#trial = new CostTrial({ ...wanted, level: this.#record.level });
    this.#result = null;
    this.#renewedMs = this.#parts.nowMs();
    this.#endLooking = this.#parts.every(lookEveryMs, () => this.#look());
    return this.state();
  }

  /** Who measures is still there. */
  renew(): CostState {
    this.#renewedMs = this.#parts.nowMs();
    return this.state();
  }

  /** What is known so far counts, if it is enough. */
  stop(): CostState {
    this.#trial?.stop();
    this.#follow();
    return this.state();
  }

  /** The user wants everything drawn, whatever was measured. */
  reset(): CostState {
    this.#keep(noCostRecord);
    return this.state();
  }

  state(): CostState {
    const progress = this.#trial?.progress ?? { block: 0, second: 0, waitingS: 0 };
    const { blocks = 0, blockS = 0 } = this.#trial?.plan ?? {};
    const { level, why } = costMessage(this.#record);
    const result = this.#trial === null ? this.#result : this.#trial.result(this.#parts.date());
    const [running, blank] = [this.#trial !== null, this.#blank];
    const said = result === null ? [] : costLines({ result, level, why });
    return { running, blank, ...progress, blocks, blockS, result, level, why, said };
  }

  #second(note: DrawingNote): void {
    this.#newest = { note, atMs: this.#parts.nowMs() };
    this.#trial?.take(note);
    this.#follow();
  }

  #look(): void {
    if (this.#parts.nowMs() - this.#renewedMs > leaseMs) this.stop();
  }

  #begins(session: number): void {
    if (session === this.#session) return;
    this.#session = session;
    const next = atNextSession(this.#record, this.#parts.date());
    if (next !== this.#record) this.#keep(next);
  }

  #follow(): void {
    if (this.#trial?.over === true) this.#finish(this.#trial);
    const blank = this.#trial?.blank ?? false;
    if (blank === this.#blank) return;
    this.#blank = blank;
    this.#parts.publish({ type: 'blank', blank });
  }

  #finish(trial: CostTrial): void {
    this.#trial = null;
    this.#endLooking?.();
    this.#endLooking = null;
    this.#result = trial.result(this.#parts.date());
    if (this.#result !== null) this.#keep(afterMeasurement(this.#record, this.#result));
  }

  /** The level holds for this run also when it cannot be kept. */
  #keep(record: CostRecord): void {
    const changed = record.level !== this.#record.level;
    this.#record = record;
    this.publishLevel();
    if (changed) this.#parts.tell(costMessage(record).why);
    try {
      this.#parts.save(record);
    } catch (thrown) {
      this.#parts.tell(CodedError.from(thrown).message);
    }
  }
}
