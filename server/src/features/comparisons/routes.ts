/** `/comparisons`: where the time went between two laps, as `racing-coach compare` tells it. */
import { compareDocument } from '@racing-coach/contract';
import { comparisonRequest } from '@racing-coach/contract/server';
import { viewerOf } from '../../access.ts';
import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import { lapTag, referenceTag } from '../cache-tags.ts';
import type { Feature } from '../feature.ts';
import { lapFile } from '../laps/repository.ts';
import { referenceFile } from '../references/repository.ts';
import { type ComparedLap, comparedLap, comparedReference } from './repository.ts';

const keptS = 24 * 3600;

export const comparisonsFeature: Feature = {
  name: 'comparisons',
  at: 'api',
  routes(app, parts) {
    const { database, analysis, cache } = parts;
    app.post(
      '/comparisons',
      {
        config: { access: { scope: 'laps:read' } },
        schema: {
          summary: 'A lap against another one or against a shared reference',
          body: comparisonRequest,
          response: { 200: compareDocument },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const { lapId, reference } = request.body;
        const [lap, other] = await database.asViewer(viewer, async (trx) => [
          await comparedLap(trx, viewer, lapId),
          'lapId' in reference
            ? await comparedLap(trx, viewer, reference.lapId)
            : await comparedReference(trx, viewer, reference.referenceId),
        ]);
        if (lap === undefined || other === undefined) throw new ProblemError('not-found');
        if (lap.trackKey !== other.trackKey)
          throw new ProblemError('not-comparable', { detail: 'They were driven on different tracks.' });
        // Files and times make a comparison, not ids or viewers: whoever may see both laps gets the same one.
        const key = ['compare', analysis.analysisVersion, keyOf(lap), keyOf(other)].join(':');
        const tags = [tagOf(lap), tagOf(other)];
        return await cache.through(key, { seconds: keptS, tags }, async () =>
          analysis.compare(
            { lapFile: await fileOf(parts, viewer, lap), officialLapTimeS: lap.officialLapTimeS },
            { lapFile: await fileOf(parts, viewer, other), officialLapTimeS: other.officialLapTimeS },
          ),
        );
      },
    );
  },
};

const keyOf = ({ sha256, officialLapTimeS }: ComparedLap) => `${sha256}/${officialLapTimeS ?? ''}`;
const tagOf = ({ tag }: ComparedLap) => (tag.kind === 'lap' ? lapTag(tag.id) : referenceTag(tag.id));

function fileOf({ database }: AppParts, viewer: Viewer, { tag }: ComparedLap): Promise<Buffer> {
  return database.asViewer(viewer, (trx) =>
    tag.kind === 'lap' ? lapFile(trx, viewer, tag.id) : referenceFile(trx, viewer, tag.id),
  );
}
