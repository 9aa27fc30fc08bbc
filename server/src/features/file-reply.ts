/** A lap file as an answer. It never changes, so a copy is good as long as its hash is asked for. */
import type { FastifyReply, FastifyRequest } from 'fastify';

export const lapFileType = 'application/vnd.apache.parquet';
const forever = 'private, max-age=31536000, immutable';

/** Whether the caller has this very file; the answer is then sent. */
export function hasAlready(request: FastifyRequest, reply: FastifyReply, sha256: string): boolean {
  const etag = `"${sha256}"`;
  reply.header('etag', etag).header('cache-control', forever);
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known?.includes(etag) ?? false;
}

export function sendFile(reply: FastifyReply, name: string, bytes: Buffer): FastifyReply {
  return reply
    .type(lapFileType)
    .header('content-disposition', `attachment; filename="${name}.parquet"`)
    .send(bytes);
}
