/** `GET /server`: which server this is. */
import * as z from 'zod';
import { id } from './scalars.ts';

export const serverIdentity = z.object({
  /** Made with the database: another one means that nothing of before is here. */
  serverId: id,
  version: z.string(),
});
export type ServerIdentity = z.infer<typeof serverIdentity>;
