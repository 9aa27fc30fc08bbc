/** The simulators as processes of their own: what a live engine is tested against. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './racing-coach.ts';

const manifest = join(root, 'native', 'Cargo.toml');
/** Builds a simulator when it is not built, and gives its path; null, and why is said, where that is not possible. The environment may name one. */
function program(name: string, variable: string): string | null {
  const named = process.env[variable];
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
      name,
    ];
    execFileSync('cargo', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (error) {
    console.log(`skipped: live engine: ${name} cannot be built here (${String(error).split('\n')[0]})`);
    return null;
  }
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return join(root, 'native', 'target', 'debug', file);
}

/** The one that writes like iRacing; `RACING_COACH_SIM` names another. */
export const simProgram = (): string | null => program('racing-coach-sim', 'RACING_COACH_SIM');

/** The one that sends like a console with Gran Turismo 7; `RACING_COACH_CONSOLE` names another. */
export const consoleProgram = (): string | null => program('racing-coach-console', 'RACING_COACH_CONSOLE');

export interface Sim {
  /** Resolves to how it ended when it has played everything. */
  ended: Promise<number | null>;
  /** As a crash: without a word, and the map stays. */
  crash(): Promise<unknown>;
}

/** Plays; the words are those of `racing-coach-sim play`. */
export function playSim(path: string, map: string, ...words: string[]): Sim {
  return play(path, ...words, '--map', map);
}

/** Waits to be asked, then plays; the words are those of `racing-coach-console play`. */
export function playConsole(path: string, ...words: string[]): Sim {
  return play(path, ...words);
}

function play(path: string, ...words: string[]): Sim {
  const child: ChildProcess = spawn(path, ['play', ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr?.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) =>
    child.on('close', (status) => {
      if (status !== 0 && status !== null) console.log(`${path}: ${err}`);
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
