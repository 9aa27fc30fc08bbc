/** Reports of references: users say what is wrong, admins see it and decide. Laps themselves stay their drivers' own. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { deleteAny, report, reportFrom, reportsQuery } from './feedback.ts';
import { referencesTag } from './share-routes.ts';

const admins = { access: 'admin' } as const;

export function reportRoutes(app: App, parts: AppParts): void {
  reportRoute(app, parts);
  listRoute(app, parts);
  removeRoutes(app, parts);
}

function reportRoute(app: App, { database, clock }: AppParts): void {
  app.post(
    '/references/:referenceId/reports',
    {
      config: { access: { scope: 'references:write' }, perMinuteByAddress: 20 },
      schema: {
        summary: 'Tell the admins that something is wrong with a reference',
        params: z.object({ referenceId: contract.id }),
        body: contract.reportReference,
        response: { 204: z.undefined().describe('Reported') },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const said = { reason: request.body.reason, now: clock() };
      await database.asViewer(viewer, (trx) => report(trx, viewer, request.params.referenceId, said));
      return reply.code(204).send();
    },
  );
}

function listRoute(app: App, { database }: AppParts): void {
  app.get(
    '/admin/reports',
    {
      config: admins,
      schema: {
        summary: 'Reports of references, the newest first',
        querystring: contract.pageQuery,
        response: { 200: contract.referenceReportPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const below = readCursor(after, contract.id);
      const rows = await database.asSystem((trx) => reportsQuery(trx, { limit, below }).execute());
      return pageFrom(rows, limit, (row) => row.id, reportFrom);
    },
  );
}

function removeRoutes(app: App, { database, cache }: AppParts): void {
  app.delete(
    '/admin/reports/:reportId',
    {
      config: admins,
      schema: {
        summary: 'Set a report aside; the reference stays',
        params: z.object({ reportId: contract.id }),
        response: { 204: z.undefined().describe('Set aside') },
      },
    },
    async (request, reply) => {
      const { reportId } = request.params;
      if (!(await database.asSystem((trx) => deleteAny(trx, 'reference_reports', reportId))))
        throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
  app.delete(
    '/admin/references/:referenceId',
    {
      config: admins,
      schema: {
        summary: 'Remove a reference with its reports; the lap that it came from stays',
        params: z.object({ referenceId: contract.id }),
        response: { 204: z.undefined().describe('Removed') },
      },
    },
    async (request, reply) => {
      const { referenceId } = request.params;
      if (!(await database.asSystem((trx) => deleteAny(trx, 'reference_laps', referenceId))))
        throw new ProblemError('not-found');
      await cache.invalidate([referencesTag, `reference:${referenceId}`]);
      return reply.code(204).send();
    },
  );
}
