/** `GET /laps/:lapId/metrics`: what the core says of a lap, made again where another version said it. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { Viewer, Work } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import type { App } from '../feature.ts';
import { answerKnown } from '../immutable-reply.ts';
import { fileBytes, fileFacts } from './file-route.ts';

const stored = contract.lapMetrics.omit({ lapId: true });
type Metrics = z.infer<typeof stored>;

export function metricsRoute(app: App, parts: AppParts): void {
  app.get(
    '/laps/:lapId/metrics',
    {
      config: { access: { scope: 'laps:read' } },
      schema: {
        summary: 'Sections, brake zones and corners of a lap',
        params: z.object({ lapId: contract.id }),
        response: { 200: contract.lapMetrics },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { lapId, sha256 } = await fileFacts(parts, viewer, request.params.lapId);
      const tag = `${sha256}-m${parts.analysis.analysisVersion}`;
      if (answerKnown(request, reply, tag, { forEver: false })) return reply as never;
      const found = await parts.database.asViewer(viewer, (trx) => findMetrics(trx, lapId));
      const isCurrent = found?.analysisVersion === parts.analysis.analysisVersion;
      if (found !== null && isCurrent) return { lapId, ...found };
      const metrics = await parts.analysis.metrics(await fileBytes(parts, viewer, lapId));
      // The lap may be gone by now; what was asked for is here in any case.
      await keep(parts, viewer, lapId, metrics).catch((err) => request.log.warn({ err }, 'metrics not kept'));
      return { lapId, ...metrics };
    },
  );
}

/** Null where there are none, or none that this version reads. The policies see to it that only those of a lap that the viewer sees are found. */
async function findMetrics(trx: Work, lapId: string): Promise<Metrics | null> {
  const row = await trx
    .selectFrom('lap_metrics')
    .select('document')
    .where('lap_id', '=', lapId)
    .executeTakeFirst();
  const parsed = stored.safeParse(row?.document);
  return parsed.success ? parsed.data : null;
}

async function keep({ database }: AppParts, viewer: Viewer, lapId: string, metrics: Metrics): Promise<void> {
  const row = { analysis_version: metrics.analysisVersion, document: JSON.stringify(metrics) };
  await database.asViewer(viewer, (trx) =>
    trx
      .insertInto('lap_metrics')
      .values({ lap_id: lapId, ...row })
      .onConflict((conflict) => conflict.column('lap_id').doUpdateSet(row))
      .execute(),
  );
}
