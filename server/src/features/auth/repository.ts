/** Accounts as signing in sees them. */
import type { User } from '@racing-coach/contract/server';
import { after } from '../../clock.ts';
import type { Work } from '../../database/database.ts';
import { sessionLifeMs } from '../../identity/find-signed-in.ts';
import { type NewToken, newToken, sha256Of } from '../../identity/secrets.ts';
import { newId } from '../../new-id.ts';

export interface Account extends User {
  passwordHash: string;
  disabled: boolean;
}

export async function findAccount(
  trx: Work,
  by: { email: string } | { id: string },
): Promise<Account | null> {
  const [column, value] = 'email' in by ? (['email', by.email] as const) : (['id', by.id] as const);
  const row = await trx
    .selectFrom('users')
    .select(['id', 'email', 'name', 'role', 'created_at', 'password_hash', 'disabled'])
    .where(column, '=', value)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { id, email, name, role, disabled } = row;
  return {
    id,
    email,
    name,
    role,
    createdAt: row.created_at.toISOString(),
    passwordHash: row.password_hash,
    disabled,
  };
}

/** Null when the e-mail address is taken. */
export async function insertAccount(
  trx: Work,
  account: { email: string; name: string; role: 'admin' | 'user'; passwordHash: string },
  now: Date,
): Promise<string | null> {
  const row = await trx
    .insertInto('users')
    .values({
      id: newId(now),
      email: account.email,
      name: account.name,
      role: account.role,
      password_hash: account.passwordHash,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function insertSession(trx: Work, userId: string, name: string, now: Date): Promise<NewToken> {
  const token = newToken();
  await trx
    .insertInto('tokens')
    .values({
      id: newId(now),
      user_id: userId,
      kind: 'session',
      name,
      prefix: token.shown,
      secret_sha256: token.sha256,
      scopes: [],
      created_at: now,
      last_used_at: now,
      expires_at: after(now, sessionLifeMs),
    })
    .execute();
  return token;
}

/** Ends the session of a secret, whoever's it is: a browser that signs in or out leaves none behind. */
export async function deleteSession(trx: Work, secret: string): Promise<void> {
  await trx
    .deleteFrom('tokens')
    .where('secret_sha256', '=', sha256Of(secret))
    .where('kind', '=', 'session')
    .execute();
}

/** Sets a password; every session, device and token of the account ends, as do links to reset it. */
export async function setPassword(trx: Work, userId: string, passwordHash: string): Promise<void> {
  await trx.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute();
  await trx.deleteFrom('tokens').where('user_id', '=', userId).execute();
  await trx.deleteFrom('links').where('kind', '=', 'reset').where('user_id', '=', userId).execute();
}

/** The same password with another hash; a password that was changed meanwhile stays. */
export async function renewHash(
  trx: Work,
  userId: string,
  before: string,
  passwordHash: string,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', userId)
    .where('password_hash', '=', before)
    .execute();
}

/** Links to become an admin that the server made itself are void once there is one. */
export async function dropFirstAdminLinks(trx: Work): Promise<void> {
  await trx
    .deleteFrom('links')
    .where('kind', '=', 'sign-up')
    .where('role', '=', 'admin')
    .where('created_by', 'is', null)
    .execute();
}

export async function joinTeam(
  trx: Work,
  member: { teamId: string; userId: string; role: string; sharesSessions: boolean },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('team_members')
    .values({
      team_id: member.teamId,
      user_id: member.userId,
      role: member.role as 'owner' | 'coach' | 'driver',
      shares_sessions: member.sharesSessions,
      joined_at: now,
    })
    .onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doNothing())
    .execute();
}
