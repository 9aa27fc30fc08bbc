/**
 * Who asks, and may he: before the body is read and before anything is validated or looked up. A route says in `config.access` who may call it; one that
 * does not is refused when it is added, and a request that reaches none is answered as not found.
 */

import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Access, SignedIn } from '../access.ts';
import { findSignedIn } from '../identity/find-signed-in.ts';
import { comesFromOwnSite, comesFromThisMachine } from '../identity/origin.ts';
import { sessionSecretOf } from '../identity/session-cookie.ts';
import type { AppParts } from '../parts.ts';
import { ProblemError } from '../problem-error.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export const access = fp(async (app, { config, database, clock }: AppParts) => {
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const rule = request.routeOptions.config.access;
    if (rule === undefined) throw new ProblemError('not-found');
    const bearer = bearerOf(request);
    const changesSomething = !safeMethods.has(request.method) || request.ws;
    if (bearer === undefined && changesSomething && !comesFromOwnSite(config, request))
      throw new ProblemError('wrong-origin');
    if (rule === 'anyone' || (rule === 'metrics' && comesFromThisMachine(request))) return;
    const cookie = sessionSecretOf(request);
    if (bearer !== undefined)
      request.signedIn = await findSignedIn(database, bearer, ['device', 'personal'], clock);
    else if (cookie !== undefined)
      request.signedIn = await findSignedIn(database, cookie, ['session'], clock);
    const refused = refusal(rule, request.signedIn);
    if (refused !== null) throw refused;
  });
});

/** A header that is there and not understood counts as a token that does not exist: the cookie is not a way around it. */
function bearerOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization === undefined) return undefined;
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
}

function refusal(rule: Exclude<Access, 'anyone'>, signedIn: SignedIn | null): ProblemError | null {
  if (signedIn === null) return new ProblemError('not-signed-in');
  if (rule === 'signed-in') return null;
  if (rule === 'admin')
    return signedIn.kind === 'session' && signedIn.role === 'admin' ? null : new ProblemError('not-allowed');
  const scope = rule === 'metrics' ? 'metrics' : rule.scope;
  return signedIn.scopes.has(scope) ? null : new ProblemError('wrong-scope');
}
