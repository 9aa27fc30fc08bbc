/** The OBS desk of a real engine: the clock, the kept password, the lap store. */
import type { Context } from '../cli/command.ts';
import { readObsPassword } from '../data/obs-password.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { ObsDesk } from './obs-desk.ts';

export function makeObsDesk({ store }: ReferenceLibrary, { dataDir, terminal }: Context): ObsDesk {
  return new ObsDesk({
    password: () => readObsPassword(dataDir),
    bestTimeS: async (trackKey, carKey) => (await store.bestOwnLap(trackKey, carKey))?.lapTimeS ?? null,
    nowMs: () => performance.now(),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    tell: (line) => terminal.tell(line),
  });
}
