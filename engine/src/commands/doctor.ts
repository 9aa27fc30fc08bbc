/** `doctor`: what works on this machine, in plain words. It changes nothing and starts nothing. */
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { lookAround } from '../doctor/checks.ts';
import type { Finding } from '../doctor/finding.ts';
import { mapLines } from '../doctor/map-lines.ts';
import { askHealth, engineFindings } from '../doctor/running-engine.ts';
import { simSettings } from '../doctor/sim-settings.ts';
import { iracingFolders, thisMachine } from '../live/telemetry-folders.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what works on this machine and in a running engine, in plain words',
  usage: ['[--json]', '--map FILE [--json]'],
  text: [
    'Looks at everything that Racing Coach needs: Node, the native part, the data directory, the port, the pages, the sim’s own settings, and whether a sim can be read here. Where an engine runs it says how well that reads: rate, missed and torn ticks, late rows, and how long a row takes to the snapshot, to the pages and to the frame that shows it. Each line says what was found and, where something is amiss, what to change.',
    '--map looks into a dump of a sim’s memory, or into a simulator’s map, and prints what it holds.',
    'The exit status is 1 when something is missing without which coaching does not work.',
  ],
  options: [{ name: 'map', value: 'FILE', text: 'Look into a dump of a sim’s memory.' }],
  examples: [
    'racing-coach doctor',
    'racing-coach doctor --json',
    'racing-coach doctor --map memory.bin --json',
  ],
  json: 'Print { "ok", "findings", "engine" }; with --map, the document of the map.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const map = typed.values.get('map');
    return map === undefined ? doctor : (context) => doctorMap(map, context);
  },
};

async function doctor(context: Context): Promise<0 | 1> {
  const engine = await askHealth(context.dataDir);
  const findings = [
    ...(await lookAround(context)),
    ...simSettings(await iracingFolders(thisMachine)),
    ...engineFindings(engine),
  ];
  const ok = findings.every((finding) => finding.state !== 'bad');
  if (context.json) context.terminal.print(JSON.stringify({ ok, findings, engine }));
  else for (const finding of findings) for (const text of lines(finding)) context.terminal.print(text);
  return ok ? 0 : 1;
}

const marks = { good: 'ok  ', so: '-   ', bad: 'BAD ' } as const;

function lines({ name, state, text, lines: more = [] }: Finding): string[] {
  return [`${marks[state]} ${name.padEnd(16)} ${text}`, ...more.map((line) => `     ${line}`)];
}

async function doctorMap(path: string, context: Context): Promise<0> {
  const native = await context.native();
  const document = await native.describeMap(path);
  if (context.json) context.terminal.print(document);
  else for (const line of mapLines(JSON.parse(document) as unknown)) context.terminal.print(line);
  return 0;
}
