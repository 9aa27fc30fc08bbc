/**
 * `GET /boards`. A board is made as a whole, so that places and gaps are right on every page, and kept under the drivers that the viewer sees: whoever
 * leaves a team asks for another board.
 */
import { createHash } from 'node:crypto';
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { Viewer } from '../../database/database.ts';
import { pageFrom, readCursor } from '../../page.ts';
import type { AppParts } from '../../parts.ts';
import type { Feature } from '../feature.ts';
import { referencesTag } from '../references/share-routes.ts';
import { type BoardRow, makeBoard, rowsBehind } from './board.ts';
import { type BoardWanted, boardLapsQuery, boardReferencesQuery, boardRights } from './repository.ts';

/** Changes of laps and references are seen at once; those of names after this. */
const keptS = 60;
const cursor = z.tuple([z.number(), contract.id]);

export const boardsFeature: Feature = {
  name: 'boards',
  at: 'api',
  routes(app, parts) {
    app.get(
      '/boards',
      {
        config: { access: { scope: 'laps:read' } },
        schema: {
          summary: 'The fastest lap of each driver on a track in a car',
          querystring: contract.boardQuery,
          response: { 200: contract.boardPage },
        },
      },
      async (request) => {
        const { after, limit, ...wanted } = request.query;
        const key = readCursor(after, cursor);
        const board = await boardFor(parts, viewerOf(request), wanted);
        const keyOf = (row: BoardRow) => [row.lapTimeS, row.driver.id];
        return pageFrom(rowsBehind(board, key, limit), limit, keyOf, (row) => row);
      },
    );
  },
};

async function boardFor({ database, cache }: AppParts, viewer: Viewer, wanted: BoardWanted) {
  const { drivers, others } = await database.asViewer(viewer, (trx) =>
    boardRights(trx, viewer, wanted.teamId),
  );
  const asked = JSON.stringify([viewer.userId, drivers, others, wanted]);
  const key = `board:${createHash('sha256').update(asked).digest('base64url')}`;
  const tags = [referencesTag, ...drivers.map((driverId) => `owner:${driverId}`)];
  return await cache.through(key, { seconds: keptS, tags }, () =>
    database.asViewer(viewer, async (trx) =>
      makeBoard([
        ...(await boardLapsQuery(trx, viewer, wanted).execute()),
        ...(await boardReferencesQuery(trx, viewer, wanted).execute()),
      ]),
    ),
  );
}
