/** Opens the hub's port on 127.0.0.1, or the next free one: a taken port is no reason not to drive. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CodedError } from '@racing-coach/contract';

/** How many ports after the wanted one are tried. */
const attempts = 20;

/** Listens; 0 means any free port. Resolves to the port that was opened, or throws `port-unavailable`. */
export async function openPort(server: Server, wanted: number): Promise<number> {
  let cause = '';
  for (let port = wanted; port <= Math.min(65_535, wanted + attempts); port += 1) {
    try {
      return await listen(server, port);
    } catch (error) {
      cause = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      if (wanted === 0 || !['EADDRINUSE', 'EACCES'].includes(cause)) break;
    }
  }
  throw new CodedError('port-unavailable', { port: wanted, cause });
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
