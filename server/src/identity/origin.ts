/** From which sites a request may come, and where this server is seen from outside. */
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config/config.ts';

const loopbackName = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i;
const loopbackAddress = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

export const isLoopbackName = (hostname: string): boolean => loopbackName.test(hostname);
export const isLoopbackAddress = (address: string): boolean => loopbackAddress.test(address);

/**
 * The server's own origin. Without `PUBLIC_URL` it is what the browser asked for: a page of another site cannot choose that, as its own name stays in `Origin`.
 * Plain HTTP counts on this machine alone: a name that somebody points at 127.0.0.1 is not us.
 */
export function ownOrigin(config: Config, request: FastifyRequest): string | null {
  if (config.publicUrl !== null) return config.publicUrl;
  const secure = config.tls !== null || config.trustProxy !== false;
  if (!secure && !isLoopbackName(request.hostname)) return null;
  return `${secure && !isLoopbackName(request.hostname) ? 'https' : request.protocol}://${request.host}`;
}

/**
 * Whether a request may change something or open a socket in the name of a browser's session. `Origin` decides where it is sent; where it is not,
 * `Sec-Fetch-Site`; a program that is no browser sends neither and has no session that a foreign page could use.
 */
export function comesFromOwnSite(config: Config, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin !== undefined)
    return origin === ownOrigin(config, request) || config.corsOrigins.includes(origin);
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** From this machine, through nothing that forwards for others, and asked by a name of this machine: a page elsewhere whose name points here has another. */
export function comesFromThisMachine(request: FastifyRequest): boolean {
  const { headers, socket } = request;
  return (
    isLoopbackAddress(socket.remoteAddress ?? '') &&
    isLoopbackName((headers.host ?? '').replace(/:\d+$/, '')) &&
    headers['x-forwarded-for'] === undefined &&
    headers['forwarded'] === undefined &&
    headers['via'] === undefined
  );
}
