/** `GET /references/:referenceId/file`: what engines fetch; the tag is the file's hash. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { answerKnown } from '../immutable-reply.ts';
import { findReference, readReferenceFile } from './repository.ts';

const lapFileType = 'application/vnd.apache.parquet';

/** What a comparison with a reference depends on. Rejects with `not-found` for one that the viewer does not see. */
export async function referenceFacts({ database }: AppParts, viewer: Viewer, referenceId: string) {
  const row = await database.asViewer(viewer, (trx) => findReference(trx, viewer, referenceId));
  if (row === undefined) throw new ProblemError('not-found');
  const officialLapTimeS = row.time_source === 'official' ? row.lap_time_s : null;
  return { id: row.id, sha256: row.sha256, officialLapTimeS };
}

export async function referenceBytes({ database }: AppParts, viewer: Viewer, id: string): Promise<Buffer> {
  const bytes = await database.asViewer(viewer, (trx) => readReferenceFile(trx, viewer, id));
  if (bytes === undefined) throw new ProblemError('not-found');
  return bytes;
}

export function fileRoute(app: App, parts: AppParts): void {
  app.get(
    '/references/:referenceId/file',
    {
      config: { access: { scope: 'references:read' } },
      schema: {
        summary: 'The lap file (Parquet) of a reference',
        produces: [lapFileType],
        params: z.object({ referenceId: contract.id }),
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { id, sha256 } = await referenceFacts(parts, viewer, request.params.referenceId);
      if (answerKnown(request, reply, sha256, { forEver: true })) return reply;
      return reply.type(lapFileType).send(await referenceBytes(parts, viewer, id));
    },
  );
}
