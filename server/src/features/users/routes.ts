/** A user's own account: what is kept of him, all of it to take along, all of it to remove. */
import { Readable } from 'node:stream';
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { hours } from '../../clock.ts';
import { clearSessionCookie } from '../../identity/session-cookie.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { confirmPassword } from '../auth/confirm-password.ts';
import { findAccount } from '../auth/repository.ts';
import { ownerTag } from '../cache-tags.ts';
import type { App, Feature } from '../feature.ts';
import { deleteAccount } from './delete-account.ts';
import { exportFiles } from './export-files.ts';
import { tarOf } from './tar.ts';

const config = { access: { scope: 'account' } } as const;

export const usersFeature: Feature = {
  name: 'users',
  at: 'api',
  routes(app, parts) {
    ownRoutes(app, parts);
    exportRoute(app, parts);
    deleteRoute(app, parts);
  },
};

async function ownAccount({ database }: AppParts, id: string) {
  const account = await database.asSystem((trx) => findAccount(trx, { id }));
  if (account === null) throw new ProblemError('not-signed-in');
  const { email, name, role, createdAt } = account;
  return { id, email, name, role, createdAt };
}

function ownRoutes(app: App, parts: AppParts): void {
  app.get(
    '/users/me',
    { config, schema: { summary: 'Who is signed in', response: { 200: contract.user } } },
    (request) => ownAccount(parts, viewerOf(request).userId),
  );
  app.patch(
    '/users/me',
    {
      config,
      schema: { summary: 'Change the name', body: contract.changeUser, response: { 200: contract.user } },
    },
    async (request) => {
      const { userId } = viewerOf(request);
      const { name } = request.body;
      await parts.database.asSystem((trx) =>
        trx.updateTable('users').set({ name }).where('id', '=', userId).execute(),
      );
      await parts.cache.invalidate([ownerTag(userId)]);
      return ownAccount(parts, userId);
    },
  );
}

function exportRoute(app: App, { database, clock }: AppParts): void {
  app.get(
    '/users/me/export',
    {
      config: { ...config, perMinuteByAddress: 5 },
      // As long as a slow line takes for all laps of years.
      handlerTimeout: hours(6),
      schema: {
        summary: 'Everything about the account as an archive: documents and lap files',
        response: {
          200: { description: 'A tape archive', content: { 'application/x-tar': { schema: z.any() } } },
        },
      },
    },
    async (request, reply) => {
      const archive = tarOf(exportFiles(database, viewerOf(request)), clock());
      return reply
        .type('application/x-tar')
        .header('content-disposition', 'attachment; filename="racing-coach.tar"')
        .send(Readable.from(archive, { objectMode: false }));
    },
  );
}

function deleteRoute(app: App, parts: AppParts): void {
  app.delete(
    '/users/me',
    {
      config,
      schema: {
        summary: 'Remove the account and everything of it',
        body: contract.deleteUser,
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const { userId } = viewerOf(request);
      const { password } = request.body;
      await confirmPassword(parts, { userId, password, address: request.ip }, parts.clock());
      await deleteAccount(parts, userId);
      clearSessionCookie(reply);
      return reply.code(204).send();
    },
  );
}
