/**
 * Does the jobs of the queue, one of each kind at a time, so that a long row of one kind holds up no other. What fails is tried again, later each time;
 * what cannot succeed, such as a damaged lap, has failed at once.
 */
import { type ProblemCode, problems } from '@racing-coach/contract/server';
import type { Database } from '../database/database.ts';
import { DatabaseGone } from '../database/database-gone.ts';
import { ProblemError } from '../problem-error.ts';
import {
  failJob,
  finishJob,
  type Job,
  type JobKind,
  mostAttempts,
  postponeJob,
  takeJob,
} from './job-queue.ts';

export interface Clock {
  now(): Date;
  /** Resolves early when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export type JobHandlers = Partial<Record<JobKind, (job: Job) => Promise<void>>>;

export interface RunnerOptions {
  database: Database;
  handlers: JobHandlers;
  clock: Clock;
  /** From 0 to 1; spreads the attempts of several replicas. */
  random(): number;
  /** Told of each attempt that failed; `error` may hold what a log should not lose. */
  onFailure(job: Job, problem: ProblemCode, error: unknown): void;
}

/** Longer than any job takes; a replica that died holds its job up for as long. */
const leaseMs = 5 * 60_000;
const idleMs = 5_000;
const firstDelayMs = 5_000;
const longestDelayMs = 15 * 60_000;

/** Half of it is certain, half is chance. */
export function delayMs(attempts: number, random: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempts - 1));
  return full * (0.5 + random / 2);
}

const notCounted = new Set<ProblemCode>(['busy', 'unavailable']);

export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #ending = new AbortController();
  #wake = new AbortController();
  #lanes: Promise<unknown> | null = null;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  start(): void {
    const kinds = Object.keys(this.#options.handlers) as JobKind[];
    this.#lanes ??= Promise.all(kinds.map((kind) => this.#lane(kind)));
  }

  /** There may be work: called after a commit that made some. */
  wake(): void {
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  /** Resolves when the jobs that run are done. */
  async stop(): Promise<void> {
    this.#ending.abort();
    this.wake();
    await this.#lanes;
  }

  /** Does the next job of the kind; false when there is none. Rejects when the database is gone. */
  async runOne(kind: JobKind): Promise<boolean> {
    const { database, clock, handlers } = this.#options;
    const job = await takeJob(database, kind, clock.now(), leaseMs);
    if (job === null) return false;
    try {
      // One that dies with its process every time has no error of its own.
      if (job.attempts > mostAttempts) throw new Error('given up after too many attempts');
      await handlers[kind]?.(job);
      await finishJob(database, job);
    } catch (error) {
      await this.#failed(job, error);
    }
    return true;
  }

  async #lane(kind: JobKind): Promise<void> {
    while (!this.#ending.signal.aborted) {
      const { signal } = this.#wake;
      // Only the database can be in the way here; it is asked again soon.
      const worked = await this.runOne(kind).catch(() => false);
      if (!worked && !this.#ending.signal.aborted) await this.#options.clock.sleep(idleMs, signal);
    }
  }

  async #failed(job: Job, error: unknown): Promise<void> {
    const problem = problemOf(error);
    this.#options.onFailure(job, problem, error);
    const { database, clock, random } = this.#options;
    const counted = !notCounted.has(problem);
    // What the core says of a file, it says again.
    const final = counted && (job.attempts >= mostAttempts || problems[problem][0] === 422);
    if (final) return await failJob(database, job, problem);
    const runAfter = new Date(clock.now().getTime() + delayMs(job.attempts, random()));
    await postponeJob(database, job, { runAfter, problem, counted });
  }
}

function problemOf(error: unknown): ProblemCode {
  if (error instanceof ProblemError) return error.code;
  return error instanceof DatabaseGone ? 'unavailable' : 'internal';
}

/** Of the process. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done);
    }),
};
