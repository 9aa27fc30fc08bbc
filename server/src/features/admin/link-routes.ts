/** Links that an admin hands on himself: no letter is needed to let somebody in. */
import * as contract from '@racing-coach/contract/server';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { type LinkFacts, linkUrl, makeLink } from '../../identity/links.ts';
import { ownOrigin } from '../../identity/origin.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { deleteSignUpLink, findAccountRow, listSignUpLinks } from './repository.ts';

const config = { access: 'admin' } as const;

export function linkRoutes(app: App, parts: AppParts): void {
  makeRoutes(app, parts);
  listRoutes(app, parts);
}

async function madeLink(
  { config: settings, database, clock }: AppParts,
  request: FastifyRequest,
  facts: LinkFacts,
) {
  const origin = ownOrigin(settings, request);
  if (origin === null) throw new ProblemError('wrong-origin');
  const made = await database.asSystem((trx) => makeLink(trx, facts, clock()));
  return {
    id: made.id,
    url: linkUrl(origin, facts.kind, made.secret),
    expiresAt: made.expiresAt.toISOString(),
  };
}

function makeRoutes(app: App, parts: AppParts): void {
  app.post(
    '/admin/links',
    {
      config,
      schema: {
        summary: 'A one-time link to sign up; it is shown this once',
        body: contract.makeSignUpLink,
        response: { 201: contract.linkMade },
      },
    },
    async (request, reply) => {
      const facts = {
        kind: 'sign-up',
        role: request.body.role,
        createdBy: viewerOf(request).userId,
      } as const;
      return reply.code(201).send(await madeLink(parts, request, facts));
    },
  );
  app.post(
    '/admin/users/:userId/reset-link',
    {
      config,
      schema: {
        summary: 'A one-time link to set a new password; it is shown this once',
        params: z.object({ userId: contract.id }),
        response: { 201: contract.linkMade },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      const there = await parts.database.asSystem((trx) => findAccountRow(trx, userId));
      if (there === undefined) throw new ProblemError('not-found');
      const facts = { kind: 'reset', userId, createdBy: viewerOf(request).userId } as const;
      return reply.code(201).send(await madeLink(parts, request, facts));
    },
  );
}

function listRoutes(app: App, { database, clock }: AppParts): void {
  app.get(
    '/admin/links',
    {
      config,
      schema: {
        summary: 'Links to sign up that nobody used yet',
        querystring: contract.pageQuery,
        response: { 200: contract.signUpLinkPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = { limit, before: readCursor(after, contract.id), now: clock() };
      const rows = await database.asSystem((trx) => listSignUpLinks(trx, page));
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          role: row.role === 'admin' ? ('admin' as const) : ('user' as const),
          createdAt: row.created_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
        }),
      );
    },
  );
  app.delete(
    '/admin/links/:linkId',
    {
      config,
      schema: {
        summary: 'Withdraw a link to sign up',
        params: z.object({ linkId: contract.id }),
        response: { 204: z.undefined().describe('Withdrawn') },
      },
    },
    async (request, reply) => {
      const gone = await database.asSystem((trx) => deleteSignUpLink(trx, request.params.linkId));
      if (!gone) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
}
