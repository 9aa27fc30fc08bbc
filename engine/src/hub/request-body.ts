/** The JSON body of a request, up to a limit: what is larger is not read to its end. */
import type { IncomingMessage } from 'node:http';
import { CodedError } from '@racing-coach/contract';

/** Undefined for a request without a body. Throws `body-bad`. */
export async function readJson(request: IncomingMessage, mostBytes: number): Promise<unknown> {
  const text = (await readBytes(request, mostBytes)).toString('utf8');
  if (text.trim() === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    throw new CodedError('body-bad', { cause: 'it must be sent as application/json' });
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('body-bad', { cause: 'it is not JSON' });
  }
}

async function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > mostBytes)
      throw new CodedError('body-bad', { cause: `it is larger than ${mostBytes / 1024} kB` });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
