/**
 * Pages of lists by keyset: the cursor holds the sort key of the last row that was given, so a page costs the same wherever it is, and rows that come or go
 * meanwhile are neither repeated nor skipped. To a client it is opaque; nothing in it is trusted.
 */
import type * as z from 'zod';
import { ProblemError } from './problem-error.ts';

/** The key of `after`, or null on the first page. A cursor that is not of this list is `bad-cursor`. */
export function readCursor<Key>(after: string | undefined, key: z.ZodType<Key>): Key | null {
  if (after === undefined) return null;
  try {
    return key.parse(JSON.parse(Buffer.from(after, 'base64url').toString('utf8')));
  } catch (cause) {
    throw new ProblemError('bad-cursor', { cause });
  }
}

/**
 * A page of at most `limit` items from rows of which one more than `limit` was asked for.
 * @param keyOf the sort key of a row, as {@link readCursor} reads it again
 */
export function pageFrom<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => unknown,
  itemOf: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(itemOf),
    next: last === undefined ? null : Buffer.from(JSON.stringify(keyOf(last))).toString('base64url'),
  };
}
