/** `reference list --server`, `reference fetch` and `reference update`: shared laps of the server. */
import { CodedError, sharedLapFetched } from '@racing-coach/contract';
import type { Action, Context } from '../cli/command.ts';
import { lapTimeText, table } from '../cli/format.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { askEngine } from '../doctor/running-engine.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { withLibrary } from '../library/stored-reference.ts';
import { fetchReference, updateFetched } from '../sync/fetch-reference.ts';
import { ServerReferences } from '../sync/server-references.ts';
import { sharedLapOf } from '../sync/shared-lap.ts';

/** A server on the other side of the world, and a lap file of an hour. */
const fetchPatienceMs = 120_000;

function signedIn({ dataDir, stopped }: Context): ServerReferences {
  const references = ServerReferences.of(dataDir, stopped);
  if (references === null) throw new CodedError('not-signed-in');
  return references;
}

export async function listShared(context: Context): Promise<0> {
  const { terminal, json } = context;
  const shared = await signedIn(context).list({});
  const stored = await withLibrary(context, (library) => library.list());
  const laps = shared.map((lap) => sharedLapOf(lap, stored));
  if (json) terminal.print(JSON.stringify({ references: laps }));
  else if (laps.length === 0) terminal.print('Nobody has shared a lap with you on the server yet.');
  else {
    const rows = laps.map((lap) => [
      lap.id,
      lap.track,
      lap.car,
      lapTimeText(lap.lapTimeS),
      lap.condition,
      lap.driver,
      lap.fetched ? `${lap.label} (fetched)` : lap.label,
    ]);
    for (const line of table(['id', 'track', 'car', '>time', 'track is', 'driver', 'label'], rows))
      terminal.print(line);
  }
  return 0;
}

/** By the engine that runs, which then coaches from it where it fits; else with the library to itself. */
export function fetchShared(id: string): Action {
  return async (context) => {
    const { terminal, json, dataDir } = context;
    const references = signedIn(context);
    const path = `/api/server-references/${encodeURIComponent(id)}/fetch`;
    const running = await askEngine(dataDir, path, sharedLapFetched, 'POST', fetchPatienceMs);
    const fetched =
      running?.fetched ??
      (await alone(context, async (library) => {
        const native = await context.native();
        return fetchReference(id, { references, library, native }, new Date());
      }));
    const { id: stored, label, lapTimeS } = fetched;
    terminal.print(
      json
        ? JSON.stringify({ id: stored, label, lapTimeS })
        : `Fetched ${stored}: ${label}, ${lapTimeText(lapTimeS)}`,
    );
    return 0;
  };
}

export async function updateShared(context: Context): Promise<0> {
  const { terminal, json } = context;
  const references = signedIn(context);
  const updated = await alone(context, async (library) => {
    const native = await context.native();
    return updateFetched({ references, library, native }, new Date());
  });
  if (json) terminal.print(JSON.stringify({ updated }));
  else if (updated.length === 0) terminal.print('Every fetched lap is as it is on the server.');
  else
    for (const { id, label, lapTimeS } of updated)
      terminal.print(`Updated ${id}: ${label}, ${lapTimeText(lapTimeS)}`);
  return 0;
}

async function alone<Result>(
  context: Context,
  work: (library: ReferenceLibrary) => Promise<Result>,
): Promise<Result> {
  const lock = EngineLock.take(context.dataDir);
  try {
    return await withLibrary(context, work);
  } finally {
    lock.release();
  }
}
