/** Paired devices of a user, and what he is asked before one is. */
import * as contract from '@racing-coach/contract/server';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { beginAttempt, forgiveAttempt } from '../../identity/failures.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { deleteToken, listTokens } from '../tokens/repository.ts';
import { pairingRoutes } from './pairing-routes.ts';
import { answerPairing, findPairing } from './repository.ts';
import { plainUserCode } from './user-code.ts';

const config = { access: { scope: 'account' } } as const;
const codeInPath = z.object({ userCode: contract.userCode });

export const devicesFeature: Feature = {
  name: 'devices',
  at: 'api',
  routes(app, parts) {
    pairingRoutes(app, parts);
    approvalRoutes(app, parts);
    deviceRoutes(app, parts);
  },
};

function approvalRoutes(app: App, parts: AppParts): void {
  const { database, clock } = parts;
  app.get(
    '/devices/pairings/:userCode',
    {
      config,
      schema: {
        summary: 'Which device waits behind a code',
        params: codeInPath,
        response: { 200: contract.pairing },
      },
    },
    async (request) => {
      const found = await guess(parts, request, (code) =>
        database.asSystem((trx) => findPairing(trx, code, clock())),
      );
      return {
        deviceName: found.device_name,
        scopes: contract.scopes.filter((scope) => found.scopes.includes(scope)),
        startedAt: found.created_at.toISOString(),
      };
    },
  );
  app.post(
    '/devices/pairings/:userCode',
    {
      config,
      schema: {
        summary: 'Let a device in, or not',
        params: codeInPath,
        body: contract.answerPairing,
        response: { 204: z.undefined().describe('Answered') },
      },
    },
    async (request, reply) => {
      const { approve } = request.body;
      await guess(parts, request, async (userCode) => {
        const answer = { userCode, approve };
        const done = await database.asSystem((trx) => answerPairing(trx, viewerOf(request), answer, clock()));
        return done ? true : undefined;
      });
      return reply.code(204).send();
    },
  );
}

/** Few wrong codes are allowed: whoever finds a waiting one would pair another's device with his own account. */
async function guess<Found>(
  { database, clock }: AppParts,
  request: FastifyRequest<{ Params: { userCode: string } }>,
  find: (code: string) => Promise<Found | undefined>,
): Promise<Found> {
  const attempt = { what: 'user-code', account: viewerOf(request).userId, address: request.ip };
  await beginAttempt(database, attempt, clock());
  const found = await find(plainUserCode(request.params.userCode));
  if (found === undefined) throw new ProblemError('not-found');
  await forgiveAttempt(database, attempt);
  return found;
}

function deviceRoutes(app: App, { database, clock }: AppParts): void {
  app.get(
    '/devices',
    {
      config,
      schema: {
        summary: 'Paired devices, newest first',
        querystring: contract.pageQuery,
        response: { 200: contract.devicePage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const page = {
        limit,
        before: readCursor(after, contract.id),
        kinds: ['device' as const],
        now: clock(),
      };
      const rows = await database.asSystem((trx) => listTokens(trx, viewerOf(request), page));
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          name: row.name,
          createdAt: row.created_at.toISOString(),
          lastUsedAt: row.last_used_at?.toISOString() ?? null,
        }),
      );
    },
  );
  app.delete(
    '/devices/:deviceId',
    {
      config,
      schema: {
        summary: 'Unpair a device',
        params: z.object({ deviceId: contract.id }),
        response: { 204: z.undefined().describe('Unpaired') },
      },
    },
    async (request, reply) => {
      const gone = await database.asSystem((trx) =>
        deleteToken(trx, viewerOf(request), request.params.deviceId, ['device']),
      );
      if (!gone) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
}
