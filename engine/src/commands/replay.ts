/** `replay`: the engine on a recording. It never writes to the lap store. */
import { CodedError, type RulesSettings } from '@racing-coach/contract';
import type { Command, Context, TypedArguments } from '../cli/command.ts';
import { readInteger, readWords } from '../cli/readers.ts';
import { describeRecording, recordingSource, sourceOption } from '../native.ts';
import { play } from '../play/playback.ts';
import { loadReference, parseReferenceChoice, type ReferenceChoice } from '../play/reference-choice.ts';
import { summaryLines } from '../play/run-summary.ts';
import type { Serving } from '../play/serving.ts';
import { tellTapeDamage } from '../play/tape-damage.ts';

export const replayCommand: Command = {
  name: 'replay',
  summary: 'the live coach on a recording',
  usage: [
    'FILE [--speed 1|N|max] [--reference own-best|FILE#LAP|ID] [--own]',
    '    [--laps A..B] [--from SECONDS] [--loop] [--race-legal] [--events OUT.jsonl] [--no-serve]',
    '    [--port N] [--json]',
  ],
  text: [
    'Plays a recording or a tape through the same engine that coaches live: same delta, same cues, same verdicts, whatever the speed. The address of the HUD is printed when pages can connect; open it in a browser or paste it into OBS.',
    'The reference is the lap to coach from. own-best is the fastest good lap of the same FILE, found before the run. FILE#LAP is a lap of another recording, LAP being [STINT:]N. ID is a lap of the reference library. Without --reference the library is asked for this track and car. Without any reference the coach is silent and says so.',
    'GO is commanded only at brake points of your own laps: a faster driver’s brake point is shown, never commanded. Laps of the same FILE are your own; of another file they are when you add --own.',
    'A recording is played with everything, also that of a race: nobody drives in it. --race-legal shows what a driver would get in a session whose rules forbid live instruction.',
    '--events writes every event of the coach as one JSON object a line. The lines are the same at every speed, byte for byte. Ctrl-C ends a replay tidily.',
  ],
  options: [
    {
      name: 'speed',
      value: 'SPEED',
      text: '1 is real time, N is N times as fast, max is as fast as it goes.',
    },
    { name: 'reference', value: 'LAP', text: 'The lap to coach from: own-best, FILE#[STINT:]LAP or ID.' },
    { name: 'own', text: 'The lap of another FILE was driven by you.' },
    { name: 'laps', value: 'A..B', text: 'Only laps A to B, as the sim counts them; A alone is one lap.' },
    { value: 'SECONDS', text: 'Begin so many seconds into the recording.', name: 'from' },
    { name: 'loop', text: 'Begin again at the end, until Ctrl-C.' },
    { name: 'events', value: 'OUT.jsonl', text: 'Write the events there.' },
    {
      name: 'race-legal',
      text: 'As where the rules forbid live instruction: delta, but no word on how to drive.',
    },
    { name: 'no-serve', text: 'No pages: only events and summary.' },
    { name: 'port', value: 'N', text: 'Serve pages on port N; 0 is any free one.' },
  ],
  examples: [
    'racing-coach replay practice.ibt --reference own-best',
    'racing-coach replay practice.ibt --reference alien.csv#1 --speed 4 --laps 3..5',
    'racing-coach replay evening.tape --from 300 --loop',
    'racing-coach replay practice.ibt --reference own-best --speed max --no-serve --events out.jsonl',
  ],
  json: 'Print the addresses as one line when pages can connect; with --no-serve, the summary.',
  prepare(typed, problems) {
    const [file = ''] = readWords(typed, ['FILE'], problems);
    const request: ReplayRequest = {
      file,
      speed: readSpeed(typed, problems),
      part: { ...readLaps(typed, problems), ...readFrom(typed, problems) },
      loop: typed.switches.has('loop'),
      raceLegal: typed.switches.has('race-legal'),
      choice: parseReferenceChoice(typed.values.get('reference'), typed.switches.has('own'), problems),
      eventsPath: typed.values.get('events'),
      serving: typed.switches.has('no-serve') ? null : { port: readPort(typed, problems) },
    };
    return (context) => replay(request, context);
  },
};

interface ReplayRequest {
  file: string;
  /** 0 is as fast as it goes. */
  speed: number;
  part: { fromLap?: number; toLap?: number; fromS?: number };
  loop: boolean;
  raceLegal: boolean;
  choice: ReferenceChoice;
  eventsPath: string | undefined;
  serving: { port: number | undefined } | null;
}

export function readPort(typed: TypedArguments, problems: string[]): number | undefined {
  return readInteger(typed, 'port', { least: 0, most: 65_535 }, problems);
}

export function readSpeed(typed: TypedArguments, problems: string[]): number {
  const text = typed.values.get('speed') ?? '1';
  if (text === 'max') return 0;
  const speed = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (speed >= 0.1 && speed <= 1000) return speed;
  problems.push(`--speed must be a number from 0.1 to 1000, or max, not ${text}.`);
  return 1;
}

function readFrom(typed: TypedArguments, problems: string[]): { fromS?: number } {
  const text = typed.values.get('from');
  if (text === undefined) return {};
  if (/^\d{1,7}(\.\d+)?$/.test(text)) return { fromS: Number(text) };
  problems.push(`--from must be a number of seconds, not ${text}.`);
  return {};
}

function readLaps(typed: TypedArguments, problems: string[]): { fromLap?: number; toLap?: number } {
  const text = typed.values.get('laps');
  if (text === undefined) return {};
  const match = /^(\d{1,6})(?:\.\.(\d{1,6}))?$/.exec(text);
  const fromLap = Number(match?.[1]);
  const toLap = Number(match?.[2] ?? match?.[1]);
  if (fromLap <= toLap) return { fromLap, toLap };
  problems.push(`--laps must be A..B with A not after B, not ${text}.`);
  return {};
}

async function replay(request: ReplayRequest, context: Context): Promise<0 | 1> {
  const { file, speed, part, loop, raceLegal, eventsPath, serving } = request;
  const native = await context.native();
  const session = await describeRecording(native, file);
  await tellTapeDamage([file], context);
  const reference = await loadReference(request.choice, { file, session, context, native });
  const rules = JSON.stringify({ always: raceLegal, races: false, series: {} } satisfies RulesSettings);
  const runner = { ...sourceOption(recordingSource(file)), speed, loop, rules, ...part };
  const onReady = (serving: Serving) => announce(serving, context);
  const summary = await play(
    { command: 'replay', file, runner, session, reference, eventsPath, serving, onReady },
    context,
  );
  if (summary.statistics?.ticks === 0 && !context.stopped.aborted) throw noSuchLaps(request);
  if (!context.json) for (const line of summaryLines(summary)) context.terminal.print(line);
  else if (serving === null) context.terminal.print(JSON.stringify({ file, ...summary }));
  return 0;
}

function noSuchLaps({ file, part: { fromLap, toLap, fromS } }: ReplayRequest): CodedError {
  if (fromS !== undefined) return new CodedError('usage', { cause: `${file} ends before ${fromS} s.` });
  const lap = fromLap === toLap ? `${fromLap}` : `${fromLap}..${toLap}`;
  return new CodedError('lap-not-found', { file, lap, known: 'see racing-coach analyze' });
}

/** The one line for scripts, or the addresses for a person; and again whenever they are renewed. */
export function announce(serving: Serving, context: Context): void {
  printReady(serving.ready, context);
  serving.onRenewed((ready) => {
    context.terminal.tell('The token was renewed: pages with an old address are closed.');
    printReady(ready, context);
  });
}

function printReady(ready: Serving['ready'], { json, terminal }: Context): void {
  if (json) terminal.print(JSON.stringify(ready));
  else {
    terminal.print(`HUD: ${terminal.paint('cyan', ready.urls.hud ?? '')}`);
    terminal.print(`Settings: ${terminal.paint('cyan', ready.urls.settings ?? '')}`);
    terminal.print(`Review: ${terminal.paint('cyan', ready.urls.review ?? '')}`);
    terminal.print(`OBS: ${terminal.paint('cyan', ready.urls.obs ?? '')}`);
  }
}
