/**
 * Recordings that appear or grow in folders. A sim writes a recording for as long as the session lasts, so a file counts as finished when its
 * size and time have stood still from one look to the next; one that changes later is finished once more. Looking at intervals instead of asking the system: notifications get lost on network drives
 * and synchronised folders, where recordings often lie.
 */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export interface WatchOptions {
  list(): Promise<string[]>;
  /** What was there before and is not to be told, as it was then; see {@link finishedFiles}. */
  known: ReadonlyMap<string, string>;
  stopped: AbortSignal;
  onFinished(file: string): Promise<void>;
  /** Time between looks. */
  everyMs?: number;
}

/** Standing still for this long: the sim flushes a recording about every second. */
const defaultEveryMs = 3000;

/** Those of `files` that nobody is writing, with their size and time. Waits for one look where a file is so new that it may be growing. */
export async function finishedFiles(
  files: string[],
  nowMs: number,
  everyMs = defaultEveryMs,
): Promise<Map<string, string>> {
  const before = await statesOf(files);
  const isNew = ({ changedMs }: FileState) => Math.abs(nowMs - changedMs) < everyMs;
  if ([...before.values()].some(isNew)) await wait(everyMs);
  const finished = new Map<string, string>();
  for (const [file, { text }] of await statesOf(files))
    if (before.get(file)?.text === text) finished.set(file, text);
  return finished;
}

/** Resolves when stopped. */
export async function watchFolders(options: WatchOptions): Promise<void> {
  const done = new Map(options.known);
  const growing = new Map<string, string>();
  while (!options.stopped.aborted) {
    await wait(options.everyMs ?? defaultEveryMs, undefined, { signal: options.stopped }).catch(() => {});
    if (options.stopped.aborted) return;
    // A folder that is away for a moment (a drive asleep) is no reason to stop watching.
    const files = await options.list().catch(() => []);
    for (const [file, { text }] of await statesOf(files)) {
      if (done.get(file) === text) continue;
      if (growing.get(file) !== text) growing.set(file, text);
      else {
        growing.delete(file);
        done.set(file, text);
        await options.onFinished(file);
      }
    }
  }
}

interface FileState {
  text: string;
  changedMs: number;
}

/** Files that are gone are left out. */
async function statesOf(files: string[]): Promise<Map<string, FileState>> {
  const states = new Map<string, FileState>();
  for (const file of files) {
    const facts = await stat(file).catch(() => null);
    if (facts !== null)
      states.set(file, { text: `${facts.size} ${facts.mtimeMs}`, changedMs: facts.mtimeMs });
  }
  return states;
}
