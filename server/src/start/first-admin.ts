/** How the first person gets in: a link, printed where only who runs the server reads it. */
import type { Database } from '../database/database.ts';
import { makeLink } from '../identity/links.ts';

/** The secret of a link to become an admin. */
export async function adminLink(database: Database, now: Date): Promise<string> {
  const made = await database.asSystem((trx) =>
    makeLink(trx, { kind: 'sign-up', role: 'admin', createdBy: null }, now),
  );
  return made.secret;
}

/** As {@link adminLink} when the server has no admin yet, else null. Links of earlier starts are left: another replica may have printed them. */
export async function firstAdminLink(database: Database, now: Date): Promise<string | null> {
  const admin = await database.asSystem((trx) =>
    trx.selectFrom('users').select('id').where('role', '=', 'admin').limit(1).executeTakeFirst(),
  );
  return admin === undefined ? adminLink(database, now) : null;
}
