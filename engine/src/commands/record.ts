/** `record`: a raw tape of a live source, to be replayed, converted and looked into later. It coaches nothing and stores no laps. */
import { CodedError, type RunnerSource } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { noteLine } from '../live/live-terminal.ts';
import { checkReadable, parseSource, sourceWords } from '../live/source-choice.ts';
import { EventBus } from '../loop/event-bus.ts';
import { runSource } from '../loop/tick-loop.ts';
import type { EngineTopics } from '../loop/topics.ts';
import { type Runner, type RunnerStatistics, sourceOption } from '../native.ts';
import { checkNew, readTape } from './start.ts';

/** How often a person is told how it goes. */
const tellEveryMs = 500;

export const recordCommand: Command = {
  name: 'record',
  summary: 'a raw tape of a live sim',
  usage: ['OUT.tape [--source auto|iracing|gt7[:HOST[:PORT]]|map[:FILE]] [--json]'],
  text: [
    'Waits for the sim and writes everything that it sends, as it sends it: rows, session text, gaps, disconnects. The tape plays with replay and becomes an .ibt or lap files with convert.',
    'A tape is whole after Ctrl-C; when the machine dies, its last second is lost and the rest opens. A tape that exists is never written over.',
  ],
  options: [
    {
      name: 'source',
      value: 'SIM',
      text: 'Which sim to read: auto, iracing, gt7[:HOST[:PORT]] or map[:FILE].',
    },
  ],
  examples: ['racing-coach record evening.tape', 'racing-coach record spa.tape --source gt7'],
  json: 'Print { "file", "rows", "bytes", "seconds", "gaps", "lostRows" } at the end.',
  prepare(typed, problems) {
    const [file = ''] = readWords(typed, ['OUT.tape'], problems);
    if (file !== '') readTape(file, problems);
    const source = parseSource(typed.values.get('source'), problems);
    return (context) => record(file, source, context);
  },
};

async function record(file: string, source: RunnerSource, context: Context): Promise<0> {
  checkReadable(source);
  checkNew(file);
  const { terminal } = context;
  const failed = new AbortController();
  const stopped = AbortSignal.any([context.stopped, failed.signal]);
  const native = await context.native();
  const words = sourceWords(source);
  const bus = new EventBus<EngineTopics>((subscriber, error) =>
    terminal.tell(`${subscriber}: ${CodedError.from(error).message}`),
  );
  bus.subscribe('note', 'terminal', (note) => {
    // What is wrong with the tape is the command's own error, told at its end.
    if (note.type === 'trouble' && note.with === 'tape') return failed.abort();
    const line = noteLine(note, words);
    if (line !== null) terminal.tell(line);
  });
  let made: Runner | null = null;
  const timer = setInterval(() => made !== null && terminal.live(tapeText(figuresOf(made))), tellEveryMs);
  try {
    const runner = await runSource(
      (wake) => {
        made = new native.Runner({ ...sourceOption(source), recordTo: file }, null, wake);
        return made;
      },
      bus,
      stopped,
    );
    finish(runner, file, context);
  } finally {
    clearInterval(timer);
    terminal.endLive();
  }
  return 0;
}

type TapeFigures = NonNullable<RunnerStatistics['tape']>;

const nothing: TapeFigures = { rows: 0, bytes: 0, seconds: 0, gaps: 0, lostRows: 0, failed: false };

function figuresOf(runner: Runner): TapeFigures {
  return (JSON.parse(runner.statsJson()) as RunnerStatistics).tape ?? nothing;
}

/** For example `36000 rows, 10.0 minutes, 12.3 MB`. */
export function tapeText({ rows, seconds, bytes, lostRows }: TapeFigures): string {
  const lost = lostRows === 0 ? '' : `, ${lostRows} rows lost: the disk is too slow`;
  return `${rows} rows, ${(seconds / 60).toFixed(1)} minutes, ${(bytes / 1e6).toFixed(1)} MB${lost}`;
}

function finish(runner: Runner, file: string, { terminal, json }: Context): void {
  const figures = figuresOf(runner);
  const { failed: _, ...kept } = figures;
  if (json) terminal.print(JSON.stringify({ file, ...kept }));
  else terminal.print(`${file}: ${tapeText(figures)}`);
}
