/**
 * The store's file: opened, checked, brought to the newest tables. A damaged file is kept aside, never repaired in place and never
 * overwritten: what can be saved from it is still in it. SQLite's failures become the errors that a user can act on.
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '@racing-coach/contract';
import Database from 'better-sqlite3';
import { keepAside } from '../data/whole-file.ts';
import { migrations } from './migrations.ts';

export interface OpenedFile {
  database: Database.Database;
  /** What the user should know; null when all is well. */
  notice: CodedError | null;
}

export interface StoreFileOptions {
  path: string;
  /** For the name under which a damaged file is kept. */
  now: Date;
  /** A small limit stands for a full disk in tests. */
  mostPages?: number;
}

export function openStoreFile(options: StoreFileOptions): OpenedFile {
  try {
    return { database: openChecked(options), notice: null };
  } catch (thrown) {
    const error = storeError(thrown, options.path);
    if (error.code !== 'store-damaged') throw error;
    const kept = setAside(options);
    const notice = new CodedError('store-damaged', { file: options.path, kept }, { cause: thrown });
    return { database: openChecked(options), notice };
  }
}

function openChecked({ path, mostPages }: StoreFileOptions): Database.Database {
  const unclean = wasLeftUnclean(path);
  const database = new Database(path, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    // A lap that was announced as stored is stored, power cut or not: one sync a lap costs nothing.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    if (mostPages !== undefined) database.pragma(`max_page_count = ${mostPages}`);
    if (unclean) checkPages(database);
    migrate(database, path);
    rmSync(suspicionFile(path), { force: true });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite removes the write-ahead log when the last user closes: one that is left means that somebody died. */
function wasLeftUnclean(path: string): boolean {
  const log = `${path}-wal`;
  return existsSync(suspicionFile(path)) || (existsSync(log) && statSync(log).size > 0);
}

/** Made when damage shows while the store is in use: the next start looks at every page. */
export function suspicionFile(path: string): string {
  return `${path}.check`;
}

function checkPages(database: Database.Database): void {
  const result = String(database.pragma('quick_check(1)', { simple: true }));
  if (result !== 'ok') throw Object.assign(new Error(result), { code: 'SQLITE_CORRUPT' });
}

function migrate(database: Database.Database, path: string): void {
  const has = Number(database.pragma('user_version', { simple: true }));
  if (has > migrations.length) throw new CodedError('store-newer', { file: path });
  const step = database.transaction((index: number) => {
    database.exec(migrations[index] ?? '');
    database.pragma(`user_version = ${index + 1}`);
  });
  for (let index = has; index < migrations.length; index += 1) step.immediate(index);
}

/** The log goes with its file: alone it would be played into the new one. */
function setAside({ path, now }: StoreFileOptions): string {
  for (const part of [`${path}-wal`, `${path}-shm`]) if (existsSync(part)) keepAside(part, now);
  rmSync(suspicionFile(path), { force: true });
  return keepAside(path, now);
}

/** What SQLite's failure means for the user. */
export function storeError(thrown: unknown, path: string): CodedError {
  if (thrown instanceof CodedError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const cause = { cause: thrown };
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new CodedError('disk-full', { what: 'the lap' }, cause);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new CodedError('store-damaged', { file: path, kept: `${path}.damaged-…` }, cause);
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY'))
    return new CodedError('data-dir-unwritable', { dir: dirname(path), cause: code }, cause);
  return CodedError.from(thrown);
}
