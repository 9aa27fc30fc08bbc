/**
 * A PostgreSQL of the test's own, from the programs that the system has: a temporary directory, a socket in it, no port. As root it runs as the user
 * `postgres`, because PostgreSQL refuses to run as root.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const installed = '/usr/lib/postgresql';

export type Timescale = 'none' | 'timescale' | 'apache';

export interface TestPostgres {
  /** A database in it, new and empty, with the extension when it was asked for. */
  newDatabase(): Promise<string>;
  /** Stopped as by kill -9 of all its processes when `crash`. */
  stop(how?: 'fast' | 'crash'): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its directory. */
  remove(): Promise<void>;
}

/** The newest version on this machine, or null. */
function newestVersion(): string | null {
  if (!existsSync(installed)) return null;
  const versions = readdirSync(installed).filter((name) => existsSync(join(installed, name, 'bin/initdb')));
  return versions.sort((a, b) => Number(b) - Number(a))[0] ?? null;
}

function postgresUser(): { uid: number; gid: number } | null {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

const isRoot = () => process.getuid?.() === 0;

/** Why it cannot be started here, or null. */
export function postgresMissing(timescale: Timescale = 'none'): string | null {
  const version = newestVersion();
  if (version === null) return 'no PostgreSQL is installed';
  if (isRoot() && postgresUser() === null) return 'there is no user postgres to run it';
  const control = `/usr/share/postgresql/${version}/extension/timescaledb.control`;
  if (timescale !== 'none' && !existsSync(control)) return 'TimescaleDB is not installed';
  return null;
}

/** Nothing here is worth an fsync. */
const settings = (directory: string, timescale: Timescale) => [
  ...['listen_addresses=', `unix_socket_directories=${directory}`, 'fsync=off', 'max_connections=60'],
  ...(timescale === 'none'
    ? []
    : [
        'shared_preload_libraries=timescaledb',
        'timescaledb.telemetry_level=off',
        `timescaledb.license=${timescale}`,
      ]),
];

interface Place {
  directory: string;
  data: string;
  bin(program: string): string;
  as: { uid?: number; gid?: number };
}

function makePlace(version: string): Place {
  const directory = mkdtempSync(join(tmpdir(), 'rc-pg-'));
  const user = isRoot() ? postgresUser() : null;
  if (user) chownSync(directory, user.uid, user.gid);
  const bin = (program: string) => join(installed, version, 'bin', program);
  return { directory, data: join(directory, 'data'), bin, as: user ?? {} };
}

const options = ({ as, directory }: Place) => ({ ...as, cwd: directory, stdio: 'pipe' as const });

export async function startPostgres(timescale: Timescale = 'none'): Promise<TestPostgres> {
  const version = newestVersion();
  const missing = postgresMissing(timescale);
  if (version === null || missing !== null) throw new Error(missing ?? 'no PostgreSQL');
  const place = makePlace(version);
  const words = ['-D', place.data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8'];
  execFileSync(place.bin('initdb'), [...words, '--locale=C.UTF-8'], options(place));
  const server = new Server(place, timescale);
  process.once('exit', server.forget);
  await server.start();
  return server;
}

/** Runs its arguments until they end or its input does: however the test's process ends, the server goes with it. */
const watched = `exec 3<&0; "$@" </dev/null & server=$!
  ( cat <&3 >/dev/null; kill -QUIT $server 2>/dev/null ) & wait $server`;

class Server implements TestPostgres {
  readonly #place: Place;
  readonly #timescale: Timescale;
  #guard: ChildProcess | null = null;
  #databases = 0;

  constructor(place: Place, timescale: Timescale) {
    this.#place = place;
    this.#timescale = timescale;
  }

  /** When the test's process ends without `remove`. */
  readonly forget = () => rmSync(this.#place.directory, { recursive: true, force: true, maxRetries: 3 });

  async start(): Promise<void> {
    const { data, bin, directory } = this.#place;
    const words = settings(directory, this.#timescale).flatMap((setting) => ['-c', setting]);
    const guard = spawn('sh', ['-c', watched, 'sh', bin('postgres'), '-D', data, ...words], {
      ...options(this.#place),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.#guard = guard;
    while (!(await this.#answers())) {
      if (guard.exitCode !== null) throw new Error(`PostgreSQL ended with ${guard.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #answers(): Promise<boolean> {
    try {
      await this.#run('postgres', 'SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  async newDatabase(): Promise<string> {
    this.#databases += 1;
    const name = `test_${this.#databases}`;
    await this.#run('postgres', `CREATE DATABASE ${name}`);
    if (this.#timescale !== 'none') await this.#run(name, 'CREATE EXTENSION IF NOT EXISTS timescaledb');
    return this.#url(name);
  }

  async stop(how: 'fast' | 'crash' = 'fast'): Promise<void> {
    const guard = this.#guard;
    if (guard === null) return;
    this.#guard = null;
    if (how === 'fast')
      execFileSync(
        this.#place.bin('pg_ctl'),
        ['stop', '-m', 'fast', '-D', this.#place.data],
        options(this.#place),
      );
    const ended = new Promise((resolve) => guard.once('exit', resolve));
    guard.stdin?.end();
    await ended;
  }

  async remove(): Promise<void> {
    await this.stop('crash');
    process.removeListener('exit', this.forget);
    this.forget();
  }

  #url(database: string): string {
    return `postgres://postgres@/${database}?host=${encodeURIComponent(this.#place.directory)}`;
  }

  async #run(database: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url(database) });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}
