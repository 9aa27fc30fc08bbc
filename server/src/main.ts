/**
 * `racing-coach server`: the process around the server. Exit status 0 done, 1 failed with one clear line (or the list of what the configuration lacks), 2
 * wrong usage. Results go to standard output, everything else to standard error.
 */
import { readFileSync } from 'node:fs';
import { CodedError, type ErrorCode } from '@racing-coach/contract';
import type { Config } from './config/config.ts';
import { type Environment, readConfig } from './config/read-config.ts';
import { help } from './start/help.ts';
import { createAdmin, migrateDatabase, type Outcome, rebuildTelemetry } from './start/once.ts';
import { serve } from './start/serve.ts';
import { stopSignal } from './start/stop-signal.ts';
import { readArguments, type TypedArguments } from './start/typed-arguments.ts';

export async function main(args: string[], env: Environment): Promise<0 | 1 | 2> {
  const { typed, problems } = readArguments(args);
  if (typed.help) {
    print(help.trimEnd());
    return 0;
  }
  if (problems.length > 0) {
    fail('usage', problems, typed.json);
    tell('See: racing-coach server --help');
    return 2;
  }
  const read = readConfig(env, { port: typed.port, dataDir: typed.dataDir });
  if ('problems' in read) return fail('server-config', read.problems, typed.json);
  try {
    await run(typed, read.config);
    return 0;
  } catch (error) {
    return fail('server-failed', [error instanceof Error ? error.message : String(error)], typed.json);
  }
}

async function run(typed: TypedArguments, config: Config): Promise<void> {
  switch (typed.command) {
    case 'serve':
      return serveUntilStopped(typed, config);
    case 'migrate':
      return say(await migrateDatabase(config), typed.json);
    case 'create-admin':
      return say(await createAdmin(config), typed.json);
    case 'rebuild-telemetry':
      return say(await untilStopped((signal) => rebuildTelemetry(config, signal, tell)), typed.json);
  }
}

function serveUntilStopped({ json }: TypedArguments, config: Config): Promise<void> {
  return untilStopped((signal) =>
    serve(config, version(), signal, (urls) => {
      if (json) print(JSON.stringify({ ready: true, urls }));
      else print(`Racing Coach server: ${urls.api}`);
      if (!json && urls.signUp !== undefined)
        print(`Nobody is admin yet. Open this once, within a week, to become it:\n${urls.signUp}`);
    }),
  );
}

async function untilStopped<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = stopSignal();
  try {
    return await work(stop.signal);
  } finally {
    stop.release();
  }
}

const print = (text: string) => process.stdout.write(`${text}\n`);
const tell = (text: string) => process.stderr.write(`${text}\n`);

function say({ text, document }: Outcome, json: boolean): void {
  print(json ? JSON.stringify(document) : text);
}

function fail(code: ErrorCode, problems: string[], json: boolean): 1 {
  for (const problem of problems) tell(`racing-coach: ${problem}`);
  // The sentences of the list end by themselves; that of `usage` is the cause alone.
  const cause = code === 'usage' ? problems.join(' ') : problems.join(' ').replace(/\.$/, '');
  if (json) print(JSON.stringify({ error: new CodedError(code, { cause }) }));
  return 1;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
