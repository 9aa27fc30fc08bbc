/** Answers that never change under their address: lap files, and what is made of them. A browser keeps them; nobody between keeps them for others. */
import type { FastifyReply, FastifyRequest } from 'fastify';

const neverChanges = 'private, max-age=31536000, immutable';
/** Another version of the analysis answers otherwise: it is asked again, and answered by the tag. */
const asksAgain = 'private, no-cache';

/** Sets the tag; true when the caller has what it stands for, and is answered with 304. */
export function answerKnown(
  request: FastifyRequest,
  reply: FastifyReply,
  tag: string,
  { forEver }: { forEver: boolean },
): boolean {
  const etag = `"${tag}"`;
  reply.header('etag', etag).header('cache-control', forEver ? neverChanges : asksAgain);
  const known = (request.headers['if-none-match'] ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''));
  if (!known.includes(etag) && !known.includes('*')) return false;
  reply.code(304).send();
  return true;
}
