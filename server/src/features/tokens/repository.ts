/** Sessions, devices and personal tokens of one user. */
import type { Scope } from '@racing-coach/contract/server';
import type { Viewer, Work } from '../../database/database.ts';

import { type NewToken, newToken } from '../../identity/secrets.ts';
import { newId } from '../../new-id.ts';

export type TokenKind = 'session' | 'device' | 'personal';

/** Newest first; `before` is the id of the last one of the page before. */
export function listTokens(
  trx: Work,
  viewer: Viewer,
  page: { limit: number; before: string | null; kinds: TokenKind[]; now: Date },
) {
  return trx
    .selectFrom('tokens')
    .select(['id', 'kind', 'name', 'prefix', 'scopes', 'created_at', 'last_used_at', 'expires_at'])
    .where('user_id', '=', viewer.userId)
    .where('kind', 'in', page.kinds)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', page.now)]))
    .$if(page.before !== null, (query) => query.where('id', '<', page.before ?? ''))
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute();
}

export async function insertToken(
  trx: Work,
  userId: string,
  facts: { kind: TokenKind; name: string; scopes: readonly Scope[]; expiresAt: Date | null },
  now: Date,
): Promise<NewToken & { id: string }> {
  const token = newToken();
  const id = newId(now);
  await trx
    .insertInto('tokens')
    .values({
      id,
      user_id: userId,
      kind: facts.kind,
      name: facts.name,
      prefix: token.shown,
      secret_sha256: token.sha256,
      scopes: [...facts.scopes],
      created_at: now,
      expires_at: facts.expiresAt,
    })
    .execute();
  return { ...token, id };
}

/** Whether there was one. */
export async function deleteToken(
  trx: Work,
  viewer: Viewer,
  id: string,
  kinds: TokenKind[],
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('tokens')
    .where('id', '=', id)
    .where('user_id', '=', viewer.userId)
    .where('kind', 'in', kinds)
    .returning('id')
    .execute();
  return gone.length > 0;
}

export async function deleteOtherTokens(trx: Work, viewer: Viewer, keptId: string): Promise<void> {
  await trx.deleteFrom('tokens').where('user_id', '=', viewer.userId).where('id', '!=', keptId).execute();
}
