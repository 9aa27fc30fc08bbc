/**
 * Who may talk to the hub. It listens on 127.0.0.1 alone, but every web page that the user opens can reach that too, so:
 * the Host header must name this machine (a page of another site that rebinds its name to 127.0.0.1 sends its own name), a WebSocket
 * upgrade that carries an Origin must come from our own pages (browsers always send one), and the token must be right.
 */

/** Names under which a browser may call us; `[::1]` for those who map localhost to it. */
const hostNames = ['127.0.0.1', 'localhost', '[::1]'];

/** The desktop shell's own pages. */
const shellOrigin = 'racing-coach://app';

export function hostAllowed(host: string | undefined, port: number): boolean {
  const given = host?.toLowerCase();
  return hostNames.some((name) => given === `${name}:${port}`);
}

/** A missing Origin is not a browser: the token alone decides. */
export function originAllowed(origin: string | undefined, port: number): boolean {
  if (origin === undefined || origin === shellOrigin) return true;
  return hostNames.some((name) => origin.toLowerCase() === `http://${name}:${port}`);
}

/** Headers of every answer. No CORS header anywhere: nothing of ours is for other sites. */
export function securityHeaders(port: number): Record<string, string> {
  const hubs = ['127.0.0.1', 'localhost'].map((name) => `ws://${name}:${port}`).join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${hubs}`,
      "base-uri 'none'",
      "form-action 'none'",
      `frame-ancestors 'self' ${shellOrigin}`,
    ].join('; '),
    'x-content-type-options': 'nosniff',
    // The token is in the page's URL: it must not travel on in a Referer.
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  };
}
