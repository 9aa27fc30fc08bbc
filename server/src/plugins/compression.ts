/**
 * Answers are packed when they are text and worth it; lap files are packed already. Bodies may come packed: Fastify counts what comes out of the unpacking
 * against the route's limit and stops there, so a bomb costs its first few kilobytes.
 */
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import fp from 'fastify-plugin';

export const compression = fp(async (app) => {
  await app.register(compress, {
    encodings: ['br', 'gzip', 'deflate'],
    requestEncodings: ['gzip', 'deflate', 'br', 'identity'],
    customTypes: /^(text\/(?!event-stream)|application\/([a-z0-9.-]+\+)?json)/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    // Lists are a few kilobytes: more effort takes longer than the bytes it saves.
    zlibOptions: { level: 3 },
    threshold: 1024,
  });
});
