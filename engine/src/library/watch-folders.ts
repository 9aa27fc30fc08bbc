/**
 * Recordings that appear in folders. A sim writes a recording for as long as the session lasts, so a file counts as finished when its size and
 * time have stood still from one look to the next. Looking at intervals instead of asking the system: notifications get lost on network drives
 * and synchronised folders, where recordings often lie.
 */
import { stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

export interface WatchOptions {
  list(): Promise<string[]>;
  /** What was there before and is not to be told. */
  known: string[];
  stopped: AbortSignal;
  onFinished(file: string): Promise<void>;
  /** Time between looks. */
  everyMs?: number;
}

/** Standing still for this long: the sim flushes a recording about every second. */
const defaultEveryMs = 3000;

/** Resolves when stopped. */
export async function watchFolders(options: WatchOptions): Promise<void> {
  const done = new Set(options.known);
  const growing = new Map<string, string>();
  while (!options.stopped.aborted) {
    await wait(options.everyMs ?? defaultEveryMs, undefined, { signal: options.stopped }).catch(() => {});
    if (options.stopped.aborted) return;
    // A folder that is away for a moment (a drive asleep) is no reason to stop watching.
    const files = await options.list().catch(() => []);
    for (const file of files.filter((name) => !done.has(name))) {
      const state = await stat(file).then(
        (facts) => `${facts.size} ${facts.mtimeMs}`,
        () => null,
      );
      if (state === null) continue;
      if (growing.get(file) !== state) growing.set(file, state);
      else {
        growing.delete(file);
        done.add(file);
        await options.onFinished(file);
      }
    }
  }
}
