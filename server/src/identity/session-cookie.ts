/**
 * The cookie of a browser's session. `__Host-`: the browser takes it only with Secure, with the path / and without a domain, so no neighbouring site can
 * set or read it. Browsers count http://localhost as secure.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';

export const sessionCookieName = '__Host-racing-coach';

const options = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const;

export function setSessionCookie(reply: FastifyReply, secret: string, expires: Date): void {
  reply.setCookie(sessionCookieName, secret, { ...options, expires });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(sessionCookieName, options);
}

export const sessionSecretOf = (request: FastifyRequest): string | undefined =>
  request.cookies[sessionCookieName];
