/** `GET /laps/:lapId/file`: the lap file as the engine made it. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { answerKnown } from '../immutable-reply.ts';
import { findFile, readFile } from './repository.ts';

const lapFileType = 'application/vnd.apache.parquet';

/** The hash of a lap's file, for the viewer. Rejects with `not-found`, or `no-lap-file` where the lap has none. */
export async function fileFacts({ database }: AppParts, viewer: Viewer, lapId: string) {
  const file = await database.asViewer(viewer, (trx) => findFile(trx, viewer, lapId));
  if (file === undefined) throw new ProblemError('not-found');
  if (file.sha256 === null) throw new ProblemError('no-lap-file');
  return { ...file, sha256: file.sha256 };
}

export async function fileBytes({ database }: AppParts, viewer: Viewer, lapId: string): Promise<Buffer> {
  const bytes = await database.asViewer(viewer, (trx) => readFile(trx, viewer, lapId));
  if (bytes === undefined) throw new ProblemError('not-found');
  return bytes;
}

export function fileRoute(app: App, parts: AppParts): void {
  app.get(
    '/laps/:lapId/file',
    {
      config: { access: { scope: 'laps:read' } },
      schema: {
        summary: 'The lap file (Parquet)',
        produces: [lapFileType],
        params: z.object({ lapId: contract.id }),
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { lapId, sha256 } = await fileFacts(parts, viewer, request.params.lapId);
      if (answerKnown(request, reply, sha256, { forEver: true })) return reply;
      return reply.type(lapFileType).send(await fileBytes(parts, viewer, lapId));
    },
  );
}
