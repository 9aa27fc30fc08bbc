/** `import`: stores recordings as sessions. Each file succeeds or fails by itself. */
import { CodedError } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { lapTimeText } from '../cli/format.ts';
import { Progress } from '../cli/progress.ts';
import { readSomeWords } from '../cli/readers.ts';
import { EngineLock } from '../data/engine-lock.ts';
import { type Imported, importRecording } from '../library/importer.ts';
import { findRecordings } from '../library/recordings.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { withLibrary } from '../library/stored-reference.ts';
import { finishedFiles, watchFolders } from '../library/watch-folders.ts';

type FileResult = { file: string } & (Imported | { error: { code: string; message: string } });

export const importCommand: Command = {
  name: 'import',
  summary: 'store recordings as sessions; their best laps become references',
  usage: ['FILE|DIR... [--watch] [--json]'],
  text: [
    'Stores every recording (.ibt, .tape, .csv, .csv.gz, lap file) with its laps: what each is good for, and complete laps as lap files. A folder means every recording below it. A recording that is already stored is left alone, under whatever name it comes.',
    'The best good lap of yours for a track, layout and car becomes the reference by itself. With --watch the folders are watched, and recordings are stored when they have been finished, until Ctrl-C.',
  ],
  options: [{ name: 'watch', text: 'Go on and store what appears in the folders.' }],
  examples: ['racing-coach import practice.ibt', 'racing-coach import ~/Documents/iRacing/telemetry --watch'],
  json: 'Print { "files": [...] } with the result of each file; with --watch, of those that are finished at the start.',
  prepare(typed, problems) {
    const paths = readSomeWords(typed, 'FILE or DIR', problems);
    const watch = typed.switches.has('watch');
    return (context) => importAll(paths, watch, context);
  },
};

async function importAll(paths: string[], watch: boolean, context: Context): Promise<0 | 1> {
  await context.native();
  const found = await findRecordings(paths);
  // A recording that the sim is writing is stored when it is whole: half a session would stay in the store beside the whole one.
  const known = watch ? await finishedFiles(found, Date.now()) : new Map<string, string>();
  const files = watch ? [...known.keys()] : found;
  const lock = EngineLock.take(context.dataDir);
  try {
    return await withLibrary(context, async (library) => {
      await library.store.settleLeftOpen(new Date().toISOString());
      const results = await importFiles(files, library, context);
      if (context.json) context.terminal.print(JSON.stringify({ files: results }));
      if (watch) await watchAndImport(paths, known, library, context);
      return results.some((result) => 'error' in result) ? 1 : 0;
    });
  } finally {
    lock.release();
  }
}

async function importFiles(
  files: string[],
  library: ReferenceLibrary,
  context: Context,
): Promise<FileResult[]> {
  const progress = new Progress(context.terminal, 'Importing');
  const results: FileResult[] = [];
  for (const [index, file] of files.entries()) {
    if (context.stopped.aborted) break;
    progress.show(index / files.length, file);
    const result = await importOne(file, library, context);
    results.push(result);
    tellResult(result, context);
  }
  progress.done();
  if (files.length === 0) context.terminal.tell('No recordings found.');
  return results;
}

async function importOne(file: string, library: ReferenceLibrary, context: Context): Promise<FileResult> {
  try {
    return { file, ...(await importRecording(file, library, await context.native(), new Date())) };
  } catch (thrown) {
    const error = CodedError.from(thrown);
    // The next file would meet the same: a full disk or a damaged store is not the file's fault.
    if (error.code === 'disk-full' || error.code === 'store-damaged') throw error;
    return { file, error: error.toJSON() };
  }
}

function tellResult(result: FileResult, { terminal, json }: Context): void {
  if ('error' in result) terminal.tell(`racing-coach: ${result.error.message}`);
  if ('error' in result || json) return;
  const { reference } = result;
  const laps = `${result.laps} laps, ${result.completeLaps} complete`;
  terminal.print(`${result.file}: ${result.result === 'already' ? 'already stored' : 'stored'}, ${laps}`);
  if (reference !== null)
    terminal.print(`  new reference ${reference.id}: ${reference.label}, ${lapTimeText(reference.lapTimeS)}`);
}

async function watchAndImport(
  paths: string[],
  known: ReadonlyMap<string, string>,
  library: ReferenceLibrary,
  context: Context,
): Promise<void> {
  context.terminal.tell('Watching. Ctrl-C ends it.');
  await watchFolders({
    list: () => findRecordings(paths),
    known,
    stopped: context.stopped,
    onFinished: async (file) => tellResult(await importOne(file, library, context), context),
  });
}
