import type { Work } from '../../database/database.ts';

export async function readServerId(trx: Work): Promise<string> {
  const { id } = await trx.selectFrom('server_identity').select('id').executeTakeFirstOrThrow();
  return id;
}
