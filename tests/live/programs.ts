/** The writing sim and its reader as processes, at home or under Wine. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';

export const root = join(import.meta.dirname, '..', '..');
export const long = process.env['RACING_COACH_LONG'] !== undefined;

/** What the reader counts; see `native/simwriter/src/plain_reader.rs`. */
export interface Counts {
  seen: number;
  missed: number;
  torn: number;
  wrongSums: number;
  connections: number;
  disconnections: number;
  latenessMs: { p50: number; p99: number; max: number } | null;
}

/** One tick: a reader that was not run for longer cannot have seen every row. */
const tickMs = 1000 / 60;
const mostTries = 4;

/** Builds both for this machine, as far as they are not built. */
export function buildHere(): string {
  const manifest = join(root, 'native', 'Cargo.toml');
  const words = ['build', '--quiet', '--manifest-path', manifest, '-p', 'racing-coach-simwriter', '--bins'];
  execFileSync('cargo', words, { stdio: ['ignore', 'inherit', 'inherit'] });
  return join(root, 'native', 'target', 'debug');
}

export interface Programs {
  /** The command and its first words. */
  sim: string[];
  read: string[];
  env?: Record<string, string>;
}

/**
 * A sim is not run in the shadow of a test run either: both go before other programs where the system allows it (as root), else `nice` says that
 * it does not and starts them all the same.
 */
function start(words: string[], env: Programs['env']): ChildProcess {
  return spawn('nice', ['-n', '-10', ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.on('close', () => resolve());
  });

export class Reader {
  counts: Counts[] = [];
  private readonly child: ChildProcess;
  readonly done: Promise<void>;

  constructor(programs: Programs, words: string[]) {
    this.child = start([...programs.read, ...words], programs.env);
    this.done = ended(this.child);
    if (this.child.stdout)
      createInterface({ input: this.child.stdout }).on('line', (line) => {
        this.counts.push(JSON.parse(line) as Counts);
      });
  }

  get last(): Counts {
    const last = this.counts.at(-1);
    if (!last) throw new Error('the reader has said nothing yet');
    return last;
  }

  stop() {
    this.child.kill('SIGKILL');
  }
}

/** A sim that plays a simulated car until it is killed, as one that crashes. */
export class Sim {
  private readonly child: ChildProcess;

  constructor(programs: Programs, words: string[]) {
    const what = [
      'play',
      'simcar',
      '--laps',
      '1',
      '--loop',
      '--stamp',
      '--padding',
      '323',
      '--360hz',
      '--cars',
      '20',
    ];
    this.child = start([...programs.sim, ...what, ...words], programs.env);
  }

  async kill() {
    this.child.kill('SIGKILL');
    await ended(this.child);
  }
}

/**
 * Runs both for a while and expects every row to arrive whole. A row that was lost is a failure unless the reader was not run for a tick
 * or longer, which is the machine's doing; then it is tried again.
 */
export async function expectEveryRow(
  programs: Programs,
  mapWords: string[],
  seconds: number,
): Promise<Counts> {
  for (let tries = 1; ; tries++) {
    const sim = new Sim(programs, mapWords);
    const reader = new Reader(programs, [...mapWords, '--seconds', String(seconds)]);
    await reader.done;
    await sim.kill();
    const { last } = reader;
    expect(last.wrongSums, 'a torn row was accepted').toBe(0);
    expect(last.seen + last.missed).toBeGreaterThan(0);
    const stalled = (last.latenessMs?.max ?? Number.POSITIVE_INFINITY) >= tickMs;
    if (last.missed === 0 || !stalled || tries === mostTries) {
      expect(last.missed, `ticks were lost (try ${tries})`).toBe(0);
      return last;
    }
  }
}

export async function until(what: string, isSo: () => boolean, seconds: number) {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
