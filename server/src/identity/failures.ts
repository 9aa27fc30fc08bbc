/**
 * Failed attempts, counted in the database so that every server knows them. What is counted is an account at an address, and an address: never an account
 * alone, or anybody could lock its owner out. An account that does not exist counts like one that does.
 *
 * An attempt is counted before it is tried and forgiven when it succeeds: many at once are as many.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { after, minutes } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { addressKey } from '../limits/address-key.ts';
import { ProblemError } from '../problem-error.ts';

export interface Attempt {
  /** What is tried: `sign-in`, `user-code`. */
  what: string;
  /** The e-mail address or the user's id. */
  account: string;
  /** Null counts the account wherever it is tried from: only for what its owner does not need to get in. */
  address: string | null;
}

/** Beyond so many failures within the window it is locked. */
const mostOfAccount = 6;
const mostOfAddress = 60;
const windowMs = minutes(30);
const lockMs = minutes(15);

/** Addresses and e-mails stay out of the table. */
const subject = (...parts: string[]) => createHash('sha256').update(parts.join('\n')).digest('hex');

const subjectsOf = ({ what, account, address }: Attempt) => {
  if (address === null) return { pair: subject(what, account.toLowerCase()), place: null };
  const place = addressKey(address);
  return { pair: subject(what, account.toLowerCase(), place), place: subject(what, place) };
};

/** Counts an attempt. Rejects with `locked-out` when there were too many, whether or not the next would have been right. */
export async function beginAttempt(database: Database, attempt: Attempt, now: Date): Promise<void> {
  const { pair, place } = subjectsOf(attempt);
  const lockedUntil = await database.asSystem(async (trx) => {
    const until: Date[] = [];
    for (const [key, most] of [
      [pair, mostOfAccount],
      [place, mostOfAddress],
    ] as const) {
      if (key === null) continue;
      const { rows } = await counted(key, most, now).execute(trx);
      const lock = rows[0]?.locked_until;
      if (lock !== null && lock !== undefined) until.push(lock);
    }
    return until;
  });
  if (lockedUntil.length === 0) return;
  const end = Math.max(...lockedUntil.map((date) => date.getTime()));
  throw new ProblemError('locked-out', { retryAfterS: (end - now.getTime()) / 1000 });
}

/** One statement, so that attempts at the same time are counted each. A lock that has run out begins anew. */
const counted = (key: string, most: number, now: Date) => sql<{ locked_until: Date | null }>`
  INSERT INTO failures AS f (subject, count, first_at) VALUES (${key}, 1, ${now})
  ON CONFLICT (subject) DO UPDATE SET
    count = CASE
      WHEN f.locked_until > ${now} THEN f.count
      WHEN f.locked_until IS NOT NULL OR f.first_at < ${after(now, -windowMs)} THEN 1
      ELSE f.count + 1 END,
    first_at = CASE
      WHEN f.locked_until > ${now} THEN f.first_at
      WHEN f.locked_until IS NOT NULL OR f.first_at < ${after(now, -windowMs)} THEN ${now}
      ELSE f.first_at END,
    locked_until = CASE
      WHEN f.locked_until > ${now} THEN f.locked_until
      WHEN f.locked_until IS NOT NULL OR f.first_at < ${after(now, -windowMs)} THEN NULL
      WHEN f.count + 1 > ${most} THEN ${after(now, lockMs)}::timestamptz
      ELSE NULL END
  RETURNING locked_until`;

/** The attempt was right: its account is free again at this address, and the address has one less. */
export async function forgiveAttempt(database: Database, attempt: Attempt): Promise<void> {
  const { pair, place } = subjectsOf(attempt);
  await database.asSystem(async (trx) => {
    await trx.deleteFrom('failures').where('subject', '=', pair).execute();
    if (place === null) return;
    await trx
      .updateTable('failures')
      .set((is) => ({ count: is('count', '-', 1) }))
      .where('subject', '=', place)
      .where('count', '>', 0)
      .execute();
  });
}
