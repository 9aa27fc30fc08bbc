/** `reference`: the library of laps to coach from. */
import { basename } from 'node:path';
import { CodedError, type LapSummary } from '@racing-coach/contract';
import type { Action, Command, Context, TypedArguments } from '../cli/command.ts';
import { lapTimeText, table } from '../cli/format.ts';
import { type LapChoice, parseLapChoice, readWords } from '../cli/readers.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { writeWholeFile } from '../data/whole-file.ts';
import { chooseLap } from '../library/choose-lap.ts';
import { keepTrackModel } from '../library/importer.ts';
import { type ReferenceLibrary, saysWhere } from '../library/reference-library.ts';
import { loadStoredReference, withLibrary } from '../library/stored-reference.ts';
import { describeRecording } from '../native.ts';
import type { StoredReference } from '../store/lap-store.ts';
import { listOffers } from './reference-offers.ts';
import { fetchShared, listShared, updateShared } from './server-references.ts';

export const referenceCommand: Command = {
  name: 'reference',
  summary: 'the library of laps to coach from',
  usage: [
    'add FILE [--lap [STINT:]N] [--own] [--label TEXT] [--like RECORDING]',
    'list [--server] [--json]',
    'fetch ID [--json]',
    'update [--json]',
    'offers [--json]',
    'show ID [--json]',
    'remove ID',
    'export ID OUT.parquet',
  ],
  text: [
    'For each track, layout and car there is one lap to coach from. By itself it is your best good lap among the imported recordings; a lap that you add by hand wins over it until you remove it.',
    'add takes a lap of a recording: .ibt, a tape, a lap file, or a Garage 61 CSV. Without --lap it is the best good one. GO is commanded only at brake points of your own laps, so say --own when the lap is yours. An export that does not say its track and car gets them with --like from a recording that does. export writes the lap file for somebody else.',
    'list --server lists laps that others have shared with you on the server, fetch brings one of them into the library like a lap that you add by hand, and update fetches again what was shared anew; start does that once a day.',
    'offers lists your recordings in Documents/iRacing/telemetry that could give a reference: of the track and car of now while an engine runs, else all that are not imported.',
  ],
  options: [
    { name: 'lap', value: '[STINT:]N', text: 'Which lap of FILE; the best good one when left out.' },
    { name: 'own', text: 'The lap was driven by you: GO may be commanded at its brake points.' },
    { name: 'like', value: 'RECORDING', text: 'FILE was driven on the track and in the car of RECORDING.' },
    { name: 'server', text: 'Laps that are shared on the server.' },
    { name: 'label', value: 'TEXT', text: 'A name for the lap; the file’s name when left out.' },
  ],
  examples: [
    'racing-coach reference add garage61-export.csv --like practice.ibt --label "fast friend"',
    'racing-coach reference list',
    'racing-coach reference export a-0123456789ab my-lap.parquet',
  ],
  json: 'Print the result as a JSON document.',
  prepare(typed, problems) {
    const [verb = '', ...words] = typed.words;
    const rest: TypedArguments = { ...typed, words };
    const prepare = verbs[verb];
    if (prepare !== undefined) return prepare(rest, problems);
    const known = 'add, list, fetch, update, offers, show, remove or export';
    if (verb === '') problems.push(`${known} is missing.`);
    else problems.push(`reference ${verb}: ${known} is meant.`);
    return () => Promise.resolve(1);
  },
};

const verbs: Record<string, (typed: TypedArguments, problems: string[]) => Action> = {
  add: prepareAdd,
  list(typed, problems) {
    readWords(typed, [], problems);
    if (typed.switches.has('server')) return listShared;
    return (context) => withLibrary(context, (library) => list(library, context));
  },
  fetch(typed, problems) {
    const [id = ''] = readWords(typed, ['ID'], problems);
    if (id !== '' && !/^[0-9a-f-]{36}$/.test(id))
      problems.push(`${id}: an ID of reference list --server is meant.`);
    return fetchShared(id);
  },
  update(typed, problems) {
    readWords(typed, [], problems);
    return updateShared;
  },
  offers(typed, problems) {
    readWords(typed, [], problems);
    return listOffers;
  },
  show(typed, problems) {
    const [id = ''] = readWords(typed, ['ID'], problems);
    return (context) => withLibrary(context, (library) => show(id, library, context));
  },
  remove(typed, problems) {
    const [id = ''] = readWords(typed, ['ID'], problems);
    return (context) => locked(context, (library) => remove(id, library, context));
  },
  export(typed, problems) {
    const [id = '', out = ''] = readWords(typed, ['ID', 'OUT.parquet'], problems);
    if (out !== '' && !/\.parquet$/i.test(out))
      problems.push(`${out}: a lap file’s name ends with .parquet.`);
    return (context) => withLibrary(context, (library) => exportLap(id, out, library, context));
  },
};

/** What changes the library needs the data directory to itself. */
async function locked(context: Context, work: (library: ReferenceLibrary) => Promise<0 | 1>): Promise<0 | 1> {
  const lock = EngineLock.take(context.dataDir);
  try {
    return await withLibrary(context, work);
  } finally {
    lock.release();
  }
}

interface AddRequest {
  file: string;
  choice: LapChoice | null;
  own: boolean;
  label: string;
  like: string | undefined;
}

function prepareAdd(typed: TypedArguments, problems: string[]): Action {
  const [file = ''] = readWords(typed, ['FILE'], problems);
  const lap = typed.values.get('lap');
  const choice = lap === undefined ? null : parseLapChoice(lap);
  if (lap !== undefined && choice === null) problems.push(`--lap must be [STINT:]N, not ${lap}.`);
  const label = typed.values.get('label') ?? basename(file);
  const like = typed.values.get('like');
  const request = { file, choice, own: typed.switches.has('own'), label, like };
  return (context) => locked(context, (library) => add(request, library, context));
}

async function add(
  { file, choice, own, label, like }: AddRequest,
  library: ReferenceLibrary,
  context: Context,
) {
  const native = await context.native();
  const laps = (await native.extractLaps(file)).map((lap) => ({
    summary: JSON.parse(lap.summary) as LapSummary,
    lapFile: lap.lapFile ?? null,
  }));
  const chosen = chooseLap(file, laps, choice);
  const session = like === undefined ? chosen.summary.session : await describeRecording(native, like);
  if (!saysWhere(session)) throw new CodedError('track-unknown', { file: like ?? file });
  const { lapFile, summary } = chosen;
  if (!summary.referenceGrade)
    context.terminal.tell(
      `Lap ${summary.lap} is not a clean one (${summary.reasons.join(', ')}). Kept, because you chose it.`,
    );
  const reference = await library.add(
    { session, lapTimeS: summary.lapTimeS, lapFile, own, label },
    new Date(),
  );
  await keepTrackModel(reference, library, native);
  answer(reference, `Added ${reference.id}: ${describe(reference)}`, context);
  return 0 as const;
}

async function list(library: ReferenceLibrary, context: Context): Promise<0> {
  const references = await library.list();
  if (context.json) context.terminal.print(JSON.stringify({ references }));
  else if (references.length === 0)
    context.terminal.print(
      'No references yet. Import a recording, or add a lap: racing-coach reference --help',
    );
  else {
    const columns = ['id', 'track', 'car', '>time', 'driver', 'label'];
    for (const line of table(columns, references.map(row))) context.terminal.print(line);
  }
  return 0;
}

async function show(id: string, library: ReferenceLibrary, context: Context): Promise<0> {
  const reference = await named(id, library);
  const handle = await loadStoredReference(reference, library, await context.native());
  const described = JSON.parse(handle.describe()) as { corners: { id: string; name: string | null }[] };
  if (context.json) context.terminal.print(JSON.stringify({ ...reference, corners: described.corners }));
  else {
    context.terminal.print(`${reference.id}: ${describe(reference)}`);
    const names = described.corners.map((corner) => corner.name ?? corner.id);
    context.terminal.print(`Corners: ${names.join(', ')}`);
  }
  return 0;
}

async function remove(id: string, library: ReferenceLibrary, context: Context): Promise<0> {
  const reference = await named(id, library);
  await library.store.removeReference(id);
  answer(reference, `Removed ${id}: ${describe(reference)}`, context);
  return 0;
}

async function exportLap(id: string, out: string, library: ReferenceLibrary, context: Context): Promise<0> {
  const reference = await named(id, library);
  writeWholeFile(out, await library.lapFile(reference), 0o644);
  answer({ ...reference, file: out }, `Wrote ${out}.`, context);
  return 0;
}

async function named(id: string, library: ReferenceLibrary): Promise<StoredReference> {
  const reference = await library.find(id);
  if (reference === null) throw new CodedError('reference-not-found', { id });
  return reference;
}

function answer(document: object, line: string, { json, terminal }: Context): void {
  terminal.print(json ? JSON.stringify(document) : line);
}

function describe(reference: StoredReference): string {
  const { trackName, trackConfig, carName, lapTimeS, label } = reference;
  return `${[trackName, trackConfig].filter(Boolean).join(' ')}, ${carName}, ${lapTimeText(lapTimeS)}, ${label}`;
}

function row(reference: StoredReference): string[] {
  const { id, trackName, trackConfig, carName, lapTimeS, own, label } = reference;
  const track = [trackName, trackConfig].filter(Boolean).join(' ');
  return [id, track, carName, lapTimeText(lapTimeS), own ? 'own' : 'other', label];
}
