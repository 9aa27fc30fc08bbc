/** `doctor`: what works on this machine, in plain words. It changes nothing and starts nothing. */
import { CodedError } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';
import { type Finding, lookAround } from '../doctor/checks.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'what works on this machine, in plain words',
  usage: ['[--json]'],
  text: [
    'Looks at everything that Racing Coach needs: Node, the native part, the data directory, the port, the pages, and whether a sim can be read here. Each line says what was found and, where something is missing, what to do.',
    'The exit status is 1 when something is missing without which coaching does not work.',
  ],
  options: [
    { name: 'map', value: 'FILE', text: 'Look into a dump of a sim’s memory. Not part of this version yet.' },
  ],
  examples: ['racing-coach doctor', 'racing-coach doctor --json'],
  json: 'Print { "ok", "findings" }.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    if (typed.values.has('map'))
      return () => {
        throw new CodedError('not-yet', { what: 'racing-coach doctor --map' });
      };
    return doctor;
  },
};

async function doctor(context: Context): Promise<0 | 1> {
  const findings = await lookAround(context);
  const ok = findings.every((finding) => finding.state !== 'bad');
  if (context.json) context.terminal.print(JSON.stringify({ ok, findings }));
  else for (const finding of findings) context.terminal.print(line(finding));
  return ok ? 0 : 1;
}

const marks = { good: 'ok  ', so: '-   ', bad: 'BAD ' } as const;

function line({ name, state, text }: Finding): string {
  return `${marks[state]} ${name.padEnd(16)} ${text}`;
}
