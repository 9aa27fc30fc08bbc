/** Who of those that are connected may hear of an event, in one question for all of them. */
import { sql } from 'kysely';
import type { Work } from '../../database/database.ts';

export interface Heard {
  tokenIds: string[];
  ownerId: string;
  /** Null for what is gone: then who shares is all that can be asked. */
  sessionId: string | null;
  now: Date;
}

/** Tokens that are still good and whose users may see the session. */
export async function whoHears(
  trx: Work,
  { tokenIds, ownerId, sessionId, now }: Heard,
): Promise<Set<string>> {
  const shared =
    sessionId === null
      ? sql`true`
      : sql`EXISTS (SELECT FROM sessions WHERE id = ${sessionId}::uuid AND visibility = 'team')`;
  const { rows } = await sql<{ id: string }>`
    SELECT tokens.id FROM tokens JOIN users ON users.id = tokens.user_id
    WHERE tokens.id = ANY(${tokenIds}::uuid[]) AND NOT users.disabled
      AND (tokens.expires_at IS NULL OR tokens.expires_at > ${now})
      AND (users.id = ${ownerId}::uuid OR (${shared} AND EXISTS (
        SELECT FROM team_members mine JOIN team_members theirs USING (team_id)
        WHERE mine.user_id = users.id AND theirs.user_id = ${ownerId}::uuid AND theirs.shares_sessions)))`.execute(
    trx,
  );
  return new Set(rows.map((row) => row.id));
}

/** Tokens of these that are still good. */
export async function stillGood(trx: Work, tokenIds: string[], now: Date): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT tokens.id FROM tokens JOIN users ON users.id = tokens.user_id
    WHERE tokens.id = ANY(${tokenIds}::uuid[]) AND NOT users.disabled
      AND (tokens.expires_at IS NULL OR tokens.expires_at > ${now})`.execute(trx);
  return new Set(rows.map((row) => row.id));
}
