/** `bench`: the benchmarks of `tests/bench`, which measure the product from outside. They run in a process of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CodedError } from '@racing-coach/contract';
import type { Command, Context } from '../cli/command.ts';
import { readWords } from '../cli/readers.ts';

const program = fileURLToPath(new URL('../../../tests/bench/main.ts', import.meta.url));

export const benchCommand: Command = {
  name: 'bench',
  summary: 'the benchmarks, side by side with what they are compared to',
  usage: ['[--only NAME] [--quick] [--json]'],
  text: [
    'Measures on this machine: reading columns against pyirsdk, the analysis of a lap, a coach step, the engine during a replay, and the way from a sample to a frame in Chromium. What cannot be measured here is skipped, and it says why.',
    'The first run builds and installs what it compares with, which takes minutes. Close other programs, or the numbers are theirs.',
  ],
  options: [
    { name: 'only', value: 'NAME', text: 'One benchmark; a wrong name lists the known ones.' },
    { name: 'quick', text: 'Shorter runs, rougher numbers.' },
  ],
  examples: ['racing-coach bench --quick', 'racing-coach bench --only columns --json'],
  json: 'Print { "benches" } with every measurement.',
  prepare(typed, problems) {
    readWords(typed, [], problems);
    const only = typed.values.get('only');
    const words = [
      ...(typed.switches.has('json') ? ['--json'] : []),
      ...(typed.switches.has('quick') ? ['--quick'] : []),
      ...(only === undefined ? [] : ['--only', only]),
    ];
    return (context) => bench(words, context);
  },
};

async function bench(words: string[], { stopped }: Context): Promise<0 | 1 | 2> {
  // A packaged product comes without its tests.
  if (!existsSync(program)) throw new CodedError('not-yet', { what: 'bench outside a checkout' });
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
  const stop = () => child.kill();
  stopped.addEventListener('abort', stop);
  const [code] = (await once(child, 'close')) as [number | null];
  stopped.removeEventListener('abort', stop);
  return code === 0 || code === 2 ? code : 1;
}
