/** Who of those that are connected may hear of something, asked when it happens: whoever left the team or signed out since hears nothing. */
import { sql } from 'kysely';
import { after } from '../../clock.ts';
import type { Work } from '../../database/database.ts';
import type { ServerEvent } from '../../events/events.ts';
import { sessionIdleMs } from '../../identity/find-signed-in.ts';

/** The tokens among these that still count. */
export const validTokensQuery = (trx: Work, tokenIds: string[], now: Date) =>
  trx
    .selectFrom('tokens')
    .innerJoin('users', 'users.id', 'tokens.user_id')
    .select('tokens.id')
    .where('tokens.id', 'in', tokenIds)
    .where('users.disabled', '=', false)
    .where((is) => is.or([is('expires_at', 'is', null), is('expires_at', '>', now)]))
    .where((is) =>
      is.or([
        is('kind', '!=', 'session'),
        is(sql<Date>`coalesce(last_used_at, tokens.created_at)`, '>', after(now, -sessionIdleMs)),
      ]),
    );

/** The token's user is in a team with which the owner shares. */
const seesDriver = (ownerId: string) => sql<boolean>`EXISTS (
  SELECT FROM team_members mine JOIN team_members theirs USING (team_id)
  WHERE mine.user_id = tokens.user_id AND theirs.user_id = ${ownerId}::uuid AND theirs.shares_sessions)`;

const isForTeam = (sessionId: string) =>
  sql<boolean>`EXISTS (SELECT FROM sessions WHERE id = ${sessionId}::uuid AND visibility = 'team')`;

/** The tokens among these whose users may hear of an event. */
export async function audienceOf(
  trx: Work,
  { event, ownerId, to }: ServerEvent,
  tokenIds: string[],
  now: Date,
): Promise<Set<string>> {
  const sessionId = 'sessionId' in event ? event.sessionId : null;
  const rows = await validTokensQuery(trx, tokenIds, now)
    .$if(to === 'owner' || sessionId === null, (query) => query.where('tokens.user_id', '=', ownerId))
    .$if(to === 'team' && sessionId !== null, (query) =>
      query.where('tokens.user_id', '!=', ownerId).where(seesDriver(ownerId)),
    )
    .$if(to === 'viewers' && sessionId !== null, (query) =>
      query.where((is) =>
        is.or([
          is('tokens.user_id', '=', ownerId),
          is.and([isForTeam(sessionId ?? ''), seesDriver(ownerId)]),
        ]),
      ),
    )
    .execute();
  return new Set(rows.map((row) => row.id));
}
