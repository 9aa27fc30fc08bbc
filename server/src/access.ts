/**
 * Who may call a route. Every route says so in its `config.access`; one that does not is refused when the app is built. It is checked before
 * anything of the request is validated or looked up.
 */
import type { Scope } from '@racing-coach/contract/server';
import type { FastifyRequest } from 'fastify';
import type { Viewer } from './database/database.ts';

export type Access =
  /** Without signing in. */
  | 'anyone'
  /** Any signed-in user whose token has the scope; a session in a browser has every scope of its user. */
  | { scope: Scope }
  /** Any signed-in user, with whatever token. */
  | 'signed-in'
  /** Admins, in a browser's session. */
  | 'admin'
  /** From this machine, or with the scope `metrics`. */
  | 'metrics';

/** Who made a request, and with what. */
export interface SignedIn extends Viewer {
  tokenId: string;
  kind: 'session' | 'device' | 'personal';
  scopes: ReadonlySet<Scope>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Null on routes for anyone. */
    signedIn: SignedIn | null;
  }
}

/** The viewer of a route that is not for anyone. */
export function viewerOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === null) throw new Error('a route for anyone asked who its viewer is');
  return request.signedIn;
}
