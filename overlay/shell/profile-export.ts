/** Gives a profile away as a file: what the engine has of it, written where the user says. */
import type { ProfileExport } from '@racing-coach/contract';
import type { EngineApi } from './engine/engine-api.ts';
import type { ShellPorts } from './shell-ports.ts';

/** Never rejects, and what went wrong is said without the file's path: that is for the log alone. */
export async function exportProfile(
  id: string,
  api: EngineApi | null,
  { saveText, log }: Pick<ShellPorts, 'saveText' | 'log'>,
): Promise<ProfileExport> {
  if (api === null) return { kind: 'failed', why: 'The engine is not running: try again when it is.' };
  try {
    const text = `${JSON.stringify(await api.profile(id), null, 2)}\n`;
    const written = await saveText(`${id}.racing-coach.json`, text).catch((error: unknown) => {
      log(`A profile was not written: ${String(error)}`);
      return null;
    });
    if (written === null)
      return { kind: 'failed', why: 'The file could not be written: choose another folder.' };
    return { kind: written ? 'written' : 'cancelled' };
  } catch (error) {
    log(`A profile was not given: ${String(error)}`);
    return { kind: 'failed', why: 'The engine did not give the profile: try again.' };
  }
}
