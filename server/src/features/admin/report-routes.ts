/** What users found wrong with shared references: an admin lets a report rest, or takes the reference away. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { referenceTag } from '../cache-tags.ts';
import type { App } from '../feature.ts';
import { listReports, removeReference, settleReport } from './reports.ts';

const config = { access: 'admin' } as const;
const done = { 204: z.undefined().describe('It is done') };

export function reportRoutes(app: App, { database, cache }: AppParts): void {
  app.get(
    '/admin/reports',
    {
      config,
      schema: {
        summary: 'Reports of shared references, the newest first',
        querystring: contract.pageQuery,
        response: { 200: contract.referenceReportPage },
      },
    },
    async (request) => {
      const { limit, after } = request.query;
      const before = readCursor(after, contract.id);
      const rows = await database.asSystem((trx) => listReports(trx, { limit, before }));
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          referenceId: row.reference_id,
          label: row.label,
          ownerName: row.owner_name,
          reason: row.reason,
          reportedAt: row.reported_at.toISOString(),
        }),
      );
    },
  );
  app.delete(
    '/admin/reports/:reportId',
    {
      config,
      schema: {
        summary: 'Nothing is wrong with it',
        params: z.object({ reportId: contract.id }),
        response: done,
      },
    },
    async (request, reply) => {
      const settled = await database.asSystem((trx) => settleReport(trx, request.params.reportId));
      if (!settled) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
  app.delete(
    '/admin/references/:referenceId',
    {
      config,
      schema: {
        summary: 'Takes a shared reference away from everybody; the lap it came from stays its driver’s',
        params: z.object({ referenceId: contract.id }),
        response: done,
      },
    },
    async (request, reply) => {
      const { referenceId } = request.params;
      const removed = await database.asSystem((trx) => removeReference(trx, referenceId));
      if (!removed) throw new ProblemError('not-found');
      await cache.invalidate([referenceTag(referenceId)]);
      return reply.code(204).send();
    },
  );
}
