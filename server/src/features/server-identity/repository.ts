import type { Work } from '../../database/database.ts';
import { newId } from '../../new-id.ts';

/** Made now where there is none: of two that ask at once the first one's stays. */
export async function readServerId(trx: Work): Promise<string> {
  await trx
    .insertInto('server_identity')
    .values({ id: newId() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await trx.selectFrom('server_identity').select('id').executeTakeFirstOrThrow();
  return id;
}
