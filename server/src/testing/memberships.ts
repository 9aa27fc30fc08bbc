/** Teams and their members as rows, for tests of who sees what. */
import type { Database } from '../database/database.ts';
import { newId } from '../new-id.ts';

export async function makeTeam(database: Database, name = 'Team'): Promise<string> {
  const id = newId();
  await database.asSystem((trx) =>
    trx.insertInto('teams').values({ id, name, created_at: new Date() }).execute(),
  );
  return id;
}

/** Puts a user into a team, or changes whether he shares. */
export async function putMember(
  database: Database,
  teamId: string,
  userId: string,
  sharesSessions: boolean,
  role: 'owner' | 'coach' | 'driver' = 'driver',
): Promise<void> {
  const row = {
    team_id: teamId,
    user_id: userId,
    role,
    shares_sessions: sharesSessions,
    joined_at: new Date(),
  };
  await database.asSystem((trx) =>
    trx
      .insertInto('team_members')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['team_id', 'user_id']).doUpdateSet({ shares_sessions: sharesSessions }),
      )
      .execute(),
  );
}

export async function removeMember(database: Database, teamId: string, userId: string): Promise<void> {
  await database.asSystem((trx) =>
    trx.deleteFrom('team_members').where('team_id', '=', teamId).where('user_id', '=', userId).execute(),
  );
}
