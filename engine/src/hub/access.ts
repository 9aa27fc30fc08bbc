/**
 * Who is let in, and to what. The installation's token opens everything. The addresses for OBS end up on stream now and then, so they carry a token
 * derived from it: that one opens the pages for viewers and a hub that tells them what viewers may know, and nothing else; the other cannot be
 * computed from it. Both change together when the token is renewed.
 */
import { createHmac } from 'node:crypto';
import { tokenMatches } from '../data/token.ts';

/** `own`: the driver's pages; `viewers`: pages that others see. */
export type PageKind = 'own' | 'viewers';

export class Access {
  #token: string;
  #viewersToken: string;

  constructor(token: string) {
    this.#token = token;
    this.#viewersToken = derived(token);
  }

  get token(): string {
    return this.#token;
  }

  get viewersToken(): string {
    return this.#viewersToken;
  }

  /** The old tokens are worth nothing from here on. */
  replace(token: string): void {
    this.#token = token;
    this.#viewersToken = derived(token);
  }

  /** What a token opens, or null. Both are compared whatever the first says. */
  kindOf(given: string | null): PageKind | null {
    const own = tokenMatches(this.#token, given);
    const viewers = tokenMatches(this.#viewersToken, given);
    if (own) return 'own';
    return viewers ? 'viewers' : null;
  }
}

/** 128 bits, like the token itself. */
function derived(token: string): string {
  return createHmac('sha256', token).update('racing-coach viewers').digest('hex').slice(0, 32);
}
