/**
 * A live engine: the runner on a source that comes and goes, the recorder, the references, the pages. It ends when it is stopped and never because the
 * sim went away; whatever was open is then settled and closed.
 */
import type { RunnerSource } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { ReferenceLibrary } from '../library/reference-library.ts';
import type { ReferenceHandle } from '../native.ts';
import type { Serving } from '../play/serving.ts';
import { openLapStore } from '../store/worker-lap-store.ts';
import { LiveCoach } from './live-coach.ts';

export interface LiveOptions {
  source: RunnerSource;
  /** `--tape`: where a raw tape goes as well. */
  tape: string | undefined;
  port: number | undefined;
  /** Loads the lap of `--reference`; null when none was named. */
  chosen(library: ReferenceLibrary): Promise<ReferenceHandle | null>;
  /** Called once pages can connect. */
  onReady(serving: Serving): void;
  /** Called with what takes typed lines. */
  onCommands(type: (line: string) => void): void;
}

/** Runs until the context is stopped. */
export async function runLive(options: LiveOptions, context: Context): Promise<void> {
  // Asked for before anything is opened: a Ctrl-C meanwhile is not lost, and from here on, whatever is opened is closed.
  const { stopped, terminal, dataDir } = context;
  const lock = EngineLock.take(dataDir);
  try {
    const { store, notice } = await openLapStore({ path: dataDir.file('laps.db'), now: new Date() });
    try {
      if (notice !== null) terminal.tell(notice);
      const left = await store.settleLeftOpen(new Date().toISOString());
      if (left > 0)
        terminal.tell(`Laps that the last run left open were settled with their own times: ${left}.`);
      if (!stopped.aborted) await coach(new ReferenceLibrary(store), lock, options, context);
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

async function coach(
  library: ReferenceLibrary,
  lock: EngineLock,
  options: LiveOptions,
  context: Context,
): Promise<void> {
  const native = await context.native();
  const chosen = await options.chosen(library);
  const live = new LiveCoach({
    source: options.source,
    tape: options.tape,
    library,
    native,
    chosen,
    context,
  });
  const serving = await live.serve(options.port, lock);
  options.onReady(serving);
  options.onCommands(live.typed);
  try {
    await live.run();
  } finally {
    context.terminal.endLive();
    await live.idle();
    await serving.close();
  }
}
