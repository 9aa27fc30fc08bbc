/** Runs the product the way a user does: the bin in a process of its own, with a data directory of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReadyDocument } from '@racing-coach/contract';

export const root = join(import.meta.dirname, '..', '..');
export const bin = join(root, 'engine', 'bin', 'racing-coach.mjs');
/** Real recordings that are not part of the project. */
export const telemetry = join(root, '..', 'shared', 'telemetry');

export interface Ended {
  status: number | null;
  out: string;
  err: string;
}

/** To the end. `RACING_COACH_DATA_DIR` keeps the user's own data out of it. */
export function runCoach(words: string[], dataDir: string, node = process.execPath): Promise<Ended> {
  const child = start(words, dataDir, node);
  const ended: Ended = { status: null, out: '', err: '' };
  child.stdout?.on('data', (text) => {
    ended.out += text;
  });
  child.stderr?.on('data', (text) => {
    ended.err += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ ...ended, status }));
  });
}

export interface Serving {
  urls: { hud: string; hub: string };
  /** Ends it the way a service manager does; resolves to the exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Everything that standard output held. */
  lines: string[];
}

/** A command that serves, once it has said that it is ready. */
export function startCoach(words: string[], dataDir: string): Promise<Serving> {
  const child = start([...words, '--json'], dataDir, process.execPath);
  const lines: string[] = [];
  let err = '';
  child.stderr?.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return new Promise((resolve, reject) => {
    void ended.then((status) => reject(new Error(`it ended with ${status}: ${err}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const document = JSON.parse(line) as ReadyDocument;
      const { hud = '', hub = '', ...more } = document.urls ?? {};
      if (document.ready)
        resolve({ urls: { hud, hub, ...more }, lines, stop: (signal) => stop(child, ended, signal) });
    });
  });
}

export interface Followed {
  /** Resolves when it has ended by itself, or was stopped. */
  ended: Promise<Ended>;
  /** Resolves once standard error holds the text. */
  said(text: string): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

/** A command that goes on until it is stopped, and tells how it goes on standard error. */
export function followCoach(words: string[], dataDir: string, limits: Limits = {}): Followed {
  const child = start(words, dataDir, process.execPath, limits);
  const ended: Ended = { status: null, out: '', err: '' };
  child.stdout?.on('data', (text) => {
    ended.out += text;
  });
  child.stderr?.on('data', (text) => {
    ended.err += text;
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    ended: closed.then((status) => ({ ...ended, status })),
    said: async (text) => {
      while (!ended.err.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended: ${ended.err}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    stop: async (signal) => {
      const status = await stop(child, closed, signal);
      return { ...ended, status };
    },
  };
}

function stop(child: ChildProcess, ended: Promise<number | null>, signal: NodeJS.Signals = 'SIGTERM') {
  child.kill(signal);
  return ended;
}

/** What the system allows a process; a file that may not grow stands for a full disk. */
interface Limits {
  largestFileBytes?: number;
}

function start(
  words: string[],
  dataDir: string,
  node: string,
  { largestFileBytes }: Limits = {},
): ChildProcess {
  const env = { ...process.env, RACING_COACH_DATA_DIR: dataDir, NO_COLOR: '1' };
  const options = { env, stdio: ['ignore' as const, 'pipe' as const, 'pipe' as const] };
  if (largestFileBytes === undefined) return spawn(node, [bin, ...words], options);
  // Blocks of 512 bytes, as POSIX has it.
  const limited = `ulimit -f ${largestFileBytes / 512} && exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', limited, node, bin, ...words], options);
}

/** What is needed of a running test: its names, and leaving it. */
interface RunningTest {
  task: { name: string; suite?: { name: string } | undefined };
  skip(note: string): never;
}

/** A real recording's path; skips the test, and says why, where it is missing. */
export function recording(name: string, running: RunningTest): string {
  const path = join(telemetry, name);
  if (existsSync(path)) return path;
  const { task } = running;
  console.log(`skipped: ${[task.suite?.name, task.name].filter(Boolean).join(' ')}: ${path} is not there`);
  return running.skip(`${path} is not there`);
}
