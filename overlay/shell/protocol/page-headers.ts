/**
 * Headers of every page. The policy lets a page load from its own origin and talk to the engine's hub, and nothing else: no inline script, no
 * `eval`, no frame, no form, no other site. There is no CORS header anywhere.
 */

/** @param hubPort the engine's, when there is one */
export function pageHeaders(contentType: string, hubPort: number | null): Record<string, string> {
  const hub = hubPort === null ? '' : ` ws://127.0.0.1:${hubPort}`;
  return {
    'content-type': contentType,
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "media-src 'self'",
      `connect-src 'self'${hub}`,
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    // The files belong to this version of the app, and reading them is cheap.
    'cache-control': 'no-store',
  };
}
