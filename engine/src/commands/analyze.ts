/** `analyze`: which laps a recording holds, what each is good for, and what was driven on it. A bad file does not stop the others. */
import {
  type AnalyzeDocument,
  CodedError,
  type FileAnalysis,
  type LapAnalysis,
} from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { lapTimeText, table } from '../cli/format.ts';
import { Progress } from '../cli/progress.ts';
import { readSomeWords } from '../cli/readers.ts';
import { trackFiles } from '../library/track-files.ts';
import type { NativeAddon } from '../native.ts';
import { tellTapeDamage } from '../play/tape-damage.ts';

export const analyzeCommand: Command = {
  name: 'analyze',
  summary: 'laps of recordings, what they are good for, brake zones, corners, metrics',
  usage: ['FILE... [--json]'],
  text: [
    'Reads recordings (.ibt, tapes, .csv, .csv.gz, lap files) and lists their laps: time, whether the lap is complete, counts for the sim and is good enough to coach from, and the reasons where it is not.',
    'A time is official when the sim gave one that belongs to the lap; otherwise it is our own, interpolated at the line, and marked with ~.',
    'With --json every lap also carries its sections, brake zones and corners. A file that cannot be read becomes an entry with its error, the others still answer, and the exit status is 1.',
  ],
  options: [],
  examples: [
    'racing-coach analyze practice.ibt',
    'racing-coach analyze *.ibt --json | jq ".files[].laps[].lapTimeS"',
  ],
  json: 'Print { "files": [...] } with everything that is known.',
  prepare(typed, problems) {
    const files = readSomeWords(typed, 'FILE', problems);
    return (context) => analyze(files, context);
  },
};

async function analyze(files: string[], context: Context): Promise<0 | 1> {
  const native = await context.native();
  await tellTapeDamage(files, context);
  const progress = new Progress(context.terminal, 'Analysing');
  const document: AnalyzeDocument = { files: [] };
  for (const [index, file] of files.entries()) {
    progress.show(index / files.length, file);
    document.files.push(await analyzeOne(file, native.analyzeFile));
  }
  progress.done();
  if (context.json) context.terminal.print(JSON.stringify(document));
  for (const entry of document.files) {
    if ('error' in entry) context.terminal.tell(`racing-coach: ${entry.error.message}`);
    else if (!context.json) printFile(entry, context);
  }
  return document.files.some((entry) => 'error' in entry) ? 1 : 0;
}

async function analyzeOne(
  file: string,
  analyzeFile: NativeAddon['analyzeFile'],
): Promise<AnalyzeDocument['files'][number]> {
  try {
    return { ...(JSON.parse(await analyzeFile(file, [...trackFiles])) as FileAnalysis), file };
  } catch (thrown) {
    return { file, error: CodedError.from(thrown).toJSON() };
  }
}

function printFile(analysis: FileAnalysis, { terminal }: Context): void {
  const { track, car } = analysis;
  const minutes = analysis.samples / analysis.sampleRateHz / 60;
  terminal.print(terminal.paint('bold', analysis.file));
  terminal.print(
    `  ${[track.name, track.config].filter(Boolean).join(' ') || 'unknown track'}, ${car.name || 'unknown car'}, ${minutes.toFixed(1)} min at ${analysis.sampleRateHz} Hz`,
  );
  if (analysis.laps.length === 0) terminal.print('  No laps.');
  else
    for (const line of table(['>lap', '>time', 'good for', '>corners', 'reasons'], analysis.laps.map(lapRow)))
      terminal.print(`  ${line}`);
}

function lapRow(lap: LapAnalysis): string[] {
  const own = lap.complete && lap.timeSource === 'interpolated' ? '~' : '';
  return [
    lap.stint === 0 ? String(lap.lap) : `${lap.stint}:${lap.lap}`,
    `${own}${lapTimeText(lap.lapTimeS)}`,
    grade(lap),
    lap.corners.length === 0 ? '' : String(lap.corners.length),
    lap.reasons.join(', '),
  ];
}

function grade(lap: LapAnalysis): string {
  if (lap.referenceGrade) return 'reference';
  if (lap.valid) return 'valid';
  return lap.complete ? 'timing only' : 'incomplete';
}
