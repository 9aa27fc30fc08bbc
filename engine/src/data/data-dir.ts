/**
 * The data directory: `--data-dir`, else `RACING_COACH_DATA_DIR`, else `%LOCALAPPDATA%\Racing Coach` on Windows and
 * `$XDG_DATA_HOME/racing-coach` elsewhere (`~/.local/share` when that is not set, as the XDG base directory specification has it).
 * Nothing is made before it is needed: looking at a recording leaves no trace.
 */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CodedError } from '@racing-coach/contract';

type Environment = Record<string, string | undefined>;

function platformDefault(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'Racing Coach');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'racing-coach');
}

export class DataDir {
  readonly path: string;

  constructor(option: string | undefined, env: Environment, platform: NodeJS.Platform = process.platform) {
    this.path = resolve(option ?? (env['RACING_COACH_DATA_DIR'] || platformDefault(env, platform)));
  }

  /** A file in the directory; does not make anything. */
  file(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Makes the directory, readable by this user alone, and proves that it can be written. */
  ensure(): void {
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
      accessSync(this.path, constants.W_OK | constants.X_OK);
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
      throw new CodedError('data-dir-unwritable', { dir: this.path, cause: reason }, { cause });
    }
  }
}
