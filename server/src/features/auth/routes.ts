/** Signing in and out, signing up by link, passwords. Whatever is asked about an address, the answer and the work do not tell whether it has an account. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { beginAttempt, forgiveAttempt } from '../../identity/failures.ts';
import { hashPassword, isOutdated, isPassword, prepareNobody } from '../../identity/passwords.ts';
import { clearSessionCookie } from '../../identity/session-cookie.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { passwordFeature } from './password-routes.ts';
import { findAccount, renewHash } from './repository.ts';
import { beginSession } from './session.ts';
import { signUp } from './sign-up.ts';

export const authFeature: Feature = {
  name: 'auth',
  at: 'api',
  async routes(app, parts) {
    await prepareNobody();
    signInRoute(app, parts);
    signUpRoute(app, parts);
    signOutRoute(app, parts);
    passwordFeature(app, parts);
  },
};

function signInRoute(app: App, parts: AppParts): void {
  const { database, clock } = parts;
  app.post(
    '/auth/sign-in',
    {
      config: { access: 'anyone', perMinuteByAddress: 60 },
      schema: {
        summary: 'Sign in with a password',
        body: contract.signIn,
        response: { 200: contract.user },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body;
      const attempt = { what: 'sign-in', account: email, address: request.ip };
      await beginAttempt(database, attempt, clock());
      const account = await database.asSystem((trx) => findAccount(trx, { email }));
      const right = await isPassword(account?.passwordHash ?? null, password);
      if (account === null || !right || account.disabled) throw new ProblemError('wrong-credentials');
      await forgiveAttempt(database, attempt);
      if (isOutdated(account.passwordHash)) {
        const passwordHash = await hashPassword(password);
        await database.asSystem((trx) => renewHash(trx, account.id, account.passwordHash, passwordHash));
      }
      await beginSession(parts, request, reply, account.id);
      const { id, name, role, createdAt } = account;
      return { id, email, name, role, createdAt };
    },
  );
}

function signUpRoute(app: App, parts: AppParts): void {
  app.post(
    '/auth/sign-up',
    {
      config: { access: 'anyone', perMinuteByAddress: 20 },
      schema: {
        summary: 'Make an account with a one-time link',
        body: contract.signUp,
        response: { 202: contract.accepted },
      },
    },
    async (request, reply) => {
      await signUp(parts, request.body);
      return reply.code(202).send({ status: 'accepted' });
    },
  );
}

function signOutRoute(app: App, { database }: AppParts): void {
  app.post(
    '/auth/sign-out',
    {
      // Whoever has a token may give it back.
      config: { access: 'signed-in' },
      schema: {
        summary: 'End this session, or this token',
        response: { 204: z.undefined().describe('Signed out') },
      },
    },
    async (request, reply) => {
      const { tokenId } = viewerOf(request);
      await database.asSystem((trx) => trx.deleteFrom('tokens').where('id', '=', tokenId).execute());
      clearSessionCookie(reply);
      return reply.code(204).send();
    },
  );
}
