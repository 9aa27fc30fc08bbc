/** Who a token or session belongs to. */
import { type Scope, scopes } from '@racing-coach/contract/server';
import type { SignedIn } from '../access.ts';
import { after, type Clock, days, seconds } from '../clock.ts';
import type { Database, Work } from '../database/database.ts';
import { looksLikeToken, sha256Of } from './secrets.ts';

/** A session ends when it was not used for so long, and in any case after so long. */
export const sessionIdleMs = days(7);
export const sessionLifeMs = days(30);
/** Uses within this time are one write. */
const useResolutionMs = seconds(60);

/** A session has every scope of its user; what only admins may do is in no hand but theirs, whatever a token says. */
function scopesOf(kind: SignedIn['kind'], role: SignedIn['role'], given: string[]): ReadonlySet<Scope> {
  const has = kind === 'session' ? scopes : scopes.filter((scope) => given.includes(scope));
  return new Set(has.filter((scope) => role === 'admin' || (scope !== 'admin' && scope !== 'metrics')));
}

/**
 * Null when there is no such token, it has run out or its user is disabled: all the same to whoever asks.
 * @param kinds sessions come in a cookie, the others as bearer; neither is taken in the other's place
 */
export async function findSignedIn(
  database: Database,
  secret: string,
  kinds: SignedIn['kind'][],
  clock: Clock,
): Promise<SignedIn | null> {
  if (!looksLikeToken(secret)) return null;
  const now = clock();
  const row = await database.look((db) =>
    db
      .selectFrom('tokens')
      .innerJoin('users', 'users.id', 'tokens.user_id')
      .select(['tokens.id', 'user_id', 'kind', 'scopes', 'role', 'last_used_at', 'tokens.created_at'])
      .where('secret_sha256', '=', sha256Of(secret))
      .where('kind', 'in', kinds)
      .where('disabled', '=', false)
      .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const usedAt = row.last_used_at ?? row.created_at;
  if (row.kind === 'session' && after(usedAt, sessionIdleMs) <= now) return null;
  if (row.last_used_at === null || after(usedAt, useResolutionMs) <= now)
    await database.asSystem((trx) => noteUse(trx, row.id, row.user_id, now));
  const { kind, role, user_id: userId, id: tokenId } = row;
  return { userId, role, tokenId, kind, scopes: scopesOf(kind, role, row.scopes) };
}

async function noteUse(trx: Work, tokenId: string, userId: string, now: Date): Promise<void> {
  await trx.updateTable('tokens').set({ last_used_at: now }).where('id', '=', tokenId).execute();
  await trx.updateTable('users').set({ last_seen_at: now }).where('id', '=', userId).execute();
}
