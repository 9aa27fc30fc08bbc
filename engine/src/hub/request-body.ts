/** The JSON body of a request that has one, read to a limit: whoever sends more is not one of ours. */
import type { IncomingMessage } from 'node:http';
import { mostSettingsBytes as mostBytes } from '@racing-coach/contract';

export type Body = { kind: 'json'; value: unknown } | { kind: 'too-large' } | { kind: 'bad' };

/** Never rejects: a page that goes away in the middle has sent a bad body. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return { kind: 'too-large' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) return { kind: 'too-large' };
      chunks.push(chunk);
    }
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return { kind: 'bad' };
  }
}
