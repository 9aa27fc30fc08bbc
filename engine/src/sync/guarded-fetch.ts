/**
 * `fetch` as the engine uses it towards a server: the token goes along, redirects are not followed (it would go along there too), every request has a time
 * limit that ends with the caller's signal, and an answer is read up to a size. Certificates are verified by Node; where that was switched off nothing is sent.
 */

export interface FetchGuard {
  /** Null: none is sent. */
  token: string | null;
  /** Ends every request. */
  stopped: AbortSignal;
  timeLimitMs: number;
  mostBytes: number;
  userAgent: string;
}

/** What an answer is larger than. */
export class AnswerTooLarge extends Error {}

export function guardedFetch(guard: FetchGuard): (request: Request) => Promise<Response> {
  return async (request) => {
    if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && request.url.startsWith('https:'))
      throw new Error('NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates');
    const headers = new Headers(request.headers);
    headers.set('user-agent', guard.userAgent);
    if (guard.token !== null) headers.set('authorization', `Bearer ${guard.token}`);
    const signal = AbortSignal.any([guard.stopped, AbortSignal.timeout(guard.timeLimitMs)]);
    const response = await fetch(new Request(request, { headers, signal, redirect: 'error' }));
    const { status, statusText } = response;
    const body = await boundedBody(response, guard.mostBytes);
    const given = status === 204 || status === 205 || status === 304 ? null : body;
    return new Response(given, { status, statusText, headers: response.headers });
  };
}

/** All of the body, or none: an answer without an end must not fill memory. */
async function boundedBody(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (response.body !== null)
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      // Leaving the loop ends the connection.
      if (bytes > mostBytes) throw new AnswerTooLarge(`the answer is larger than ${mostBytes} bytes`);
      chunks.push(chunk);
    }
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
