/** `start`: the live coach. Waits for a sim, coaches, records; ends on Ctrl-C and never because the sim went away. */
import { existsSync } from 'node:fs';
import { CodedError, type RunnerSource } from '@racing-coach/contract';
import type { Command, Context, TypedArguments } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import type { ReferenceLibrary } from '../library/reference-library.ts';
import { loadStoredReference } from '../library/stored-reference.ts';
import { trackFiles } from '../library/track-files.ts';
import { runLive } from '../live/live-engine.ts';
import { checkReadable, parseSource } from '../live/source-choice.ts';
import { readTypedLines } from '../live/typed-lines.ts';
import type { ReferenceHandle } from '../native.ts';
import { showInBrowser } from '../play/open-browser.ts';
import { parseReferenceChoice, type ReferenceChoice } from '../play/reference-choice.ts';
import type { Serving } from '../play/serving.ts';
import { printReady, readPort } from './replay.ts';

export const startCommand: Command = {
  name: 'start',
  summary: 'the live coach: waits for a sim, coaches and records laps',
  usage: [
    '[--source auto|iracing|gt7[:HOST[:PORT]]|map[:FILE]] [--reference FILE#LAP|ID] [--own]',
    '    [--tape OUT.tape] [--port N] [--no-open] [--json]',
  ],
  text: [
    'Waits for the sim and coaches whenever you drive; it goes on when the sim is closed, crashes or changes its session, and ends on Ctrl-C. Laps are stored as they are driven, with what each is good for. auto is iRacing on Windows and the map of a simulator elsewhere.',
    'The lap to coach from is chosen for each track and car: your best lap of the library, or the one that you added to it by hand. Where there is none, it learns: a rough delta after the first complete lap, brake points after three clean passes of a corner. A better lap of the session takes its place. --reference names another lap, which then stays.',
    'Recordings of this track and car in Documents/iRacing/telemetry are offered: type u and Enter to coach from the best lap of the newest. --tape writes everything that the sim sends to a tape as well, to be replayed later.',
  ],
  options: [
    {
      name: 'source',
      value: 'SIM',
      text: 'Which sim to read: auto, iracing, gt7[:HOST[:PORT]] or map[:FILE].',
    },
    { name: 'reference', value: 'LAP', text: 'The lap to coach from: FILE#[STINT:]LAP or ID.' },
    { name: 'own', text: 'The lap of FILE was driven by you: GO may be commanded at its brake points.' },
    { name: 'tape', value: 'OUT.tape', text: 'Write a raw tape there; it must not exist.' },
    { name: 'port', value: 'N', text: 'Serve pages on port N; 0 is any free one.' },
    { name: 'no-open', text: 'Do not open a browser.' },
  ],
  examples: [
    'racing-coach start',
    'racing-coach start --source gt7:192.168.1.20',
    'racing-coach start --reference friend.csv#1',
  ],
  json: 'Print the addresses as one line when pages can connect.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const request: StartRequest = {
      source: parseSource(typed.values.get('source'), problems),
      choice: readChoice(typed, problems),
      tape: readTape(typed.values.get('tape'), problems),
      port: readPort(typed, problems),
      open: !typed.switches.has('no-open'),
    };
    return (context) => start(request, context);
  },
};

interface StartRequest {
  source: RunnerSource;
  choice: ReferenceChoice;
  tape: string | undefined;
  port: number | undefined;
  open: boolean;
}

function readChoice(typed: TypedArguments, problems: string[]): ReferenceChoice {
  const text = typed.values.get('reference');
  const choice = parseReferenceChoice(text, typed.switches.has('own'), problems);
  if (choice.kind === 'own-best')
    problems.push('--reference own-best is for replay: here your best lap is chosen by itself.');
  return choice;
}

/** The name of a tape that is to be written. */
export function readTape(path: string | undefined, problems: string[]): string | undefined {
  if (path !== undefined && !/\.tape$/i.test(path)) problems.push(`${path}: a tape’s name ends with .tape.`);
  return path;
}

/** A tape cannot be driven again: none is ever written over. */
export function checkNew(path: string): void {
  if (existsSync(path)) throw new CodedError('output-exists', { file: path, cause: 'it exists already' });
}

async function start(request: StartRequest, context: Context): Promise<0> {
  checkReadable(request.source);
  if (request.tape !== undefined) checkNew(request.tape);
  const { stopped } = context;
  const onReady = ({ ready }: Serving) => {
    printReady(ready, context);
    if (request.open) void showInBrowser(ready.urls.hud ?? '', context);
  };
  await runLive(
    {
      source: request.source,
      tape: request.tape,
      port: request.port,
      chosen: (library) => loadChosen(request.choice, library, context),
      onReady,
      onCommands: (type) => readTypedLines(process.stdin, stopped, type),
    },
    context,
  );
  return 0;
}

/** A lap that was named must be there; whether it fits is seen when the sim says where it is. */
async function loadChosen(
  choice: ReferenceChoice,
  library: ReferenceLibrary,
  context: Context,
): Promise<ReferenceHandle | null> {
  const native = await context.native();
  if (choice.kind === 'stored') {
    const stored = await library.find(choice.id);
    if (stored === null) throw new CodedError('reference-not-found', { id: choice.id });
    return loadStoredReference(stored, library, native);
  }
  if (choice.kind !== 'lap') return null;
  const { file, lap, stint, own } = choice;
  return native.ReferenceHandle.load(
    JSON.stringify({ path: file, lap, stint, own, model: null, trackFiles }),
  );
}
