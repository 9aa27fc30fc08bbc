/** What only admins may: accounts, links, reports, jobs, the state of the server. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App, Feature } from '../feature.ts';
import { accountRoutes } from './account-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { reportRoutes } from './report-routes.ts';
import { listJobs, readSums, retryJob } from './repository.ts';

const config = { access: 'admin' } as const;

export const adminFeature: Feature = {
  name: 'admin',
  at: 'api',
  routes(app, parts) {
    accountRoutes(app, parts);
    linkRoutes(app, parts);
    reportRoutes(app, parts);
    jobRoutes(app, parts);
    statusRoute(app, parts);
  },
};

function jobRoutes(app: App, { database, clock }: AppParts): void {
  app.get(
    '/admin/jobs',
    {
      config,
      schema: {
        summary: 'Work that waits, runs or failed',
        querystring: contract.jobQuery,
        response: { 200: contract.jobPage },
      },
    },
    async (request) => {
      const { limit, after, state } = request.query;
      const page = { limit, before: readCursor(after, contract.id), state, now: clock() };
      const rows = await database.asSystem((trx) => listJobs(trx, page));
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => ({
          id: row.id,
          kind: row.kind,
          state: row.state,
          attempts: row.attempts,
          createdAt: row.created_at.toISOString(),
          runAfter: row.run_after.toISOString(),
          problem: row.problem,
        }),
      );
    },
  );
  app.post(
    '/admin/jobs/:jobId/retry',
    {
      config,
      schema: {
        summary: 'Try a failed job again',
        params: z.object({ jobId: contract.id }),
        response: { 204: z.undefined().describe('It waits again') },
      },
    },
    async (request, reply) => {
      const again = await database.asSystem((trx) => retryJob(trx, request.params.jobId, clock()));
      if (!again) throw new ProblemError('not-found');
      return reply.code(204).send();
    },
  );
}

function statusRoute(app: App, { version, database, cache, analysis, clock }: AppParts): void {
  app.get(
    '/admin/status',
    {
      config,
      schema: { summary: 'The state of the server', response: { 200: contract.serverStatus } },
    },
    async () => {
      const { bytes, ...sums } = await database.asSystem((trx) => readSums(trx, clock()));
      return {
        version,
        analysisVersion: analysis.analysisVersion,
        database: {
          home: database.home,
          version: database.version,
          timescale: database.timescale,
          bytes,
        },
        cache: cache.kind,
        ...sums,
      };
    },
  );
}
