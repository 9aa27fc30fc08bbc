/**
 * `POST /comparisons`: where a lap lost its time to another one or to a shared reference. Whether the viewer may see both is asked first, each time; only then
 * is looked whether the answer is there already, by the hashes of the two files.
 */
import * as api from '@racing-coach/contract';
import * as contract from '@racing-coach/contract/server';
import { viewerOf } from '../../access.ts';
import type { AnalysedLap } from '../../analysis/analysis.ts';
import { days } from '../../clock.ts';
import type { Viewer } from '../../database/database.ts';
import type { AppParts } from '../../parts.ts';
import type { Feature } from '../feature.ts';
import { fileBytes, fileFacts } from '../laps/file-route.ts';
import { referenceBytes, referenceFacts } from '../references/file-route.ts';

const keptS = days(1) / 1000;

export const comparisonsFeature: Feature = {
  name: 'comparisons',
  at: 'api',
  routes(app, parts) {
    app.post(
      '/comparisons',
      {
        config: { access: { scope: 'laps:read' } },
        schema: {
          summary: 'Where a lap lost its time',
          body: contract.comparisonRequest,
          response: { 200: api.compareDocument },
        },
      },
      async (request) => {
        const viewer = viewerOf(request);
        const lap = await comparedLap(parts, viewer, { lapId: request.body.lapId });
        const reference = await comparedLap(parts, viewer, request.body.reference);
        const key = `comparison:${parts.analysis.analysisVersion}:${lap.key}:${reference.key}`;
        const options = { seconds: keptS, tags: [lap.tag, reference.tag] };
        return await parts.cache.through(key, options, async () =>
          parts.analysis.compare(await lap.read(), await reference.read()),
        );
      },
    );
  },
};

interface Compared {
  /** The file's hash and the official time: what the result depends on. */
  key: string;
  tag: string;
  read(): Promise<AnalysedLap>;
}

async function comparedLap(
  parts: AppParts,
  viewer: Viewer,
  which: { lapId: string } | { referenceId: string },
): Promise<Compared> {
  if ('lapId' in which) {
    const { lapId, sha256, officialLapTimeS } = await fileFacts(parts, viewer, which.lapId);
    return {
      key: `${sha256}/${officialLapTimeS}`,
      tag: `lap:${lapId}`,
      read: async () => ({ lapFile: await fileBytes(parts, viewer, lapId), officialLapTimeS }),
    };
  }
  const { id, sha256, officialLapTimeS } = await referenceFacts(parts, viewer, which.referenceId);
  return {
    key: `${sha256}/${officialLapTimeS}`,
    tag: `reference:${id}`,
    read: async () => ({ lapFile: await referenceBytes(parts, viewer, id), officialLapTimeS }),
  };
}
