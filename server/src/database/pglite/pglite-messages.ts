/** What the server's thread and the thread of the embedded database say to each other. Requests are answered in their order. */
import type { Refusal } from '../database-gone.ts';
import type { Answer } from './pglite-session.ts';

export interface WorkerStart {
  directory: string;
  /** A dump of a prepared database that an empty directory begins with. */
  preparedDump: string | null;
}

export type Request =
  | { kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { kind: 'commit' }
  | { kind: 'copy-in'; statement: string; bytes: Uint8Array }
  | { kind: 'copy-out'; query: string }
  | { kind: 'close' };

export interface Answers {
  query: Answer;
  commit: boolean;
  'copy-in': number;
  'copy-out': Uint8Array<ArrayBuffer>;
  close: null;
}

export type Reply =
  /** Number 0 is the start. */
  | { number: number; result: Answers[keyof Answers] }
  | { number: number; refusal: Refusal }
  /** Anything else: `fatal` when the database cannot go on. */
  | { number: number; failure: string; fatal: boolean };
