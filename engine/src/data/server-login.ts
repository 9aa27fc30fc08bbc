/**
 * The server that laps are sent to, and the token for it, in a file that this user alone can read (mode 0600 on POSIX; the profile's folder on Windows). The
 * token goes to that server and nowhere else: no page, no log, no settings file, no message.
 */
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import * as z from 'zod';
import type { DataDir } from './data-dir.ts';
import { writeWholeFile } from './whole-file.ts';

const serverLogin = z.object({
  /** The origin: `https://…` or on this machine `http://…`, without a slash at the end. */
  url: z.string(),
  /** Null once the server refused it: a login is needed. */
  token: z.string().min(1).nullable(),
  deviceId: z.string(),
  userName: z.string(),
});
export type ServerLogin = z.infer<typeof serverLogin>;

const file = (dataDir: DataDir) => dataDir.file('server-login.json');

/** Null when there is none, or the file does not hold one. A file that others can read is closed to them. */
export function readServerLogin(dataDir: DataDir): ServerLogin | null {
  try {
    chmodSync(file(dataDir), 0o600);
    return serverLogin.parse(JSON.parse(readFileSync(file(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

/** Throws a coded error when it cannot be written. */
export function keepServerLogin(dataDir: DataDir, login: ServerLogin): void {
  dataDir.ensure();
  writeWholeFile(file(dataDir), `${JSON.stringify(login, null, 2)}\n`, 0o600);
}

/** The server does not take this token any more. One that another process put there meanwhile stays. */
export function dropServerToken(dataDir: DataDir, token: string): void {
  const login = readServerLogin(dataDir);
  if (login?.token === token) keepServerLogin(dataDir, { ...login, token: null });
}

export function forgetServerLogin(dataDir: DataDir): void {
  rmSync(file(dataDir), { force: true });
}
