/**
 * `--reference`: which lap to coach from. What was typed is understood first and loaded later.
 *
 * GO is commanded only at brake points of this driver's own laps. A lap of the same recording is his; a lap of another file is taken for
 * somebody else's unless `--own` says otherwise; a lap of the library carries who drove it.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CodedError, type LapSession } from '@racing-coach/contract';
import type { Context } from '../cli/command.ts';
import { type LapChoice, parseFileLap } from '../cli/readers.ts';
import { saysWhere } from '../library/reference-library.ts';
import { loadStoredReference, withLibrary } from '../library/stored-reference.ts';
import { trackFiles } from '../library/track-files.ts';
import type { NativeAddon, ReferenceFacts, ReferenceHandle } from '../native.ts';

export type ReferenceChoice =
  | { kind: 'own-best' }
  | ({ kind: 'lap'; file: string; own: boolean } & LapChoice)
  | { kind: 'stored'; id: string }
  /** Nothing was asked for: the library's lap for this track and car, if it has one. */
  | { kind: 'library' };

/** From what was typed; an identity of the library is whatever is not one of the other forms. */
export function parseReferenceChoice(
  text: string | undefined,
  own: boolean,
  problems: string[],
): ReferenceChoice {
  if (text === undefined) return { kind: 'library' };
  if (text === 'own-best') return { kind: 'own-best' };
  const lap = parseFileLap(text);
  if (lap !== null) return { kind: 'lap', own, ...lap };
  if (/^[a-z0-9-]{4,64}$/.test(text)) return { kind: 'stored', id: text };
  problems.push(`--reference must be own-best, FILE#[STINT:]LAP or the ID of a stored lap, not ${text}.`);
  return { kind: 'library' };
}

/** What it takes to find the lap. */
interface Search {
  /** The recording that is about to be played. */
  file: string;
  session: LapSession;
  context: Context;
  native: NativeAddon;
}

/** The reference, or null where there is none; why not is told. Throws when a lap that was named cannot be had. */
export async function loadReference(
  choice: ReferenceChoice,
  search: Search,
): Promise<ReferenceHandle | null> {
  switch (choice.kind) {
    case 'own-best':
      return ownBest(search);
    case 'lap':
      return checkFits(await loadLap(choice, search), search.session);
    case 'stored':
      return checkFits(await stored(choice.id, search), search.session);
    case 'library':
      return fromLibrary(search);
  }
}

/** A lap from elsewhere would coach nonsense. One that does not say where it is from is taken at the user's word. */
function checkFits(reference: ReferenceHandle, session: LapSession): ReferenceHandle {
  const facts = JSON.parse(reference.facts()) as ReferenceFacts;
  const comparable = saysWhere(facts) && saysWhere(session);
  if (!comparable || reference.fits(session.trackKey, session.carKey)) return reference;
  throw new CodedError('reference-mismatch', {
    reference: `${facts.trackKey}, ${facts.carKey}`,
    recording: `${session.trackKey}, ${session.carKey}`,
  });
}

/** A recording without a good lap is played all the same: the coach is silent and says why. */
async function ownBest({ file, context, native }: Search): Promise<ReferenceHandle | null> {
  try {
    return await load(native, { path: file, lap: null, stint: null, own: true });
  } catch (thrown) {
    const error = CodedError.from(thrown);
    if (error.code !== 'no-good-lap') throw error;
    context.terminal.tell(`${error.message} Playing without a reference.`);
    return null;
  }
}

function loadLap(
  choice: { file: string; own: boolean } & LapChoice,
  { file, native }: Search,
): Promise<ReferenceHandle> {
  const own = choice.own || resolve(choice.file) === resolve(file);
  return load(native, { path: choice.file, lap: choice.lap, stint: choice.stint, own });
}

function load(
  native: NativeAddon,
  request: { path: string; lap: number | null; stint: number | null; own: boolean },
): Promise<ReferenceHandle> {
  return native.ReferenceHandle.load(JSON.stringify({ ...request, model: null, trackFiles }));
}

function stored(id: string, { context, native }: Search): Promise<ReferenceHandle> {
  return withLibrary(context, async (library) => {
    const reference = await library.find(id);
    if (reference === null) throw new CodedError('reference-not-found', { id });
    return loadStoredReference(reference, library, native);
  });
}

/** Looking must leave no trace: without a store there is nothing to look into. */
async function fromLibrary({ session, context, native }: Search): Promise<ReferenceHandle | null> {
  if (!existsSync(context.dataDir.file('laps.db'))) return null;
  return withLibrary(context, async (library) => {
    const reference = await library.best(session.trackKey, session.carKey);
    return reference === null ? null : loadStoredReference(reference, library, native);
  });
}
