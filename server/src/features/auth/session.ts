import type { FastifyReply, FastifyRequest } from 'fastify';
import { after } from '../../clock.ts';
import { sessionLifeMs } from '../../identity/find-signed-in.ts';
import { sessionSecretOf, setSessionCookie } from '../../identity/session-cookie.ts';
import type { AppParts } from '../../parts.ts';
import { browserName } from './browser-name.ts';
import { deleteSession, insertSession } from './repository.ts';

/** A new session with a new secret; the one that the browser had ends, so that nobody can have planted it. */
export async function beginSession(
  { database, clock }: AppParts,
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
): Promise<void> {
  const now = clock();
  const old = sessionSecretOf(request);
  const token = await database.asSystem(async (trx) => {
    if (old !== undefined) await deleteSession(trx, old);
    return insertSession(trx, userId, browserName(request.headers['user-agent']), now);
  });
  setSessionCookie(reply, token.text, after(now, sessionLifeMs));
}
