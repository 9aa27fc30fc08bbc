/** Everything that acts in a user's name: he sees all of it and can end all of it. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { after, days } from '../../clock.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { deleteOtherTokens, deleteToken, insertToken, listTokens, type TokenKind } from './repository.ts';

const kinds: TokenKind[] = ['session', 'device', 'personal'];
const config = { access: { scope: 'account' } } as const;

export const tokensFeature: Feature = {
  name: 'tokens',
  at: 'api',
  routes(app, parts) {
    listRoute(app, parts);
    makeRoute(app, parts);
    revokeRoutes(app, parts);
  },
};

function listRoute(app: App, { database, clock }: AppParts): void {
  app.get(
    '/tokens',
    {
      config,
      schema: {
        summary: 'Sessions, devices and tokens, newest first',
        querystring: contract.pageQuery,
        response: { 200: contract.tokenPage },
      },
    },
    async (request) => {
      const viewer = viewerOf(request);
      const { limit, after: cursor } = request.query;
      const page = { limit, before: readCursor(cursor, contract.id), kinds, now: clock() };
      const rows = await database.asSystem((trx) => listTokens(trx, viewer, page));
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          kind: row.kind,
          name: row.name,
          prefix: row.prefix,
          scopes: contract.scopes.filter((scope) => row.scopes.includes(scope)),
          createdAt: row.created_at.toISOString(),
          lastUsedAt: row.last_used_at?.toISOString() ?? null,
          expiresAt: row.expires_at?.toISOString() ?? null,
          current: row.id === viewer.tokenId,
        }),
      );
    },
  );
}

function makeRoute(app: App, { database, clock }: AppParts): void {
  app.post(
    '/tokens',
    {
      config,
      schema: {
        summary: 'Make a personal token; it is shown this once',
        body: contract.makeToken,
        response: { 201: contract.tokenMade },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { name, scopes, expiresInDays } = request.body;
      if (scopes.includes('metrics') && viewer.role !== 'admin') throw new ProblemError('not-allowed');
      const now = clock();
      const expiresAt = expiresInDays === null ? null : after(now, days(expiresInDays));
      const made = await database.asSystem((trx) =>
        insertToken(trx, viewer.userId, { kind: 'personal', name, scopes, expiresAt }, now),
      );
      return reply.code(201).send({ token: made.text, id: made.id, prefix: made.shown });
    },
  );
}

function revokeRoutes(app: App, { database }: AppParts): void {
  app.delete(
    '/tokens/:tokenId',
    {
      config,
      schema: {
        summary: 'End a session, device or token',
        params: z.object({ tokenId: contract.id }),
        response: { 204: z.undefined().describe('Ended') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const gone = await database.asSystem((trx) => deleteToken(trx, viewer, request.params.tokenId, kinds));
      if (!gone) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
  app.delete(
    '/tokens',
    {
      config,
      schema: {
        summary: 'End all sessions, devices and tokens but this one',
        response: { 204: z.undefined().describe('Ended') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      await database.asSystem((trx) => deleteOtherTokens(trx, viewer, viewer.tokenId));
      return reply.code(204).send();
    },
  );
}
