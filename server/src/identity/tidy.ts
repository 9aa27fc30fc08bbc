/** Removes what has run out: nothing here is missed by anybody. */
import { after, type Clock, days, hours } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { sessionIdleMs } from './find-signed-in.ts';

export async function tidy(database: Database, clock: Clock): Promise<void> {
  const now = clock();
  await database.asSystem(async (trx) => {
    await trx.deleteFrom('tokens').where('expires_at', '<=', now).execute();
    await trx
      .deleteFrom('tokens')
      .where('kind', '=', 'session')
      .where((is) => is(is.fn.coalesce('last_used_at', 'created_at'), '<=', after(now, -sessionIdleMs)))
      .execute();
    // An engine that asks late is told that the code has run out.
    await trx
      .deleteFrom('pairings')
      .where('expires_at', '<=', after(now, -hours(1)))
      .execute();
    await trx
      .deleteFrom('links')
      .where('expires_at', '<=', after(now, -days(1)))
      .execute();
    await trx
      .deleteFrom('failures')
      .where('first_at', '<=', after(now, -hours(2)))
      .execute();
  });
}
