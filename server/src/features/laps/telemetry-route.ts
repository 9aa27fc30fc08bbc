/** `GET /laps/:lapId/telemetry`: some channels of a lap. */
import * as contract from '@racing-coach/contract/server';
import * as z from 'zod';
import { viewerOf } from '../../access.ts';
import type { AppParts } from '../../parts.ts';
import { ProblemError } from '../../problem-error.ts';
import type { App } from '../feature.ts';
import { answerKnown } from '../immutable-reply.ts';
import { fileBytes, fileFacts } from './file-route.ts';
import { columnsOf, jsonOf } from './telemetry-reply.ts';

/** A page draws some ten. */
const mostChannels = 64;

function namesOf(list: string): string[] {
  const names = [...new Set(list.split(',').filter((name) => name !== ''))];
  if (names.length > 0 && names.length <= mostChannels) return names;
  throw new ProblemError('invalid', {
    issues: [{ in: 'query', pointer: '/channels', message: `1 to ${mostChannels} names of channels` }],
  });
}

export function telemetryRoute(app: App, parts: AppParts): void {
  app.get(
    '/laps/:lapId/telemetry',
    {
      config: { access: { scope: 'laps:read' } },
      schema: {
        summary: 'Channels of a lap over time, as JSON or as columns of numbers',
        produces: ['application/json', contract.telemetryColumnsType],
        params: z.object({ lapId: contract.id }),
        querystring: contract.telemetryQuery,
        response: { 200: contract.telemetry },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const names = namesOf(request.query.channels);
      const asColumns = request.headers.accept?.includes(contract.telemetryColumnsType) === true;
      const { lapId, sha256 } = await fileFacts(parts, viewer, request.params.lapId);
      reply.header('vary', 'accept');
      const tag = `${sha256}-${asColumns ? 'c' : 'j'}-${names.join('.')}`;
      if (answerKnown(request, reply, tag, { forEver: true })) return reply;
      const columns = await parts.analysis.telemetry(await fileBytes(parts, viewer, lapId), names);
      if (asColumns) return reply.type(contract.telemetryColumnsType).send(columnsOf(columns) as never);
      // Text that is ready: holding 60,000 numbers against a schema would take longer than reading them did.
      return reply.type('application/json; charset=utf-8').send(jsonOf(columns) as never);
    },
  );
}
