/**
 * `--source`: which sim to read. Understood from what was typed; nothing is opened here.
 *
 * `auto` is the sim that this machine can have: iRacing's memory on Windows; elsewhere the file-backed map, in which our simulator writes.
 */
import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { CodedError, errorText, type RunnerSource } from '@racing-coach/contract';

type Environment = Record<string, string | undefined>;

/** What may be typed, for messages. */
const known = 'auto, iracing, gt7[:HOST[:PORT]], map[:FILE]';

/**
 * Where a simulator writes its map when nobody says otherwise: a place of this user alone. The native part has the same rule, which a test compares;
 * here it is needed before that is loaded.
 */
export function defaultMapPath(env: Environment): string {
  const runtime = env['XDG_RUNTIME_DIR'];
  if (runtime && isAbsolute(runtime)) return join(runtime, 'racing-coach', 'sim.map');
  const folder = process.platform === 'linux' ? `racing-coach-${userInfo().uid}` : 'racing-coach';
  return join(tmpdir(), folder, 'sim.map');
}

/** Notes a problem, and gives the automatic choice, when what was typed is none of the known. */
export function parseSource(
  text: string | undefined,
  problems: string[],
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): RunnerSource {
  const automatic: RunnerSource =
    platform === 'win32' ? { kind: 'iracing' } : { kind: 'map', path: defaultMapPath(env) };
  const [name = 'auto', rest] = split(text ?? 'auto');
  if (name === 'auto' && rest === undefined) return automatic;
  if (name === 'iracing' && rest === undefined) return { kind: 'iracing' };
  if (name === 'map') return { kind: 'map', path: rest === undefined ? defaultMapPath(env) : resolve(rest) };
  if (name === 'gt7') return rest === undefined ? { kind: 'gt7' } : { kind: 'gt7', ...hostAndPort(rest) };
  problems.push(errorText('sim-source-unknown', { name: text ?? '', known }));
  return automatic;
}

/** At the first colon only: a path may have more. An empty rest counts as none. */
function split(text: string): [string, string | undefined] {
  const at = text.indexOf(':');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1) || undefined];
}

function hostAndPort(text: string): { host: string; port?: number } {
  const [, host, digits] = /^([^:]+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : { host: text };
}

/** Throws where the source cannot exist. */
export function checkReadable(source: RunnerSource, platform: NodeJS.Platform = process.platform): void {
  if (source.kind === 'iracing' && platform !== 'win32')
    throw new CodedError('sim-elsewhere', { name: 'iRacing', where: 'Windows' });
}

export interface SourceWords {
  /** The sim's name. */
  name: string;
  /** What a person does to bring it. */
  todo: string;
}

/** A source for people. */
export function sourceWords(source: RunnerSource): SourceWords {
  switch (source.kind) {
    case 'iracing':
      return { name: 'iRacing', todo: 'Start iRacing and get in the car.' };
    case 'gt7':
      return {
        name: source.host === undefined ? 'Gran Turismo 7' : `Gran Turismo 7 at ${source.host}`,
        todo: 'Start Gran Turismo 7 on a console in this network and drive.',
      };
    case 'map':
      return {
        name: `the map ${source.path}`,
        todo: 'Start a simulator that writes there, racing-coach-sim for example.',
      };
    case 'recording':
    case 'tape':
      return { name: source.path, todo: '' };
  }
}
