/** Every migration, in order. One that has been released is never changed: its hash is held against what was applied. */
import { sql as begin } from './0001-begin.ts';

export interface Migration {
  name: string;
  sql: string;
}

export const migrations: readonly Migration[] = [{ name: '0001-begin', sql: begin }];
