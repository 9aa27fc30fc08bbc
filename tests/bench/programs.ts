/** Starting what a benchmark measures: our own programs, Rust examples, Python packages of peers. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs an example program of a crate, built for release, and gives the JSON it prints on its last line. */
export async function rustExample<T>(root: string, crate: string, name: string, words: string[]): Promise<T> {
  const manifest = join(root, 'native', 'Cargo.toml');
  const cargo = ['run', '--release', '--quiet', '--manifest-path', manifest, '-p', crate, '--example', name];
  const { stdout } = await execute('cargo', [...cargo, '--', ...words], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** Builds a program of a crate for release; its path. */
export async function buildRust(root: string, crate: string, name: string): Promise<string> {
  const manifest = join(root, 'native', 'Cargo.toml');
  await execute('cargo', [
    'build',
    '--release',
    '--quiet',
    '--manifest-path',
    manifest,
    '-p',
    crate,
    '--bin',
    name,
  ]);
  return join(root, 'native', 'target', 'release', name);
}

/** Runs a Python program with packages that are installed into the cache; null where that cannot be done. */
export async function pythonProgram<T>(
  cache: string,
  packages: string[],
  words: string[],
): Promise<T | null> {
  const folder = join(cache, `python-${packages.join('-').replaceAll(/[^a-z0-9.-]/g, '')}`);
  try {
    if (!existsSync(folder))
      await execute('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages]);
    const env = { ...process.env, PYTHONPATH: folder };
    const { stdout } = await execute('python3', words, { env, maxBuffer: 1 << 24 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
  } catch {
    return null;
  }
}

export interface ServingEngine {
  child: ChildProcess;
  urls: { hud: string; hub: string };
  stop(): Promise<void>;
}

const bin = (root: string) => join(root, 'engine', 'bin', 'racing-coach.mjs');

/** Starts `racing-coach` with `--json` and resolves when it has printed its addresses. */
export function startEngine(root: string, words: string[], dataDir: string): Promise<ServingEngine> {
  const all = [bin(root), ...words, '--json', '--port', '0', '--data-dir', dataDir];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  const stop = () =>
    new Promise<void>((done) => {
      if (child.exitCode !== null) return done();
      child.once('close', () => done());
      child.kill('SIGTERM');
    });
  return new Promise((resolve, reject) => {
    child.once('close', (code) => reject(new Error(`the engine ended with ${code}: ${said}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as { ready?: boolean; urls?: ServingEngine['urls'] };
      if (message.ready && message.urls) resolve({ child, urls: message.urls, stop });
    });
  });
}

/** Runs a command of `racing-coach` to its end and gives what it printed. */
export async function runEngine(root: string, words: string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [bin(root), ...words], { maxBuffer: 1 << 28 });
  return stdout;
}
