/** `racing-coach server` in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readyDocument } from '@racing-coach/contract';

const bin = join(import.meta.dirname, '..', '..', 'engine', 'bin', 'racing-coach.mjs');
const running = new Set<ChildProcess>();
process.once('exit', () => killServers());

/** Whatever still runs, as a test that failed leaves it. */
export function killServers(): void {
  for (const child of running) child.kill('SIGKILL');
}

export type Env = Record<string, string>;

export function runServer(words: string[], env: Env = {}) {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(HOST|PORT|DATABASE_URL|REDIS_URL)$/.test(name)),
  );
  const child = spawn(process.execPath, [bin, 'server', ...words], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = once(child, 'close').then(([status]) => {
    running.delete(child);
    return { status: status as number | null, ...said };
  });
  return { child, ended, said };
}

export async function startServer(words: string[], env: Env = {}) {
  const { child, ended, said } = runServer([...words, '--port', '0', '--json'], env);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended]);
  if (!Array.isArray(first)) throw new Error(`it ended with ${first.status}: ${first.err}`);
  const { urls } = readyDocument.parse(JSON.parse(String(first[0])));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { api: urls.api ?? '', signUp: urls.signUp, stop, said };
}

export const post = (url: string, body: object, headers: Env = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
