/** The simulator that writes like iRacing, as a process of its own: what a live engine is tested against. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './racing-coach.ts';

const manifest = join(root, 'native', 'Cargo.toml');
const name = process.platform === 'win32' ? 'racing-coach-sim.exe' : 'racing-coach-sim';

/** Builds the simulator when it is not built, and gives its path; null, and why is said, where that is not possible. `RACING_COACH_SIM` names one. */
export function simProgram(): string | null {
  const named = process.env['RACING_COACH_SIM'];
  if (named) return named;
  try {
    const words = [
      'build',
      '--quiet',
      '--manifest-path',
      manifest,
      '-p',
      'racing-coach-simwriter',
      '--bin',
      'racing-coach-sim',
    ];
    execFileSync('cargo', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    console.log(`skipped: live engine: the simulator cannot be built here (${String(error).split('\n')[0]})`);
    return null;
  }
  return join(root, 'native', 'target', 'debug', name);
}

export interface Sim {
  /** Resolves to how it ended when it has played everything. */
  ended: Promise<number | null>;
  /** As a crash: without a word, and the map stays. */
  crash(): Promise<unknown>;
}

/** Plays; the words are those of `racing-coach-sim play`. */
export function playSim(program: string, map: string, ...words: string[]): Sim {
  const child: ChildProcess = spawn(program, ['play', ...words, '--map', map], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr?.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (status) => {
      if (status !== 0 && status !== null) console.log(`racing-coach-sim: ${err}`);
      resolve(status);
    }),
  );
  return {
    ended,
    crash: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
