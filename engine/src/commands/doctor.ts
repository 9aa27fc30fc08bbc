/** `doctor`: what works on this machine, in plain words. It changes nothing and starts nothing. */
import { leastCostPairs } from '@racing-coach/contract';
import type { Command, Context, TypedArguments } from '../cli/command.ts';
import { readInteger, readWords } from '../cli/readers.ts';
import { costLines } from '../cost/cost-words.ts';
import { lookAround } from '../doctor/checks.ts';
import { askCost, type CostRequest, measureCost } from '../doctor/cost.ts';
import type { Finding } from '../doctor/finding.ts';
import { mapLines } from '../doctor/map-lines.ts';
import { askHealth, engineFindings } from '../doctor/running-engine.ts';
import { serverFindings } from '../doctor/server-findings.ts';
import { simSettings } from '../doctor/sim-settings.ts';
import { iracingFolders, thisMachine } from '../live/telemetry-folders.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what works on this machine and in a running engine, in plain words',
  usage: [
    '[--json]',
    '--map FILE [--json]',
    '--cost [--block SECONDS] [--pairs N] [--json]',
    '--cost-reset [--json]',
  ],
  text: [
    'Looks at everything that Racing Coach needs: Node, the native part, the data directory, the port, the pages, the sim’s own settings, and whether a sim can be read here. Where an engine runs it says how well that reads: rate, missed and torn ticks, late rows, and how long a row takes to the snapshot, to the pages and to the frame that shows it. Each line says what was found and, where something is amiss, what to change.',
    '--map looks into a dump of a sim’s memory, or into a simulator’s map, and prints what it holds.',
    '--cost measures what the overlays cost the sim while you drive. The running coach shows them for a block of 60 s under green and takes them away for the next, in pairs whose order alternates, and compares the frame rate, the processor and the graphics card as the sim itself tells them. Do it in practice: you drive without overlays half of the time. Above 3 % the HUD draws less from then on and says so; --cost-reset lets it draw everything again.',
    'The exit status is 1 when something is missing without which coaching does not work or is not seen.',
  ],
  options: [
    { name: 'map', value: 'FILE', text: 'Look into a dump of a sim’s memory.' },
    { name: 'cost', text: 'Measure what the overlays cost the sim, while you drive.' },
    { name: 'block', value: 'SECONDS', text: 'With --cost: how long a block is, 1 to 600; 60 by itself.' },
    {
      name: 'pairs',
      value: 'N',
      text: 'With --cost: pairs of blocks, 4 to 50; 6 by itself, which is 12 minutes.',
    },
    { name: 'cost-reset', text: 'Let the HUD draw everything again.' },
  ],
  examples: [
    'racing-coach doctor',
    'racing-coach doctor --json',
    'racing-coach doctor --map memory.bin --json',
    'racing-coach doctor --cost',
  ],
  json: 'Print { "ok", "findings", "engine" }; with --map, the document of the map; with --cost, what was found and what the HUD draws.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const map = typed.values.get('map');
    const cost = readCost(typed, problems);
    if (typed.switches.has('cost-reset')) return resetCost;
    if (typed.switches.has('cost')) return (context) => doctorCost(cost, context);
    return map === undefined ? doctor : (context) => doctorMap(map, context);
  },
};

async function doctor(context: Context): Promise<0 | 1> {
  const engine = await askHealth(context.dataDir);
  const findings = [
    ...(await lookAround(context)),
    ...simSettings(await iracingFolders(thisMachine)),
    ...engineFindings(engine),
    ...serverFindings(engine, context.dataDir),
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

function readCost(typed: TypedArguments, problems: string[]): CostRequest {
  const blockS = readInteger(typed, 'block', { least: 1, most: 600 }, problems) ?? 60;
  const pairs = readInteger(typed, 'pairs', { least: leastCostPairs, most: 50 }, problems) ?? 6;
  return { blockS, pairs };
}

async function doctorCost(request: CostRequest, context: Context): Promise<0> {
  // Asked for before the overlays go: a Ctrl-C ends the measurement, not the program.
  void context.stopped;
  const state = await measureCost(request, context);
  if (context.json)
    context.terminal.print(JSON.stringify({ cost: state.result, level: state.level, why: state.why }));
  else for (const line of costLines(state)) context.terminal.print(line);
  return 0;
}

async function resetCost(context: Context): Promise<0> {
  const { level, why } = await askCost(context)('POST', '/full');
  context.terminal.print(context.json ? JSON.stringify({ level, why }) : why);
  return 0;
}
