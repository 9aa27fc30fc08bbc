/** `compare`: where the time went between a lap and a reference lap. */
import type { CompareDocument, ComparedSection } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { deltaText, table } from '../cli/format.ts';
import { type LapChoice, parseFileLap, parseLapChoice, readRequired, readWords } from '../cli/readers.ts';
import { trackFiles } from '../library/track-files.ts';

export const compareCommand: Command = {
  name: 'compare',
  summary: 'where the time went between two laps',
  usage: ['FILE --lap [STINT:]N --reference M or FILE#M [--json]'],
  text: [
    'Compares lap N of FILE with a reference lap: lap M of the same FILE, or lap M of another. Both laps must be complete. Without STINT the only complete lap with that number is meant; where there are several, the error lists them.',
    'The lap is cut into sections, one for each corner (or complex of corners) with the straight behind it, at places fixed by the reference. Each section has its loss (+ is slower), how much of it was brought along from the speed at the exit before the straight, the phases in which it arose, and the causes that the data supports. What a car ahead could explain is not blamed where one was close, or where the recording does not tell.',
  ],
  options: [
    { name: 'lap', value: '[STINT:]N', text: 'The lap to look at.' },
    { name: 'reference', value: 'LAP', text: 'The lap to compare with: [STINT:]M or FILE#[STINT:]M.' },
  ],
  examples: [
    'racing-coach compare practice.ibt --lap 4 --reference 7',
    'racing-coach compare practice.ibt --lap 1:4 --reference fast-friend.csv#1 --json',
  ],
  json: 'Print the comparison as a JSON document.',
  prepare(typed, problems) {
    const [file = ''] = readWords(typed, ['FILE'], problems);
    const lapText = readRequired(typed, 'lap', 'the lap to look at', problems);
    const referenceText = readRequired(typed, 'reference', 'the lap to compare with', problems);
    const lap = parseLapChoice(lapText);
    if (lap === null && lapText !== '') problems.push(`--lap must be [STINT:]N, not ${lapText}.`);
    const reference = parseReference(file, referenceText);
    if (reference === null && referenceText !== '')
      problems.push(`--reference must be [STINT:]M or FILE#[STINT:]M, not ${referenceText}.`);
    return (context) => compare({ file, ...(lap ?? { lap: 0, stint: null }), reference }, context);
  },
};

interface LapOfFile extends LapChoice {
  file: string;
}

function parseReference(file: string, text: string): LapOfFile | null {
  const choice = parseLapChoice(text);
  return choice === null ? parseFileLap(text) : { file, ...choice };
}

async function compare(
  request: LapOfFile & { reference: LapOfFile | null },
  context: Context,
): Promise<0 | 1> {
  const native = await context.native();
  const text = await native.compareLaps(JSON.stringify({ ...request, trackFiles }));
  if (context.json) context.terminal.print(text.trim());
  else printComparison(JSON.parse(text) as CompareDocument, context);
  return 0;
}

function printComparison(document: CompareDocument, { terminal }: Context): void {
  terminal.print(
    `Lap: ${terminal.paint('bold', `${deltaText(document.lapDeltaS)} s`)} against the reference`,
  );
  const columns = ['section', '>delta', '>braking', '>entry', '>middle', '>exit', '>straight', 'why'];
  for (const line of table(columns, document.sections.map(sectionRow))) terminal.print(`  ${line}`);
  for (const line of excuses(document.sections)) terminal.print(line);
}

/** Why some losses have no cause beside them: other cars may explain them. */
export function excuses(sections: readonly ComparedSection[]): string[] {
  const unknown = sections.filter(({ reasons }) => reasons.includes('traffic-unknown')).length;
  const near = sections.filter(({ reasons }) => reasons.includes('traffic')).length;
  const losses = (count: number) =>
    count === 1 ? '1 loss that they could explain is' : `${count} losses that they could explain are`;
  if (unknown > 0) return [`Other cars are not known on this recording: ${losses(unknown)} not blamed.`];
  return near > 0 ? [`Other cars were close: ${losses(near)} not blamed.`] : [];
}

function sectionRow(section: ComparedSection): string[] {
  const { braking, entry, middle, exit, straight } = section.phases;
  return [
    section.cornerId ?? 'from the line',
    ...[section.deltaS, braking, entry, middle, exit, straight].map(deltaText),
    section.causes.map((cause) => `${cause.code} ${deltaText(cause.costS)}`).join(', '),
  ];
}
